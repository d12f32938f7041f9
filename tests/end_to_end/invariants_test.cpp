// SPDX-License-Identifier: Apache-2.0
// What holds in every run: declared once, judged everywhere, red when it is broken.
#include <gmock/gmock.h>

#include <fstream>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

using ::testing::HasSubstr;

class Invariants : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const { std::ofstream(tree_.path() / name) << text; }
  void write_scenario(const std::string& more = "") const {
    write("quiet.yaml", "quiet:\n  board: boards/jk_b2a8s20p.yaml\n  pack: packs/lfp_8s_280ah.yaml\n  run_for: 10 s\n" +
                            more + "  expect:\n    - always: port.current < 1 A\n");
  }
  [[nodiscard]] tests::Ran run() const {
    return tests::run(tests::cellrig() + " run '" + tree_.text() + "/quiet.yaml' --out " + out_.text());
  }
  [[nodiscard]] reports::ScenarioResult ran() const {
    return reports::from_json(tests::slurp(out_.path() / "result.json")).scenarios.at(0);
  }
  static const reports::InvariantResult* find(const reports::ScenarioResult& scenario, const std::string& name) {
    if (!scenario.invariants) return nullptr;
    for (const auto& one : *scenario.invariants)
      if (one.name == name) return &one;
    return nullptr;
  }
  static constexpr const char* never_charged =
      "invariants:\n  - {name: never charged, never: charge_gate is on, unless labels: [charging]}\n";

  tests::TemporaryFolder tree_, out_;
};

}  // namespace

TEST_F(Invariants, OfATreeOfOnesOwnFailTheScenarioThatBreaksThem) {
  write("invariants.yaml", never_charged);
  write_scenario();
  const auto said = run();
  EXPECT_EQ(said.exit_code, 1) << said.output;
  EXPECT_THAT(said.output, HasSubstr("never charged"));
  const auto scenario = ran();
  EXPECT_EQ(scenario.result, "fail");
  ASSERT_EQ(scenario.claims.size(), 2U);
  EXPECT_EQ(scenario.claims[0].result, "pass");
  EXPECT_EQ(scenario.claims[1].invariant, "never charged");
  EXPECT_EQ(scenario.claims[1].line, 2);
  const auto* const broken = find(scenario, "never charged");
  ASSERT_NE(broken, nullptr);
  EXPECT_EQ(broken->result, "fail");
  EXPECT_EQ(broken->violations, 1U);
}

TEST_F(Invariants, LeaveOutRunsThatTheirLabelsExclude) {
  write("invariants.yaml", never_charged);
  write_scenario("  labels: [charging]\n");
  EXPECT_EQ(run().exit_code, 0);
  EXPECT_EQ(find(ran(), "never charged"), nullptr);
}

TEST_F(Invariants, OfTheFileReplaceThoseOfTheTreeAndMaySwitchThemOff) {
  write("invariants.yaml", never_charged);
  write_scenario();
  std::ofstream(tree_.path() / "quiet.yaml", std::ios::app)
      << "invariants:\n  - {name: never charged, off: this board may, never: charge_gate is on}\n";
  const auto said = run();
  EXPECT_EQ(said.exit_code, 0) << said.output;
  EXPECT_EQ(find(ran(), "never charged"), nullptr);
}

TEST_F(Invariants, OfTheShippedTreeAreArmedInARunOfAnotherTree) {
  write_scenario("  do:\n    - {at: 5 s, reset: firmware}\n");
  EXPECT_EQ(run().exit_code, 0);
  const auto scenario = ran();
  const auto* const off = find(scenario, "without a firmware both gates are open");
  ASSERT_NE(off, nullptr);
  EXPECT_EQ(off->result, "pass");
  EXPECT_EQ(off->armed, 2U);  // at the start, and over the reset
  const auto* const idle = find(scenario, "a short circuit opens both gates");
  ASSERT_NE(idle, nullptr);
  EXPECT_EQ(idle->result, "not_applicable");
  EXPECT_EQ(idle->armed, 0U);
}

TEST_F(Invariants, AMistakeIsToldWhereItStandsAndNothingRuns) {
  write("invariants.yaml", "invariants:\n  - {name: x, holds: charge_gate is on, for at least: 1 s}\n");
  write_scenario();
  const auto said = run();
  EXPECT_EQ(said.exit_code, 3);
  EXPECT_THAT(said.output,
              HasSubstr("invariants.yaml:2:15  invariants: holds: what holds in every run is always, never"));
}

TEST(CountOfInvariants, SaysInHowManyRunsEachArmed) {
  reports::ScenarioResult armed, idle;
  armed.result = idle.result = "pass";
  armed.invariants = {{"a", "pass", 3, 0, {}}, {"b", "not_applicable", 0, 0, {}}};
  idle.invariants = {{"a", "not_applicable", 0, 0, {}}, {"b", "not_applicable", 0, 0, {}}};
  const auto counts = reports::count_invariants({armed, idle, reports::ScenarioResult()});
  ASSERT_TRUE(counts);
  ASSERT_EQ(counts->size(), 2U);
  EXPECT_EQ((*counts)[0].armed_in, 1U);
  EXPECT_EQ((*counts)[0].scenarios, 2U);
  EXPECT_EQ((*counts)[1].armed_in, 0U);
  EXPECT_FALSE(reports::count_invariants({reports::ScenarioResult()}));
}
