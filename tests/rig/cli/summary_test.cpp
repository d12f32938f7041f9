// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/summary.hpp"

#include <gmock/gmock.h>

namespace rig::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

reports::ClaimResult claim(const std::string& word, double margin_ratio) {
  reports::ClaimResult claim;
  claim.text = "when bms.cell[3].voltage >= 3.60 V then charge_fet is off within 5.200 s";
  claim.result = word;
  claim.measured = {5.02, "s", "5.020 s"};
  claim.limit = {5.2, "s", "5.200 s"};
  claim.limit_is = "<=";
  claim.margin = {0.18, "s", "180.0 ms"};
  claim.margin_ratio = margin_ratio;
  claim.file = "scenarios/protection/overcharge.yaml";
  claim.line = 20;
  return claim;
}

reports::ScenarioResult passing() {
  reports::ScenarioResult scenario;
  scenario.name = "overcharge_opens_the_charge_fet";
  scenario.result = "pass";
  scenario.claims = {claim("pass", 0.5), claim("pass", 0.035)};
  scenario.claims[1].timeline = reports::Timeline{1, 2, 3, 4, {3.612, "V", "3.612 V"}};
  return scenario;
}

reports::ScenarioResult failing() {
  reports::ScenarioResult scenario;
  scenario.name = "cold_charge_is_refused";
  scenario.result = "fail";
  scenario.shows = {"PROT-CUTP-1", "GB 43854-2024 6.4.1.6"};
  scenario.claims = {claim("pass", 0.5), claim("fail", -1.0)};
  reports::ClaimResult& bad = scenario.claims[1];
  bad.text = "always charge_fet is off after 2.000 s";
  bad.reason = "it was on for 41.3 s";
  bad.measured = {41.3, "s", "41.30 s"};
  bad.limit = {0, "s", "0 s"};
  bad.margin = {-41.3, "s", "-41.30 s"};
  bad.margin_ratio.reset();
  bad.limit_source = "declared";
  bad.limit_note = "Charge UTP -20 degC";
  bad.t_worst_ns = 2'000'000'000;
  bad.worst_element = "cell[3]";
  bad.file = "scenarios/protection/cold_charge.yaml";
  bad.line = 31;
  scenario.again = "./cellrig run cold_charge_is_refused --seed 1";
  return scenario;
}

reports::ScenarioResult broken() {
  reports::ScenarioResult scenario;
  scenario.name = "short_is_interrupted";
  scenario.result = "error";
  scenario.reason = "firmware crashed: segmentation fault";
  scenario.findings = {{12'000'000'000, "firmware", "firmware crashed: segmentation fault"}};
  scenario.file = "scenarios/protection/short.yaml";
  scenario.line = 2;
  scenario.claims = {claim("not_run", 0)};
  scenario.again = "./cellrig run short_is_interrupted --seed 1";
  return scenario;
}

std::string text_of(std::vector<reports::ScenarioResult> scenarios, bool colours = false) {
  reports::RunResult run;
  run.scenarios = std::move(scenarios);
  return summary(run, {colours, "out/x/report.html"});
}

TEST(Summary, IsOneLineForAPass) {
  EXPECT_EQ(
      text_of({passing()}),
      "  pass  overcharge_opens_the_charge_fet   5.020 s, peak 3.612 V   limit <= 5.200 s   margin +180.0 ms (3.5 %)\n"
      "1 pass · 0 fail · 0 error                                   report: out/x/report.html\n");
}

TEST(Summary, SpellsOutAFailure) {
  EXPECT_EQ(text_of({failing()}),
            "  FAIL  cold_charge_is_refused   41.30 s   limit <= 0 s   margin -41.30 s\n"
            "        always charge_fet is off after 2.000 s: it was on for 41.3 s\n"
            "        measured 41.30 s (cell[3]) at 2.000000 s; limit <= 0 s; margin -41.30 s   [declared: Charge UTP "
            "-20 degC]\n"
            "        scenarios/protection/cold_charge.yaml:31   requirement PROT-CUTP-1, GB 43854-2024 6.4.1.6\n"
            "        again: ./cellrig run cold_charge_is_refused --seed 1   (--gdb: in the debugger)\n"
            "        picture: out/x/report.html#cold_charge_is_refused\n"
            "0 pass · 1 fail · 0 error                                   report: out/x/report.html\n");
}

TEST(Summary, ALeastValueIsSeenAsOne) {
  reports::ScenarioResult scenario = passing();
  scenario.claims[1].limit_is = ">=";
  EXPECT_THAT(text_of({scenario}), HasSubstr("   limit >= 5.200 s   "));
  scenario.claims[1].limit_is.reset();  // of an older result.json
  EXPECT_THAT(text_of({scenario}), HasSubstr("   limit 5.200 s   "));
}

TEST(Summary, SaysWhoseAnErrorIsAndShowsNoFigureForIt) {
  EXPECT_EQ(text_of({broken()}),
            "  ERROR  short_is_interrupted\n"
            "        firmware at 12.000 s: firmware crashed: segmentation fault\n"
            "        scenarios/protection/short.yaml:2\n"
            "        again: ./cellrig run short_is_interrupted --seed 1   (--gdb: in the debugger)\n"
            "        picture: out/x/report.html#short_is_interrupted\n"
            "0 pass · 0 fail · 1 error                                   report: out/x/report.html\n");
}

TEST(Summary, AlignsItsColumns) {
  const std::string text = text_of({passing(), broken()});
  EXPECT_THAT(text, HasSubstr("  pass   overcharge_opens_the_charge_fet   5.020 s"));
  EXPECT_THAT(text, HasSubstr("  ERROR  short_is_interrupted\n"));
}

TEST(Summary, CountsEveryWordThatOccurs) {
  reports::RunResult run;
  for (const char* word :
       {"pass", "conditional_pass", "conditional_fail", "fail", "error", "not_run", "not_applicable", "pass"}) {
    run.scenarios.emplace_back().result = word;
  }
  EXPECT_EQ(counts(run),
            "2 pass · 1 conditional_pass · 1 conditional_fail · 1 fail · 1 error · 1 not_run · 1 not_applicable");
}

TEST(Summary, WhatIsNotAPassIsInCapitals) {
  for (const char* word : {"FAIL", "ERROR", "NOT_RUN", "CONDITIONAL_FAIL"}) {
    reports::ScenarioResult scenario = passing();
    scenario.result = word;
    for (char& c : scenario.result) c = static_cast<char>(tolower(c));
    EXPECT_THAT(text_of({scenario}), HasSubstr(std::string("  ") + word + "  overcharge"));
  }
}

TEST(Summary, AConditionalPassIsNotShoutedButNotCalledAPass) {
  reports::ScenarioResult scenario = passing();
  scenario.result = scenario.claims[0].result = "conditional_pass";
  EXPECT_THAT(text_of({scenario}), HasSubstr("  conditional_pass  overcharge"));
}

TEST(Summary, UnderStrictAConditionalPassIsSpelledOutToo) {
  reports::RunResult run;
  run.scenarios = {passing()};
  run.scenarios[0].result = run.scenarios[0].claims[0].result = "conditional_pass";
  EXPECT_THAT(summary(run, {}), Not(HasSubstr("picture:")));
  run.strict = true;
  EXPECT_THAT(summary(run, {}), HasSubstr("overcharge.yaml:20\n"));
  EXPECT_THAT(summary(run, {}), HasSubstr("picture:"));
}

TEST(Summary, ColoursOnlyWhenAsked) {
  EXPECT_THAT(text_of({passing(), failing()}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(text_of({passing(), failing()}, true), HasSubstr("\x1b[1;31mFAIL\x1b[0m"));
}

TEST(Summary, AFirmwaresTextCannotSteerTheTerminal) {
  reports::ScenarioResult scenario = broken();
  scenario.findings[0].what = "\x1b[2Jpass\nfake line";
  EXPECT_THAT(text_of({scenario}), HasSubstr("firmware at 12.000 s: ?[2Jpass?fake line\n"));
}

TEST(Summary, ManyFindingsAreCutInTheMiddle) {
  reports::ScenarioResult scenario = broken();
  scenario.findings.clear();
  for (int i = 1; i <= 43'200; ++i) scenario.findings.push_back({i * 2'000'000'000LL, "firmware", "reset by watchdog"});
  EXPECT_THAT(text_of({scenario}), HasSubstr("        firmware at 10.000 s: reset by watchdog\n        … 43194 more …\n"
                                             "        firmware at 86400.000 s: reset by watchdog\n"));
}

TEST(Summary, APercentageThatTellsNothingIsLeftOut) {
  reports::ScenarioResult scenario = passing();
  scenario.claims[1].margin_ratio = -229.769;
  scenario.claims[1].margin = {-59.74, "s", "-59.74 s"};
  EXPECT_THAT(text_of({scenario}), HasSubstr("margin -59.74 s\n"));
}

TEST(WorstClaim, IsTheWorstWordThenTheSmallestMargin) {
  reports::ScenarioResult scenario;
  EXPECT_EQ(worst_claim(scenario), nullptr);
  scenario.claims = {claim("pass", 0.1), claim("conditional_pass", 0.9), claim("fail", -0.1), claim("fail", -0.4),
                     claim("pass", -9)};
  EXPECT_EQ(worst_claim(scenario), &scenario.claims[3]);
  scenario.claims[0].result = "error";
  EXPECT_EQ(worst_claim(scenario), &scenario.claims[0]);
}

}  // namespace
}  // namespace rig::cli
