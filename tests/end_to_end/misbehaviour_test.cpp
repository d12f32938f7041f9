// SPDX-License-Identifier: Apache-2.0
// Firmware that crashes, hangs, or does not fit: an error of its own scenario, in clear words, and nothing else is
// lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

using testing::HasSubstr;

namespace {

struct Run {
  tests::Ran ran;
  reports::RunResult result;
  bool wrote_all = false;
};

Run run_firmware(const std::string& firmware) {
  const tests::TemporaryFolder out;
  Run run;
  run.ran = tests::run(tests::cellrig() +
                       " run '" CELLRIG_SOURCE_DIR "/scenarios/faults/reset.yaml' '" CELLRIG_SOURCE_DIR
                       "/scenarios/communication/telemetry.yaml' --firmware '" +
                       firmware + "' --out " + out.text());
  run.result = reports::from_json(tests::slurp(out.path() / "result.json"));
  run.wrote_all =
      std::filesystem::exists(out.path() / "junit.xml") && std::filesystem::exists(out.path() / "report.html");
  return run;
}

std::string conformance(const std::string& name) { return CELLRIG_CONFORMANCE_DIR "/" + name + ".so"; }

void expect_error(const Run& run, const std::string& words) {
  EXPECT_EQ(run.ran.exit_code, 2) << run.ran.output;
  EXPECT_TRUE(run.wrote_all);
  ASSERT_GE(run.result.scenarios.size(), 2u);
  for (const auto& scenario : run.result.scenarios) {
    EXPECT_EQ(scenario.result, "error") << scenario.name;
    EXPECT_THAT(scenario.reason, HasSubstr(words)) << scenario.name;
  }
  EXPECT_THAT(run.ran.output, HasSubstr(words));
}

}  // namespace

TEST(Misbehaviour, ACrashIsAnErrorOfTheFirmwareAndTheGatesAreDown) {
  expect_error(run_firmware(conformance("crash")), "firmware crashed");
}

TEST(Misbehaviour, AFirmwareThatNeverReturnsHungSinceAnInstant) {
  expect_error(run_firmware(conformance("hang")), "firmware hung since 12.000");
}

TEST(Misbehaviour, AWrongAbiVersionIsRefusedWithBothVersions) {
  expect_error(run_firmware(conformance("other_major")), "ABI 2.5, this rig serves 1.1");
}

TEST(Misbehaviour, AFileThatIsNoFirmwareIsRefused) {
  expect_error(run_firmware(conformance("no_symbol")), "cellrig_get_api");
}

TEST(Misbehaviour, AMissingFirmwareIsAMistakeOfTheCaller) {
  const auto ran = tests::run(tests::cellrig() + " run --firmware /nonexistent/firmware.so");
  EXPECT_EQ(ran.exit_code, 3) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("/nonexistent/firmware.so"));
}
