// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/result_check.hpp"

#include <gmock/gmock.h>

#include "tests/rig/campaign/fake_scenario.hpp"

namespace rig::campaign {
namespace {

using ::testing::HasSubstr;

const scenario::Scenario kScenario = fake_scenario("two_claims", 2);

TEST(ResultCheck, SaysNothingAboutAnHonestResult) {
  for (const char* word :
       {"pass", "conditional_pass", "conditional_fail", "fail", "error", "not_run", "not_applicable"}) {
    EXPECT_EQ(contradiction(fake_result(kScenario, word), kScenario), "") << word;
  }
}

TEST(ResultCheck, AClaimWorseThanItsScenarioIsAContradiction) {
  for (const char* worse : {"fail", "error", "not_run", "conditional_fail", "conditional_pass", "not_applicable"}) {
    reports::ScenarioResult result = fake_result(kScenario, "pass");
    result.claims[1].result = worse;
    EXPECT_THAT(contradiction(result, kScenario), HasSubstr("one of its claims is worse")) << worse;
  }
}

TEST(ResultCheck, AMissingClaimIsAContradiction) {
  reports::ScenarioResult result = fake_result(kScenario);
  result.claims.pop_back();
  EXPECT_EQ(contradiction(result, kScenario), "1 of 2 claims were judged");
  result.claims.clear();
  EXPECT_EQ(contradiction(result, kScenario), "\"pass\" without any claim");
}

TEST(ResultCheck, AnotherNameIsAContradiction) {
  EXPECT_EQ(contradiction(fake_result(fake_scenario("other", 2)), kScenario), "the result is that of \"other\"");
}

TEST(ResultCheck, AnUnknownWordIsAContradiction) {
  EXPECT_EQ(contradiction(fake_result(kScenario, "green"), kScenario), "\"green\" is not a result");
  reports::ScenarioResult result = fake_result(kScenario);
  result.claims[0].result = "";
  EXPECT_EQ(contradiction(result, kScenario), "\"\" is not a result, claim \"claim 1\"");
}

}  // namespace
}  // namespace rig::campaign
