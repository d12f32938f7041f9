// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "rig/scenario/claims.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

Scenario read_of_windows(const std::string& text) {
  const auto file =
      std::filesystem::temp_directory_path() / ("cellrig_windows_test_" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(file) << text;
  std::vector<ScenarioError> errors;
  std::vector<Scenario> scenarios = read_scenarios(file, CELLRIG_SCENARIOS, errors);
  std::filesystem::remove(file);
  for (const ScenarioError& error : errors) ADD_FAILURE() << error.what();
  return scenarios.empty() ? Scenario() : scenarios.front();
}

TEST(Scenario, WindowsMayBeginAndEndWithConditions) {
  const Scenario s = read_of_windows(R"(s:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  run_for: 20 min
  expect:
    - settles: max(cell.temperature)
      to: 25 degC
      band: 2 K
      within: 10 min
      for at least: 1 min
      after: charge_fet turns off
      until: 19 min
    - eventually: charge_fet turns on
      by: 3 s
      after: 1 s
      until: port.current > 3 A
    - always: discharge_fet
      between: [charge_fet turns off, "cell[3].voltage < 3 V"]
      until: 10 min
)");
  ASSERT_EQ(s.claims.size(), 3U);
  const Claim &settles = s.claims[0], &eventually = s.claims[1], &between = s.claims[2];
  EXPECT_EQ(settles.kind, ClaimKind::settles);
  EXPECT_EQ(settles.to.value, 25);
  EXPECT_EQ(settles.band.dimension, Dimension::temperature_difference);
  EXPECT_EQ(settles.opens->text, "charge_fet turns off");
  EXPECT_EQ(settles.until_s, 1140);
  EXPECT_EQ(settles.text,
            "max(cell.temperature) settles to 25.00 degC within 2.000 K in 10.00 min for at least 60.00 s after "
            "charge_fet turns off until 19.00 min");
  EXPECT_EQ(eventually.within_s, 3);
  EXPECT_EQ(eventually.after_s, 1);
  EXPECT_EQ(eventually.closes->text, "port.current > 3 A");
  EXPECT_TRUE(between.each_stretch);
  EXPECT_EQ(between.text,
            "always discharge_fet between charge_fet turns off and cell[3].voltage < 3 V until 10.00 min");
  EXPECT_EQ(expressions_of(between).size(), 4U);
}

}  // namespace
}  // namespace rig::scenario
