// SPDX-License-Identifier: Apache-2.0
// Prove the proof: a shipped scenario turns red over every seeded defect of the firmware, and says which claim broke.
#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

struct Defect {
  std::string name, scenario;
};
void PrintTo(const Defect& defect, std::ostream* out) { *out << defect.name; }

std::vector<Defect> defects() {
  std::vector<Defect> all;
  std::istringstream list(CELLRIG_DEFECTS);
  for (std::string one; std::getline(list, one, ',');) {
    const std::size_t split = one.find('=');
    all.push_back({one.substr(0, split), one.substr(split + 1)});
  }
  return all;
}

class SeededDefect : public testing::TestWithParam<Defect> {};

}  // namespace

TEST(SeededDefects, AreAtLeastTwelve) { EXPECT_GE(defects().size(), 12u); }

TEST_P(SeededDefect, TurnsItsScenarioRedAndTheReportNamesTheClaim) {
  const tests::TemporaryFolder out;
  const std::string firmware = " --firmware '" CELLRIG_BINARY_DIR "/firmware/defects/" + GetParam().name + ".so'";
  const auto ran = tests::run("CELLRIG_SCENARIOS='" CELLRIG_SOURCE_DIR "/scenarios' " + tests::cellrig() + " run " +
                              GetParam().scenario + firmware + " --out " + out.text());
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  const auto result = reports::from_json(tests::slurp(out.path() / "result.json"));
  const std::string report = tests::slurp(out.path() / "report.html");
  ASSERT_EQ(result.scenarios.size(), 1u);
  const auto& scenario = result.scenarios[0];
  EXPECT_EQ(scenario.result, "fail") << scenario.reason;
  EXPECT_NE(ran.output.find(scenario.name), std::string::npos);
  EXPECT_NE(report.find(scenario.name), std::string::npos);
  int red = 0;
  for (const auto& claim : scenario.claims) {
    if (claim.result != "fail") continue;
    ++red;
    EXPECT_FALSE(claim.text.empty());
    EXPECT_GT(claim.line, 0);
  }
  EXPECT_GT(red, 0);
}

INSTANTIATE_TEST_SUITE_P(Firmware, SeededDefect, testing::ValuesIn(defects()),
                         [](const auto& tested) { return tested.param.name; });
