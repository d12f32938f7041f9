// SPDX-License-Identifier: Apache-2.0
// Prove the proof: the shipped scenarios turn red over every seeded defect of the firmware, and say which claim broke.
#include <gtest/gtest.h>

#include <sstream>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

std::vector<std::string> defects() {
  std::vector<std::string> names;
  std::istringstream list(CELLRIG_DEFECTS);
  for (std::string name; std::getline(list, name, ',');) names.push_back(name);
  return names;
}

class SeededDefect : public testing::TestWithParam<std::string> {};

}  // namespace

TEST(SeededDefects, AreAtLeastTwelve) { EXPECT_GE(defects().size(), 12u); }

TEST_P(SeededDefect, TurnsAScenarioRedAndTheReportNamesTheClaim) {
  const tests::TemporaryFolder out;
  std::string scenarios;
  for (const char* folder :
       {"protection", "faults", "sensing", "communication", "balancing/convergence_8s_280ah_1a.yaml"}) {
    scenarios += std::string(" '" CELLRIG_SOURCE_DIR "/scenarios/") + folder + "'";
  }
  const std::string firmware = " --firmware '" CELLRIG_BINARY_DIR "/firmware/defects/" + GetParam() + ".so'";
  const auto ran = tests::run(tests::cellrig() + " run " + scenarios + firmware + " --out " + out.text());
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  const auto result = reports::from_json(tests::slurp(out.path() / "result.json"));
  const std::string report = tests::slurp(out.path() / "report.html");
  int red = 0;
  for (const auto& scenario : result.scenarios) {
    EXPECT_NE(scenario.result, "error") << scenario.name << ": " << scenario.reason;
    for (const auto& claim : scenario.claims) {
      if (claim.result != "fail") continue;
      ++red;
      EXPECT_NE(ran.output.find(scenario.name), std::string::npos);
      EXPECT_NE(report.find(scenario.name), std::string::npos);
      EXPECT_FALSE(claim.text.empty());
      EXPECT_GT(claim.line, 0);
    }
  }
  EXPECT_GT(red, 0);
}

INSTANTIATE_TEST_SUITE_P(Firmware, SeededDefect, testing::ValuesIn(defects()),
                         [](const auto& tested) { return tested.param; });
