// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/agenda.hpp"

#include <gtest/gtest.h>

#include <string>
#include <systemc>
#include <vector>

namespace rig::bench {
namespace {

class AgendaTest : public testing::Test {
 protected:
  AgendaTest() { sc_core::sc_set_time_resolution(1, sc_core::SC_NS); }
  void note(const std::string& what) { seen.push_back(std::to_string(now_ns()) + " " + what); }
  static std::int64_t kernel_ns() { return static_cast<std::int64_t>(sc_core::sc_time_stamp().value()); }
  static void run_until(std::int64_t t_ns) { Agenda::of_this_process().run_until(t_ns); }
  /// How far the agenda runs ahead of the kernel at 10, 20 and 30 ns, when nothing else is pending.
  static std::vector<std::int64_t> lags_of_three_turns() {
    std::vector<std::int64_t> lag;
    Timer timer{Turn::plant, [&] {
                  lag.push_back(now_ns() - kernel_ns());
                  if (now_ns() < 30) timer.at(now_ns() + 10);
                }};
    timer.at(10);
    run_until(100);
    return lag;
  }
  std::vector<std::string> seen;
};

TEST_F(AgendaTest, WhatIsDueAtOneInstantGoesByTurnThenByAge) {
  Timer wake{Turn::firmware_wake, [&] { note("wake"); }}, plant{Turn::plant, [&] { note("plant"); }},
      second{Turn::plant, [&] { note("second"); }};
  wake.at(10);
  second.at(10);
  plant.at(10);
  run_until(11);
  EXPECT_EQ(seen, (std::vector<std::string>{"10 plant", "10 second", "10 wake"}));
}

TEST_F(AgendaTest, GoesByTimeWhateverTheOrderOfAskingAndWhoeverIsTakenOut) {
  Timer a{Turn::plant, [&] { note("a"); }}, b{Turn::plant, [&] { note("b"); }}, c{Turn::plant, [&] { note("c"); }},
      d{Turn::plant, [&] { note("d"); }}, e{Turn::plant, [&] { note("e"); }};
  b.at(20);
  d.at(40);
  a.at(10);
  e.at(25);
  c.at(30);
  e.cancel();
  d.at(15);
  run_until(50);
  EXPECT_EQ(seen, (std::vector<std::string>{"10 a", "15 d", "20 b", "30 c"}));
}

TEST_F(AgendaTest, OfTwoTimesTheEarlierStays) {
  Timer timer{Turn::plant, [&] { note("due"); }};
  timer.at(10);
  timer.at(20);
  timer.at(7);
  run_until(30);
  EXPECT_EQ(seen, (std::vector<std::string>{"7 due"}));
}

TEST_F(AgendaTest, ACancelledTimerNeverActs) {
  Timer timer{Turn::plant, [&] { note("due"); }};
  timer.at(10);
  timer.cancel();
  run_until(30);
  EXPECT_TRUE(seen.empty());
}

TEST_F(AgendaTest, WhatOneAsksOfAnotherAtThisInstantHappensAtThisInstant) {
  Timer plant{Turn::plant, [&] { note("plant"); }};
  Timer wake{Turn::firmware_wake, [&] {
               note("wake");
               plant.now();
             }};
  wake.at(10);
  run_until(30);
  EXPECT_EQ(seen, (std::vector<std::string>{"10 wake", "10 plant"}));
}

TEST_F(AgendaTest, ABurstRunsAheadOfTheKernelWhileNothingElseIsPending) {
  EXPECT_EQ(lags_of_three_turns(), (std::vector<std::int64_t>{10, 20, 30}));
  EXPECT_EQ(kernel_ns(), 100);
}

TEST_F(AgendaTest, ABurstStopsAtWhatIsPendingInTheKernel) {
  Timer timer{Turn::plant, [&] {
                note(now_ns() == kernel_ns() ? "with the kernel" : "ahead");
                if (now_ns() < 20) timer.at(now_ns() + 10);
              }};
  sc_core::sc_event other;
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.dont_initialize();
  options.set_sensitivity(&other);
  sc_core::sc_spawn([&] { note("other"); }, "other", &options);
  other.notify(15, sc_core::SC_NS);
  timer.at(10);
  run_until(100);
  EXPECT_EQ(seen, (std::vector<std::string>{"10 with the kernel", "15 other", "20 with the kernel"}));
}

class NotifiesInABurst : public AgendaTest, public testing::WithParamInterface<int> {};

TEST_P(NotifiesInABurst, AndIsFoundOut) {
  sc_core::sc_event other;
  Timer timer{Turn::plant, [&] {
                if (now_ns() == 20) other.notify(GetParam(), sc_core::SC_NS);  // from the kernel's time, 10 behind
                if (now_ns() < 50) timer.at(now_ns() + 10);
              }};
  timer.at(10);
  try {
    run_until(100);
    FAIL() << "nobody noticed";
  } catch (const std::exception& e) {
    EXPECT_NE(std::string(e.what()).find("notified the kernel inside a burst"), std::string::npos) << e.what();
  }
}

INSTANTIATE_TEST_SUITE_P(BeforeAndAfterItsEnd, NotifiesInABurst, testing::Values(3, 100));

TEST_F(AgendaTest, ForbiddenBurstsKeepToTheKernelsTime) {
  Agenda::of_this_process().forbid_bursts();
  EXPECT_EQ(lags_of_three_turns(), (std::vector<std::int64_t>{0, 0, 0}));
}

TEST_F(AgendaTest, WhatIsDueAtTheEndWaitsForTheNextRun) {
  Timer timer{Turn::plant, [&] { note("due"); }};
  timer.at(10);
  run_until(10);
  EXPECT_TRUE(seen.empty());
  run_until(11);
  EXPECT_EQ(seen, (std::vector<std::string>{"10 due"}));
}

}  // namespace
}  // namespace rig::bench
