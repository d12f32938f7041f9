// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/sweep.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "rig/campaign/scenario_text.hpp"
#include "rig/campaign/shrink.hpp"
#include "tests/support/program.hpp"

namespace rig::campaign {
namespace {

using scenario::ScenarioTree;

const char* const base_text = R"(s:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  settings: {preset: LiFePO4}
  start:
    soc: 50 %
    cell[3].soc: 60.123 %
  do:
    - at: 0 s
      charger: {current: 10 A, voltage: 29.2 V}
    - at: 1.5 s
      ntc[1]: open
    - at: 2.125 s
      charger: off
  run_for: 12 s
  expect:
    - always: charge_fet is on
    - when: "ntc[1].temperature > 20 degC"
      then: charge_fet is off
      within: 2 s
)";

class Sweeping : public testing::Test {
 protected:
  Sweeping() {
    std::ofstream(folder.path() / "s.yaml") << base_text;
    scenario::Problems problems;
    plan.subjects.push_back({scenario_trees(folder.path() / "s.yaml", files, problems).at(0), "s", {}});
    bases.push_back(*read_scenario(plan.subjects[0].tree, files, problems));
  }
  Sweep sweep() {
    scenario::Problems problems;
    Sweep made = sweep_of(plan, bases, problems);
    for (const auto& error : problems.sorted()) said += error.sentence();
    return made;
  }
  scenario::Scenario read(const ScenarioTree& tree) {
    std::vector<scenario::ScenarioError> errors;
    auto scenario = read_scenario(tree, files, errors);
    for (const auto& error : errors) ADD_FAILURE() << error.what();
    return scenario.value_or(scenario::Scenario());
  }
  tests::TemporaryFolder folder;
  scenario::Files files{CELLRIG_SOURCE_DIR "/scenarios"};
  Plan plan;
  std::vector<scenario::Scenario> bases;
  std::string said;
};

TEST_F(Sweeping, AGridTakesEveryCombinationTheLastPlaceFastest) {
  plan.vary = {{"settings.cell_ovp", {"3.5 V", "3.6 V"}, {}}, {"start.soc", {"10 %", "20 %", "30 %"}, {}}};
  const Sweep s = sweep();
  ASSERT_EQ(s.count, 6u);
  EXPECT_EQ(s.shot(0).values, (Places{{"settings.cell_ovp", "3.5 V"}, {"start.soc", "10 %"}}));
  EXPECT_EQ(s.shot(1).values, (Places{{"settings.cell_ovp", "3.5 V"}, {"start.soc", "20 %"}}));
  EXPECT_EQ(s.shot(5).values, (Places{{"settings.cell_ovp", "3.6 V"}, {"start.soc", "30 %"}}));
  EXPECT_DOUBLE_EQ(read(s.shot(5).tree).settings.at("cell_ovp"), 3.6);
  EXPECT_DOUBLE_EQ(read(s.shot(5).tree).start.at("soc"), 0.3);
}

TEST_F(Sweeping, EveryCombinationOfAGridMeetsTheSameDraws) {
  Distribution uniform;
  uniform.a = 10;
  uniform.b = 30;
  uniform.unit = "degC";
  plan.vary = {{"settings.cell_ovp", {"3.5 V", "3.6 V"}, {}}};
  plan.draw = {{"start.ambient", uniform, {}}};
  plan.runs = 50;
  const Sweep s = sweep();
  ASSERT_EQ(s.count, 100u);
  EXPECT_EQ(s.shot(7).values[1], s.shot(57).values[1]);
  EXPECT_EQ(s.shot(7).seed, s.shot(57).seed);
  EXPECT_NE(s.shot(7).values[1], s.shot(8).values[1]);
  EXPECT_LT(s.to_check.size(), 10u);
}

TEST_F(Sweeping, APlaceThatIsNotThereIsAMistake) {
  plan.vary = {{"do[7].at", {"1 s"}, {}}};
  EXPECT_EQ(sweep().count, 0u);
  EXPECT_EQ(said, "do[7].at: the last entry is do[2]");
}

TEST_F(Sweeping, PhasesMoveTheFaultAndWhatFollowsThroughOneScan) {
  plan.phases = Phases{};
  plan.phases->count = 4;
  const Sweep s = sweep();
  ASSERT_EQ(s.count, 4u);
  EXPECT_DOUBLE_EQ(s.period_s, 0.064);  // 8 cells of 8 ms
  const scenario::Scenario last = read(s.shot(3).tree);
  EXPECT_DOUBLE_EQ(last.actions[0].at_s, 0);
  EXPECT_DOUBLE_EQ(last.actions[1].at_s, 1.548);
  EXPECT_DOUBLE_EQ(last.actions[2].at_s, 2.173);
  EXPECT_DOUBLE_EQ(last.run_for_s, 12.048);
  EXPECT_EQ(s.shot(3).values, (Places{{"phase", "0.048 s"}}));
}

TEST_F(Sweeping, FaultPairsStandInTheScenarioOneAfterTheOther) {
  plan.faults = Faults{};
  for (const char* key : {"lead[2]", "supply", "ntc[1]"}) {
    scenario::Node::Entry action;
    action.key = key;
    action.value.text = std::string(key) == "supply" ? "off" : "open";
    plan.faults->list.push_back({std::string("fault of ") + key, action});
  }
  plan.faults->first_s = 3;
  plan.faults->second_s = 5;
  const Sweep s = sweep();
  EXPECT_EQ(s.covering.covered, s.covering.pairs);
  EXPECT_EQ(s.covering.rows.size(), 4u * 4 - 3);  // none, a, b, c twice, without a after a
  std::set<std::pair<std::string, std::string>> pairs;
  for (std::size_t i = 0; i < s.count; ++i) {
    const Shot shot = s.shot(i);
    pairs.emplace(shot.values[0].second, shot.values[1].second);
    const std::size_t faults =
        (shot.values[0].second != "none" ? 1u : 0u) + (shot.values[1].second != "none" ? 1u : 0u);
    EXPECT_EQ(read(shot.tree).actions.size(), 3 + faults);
  }
  EXPECT_EQ(pairs.size(), s.count);
  EXPECT_TRUE(pairs.contains({"fault of supply", "fault of lead[2]"}));
  EXPECT_TRUE(pairs.contains({"fault of lead[2]", "fault of supply"}));
  EXPECT_FALSE(pairs.contains({"fault of supply", "fault of supply"}));
}

TEST_F(Sweeping, AScenarioWrittenOutReadsBackAsTheSameScenario) {
  ScenarioTree tree = plan.subjects[0].tree;
  ASSERT_EQ(tree.set("start.cell[3].soc", "61.5 %"), "");
  const std::filesystem::path file = folder.path() / "again" / "run.yaml";
  write_scenario(tree, "s_run_3", {"a comment"}, file, files);
  std::vector<scenario::ScenarioError> errors;
  const auto back = read_scenarios(file, CELLRIG_SOURCE_DIR "/scenarios", errors);
  ASSERT_TRUE(errors.empty()) << errors.front().what();
  const scenario::Scenario& one = back.at(0);
  EXPECT_EQ(one.name, "s_run_3");
  EXPECT_DOUBLE_EQ(one.start.at("cell[3].soc"), 0.615);
  ASSERT_EQ(one.actions.size(), 3u);
  EXPECT_EQ(one.actions[1].words.at("state"), "open");
  ASSERT_EQ(one.claims.size(), 2u);
  EXPECT_EQ(one.claims[1].text, bases[0].claims[1].text);
  EXPECT_EQ(one.settings, bases[0].settings);
}

TEST(Rounder, SaysTheSameLessExactlyCoarsestFirst) {
  EXPECT_EQ(rounder("3.6412 V"), (std::vector<std::string>{"4 V", "3.6 V", "3.64 V", "3.641 V"}));
  EXPECT_EQ(rounder("-20.5 degC"), (std::vector<std::string>{"-20 degC"}));
  EXPECT_TRUE(rounder("5 s").empty());
  EXPECT_TRUE(rounder("0 s").empty());
  EXPECT_TRUE(rounder("charge_fet is off").empty());
}

/// Fails as long as the NTC opens: everything else can go.
TEST_F(Sweeping, ShrinkingLeavesWhatTheFailureNeeds) {
  std::size_t asked = 0;
  const auto still_fails = [&](const std::vector<ScenarioTree>& trees) {
    std::vector<bool> fails;
    for (const ScenarioTree& tree : trees) {
      ++asked;
      std::vector<scenario::ScenarioError> errors;
      const auto scenario = read_scenario(tree, files, errors);
      fails.push_back(scenario && scenario->run_for_s > 2 && std::ranges::any_of(scenario->actions, [](const auto& a) {
                        return a.target == "ntc" && a.at_s > 1;
                      }));
    }
    return fails;
  };
  const Shrunk shrunk = shrink(plan.subjects[0].tree, 1, still_fails);
  const scenario::Scenario small = read(shrunk.tree);
  ASSERT_EQ(small.actions.size(), 1u);
  EXPECT_EQ(small.actions[0].target, "ntc");
  EXPECT_DOUBLE_EQ(small.actions[0].at_s, 2);  // rounder than 1.5 s
  ASSERT_EQ(small.claims.size(), 1u);
  EXPECT_EQ(small.claims[0].kind, scenario::ClaimKind::when_then);
  EXPECT_EQ(shrunk.tree.entry.value.find("settings"), nullptr);
  EXPECT_EQ(shrunk.tree.entry.value.find("start"), nullptr);
  EXPECT_LT(small.run_for_s, 3);
  EXPECT_EQ(shrunk.tried, asked);
}

}  // namespace
}  // namespace rig::campaign
