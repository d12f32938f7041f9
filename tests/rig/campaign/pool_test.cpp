// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/pool.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "rig/campaign/child.hpp"
#include "tests/support/program.hpp"

namespace rig::campaign {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Job saying(const std::string& text) {
  return {[text] { return text; }, {}};
}

/// Waits until somebody opens the other end.
void wait_at(const std::filesystem::path& fifo) { close(open(fifo.c_str(), O_RDONLY)); }
void release(const std::filesystem::path& fifo) { close(open(fifo.c_str(), O_WRONLY)); }

std::filesystem::path make_fifo(const tests::TemporaryFolder& folder, const std::string& name) {
  auto path = folder.path() / name;
  if (mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("no fifo");
  return path;
}

std::string wait_for_ever() {
  while (true) pause();
}

TEST(Pool, GivesOutcomesInTheOrderOfTheJobsThoughTheyFinishInReverse) {
  const tests::TemporaryFolder folder;
  const int count = 6;
  std::vector<std::filesystem::path> gates;
  for (int i = 0; i < count; ++i) gates.push_back(make_fifo(folder, std::to_string(i)));
  std::vector<Job> jobs;
  for (int i = 0; i < count; ++i) {
    jobs.push_back({[&gates, i] {
                      if (i + 1 < count) wait_at(gates[static_cast<std::size_t>(i)]);
                      if (i > 0) release(gates[static_cast<std::size_t>(i) - 1]);
                      return "job " + std::to_string(i);
                    },
                    {}});
  }
  PoolOptions options;
  options.jobs = count;
  const PoolResult result = run_pool(jobs, options);
  for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(result.outcomes[i].text, "job " + std::to_string(i));
}

TEST(Pool, KeepsToItsNumberOfProcesses) {
  const tests::TemporaryFolder folder;
  const auto diary = folder.path() / "diary";
  const auto note = [diary](const char* text) { std::ofstream(diary, std::ios::app) << text; };
  std::vector<Job> jobs;
  for (int i = 0; i < 8; ++i) {
    jobs.push_back({[note] {
                      note("(");
                      note(")");
                      return "";
                    },
                    {}});
  }
  (void)run_pool(jobs, {});
  EXPECT_EQ(tests::slurp(diary), "()()()()()()()()");
}

TEST(Pool, OneSlowJobHoldsNobodyUp) {
  const tests::TemporaryFolder folder;
  const auto gate = make_fifo(folder, "gate");
  std::vector<Job> jobs = {{[gate] {
                              wait_at(gate);
                              return std::string("slow");
                            },
                            {}}};
  for (const char* name : {"a", "b", "c"}) jobs.push_back(saying(name));
  std::vector<std::size_t> order;
  PoolOptions options;
  options.jobs = 2;
  options.on_finished = [&](std::size_t index, const Outcome&) {
    order.push_back(index);
    if (order.size() == 3) release(gate);
  };
  const PoolResult result = run_pool(jobs, options);
  EXPECT_THAT(order, ElementsAre(1, 2, 3, 0));
  EXPECT_EQ(result.outcomes[0].text, "slow");
}

TEST(Pool, ACrashCostsItsOwnJobAndNamesTheSignal) {
  const std::vector<Job> jobs = {saying("before"),
                                 {[]() -> std::string {
                                    signal(SIGSEGV, SIG_DFL);  // a sanitizer would catch it
                                    raise(SIGSEGV);
                                    return "survived";
                                  },
                                  {}},
                                 saying("after")};
  const PoolResult result = run_pool(jobs, {});
  EXPECT_EQ(result.outcomes[0].text, "before");
  EXPECT_EQ(result.outcomes[1].ending, Ending::by_signal);
  EXPECT_EQ(result.outcomes[1].text, "its process was ended by SIGSEGV (Segmentation fault)");
  EXPECT_EQ(result.outcomes[2].text, "after");
}

TEST(Pool, AJobThatEndsItsProcessHasNoResult) {
  for (const int status : {0, 3}) {
    const PoolResult result = run_pool({{[status]() -> std::string { _exit(status); }, {}}}, {});
    EXPECT_EQ(result.outcomes[0].ending, Ending::exited);
    EXPECT_EQ(result.outcomes[0].text,
              "its process ended with status " + std::to_string(status) + " and gave no result");
  }
}

TEST(Pool, AnExceptionComesBackAsItsText) {
  const PoolResult result =
      run_pool({{[]() -> std::string { throw std::runtime_error("the plant is on fire"); }, {}}}, {});
  EXPECT_EQ(result.outcomes[0].ending, Ending::threw);
  EXPECT_EQ(result.outcomes[0].text, "the plant is on fire");
}

TEST(Pool, AResultThatTheFirmwareScribbledOnIsDamaged) {
  const auto scribble = [](const std::string& junk) {
    for (int fd = 3; fd < 16; ++fd) {
      [[maybe_unused]] const ssize_t ignored = write(fd, junk.data(), junk.size());
    }
    return std::string("fine");
  };
  for (const std::string& junk : {std::string("junk"), encode_frame({'R', "pass"})}) {
    const PoolResult result = run_pool({{[&] { return scribble(junk); }, {}}}, {});
    EXPECT_EQ(result.outcomes[0].ending, Ending::exited);
    EXPECT_THAT(result.outcomes[0].text, HasSubstr("came back damaged"));
  }
}

TEST(Pool, EveryFlippedByteOfAFrameIsRecognised) {
  const std::string good = encode_frame({'R', "{\"result\": \"pass\"}"});
  ASSERT_TRUE(decode_frame(good).has_value());
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(decode_frame(bad).has_value()) << "byte " << i;
    EXPECT_FALSE(decode_frame(good.substr(0, i)).has_value()) << "cut at " << i;
  }
}

TEST(Pool, LargeResultsComeBackWhole) {
  const std::string large(5'000'000, 'x');
  EXPECT_EQ(run_pool({saying(large)}, {}).outcomes[0].text, large);
}

TEST(Pool, AResultBeyondTheLimitIsRefused) {
  PoolOptions options;
  options.text_limit = 1000;
  EXPECT_EQ(run_pool({saying(std::string(1000, 'x'))}, options).outcomes[0].ending, Ending::finished);
  EXPECT_EQ(run_pool({saying(std::string(1'000'000, 'x'))}, options).outcomes[0].ending, Ending::exited);
}

TEST(Pool, CapturesWhatIsPrinted) {
  const PoolResult result = run_pool({{[] {
                                         std::printf("to output\n");
                                         std::fflush(stdout);
                                         std::fprintf(stderr, "to error\n");
                                         return std::string("done");
                                       },
                                       {}}},
                                     {});
  EXPECT_EQ(result.outcomes[0].output, "to output\nto error\n");
}

TEST(Pool, KeepsHeadAndTailOfAFloodAndSaysHowMuchIsMissing) {
  PoolOptions options;
  options.output_limit = 2000;
  const PoolResult result = run_pool({{[] {
                                         std::printf("first\n");
                                         for (int i = 0; i < 300'000; ++i) std::printf("again and again\n");
                                         std::printf("last\n");
                                         return std::string("done");
                                       },
                                       {}}},
                                     options);
  const std::string& output = result.outcomes[0].output;
  EXPECT_EQ(result.outcomes[0].text, "done");
  EXPECT_LT(output.size(), 2100u);
  EXPECT_EQ(output.substr(0, 6), "first\n");
  EXPECT_EQ(output.substr(output.size() - 5), "last\n");
  EXPECT_THAT(output, HasSubstr("[cellrig: " + std::to_string(300'000 * 16 + 11 - 2000) + " bytes left out]"));
}

TEST(Pool, EndsAJobThatMakesNoProgress) {
  PoolOptions options;
  options.jobs = 2;
  options.stall_limit_s = 0.2;
  const PoolResult result = run_pool({{wait_for_ever, {}}, saying("fine")}, options);
  EXPECT_EQ(result.outcomes[0].ending, Ending::stalled);
  EXPECT_THAT(result.outcomes[0].text, HasSubstr("no progress for 0.2 s of host time"));
  EXPECT_EQ(result.outcomes[1].text, "fine");
}

// Growth is made by the test itself at each tick, so that nothing depends on how fast the machine is.
TEST(Pool, AGrowingTraceCountsAsProgress) {
  const tests::TemporaryFolder folder;
  const auto trace = folder.path() / "trace";
  const auto gate = make_fifo(folder, "gate");
  PoolOptions options;
  options.stall_limit_s = 1;
  int ticks = 0;
  options.on_tick = [&] {
    std::ofstream(trace, std::ios::app) << "x";
    if (++ticks == 25) release(gate);
  };
  const Job waiting = {[gate] {
                         wait_at(gate);
                         return std::string("at last");
                       },
                       {trace}};
  EXPECT_EQ(run_pool({waiting}, options).outcomes[0].text, "at last");
}

class Interruption : public ::testing::TestWithParam<int> {};

TEST_P(Interruption, EndsTheChildrenAndReturnsWhatThereIs) {
  signal(GetParam(), SIG_DFL);  // whoever started this test may ignore it (nohup), and then the pool does too
  PoolOptions options;
  options.jobs = 2;
  options.on_finished = [](std::size_t index, const Outcome&) {
    if (index == 1) raise(GetParam());
  };
  const PoolResult result =
      run_pool({{wait_for_ever, {}}, saying("one"), {wait_for_ever, {}}, saying("three"), saying("four")}, options);
  EXPECT_EQ(result.interrupted_by, GetParam());
  EXPECT_EQ(result.outcomes[0].ending, Ending::interrupted);
  EXPECT_EQ(result.outcomes[1].text, "one");
  EXPECT_EQ(result.outcomes[4].ending, Ending::not_started);
  EXPECT_EQ(result.outcomes[4].text, "interrupted before it started");
  errno = 0;
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is still there";
}
INSTANTIATE_TEST_SUITE_P(By, Interruption, ::testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(Pool, AnIgnoredSignalStaysIgnored) {
  signal(SIGHUP, SIG_IGN);
  PoolOptions options;
  options.on_finished = [](std::size_t, const Outcome&) { raise(SIGHUP); };
  const PoolResult result = run_pool({saying("one"), saying("two")}, options);
  signal(SIGHUP, SIG_DFL);
  EXPECT_EQ(result.interrupted_by, 0);
  EXPECT_EQ(result.outcomes[1].text, "two");
}

TEST(Pool, WhatAJobLeavesBehindIsEndedWithIt) {
  const tests::TemporaryFolder folder;
  const auto gate = make_fifo(folder, "held_open");
  const int fd = open(gate.c_str(), O_RDONLY | O_NONBLOCK);
  const PoolResult result = run_pool({{[gate] {
                                         const int held = open(gate.c_str(), O_WRONLY);
                                         if (fork() == 0) {
                                           while (true) pause();
                                         }
                                         close(held);
                                         return std::string("left one behind");
                                       },
                                       {}}},
                                     {});
  EXPECT_EQ(result.outcomes[0].text, "left one behind");
  pollfd watched = {fd, POLLIN, 0};
  EXPECT_EQ(poll(&watched, 1, 20'000), 1) << "the grandchild still lives";
  close(fd);
}

TEST(Pool, AJobSeesNoInputAndNoDescriptorOfOthers) {
  int input[2];
  ASSERT_EQ(pipe(input), 0);
  ASSERT_EQ(write(input[1], "x", 1), 1);
  const int before = dup(STDIN_FILENO);
  dup2(input[0], STDIN_FILENO);
  const int leaked = fcntl(STDOUT_FILENO, F_DUPFD, 20);
  const PoolResult result =
      run_pool({{[leaked] {
                   char byte;
                   const bool no_input = read(STDIN_FILENO, &byte, 1) == 0;
                   const bool closed = fcntl(leaked, F_GETFD) == -1;
                   return std::string(no_input ? "no input" : "input") + (closed ? ", closed" : ", open");
                 },
                 {}}},
               {});
  dup2(before, STDIN_FILENO);
  for (const int fd : {before, leaked, input[0], input[1]}) close(fd);
  EXPECT_EQ(result.outcomes[0].text, "no input, closed");
}

TEST(Pool, AWholeResultOfAProcessThatFailsAfterwardsDoesNotCount) {
  const auto result_then_failure = []() -> std::string {
    const std::string frame = encode_frame({'R', "pass"});
    [[maybe_unused]] const ssize_t ignored = write(3, frame.data(), frame.size());
    _exit(5);
  };
  const PoolResult result = run_pool({{result_then_failure, {}}}, {});
  EXPECT_EQ(result.outcomes[0].ending, Ending::exited);
  EXPECT_EQ(result.outcomes[0].text, "its process ended with status 5 after its result");
}

TEST(Pool, SignalsAreAsBefore) {
  struct sigaction before {};
  struct sigaction after {};
  sigset_t mask;
  sigaction(SIGINT, nullptr, &before);
  (void)run_pool({saying("x")}, {});
  sigaction(SIGINT, nullptr, &after);
  sigprocmask(SIG_SETMASK, nullptr, &mask);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
  EXPECT_EQ(sigismember(&mask, SIGINT), 0);
  EXPECT_EQ(sigismember(&mask, SIGCHLD), 0);
}

TEST(Pool, NoJobsIsNoWork) { EXPECT_TRUE(run_pool({}, {}).outcomes.empty()); }

}  // namespace
}  // namespace rig::campaign
