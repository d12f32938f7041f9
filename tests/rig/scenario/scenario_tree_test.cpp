// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/scenario_tree.hpp"

#include <gtest/gtest.h>

#include "rig/scenario/tree_path.hpp"

namespace rig::scenario {
namespace {

const std::filesystem::path overcharge = std::filesystem::path(CELLRIG_SCENARIOS) / "protection/overcharge.yaml";

class TreeSets : public testing::Test {
 protected:
  TreeSets() : files_(CELLRIG_SCENARIOS) {
    tree_ = scenario_trees(overcharge, files_, problems_).at(0);
    tree_.entry.value = parse_tree(R"(board: boards/jk_b2a8s20p.yaml
pack: packs/lfp_8s_280ah.yaml
settings: {preset: LiFePO4, cell_ovp: 3.60 V}
start:
  soc: 94 %
  cell[3].soc: 98 %
do:
  - at: 0 s
    charger: {current: 84 A, voltage: 29.2 V}
  - at: 1 s
    cell[3].soc: 99 %
run_for: 20 s
expect:
  - always: charge_fet is on
)",
                                   "tree");
  }
  Scenario read() {
    auto scenario = read_scenario(tree_, files_, problems_);
    for (const ScenarioError& error : problems_.sorted()) ADD_FAILURE() << error.what();
    return scenario.value_or(Scenario());
  }

  Files files_;
  Problems problems_;
  ScenarioTree tree_;
};

// The last invariants are kept (Files::invariants_of).
TEST_F(TreeSets, InvariantsAreThoseOfTheSettingsWhateverWasReadBefore) {
  const auto told = [](const Scenario& scenario) {
    std::vector<std::string> lines;
    for (const Claim& claim : scenario.invariants) lines.push_back(claim.name + ": " + claim.text);
    for (const InputFile& file : scenario.inputs) lines.push_back(file.path.generic_string());
    return lines;
  };
  const auto afresh = [&] {
    Files files(CELLRIG_SCENARIOS);
    return told(read_scenario(tree_, files, problems_).value());
  };
  const auto before = told(read());
  ASSERT_EQ(tree_.set("start.cell[4].soc", "50 %"), "");
  EXPECT_EQ(told(read()), before);
  ASSERT_EQ(tree_.set("settings.cell_ovp", "3.61 V"), "");
  const auto after = told(read());
  EXPECT_NE(after, before);
  EXPECT_EQ(after, afresh());
}

TEST_F(TreeSets, WhatWasSetIsReadAsIfItHadBeenWritten) {
  for (const auto& [path, text] : std::vector<std::pair<std::string, std::string>>{{"settings.cell_ovp", "3.61 V"},
                                                                                   {"settings.cell_uvp", "2.7 V"},
                                                                                   {"start.cell[3].soc", "97 %"},
                                                                                   {"start.cell[4].soc", "50 %"},
                                                                                   {"do[0].charger.current", "10 A"},
                                                                                   {"do[0].charger.ramp", "20 A/s"},
                                                                                   {"do[1].cell[3].soc", "95 %"},
                                                                                   {"do[1].at", "2 s"},
                                                                                   {"trace.interval", "10 ms"},
                                                                                   {"run_for", "30 s"}}) {
    EXPECT_EQ(tree_.set(path, text), "") << path;
  }
  const Scenario scenario = read();
  EXPECT_EQ(scenario.settings.at("cell_ovp"), 3.61);
  EXPECT_EQ(scenario.settings.at("cell_uvp"), 2.7);
  EXPECT_EQ(scenario.start.at("cell[3].soc"), 0.97);
  EXPECT_EQ(scenario.start.at("cell[4].soc"), 0.5);
  EXPECT_EQ(scenario.actions.at(0).values.at("current").value, 10);
  EXPECT_EQ(scenario.actions.at(0).values.at("ramp").value, 20);
  EXPECT_EQ(scenario.actions.at(1).values.at("soc").value, 0.95);
  EXPECT_EQ(scenario.actions.at(1).at_s, 2);
  EXPECT_EQ(scenario.trace_interval_s, 0.01);
  EXPECT_EQ(scenario.run_for_s, 30);
}

TEST_F(TreeSets, TheHashHoldsWhatWasSet) {
  const std::string as_written = read().sha256;
  ASSERT_EQ(tree_.set("settings.cell_ovp", "3.61 V"), "");
  const std::string one = read().sha256;
  ASSERT_EQ(tree_.set("settings.cell_ovp", "3.62 V"), "");
  EXPECT_NE(one, as_written);
  EXPECT_NE(read().sha256, one);
}

TEST_F(TreeSets, AnActionMayBeSwitchedOff) {
  ASSERT_EQ(tree_.set("do[0].charger", "off"), "");
  EXPECT_EQ(read().actions.at(0).values.count("off"), 1U);
}

TEST_F(TreeSets, APlaceThatIsNotThereIsSaidAndChangesNothing) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"", "an empty path; a place in a scenario is due, such as settings.cell_ovp"},
      {"do[2].charger.current", "do[2].charger.current: the last entry is do[1]"},
      {"do.charger.current", "do.charger.current needs the number of an entry behind do, such as do[0]"},
      {"do", "do is a list; name one of its entries, such as do[0]"},
      {"settings", "settings is a mapping; name one of its keys; there are preset, cell_ovp"},
      {"do[0].load.current", "do[0].load.current: there is no load here; there are at, charger"},
      {"setings.cell_ovp",
       "setings.cell_ovp: there is no setings here; there are board, pack, settings, start, do, run_for, expect"},
      {"run_for.x", "run_for.x leads beyond run_for, which is \"20 s\""},
      {"settings.", "settings. ends with a dot"},
      {"expect[1].within", "expect[1].within: the last entry is expect[0]"}};
  for (const auto& [path, sentence] : wrong) EXPECT_EQ(tree_.set(path, "1 A"), sentence);
  EXPECT_TRUE(tree_.overrides.empty());
  EXPECT_EQ(read().actions.size(), 2U);
}

TEST_F(TreeSets, AWrongValueIsTheMistakeOfTheReader) {
  ASSERT_EQ(tree_.set("settings.cell_ovp", "3.61"), "");
  std::vector<ScenarioError> errors;
  EXPECT_FALSE(read_scenario(tree_, files_, errors).has_value());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].sentence().find("\"3.61\" needs a unit of voltage"), std::string::npos) << errors[0].what();
}

}  // namespace
}  // namespace rig::scenario
