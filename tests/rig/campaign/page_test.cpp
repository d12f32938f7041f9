// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rig::campaign {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

Record measured_in(std::size_t run, double value, const std::string& phase) {
  Record record;
  record.run = run;
  record.scenario = "s";
  record.values = {{"phase", phase}};
  record.seed = 7;
  record.result = "pass";
  record.claims = {{"pass", value, 1 - value, "s", 0}};
  return record;
}

Json phases_found() {
  return Json::parse(
      R"({"campaign": "swept", "about": "a < b & c", "result": "pass", "reason": "", "runs": 2, "seed": 1,
    "subjects": [{"scenario": "s", "counts": {"pass": 2}, "reaction": {"claim": "it trips"},
      "claims": [{"text": "it trips", "counts": {"pass": 2}, "unit": "s",
        "measured": {"min": 0.25, "mean": 0.5, "max": 0.75}, "margin": {"min": 0.25, "min_run": 1}}]}]})");
}

TEST(CampaignTable, HasALineForEachRunAndQuotesWhatNeedsIt) {
  std::vector<Record> records{measured_in(0, 0.25, "0 s"), measured_in(1, 0.75, "0.032 s")};
  records[1].result = "fail";
  records[1].reason = "late, by \"much\"";
  records[1].claims[0].margin.reset();
  EXPECT_EQ(csv_of(records),
            "run,scenario,seed,result,phase,claim 0 result,claim 0 measured,claim 0 margin,claim 0 unit,reason\n"
            "0,s,7,pass,0 s,pass,0.25,0.75,s,\n"
            "1,s,7,fail,0.032 s,pass,0.75,,s,\"late, by \"\"much\"\"\"\n");
}

TEST(CampaignPage, DrawsTheReactionOverThePhase) {
  const std::string page = page_of(phases_found(), {measured_in(0, 0.25, "0 s"), measured_in(1, 0.75, "0.032 s")});
  EXPECT_THAT(page, HasSubstr("s: reaction over phase"));
  EXPECT_THAT(page, HasSubstr("<circle cx="));
  EXPECT_THAT(page,
              HasSubstr("<td class=\"t\">250.0 ms</td><td class=\"t\">500.0 ms</td><td class=\"t\">750.0 ms</td>"));
  EXPECT_THAT(page, HasSubstr("a &lt; b &amp; c"));
}

TEST(CampaignPage, FetchesNothingAndRunsNothing) {
  const std::string page = page_of(phases_found(), {measured_in(0, 0.25, "0 s"), measured_in(1, 0.75, "1 ms")});
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(CampaignPage, ShowsThresholdsAndTheDelayOverTheOverdrive) {
  const Json found = Json::parse(R"({"campaign": "ovp", "about": "", "result": "fail", "reason": "too high", "runs": 9,
    "trip": {"value": "do[1].hold", "unit": "V", "found": true, "happens": 3.637, "does_not_happen": 3.6365,
      "setting": 3.6, "offset": 0.03699999999, "tries": 8},
    "delay_over_overdrive": [{"overdrive": 0.1, "min_s": 5.05, "mean_s": 5.08, "max_s": 5.11, "max_at_s": 0.026, "missed": 0},
      {"overdrive": 0.005, "min_s": 5.06, "mean_s": 5.09, "max_s": 5.12, "max_at_s": 0.026, "missed": 1}]})");
  const std::string page = page_of(found, {});
  EXPECT_THAT(page, HasSubstr("<td class=\"t\">3.637 V</td><td class=\"t\">3.6365 V</td><td class=\"t\">0.037 V</td>"));
  EXPECT_THAT(page, HasSubstr("aria-label=\"Delay over overdrive\""));
  EXPECT_THAT(page, HasSubstr("too high"));
}

TEST(CampaignPage, CountsEachRunOnceInTheHistogram) {
  Json found = phases_found();
  found["subjects"][0].erase("reaction");
  std::vector<Record> records;
  for (std::size_t run = 0; run < 25; ++run) records.push_back(measured_in(run, run < 20 ? 0.1 : 0.9, ""));
  const std::string page = page_of(found, records);
  EXPECT_THAT(page, HasSubstr("aria-label=\"it trips\""));
  records[3].values = {{"shrinking", "3"}};  // another search of the same campaign
  EXPECT_NE(page_of(found, records), page);
}

TEST(CampaignPage, ListsRunsThatDidNotPass) {
  std::vector<Record> records{measured_in(0, 0.25, "0 s"), measured_in(1, 0.75, "0.032 s")};
  EXPECT_THAT(page_of(phases_found(), records), Not(HasSubstr("Runs that did not pass")));
  records[1].result = "error";
  records[1].reason = "rig: gone";
  EXPECT_THAT(page_of(phases_found(), records), HasSubstr("phase 0.032 s</td><td class=\"t\">rig: gone</td>"));
}

}  // namespace
}  // namespace rig::campaign
