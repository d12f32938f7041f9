// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/campaign.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/digest.hpp"
#include "rig/campaign/file_name.hpp"
#include "tests/rig/campaign/fake_scenario.hpp"
#include "tests/support/program.hpp"

namespace rig::campaign {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A bench whose scenarios do what their name says.
reports::ScenarioResult act(const scenario::Scenario& scenario, const bench::RunOptions& options) {
  const std::string& name = scenario.name;
  if (name != "no_trace") std::ofstream(options.trace_file) << "half a trace";
  if (name == "kills_itself") raise(SIGKILL);
  if (name == "exits") _exit(3);
  if (name == "throws") throw std::runtime_error("the solver did not converge");
  if (name == "prints") std::printf("hello from the firmware\n");
  if (name == "lies") return fake_result(fake_scenario("another"));
  const auto gate = options.trace_file.parent_path() / "gate";
  if (name == "waits_and_fails") close(open(gate.c_str(), O_RDONLY));
  if (name == "lets_it") close(open(gate.c_str(), O_WRONLY));
  reports::ScenarioResult result = fake_result(scenario, name.ends_with("fails") ? "fail" : "pass");
  result.figures["seed"] = {static_cast<double>(options.seed), "", std::to_string(options.seed)};
  return result;
}

std::vector<Task> tasks(const std::vector<std::string>& names) {
  std::vector<Task> all;
  for (const std::string& name : names)
    all.push_back(
        {std::make_shared<const scenario::Scenario>(fake_scenario(name)), "jk.so", "./cellrig run " + name, {}});
  return all;
}

class Campaign : public ::testing::Test {
 protected:
  CampaignResult run(const std::vector<std::string>& names, unsigned jobs = 1, bool fail_fast = false) {
    CampaignOptions options;
    options.fail_fast = fail_fast;
    options.jobs = jobs;
    options.seed = 7;
    options.folder = folder_.path();
    options.runner = act;
    return run_campaign(tasks(names), options);
  }
  [[nodiscard]] bool has(const std::string& file) const { return std::filesystem::exists(folder_.path() / file); }
  tests::TemporaryFolder folder_;
};

TEST_F(Campaign, WhateverOneScenarioDoesTheOthersHaveTheirResults) {
  const CampaignResult result = run({"good", "kills_itself", "exits", "throws", "lies", "fails", "good_too"}, 3);
  const std::vector<std::string> expected = {"pass", "error", "error", "error", "error", "fail", "pass"};
  ASSERT_THAT(result.scenarios, SizeIs(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(result.scenarios[i].result, expected[i]) << i;
  EXPECT_EQ(result.interrupted_by, 0);
}

TEST_F(Campaign, FailFastLeavesOutWhatStandsBehindTheFirstRedWhateverTheJobs) {
  ASSERT_EQ(mkfifo((folder_.path() / "gate").c_str(), 0600), 0);
  const auto expect_two = [&](const std::vector<std::string>& names, unsigned jobs) {
    const CampaignResult result = run(names, jobs, true);
    ASSERT_THAT(result.scenarios, SizeIs(2)) << jobs;
    EXPECT_EQ(result.scenarios[0].result, "pass");
    EXPECT_EQ(result.scenarios[1].result, "fail");
    ASSERT_THAT(result.scenarios[1].findings, SizeIs(1));
    EXPECT_EQ(result.scenarios[1].findings[0].what, "stopped at the first red (--fail-fast): 4 scenarios were not run");
    EXPECT_TRUE(has("good.trace") && !has("good_too.trace") && !has("exits.trace"));
  };
  for (const unsigned jobs : {1u, 2u, 6u})
    expect_two({"good", "fails", "good_too", "fails_too", "exits", "last"}, jobs);
  expect_two({"good", "waits_and_fails", "lets_it", "good_too", "exits", "fails"}, 6);  // the others have ended by then
  EXPECT_THAT(run({"good", "good_too", "fails"}, 2, true).scenarios, SizeIs(3));
  EXPECT_THAT(run({"good", "fails"}, 2, true).scenarios[1].findings, IsEmpty());
}

TEST_F(Campaign, AnErrorSaysWhoseAndWhy) {
  const reports::ScenarioResult crash = run({"kills_itself"}).scenarios[0];
  EXPECT_EQ(crash.reason, "its process was ended by SIGKILL (Killed)");
  ASSERT_THAT(crash.findings, SizeIs(1));
  EXPECT_EQ(crash.findings[0].whose, "rig");
  EXPECT_EQ(crash.findings[0].what, crash.reason);
  EXPECT_EQ(run({"throws"}).scenarios[0].reason, "the solver did not converge");
  EXPECT_EQ(run({"exits"}).scenarios[0].reason, "its process ended with status 3 and gave no result");
  EXPECT_THAT(run({"lies"}).scenarios[0].reason, HasSubstr("the result is that of \"another\""));
}

TEST_F(Campaign, AnErrorStillSaysWhatWasUnderTestAndLeavesItsClaimsUnjudged) {
  const reports::ScenarioResult crash = run({"kills_itself"}).scenarios[0];
  EXPECT_EQ(crash.board, "JK-B2A8S20P");
  EXPECT_EQ(crash.settings.at("cell_ovp"), "3.600 V");
  EXPECT_EQ(crash.seed, 7u);
  ASSERT_THAT(crash.claims, SizeIs(1));
  EXPECT_EQ(crash.claims[0].result, "not_run");
  EXPECT_EQ(crash.claims[0].line, 2);
}

TEST_F(Campaign, NamesTheTraceByItsHash) {
  const reports::ScenarioResult result = run({"good"}).scenarios[0];
  EXPECT_EQ(result.trace_file, "good.trace");
  EXPECT_EQ(result.trace_sha256, reports::sha256("half a trace"));
  EXPECT_EQ(result.again, "./cellrig run good");
}

TEST_F(Campaign, LeavesNoTraceThatNoResultNames) {
  (void)run({"kills_itself", "throws"});
  EXPECT_FALSE(has("kills_itself.trace"));
  EXPECT_FALSE(has("throws.trace"));
}

TEST_F(Campaign, AnOldTraceIsNotTakenForANewOne) {
  std::ofstream(folder_.path() / "no_trace.trace") << "of yesterday";
  EXPECT_EQ(run({"no_trace"}).scenarios[0].trace_file, "");
  EXPECT_FALSE(has("no_trace.trace"));
}

TEST_F(Campaign, KeepsWhatWasPrintedAndSaysSo) {
  const CampaignResult result = run({"prints", "good"});
  EXPECT_EQ(tests::slurp(folder_.path() / "prints.log"), "hello from the firmware\n");
  ASSERT_THAT(result.scenarios[0].findings, SizeIs(1));
  EXPECT_EQ(result.scenarios[0].findings[0].what, "something was printed during the run, see prints.log");
  EXPECT_THAT(result.scenarios[1].findings, IsEmpty());
  EXPECT_FALSE(has("good.log"));
}

TEST_F(Campaign, ResultsDoNotDependOnTheNumberOfProcesses) {
  const std::vector<std::string> names = {"a", "prints", "kills_itself", "b", "throws", "fails", "c"};
  const auto text = [&](unsigned jobs) {
    std::string all;
    for (reports::ScenarioResult scenario : run(names, jobs).scenarios) {
      scenario.wall_s = 0;
      all += reports::scenario_to_json(scenario) + "\n";
    }
    return all;
  };
  EXPECT_EQ(text(1), text(4));
}

TEST_F(Campaign, AnInterruptionLeavesTheRestNotRun) {
  signal(SIGINT, SIG_DFL);  // whoever started this test may ignore it
  CampaignOptions options;
  options.folder = folder_.path();
  options.runner = act;
  options.on_finished = [] { raise(SIGINT); };
  const CampaignResult result = run_campaign(tasks({"good", "late", "later"}), options);
  EXPECT_EQ(result.interrupted_by, SIGINT);
  EXPECT_EQ(result.scenarios[0].result, "pass");
  EXPECT_EQ(result.scenarios[2].result, "not_run");
  EXPECT_EQ(result.scenarios[2].reason, "interrupted before it started");
}

TEST_F(Campaign, InProcessGivesTheSameResult) {
  CampaignOptions options;
  options.folder = folder_.path();
  options.seed = 7;
  options.runner = act;
  options.in_process = true;
  reports::ScenarioResult here = run_campaign(tasks({"fails"}), options).scenarios[0];
  reports::ScenarioResult there = run({"fails"}).scenarios[0];
  here.wall_s = there.wall_s = 0;
  EXPECT_EQ(reports::scenario_to_json(here), reports::scenario_to_json(there));
}

TEST(FileStem, IsTheNameWhereThatIsAPlainFileName) {
  EXPECT_EQ(file_stem("cold_charge_is_refused_below_minus_20_degC"), "cold_charge_is_refused_below_minus_20_degC");
}

TEST(FileStem, NeverLeavesTheFolderAndKeepsDistinctNamesApart) {
  EXPECT_THAT(file_stem("../../etc/passwd"), ::testing::Not(HasSubstr("/")));
  EXPECT_NE(file_stem("a b"), file_stem("a/b"));
  EXPECT_NE(file_stem(""), file_stem(" "));
  EXPECT_NE(file_stem(".hidden").front(), '.');
  EXPECT_NE(file_stem("-rf").front(), '-');
  EXPECT_LT(file_stem(std::string(1000, 'x')).size(), 200u);
  EXPECT_NE(file_stem(std::string(1000, 'x')), file_stem(std::string(1001, 'x')));
}

}  // namespace
}  // namespace rig::campaign
