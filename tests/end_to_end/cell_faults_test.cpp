// SPDX-License-Identifier: Apache-2.0
// Every scenario of a cell's fault is about the fault: it holds with it and does not without it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

constexpr const char* file = CELLRIG_SOURCE_DIR "/scenarios/faults/cells.yaml";

reports::RunResult ran(const std::string& what, const tests::TemporaryFolder& out) {
  const auto run = tests::run("CELLRIG_SCENARIOS='" CELLRIG_SOURCE_DIR "/scenarios' " + tests::cellrig() + " run '" +
                              what + "' --out '" + out.text() + "/o'");
  EXPECT_LT(run.exit_code, 2) << run.output;
  return reports::from_json(tests::slurp(out.path() / "o/result.json"));
}

}  // namespace

TEST(CellFaultScenarios, HoldWithTheFault) {
  const tests::TemporaryFolder out;
  for (const auto& scenario : ran(file, out).scenarios) EXPECT_EQ(scenario.result, "pass") << scenario.reason;
}

TEST(CellFaultScenarios, FailWithoutTheFault) {
  const tests::TemporaryFolder out;
  const std::string healthy =
      std::regex_replace(tests::slurp(file), std::regex("\"(cell\\[\\d+\\])\": \\{.*\\}\\}"), "\"$1\": healthy}");
  std::ofstream(out.path() / "healthy.yaml") << healthy;
  const auto result = ran((out.path() / "healthy.yaml").string(), out);
  EXPECT_EQ(result.scenarios.size(), 6u);
  for (const auto& scenario : result.scenarios) EXPECT_EQ(scenario.result, "fail") << scenario.name;
}

TEST(Runaway, FailsARunThatIsNotLabelledDestructive) {
  const tests::TemporaryFolder out;
  const std::string text = std::regex_replace(tests::slurp(file), std::regex(", destructive"), "");
  std::ofstream(out.path() / "plain.yaml") << text;
  const auto result =
      ran((out.path() / "plain.yaml").string() + "::internal_short_of_a_fifth_of_an_ohm_runs_away", out);
  ASSERT_EQ(result.scenarios.size(), 1u);
  EXPECT_EQ(result.scenarios[0].result, "fail");
  EXPECT_EQ(result.scenarios[0].reason,
            "thermal runaway: cell 5 passed 130.0 degC; only a scenario labelled destructive may do that");
}

TEST(Runaway, IsSaidNotToBeWatchedForWhereTheCellHasNoLimit) {
  const auto said = [](const std::string& pack) {
    const tests::TemporaryFolder out;
    std::ofstream(out.path() / "s.yaml") << "s:\n  board: boards/jk_b2a8s20p.yaml\n  pack: packs/" << pack
                                         << ".yaml\n  run_for: 1 s\n  expect:\n    - always: thermal_runaway is off\n";
    return ran((out.path() / "s.yaml").string(), out).scenarios.at(0).figures.contains("thermal runaway");
  };
  EXPECT_TRUE(said("ideal_8s_0m20"));
  EXPECT_FALSE(said("lfp_8s_280ah"));
}

TEST(SpreadOfALot, IsAnotherOneForAnotherSeedOfTheRun) {
  const auto worst_ns = [](const std::string& seed) {
    const tests::TemporaryFolder out;
    const auto result = ran(CELLRIG_SOURCE_DIR "/scenarios/protection/spread.yaml' --seed '" + seed, out);
    EXPECT_EQ(result.scenarios.at(0).result, "pass");
    return result.scenarios.at(0).claims.at(0).t_worst_ns;
  };
  const auto first = worst_ns("1");
  EXPECT_EQ(worst_ns("1"), first);
  EXPECT_GT(std::abs(worst_ns("5") - first), 1'000'000'000);
}
