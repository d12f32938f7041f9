// SPDX-License-Identifier: Apache-2.0
// Every temporal word, on the closed loop: a scenario that must fail and one that must never arm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

reports::RunResult run_words() {
  const tests::TemporaryFolder out;
  const auto ran =
      tests::run(tests::cellrig() + " run '" CELLRIG_SOURCE_DIR "/tests/rig/scenario/words' --out " + out.text());
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  return reports::from_json(tests::slurp(out.path() / "result.json"));
}

}  // namespace

TEST(TemporalWords, FailWhenTheyMustAndSayWhenTheyNeverArmed) {
  const auto result = run_words();
  EXPECT_GE(result.scenarios.size(), 20u);
  for (const auto& scenario : result.scenarios) {
    EXPECT_EQ(scenario.result, "fail") << scenario.name;
    if (!scenario.name.ends_with("_never_arms")) continue;
    EXPECT_THAT(scenario.reason, testing::AnyOf(testing::HasSubstr("never armed"), testing::HasSubstr("never judged")))
        << scenario.name;
  }
}
