// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/result.hpp"
#include "tests/reports/samples.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

using testing::HasSubstr;

TEST(SummaryMd, SaysWhatFailedAndWhy) {
  const Folder folder;
  const RunResult run = sample_run(folder.path);
  const std::string text = summary_md(run);
  for (const char* words :
       {"error: jk 1.0.0", "2 pass · 1 fail · 1 error · 1 not applicable", "firmware crashed: segmentation fault",
        "charge\\_fet was on for 41.3 s", "bench sim has no relay", "68.47 s", "2 passed", "no certificate"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
  EXPECT_THAT(text, HasSubstr(run.firmware_sha256));
  EXPECT_LT(text.find("segmentation"), text.find("41.3 s"));
}

TEST(SummaryMd, HostileTextsBreakNoTable) {
  const Folder folder;
  RunResult run = sample_run(folder.path);
  run.scenarios[2].reason = "a|b\n<img src=x> `c` [d](e)";
  EXPECT_THAT(summary_md(run), HasSubstr("| a\\|b &lt;img src=x\\> \\`c\\` \\[d\\](e)"));
  run.scenarios[0].claims[0].result = "fail";
  EXPECT_THAT(summary_md(run), HasSubstr("the scenario says pass but a claim says fail"));
}

TEST(SummaryMd, StaysBelowAMebibyteAndCountsWhatItLeavesOut) {
  const Folder folder;
  RunResult run = sample_run(folder.path);
  const ScenarioResult failed = run.scenarios[2];
  run.scenarios.assign(1'000, failed);
  for (ScenarioResult& one : run.scenarios) one.reason = std::string(5000, 'x');
  const std::string text = summary_md(run);
  EXPECT_LT(text.size(), std::size_t{1} << 20);
  EXPECT_THAT(text, HasSubstr(" more are in report.html"));
  run.scenarios.resize(20'000, failed);
  for (ScenarioResult& one : run.scenarios) {
    one.result = "pass";
    one.reason.clear();
    for (ClaimResult& claim : one.claims) claim.result = "pass";
  }
  EXPECT_LT(summary_md(run).size(), std::size_t{1} << 20);
  EXPECT_THAT(summary_md(RunResult{}), HasSubstr("not run"));
}

}  // namespace
}  // namespace reports
