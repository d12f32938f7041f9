// SPDX-License-Identifier: Apache-2.0
// include, parameters, templates and families: what they make, and what is wrong with them.
#include "rig/scenario/family.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

const std::string overvoltage = R"(templates:
  overvoltage_opens_the_charge_fet:
    parameters: {ovp: required, cell: 3, soc: 98 %}
    about: Cell ${cell} is ahead.
    labels: [a]
    board: boards/jk_b2a8s20p.yaml
    pack: packs/lfp_8s_280ah.yaml
    settings: {preset: LiFePO4, cell_ovp: "${ovp}"}
    start:
      soc: 94 %
      cell[${cell}].soc: ${soc}
    run_for: ${length}
    expect:
      - when: cell[${cell}].voltage >= ${ovp} + 10 mV
        then: charge_fet is off
        within: 5.2 s
)";

class FamilyFiles : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("cellrig_family_test_" + std::to_string(::getpid()));
    fs::create_directories(root_ / "more");
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
  std::vector<Scenario> read(const std::string& name = "s.yaml") {
    errors_.clear();
    return read_scenarios(root_ / name, CELLRIG_SCENARIOS, errors_);
  }
  std::vector<Scenario> read_well(const std::string& name = "s.yaml") {
    std::vector<Scenario> scenarios = read(name);
    for (const ScenarioError& error : errors_) ADD_FAILURE() << error.what();
    return scenarios;
  }
  std::string mistakes(const std::string& text) {
    write("s.yaml", text);
    EXPECT_TRUE(read().empty());
    std::string said;
    for (const ScenarioError& error : errors_) said += error.what() + std::string("\n");
    const std::string folder = root_.generic_string() + "/";
    for (std::size_t at = said.find(folder); at != std::string::npos; at = said.find(folder))
      said.erase(at, folder.size());
    return said;
  }

  fs::path root_;
  std::vector<ScenarioError> errors_;
};

TEST_F(FamilyFiles, ATemplateIsReadWithTheValuesOfItsInstance) {
  write("s.yaml", "parameters: {length: 20 s}\n" + overvoltage + R"(low:
  template: overvoltage_opens_the_charge_fet
  with: {ovp: 3.5 V}
high:
  template: overvoltage_opens_the_charge_fet
  with: {ovp: 3.6 V, cell: 8}
  labels: [b]
  settings: {cell_uvp: 2.7 V}
)");
  const std::vector<Scenario> all = read_well();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "low");
  EXPECT_EQ(all[0].template_name, "overvoltage_opens_the_charge_fet");
  EXPECT_EQ(all[0].about, "Cell 3 is ahead.");
  EXPECT_EQ(all[0].settings.at("cell_ovp"), 3.5);
  EXPECT_EQ(all[0].start.at("cell[3].soc"), 0.98);
  EXPECT_EQ(all[0].run_for_s, 20);
  EXPECT_EQ(all[0].claims.at(0).when.text, "cell[3].voltage >= 3.5 V + 10 mV");
  EXPECT_EQ(all[0].labels, std::vector<std::string>{"a"});
  EXPECT_EQ(all[0].position.line, 18);
  EXPECT_EQ(all[1].start.at("cell[8].soc"), 0.98);
  EXPECT_EQ(all[1].labels, std::vector<std::string>{"b"});
  EXPECT_EQ(all[1].settings.at("cell_ovp"), 3.6);
  EXPECT_EQ(all[1].settings.at("cell_uvp"), 2.7);
}

TEST_F(FamilyFiles, AFamilyHasAnInstanceForEachPointOfItsGrid) {
  write("s.yaml", "parameters: {length: 20 s}\n" + overvoltage + R"(overcharge:
  template: overvoltage_opens_the_charge_fet
  for: {ovp: [3.50 V, 3.60 V], cell: [1, 8]}
)");
  std::vector<std::string> names;
  for (const Scenario& one : read_well()) {
    names.push_back(one.name);
    EXPECT_EQ(one.template_name, "overvoltage_opens_the_charge_fet");
  }
  EXPECT_EQ(names, (std::vector<std::string>{"overcharge_ovp_3_50V_cell_1", "overcharge_ovp_3_50V_cell_8",
                                             "overcharge_ovp_3_60V_cell_1", "overcharge_ovp_3_60V_cell_8"}));
}

TEST_F(FamilyFiles, AFamilyNeedsNoTemplate) {
  write("s.yaml", R"(rest:
  for: {soc: [10 %, 90 %]}
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  start: {soc: "${soc}"}
  run_for: 2 s
  expect: [{always: discharge_fet is on, after: 1 s}]
)");
  const std::vector<Scenario> all = read_well();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].name, "rest_soc_90pct");
  EXPECT_EQ(all[1].template_name, "rest");
  EXPECT_EQ(all[1].start.at("soc"), 0.9);
}

TEST_F(FamilyFiles, AnIncludedFileGivesItsParametersAndTemplatesAndIsInTheHash) {
  write("more/common.yaml", overvoltage);
  write("more/lengths.yaml", "parameters: {length: 20 s}\n");
  const std::string own = R"(include: [more/common.yaml, more/lengths.yaml]
low:
  template: overvoltage_opens_the_charge_fet
  with: {ovp: 3.5 V}
)";
  write("s.yaml", own);
  const std::vector<Scenario> before = read_well();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].run_for_s, 20);
  write("more/lengths.yaml", "parameters: {length: 21 s}\n");
  const std::vector<Scenario> after = read_well();
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].run_for_s, 21);
  EXPECT_NE(before[0].sha256, after[0].sha256);
  write("s.yaml", "parameters: {length: 22 s}\n" + own + "  about: ${length}\n");
  EXPECT_EQ(read_well().at(0).run_for_s, 22);  // its own wins
}

TEST_F(FamilyFiles, WhatAnIncludedTemplateRefersToMayLieBesideIt) {
  fs::create_directories(root_ / "more/packs");
  fs::copy(fs::path(CELLRIG_SCENARIOS) / "packs/lfp_8s_280ah.yaml", root_ / "more/packs/mine.yaml");
  std::string common = overvoltage;
  common.replace(common.find("lfp_8s_280ah"), 12, "mine");
  write("more/common.yaml", common + "parameters: {length: 20 s}\n");
  write("s.yaml", R"(include: more/common.yaml
low: {template: overvoltage_opens_the_charge_fet, with: {ovp: 3.5 V}}
)");
  EXPECT_EQ(read_well().at(0).pack.cells, 8);
}

TEST_F(FamilyFiles, AMistakeStandsAtTheLineOfTheTemplateAndNamesTheInstances) {
  std::string text = "parameters: {length: 20 s}\n" + overvoltage + R"(f:
  template: overvoltage_opens_the_charge_fet
  with: {soc: 98}
  for: {ovp: [3.5 V, 3.6 V], cell: [1, 2]}
)";
  EXPECT_EQ(
      mistakes(text),
      "s.yaml:12:26  cell[1].soc: \"98\" needs a unit of ratio, such as 98 % (in f_ovp_3_5V_cell_1 and 1 more)\n"
      "s.yaml:12:26  cell[2].soc: \"98\" needs a unit of ratio, such as 98 % (in f_ovp_3_5V_cell_2 and 1 more)\n");
}

TEST_F(FamilyFiles, AColumnIsThatOfTheFileAlsoBehindAParameter) {
  std::string text = "parameters: {length: 20 s}\n" + overvoltage + R"(low:
  template: overvoltage_opens_the_charge_fet
  with: {ovp: 3.5 V}
)";
  text.replace(text.find("10 mV"), 5, "10 mA");
  EXPECT_EQ(mistakes(text),
            "s.yaml:15:49  when: \"10 mA\" is a current and cannot be added with \"3.5 V\", a voltage (in low)\n");
}

TEST_F(FamilyFiles, ParametersAreSetByTheirNameAndTheHashHoldsThem) {
  write("s.yaml", "parameters: {length: 20 s}\n" + overvoltage + R"(low:
  template: overvoltage_opens_the_charge_fet
  with: {ovp: 3.5 V}
)");
  Problems problems;
  Files files(CELLRIG_SCENARIOS);
  ScenarioTree tree = scenario_trees(root_ / "s.yaml", files, problems).at(0);
  const auto before = read_scenario(tree, files, problems);
  EXPECT_EQ(tree.set("parameters.ovp", "3.55 V"), "");
  EXPECT_EQ(tree.set("parameters.opv", "3.55 V"),
            "parameters.opv: no parameter has this name; there are ovp, cell, soc, length");
  const auto after = read_scenario(tree, files, problems);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->settings.at("cell_ovp"), 3.55);
  EXPECT_EQ(after->claims.at(0).when.text, "cell[3].voltage >= 3.55 V + 10 mV");
  EXPECT_NE(before->sha256, after->sha256);
}

TEST_F(FamilyFiles, ExponentialParametersAreRefusedWithoutTheWork) {
  std::string text = "parameters:\n  a0: \"\\\"\\\"\"\n";
  for (int i = 1; i < 200; ++i) {
    const std::string one = "${a" + std::to_string(i - 1) + "}";
    text += "  a" + std::to_string(i) + ": " + one + one + one + one + "\n";
  }
  const std::string said = mistakes(text + "s: {about: \"${a199}\"}\n");
  EXPECT_NE(said.find("with its parameters this is longer than 10000 characters"), std::string::npos) << said;
}

TEST(Families, NameTheirInstancesSoThatEveryNameIsLegal) {
  EXPECT_EQ(instance_suffix("ovp", "3.50 V"), "ovp_3_50V");
  EXPECT_EQ(instance_suffix("t", "-20 degC"), "t_-20degC");
  EXPECT_EQ(instance_suffix("soc", "98 %"), "soc_98pct");
  EXPECT_EQ(instance_suffix("slope", "1 mV/s"), "slope_1mV_s");
}

}  // namespace
}  // namespace rig::scenario
