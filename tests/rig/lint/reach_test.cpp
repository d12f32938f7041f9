// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/reach.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "rig/scenario/reader.hpp"
#include "tests/support/program.hpp"

namespace rig::lint {
namespace {

constexpr double leak_A = 0.05;

/// Of a minute from 50 % at 25 degC, with these entries of `do:`.
Reach reach_with(const std::string& actions, const std::string& run_for = "1 min", const std::string& of_pack = "",
                 const std::string& board = "jk_b2a8s20p") {
  const tests::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "one.yaml";
  if (!of_pack.empty()) {
    std::filesystem::create_directories(folder.path() / "packs");
    std::ofstream(folder.path() / "packs" / "lfp_8s_280ah.yaml")
        << "name: a lot\ncells: 8\ncell: packs/cells/lfp_280ah.yaml\nbusbar: 0.06 mohm\n"
        << of_pack << "\n";
  }
  std::ofstream(file) << "one:\n  board: boards/" + board +
                             ".yaml\n  pack: packs/lfp_8s_280ah.yaml\n"
                             "  settings: {preset: LiFePO4}\n  start: {soc: 50 %}\n"
                      << (actions.empty() ? "" : "  do:\n" + actions) << "  run_for: " << run_for
                      << "\n  expect: [always: charge_fet is on]\n";
  std::vector<scenario::ScenarioError> errors;
  const auto scenarios = scenario::read_scenarios(file, CELLRIG_SCENARIOS, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.what();
  return scenarios.empty() ? Reach{} : reach_of(scenarios.front(), 0);
}

TEST(Reach, OfTheCurrentIsWhatDevicesGive) {
  const std::string charger = "    - {at: 1 s, charger: {current: 20 A, voltage: 29.2 V, ripple: 5 A}}\n";
  const std::string load = "    - {at: 2 s, load: {current: 30 A}}\n    - {at: 3 s, load: {current: 10 A}}\n";
  const Reach both = reach_with(charger + load);
  EXPECT_DOUBLE_EQ(both.current_A.low, -30 - leak_A);
  EXPECT_DOUBLE_EQ(both.current_A.high, 25 + leak_A);
  EXPECT_TRUE(reach_with("").current_A.is_point());
}

TEST(Reach, OfTheCurrentIsOpenWhereNothingLimitsIt) {
  for (const char* device : {"short: {resistance: 20 mohm}", "inverter: {power: 100 W}", "load: {resistance: 1 ohm}",
                             "charger: {current: 5 A, voltage: 29 V, polarity: reversed}"}) {
    EXPECT_TRUE(std::isinf(reach_with(std::string("    - {at: 1 s, ") + device + "}\n").current_A.low)) << device;
  }
}

TEST(Reach, OfTheCellsGrowsWithCurrentAndTime) {
  const auto most = [](const std::string& amperes, const std::string& run_for) {
    return reach_with("    - {at: 1 s, charger: {current: " + amperes + ", voltage: 29.2 V}}\n", run_for).cell_V.high;
  };
  EXPECT_LT(most("20 A", "1 min"), most("40 A", "1 min"));
  EXPECT_LT(most("20 A", "1 min"), 3.4);
  EXPECT_GT(most("20 A", "10 h"), 3.65) << "200 Ah into a cell that has room for 140 Ah";
}

TEST(Reach, OfTheCellsGrowsWithWhatACellOfALotMayBe) {
  const auto most = [](const std::string& of_pack) {
    return reach_with("    - {at: 1 s, charger: {current: 100 A, voltage: 29.2 V}}\n", "1 min", of_pack).cell_V.high;
  };
  EXPECT_GT(most("spread: {resistance: 10 %, seed: 1}"), most(""));
  EXPECT_GT(most("spread: {resistance: 20 %, seed: 1}"), most("spread: {resistance: 10 %, seed: 1}"));
  EXPECT_GT(most("cell[3]: {resistance: 200 %}"), most("spread: {resistance: 20 %, seed: 1}"));
}

TEST(Reach, OfTheCellsIsOpenWithAFault) {
  for (const char* fault : {"\"cell[3]\": {capacity_loss: 10 %}", "cell[3].soc: 99 %", "link[3]: 2 mohm"}) {
    const Reach reach = reach_with(std::string("    - at: 1 s\n      ") + fault + "\n");
    EXPECT_FALSE(reach.cell_V.is_bounded()) << fault;
  }
  EXPECT_TRUE(reach_with("    - at: 1 s\n      cell[3].temperature: 40 degC\n").cell_V.is_bounded());
}

TEST(Reach, OfTheCellsIsOpenWithAHeaterThatMayEmptyThem) {
  EXPECT_TRUE(reach_with("").cell_V.is_bounded());
  EXPECT_FALSE(reach_with("", "1 min", "", "jk_8s_with_parts").cell_V.is_bounded());
}

TEST(Reach, OfTemperaturesIsWhatIsSaidUnlessSomethingHeats) {
  const Reach cold = reach_with("    - {at: 1 s, ambient: -10 degC}\n");
  EXPECT_EQ(cold.cell_degC.low, -15);
  EXPECT_EQ(cold.cell_degC.high, 28);
  EXPECT_EQ(cold.ambient_degC.low, -10);
  EXPECT_EQ(cold.ambient_degC.high, 25);
  const Reach loaded = reach_with("    - {at: 1 s, load: {current: 10 A}}\n");
  EXPECT_TRUE(std::isinf(loaded.cell_degC.high));
  EXPECT_TRUE(std::isinf(loaded.mos_degC.high));
  EXPECT_EQ(loaded.mos_degC.low, 20);
}

TEST(Reach, OfTheComparatorIsItsLevel) {
  EXPECT_FALSE(reach_with("    - {at: 1 s, load: {current: 600 A}}\n").comparator);
  EXPECT_TRUE(reach_with("    - {at: 1 s, load: {current: 650 A}}\n").comparator);
}

}  // namespace
}  // namespace rig::lint
