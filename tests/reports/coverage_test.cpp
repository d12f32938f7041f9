// SPDX-License-Identifier: Apache-2.0
#include "reports/coverage/coverage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/reports/schema_check.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports::coverage {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t s = 1'000'000'000;

/// 60 A against 50 A for 2 s: off at 12 s, the cause gone at once, on again at 17 s.
Timeline a_trip() {
  Timeline line;
  line.t_cross = 10 * s;
  line.t_act = 12 * s;
  line.t_detect = 12 * s + 200'000'000;
  line.t_clear = line.t_back = 12 * s + 1'000;
  line.t_release = 17 * s;
  line.peak = {60, "A", "60.00 A"};
  line.setting = {50, "A", "50.00 A"};
  line.delay = Value{2, "s", "2.000 s"};
  line.trips = 1;
  return line;
}

ClaimResult a_claim(const Timeline& line) {
  ClaimResult claim;
  claim.text = "opens in time";
  claim.result = "pass";
  claim.occurrences = 1;
  claim.protection = "charge_overcurrent";
  claim.timeline = line;
  claim.shows = {"PROT-OCP-1"};
  claim.signals = {"charge_gate"};
  claim.file = "a.yaml";
  claim.line = 12;
  return claim;
}

class CoverageOfClaims : public testing::Test {
 protected:
  CoverageOfClaims() { add("strong_charger", {a_claim(a_trip())}); }
  ScenarioResult& add(const std::string& name, std::vector<ClaimResult> claims) {
    ScenarioResult scenario;
    scenario.name = name;
    scenario.result = "pass";
    scenario.simulated_s = 30;
    scenario.claims = std::move(claims);
    run_.scenarios.push_back(scenario);
    return run_.scenarios.back();
  }
  ScenarioResult& scenario() { return run_.scenarios.front(); }
  ClaimResult& claim() { return scenario().claims.front(); }
  Timeline& line() { return *claim().timeline; }
  [[nodiscard]] Coverage all() const { return collect({&run_, 1}, protections_); }
  [[nodiscard]] std::vector<std::string> covered() const {
    std::vector<std::string> names;
    const Coverage found = all();
    for (const Item& item : found.protections.front().aspects)
      if (item.status == Status::covered) names.push_back(item.name);
    return names;
  }
  [[nodiscard]] Item aspect(const std::string& name) const {
    const Coverage found = all();
    for (const Item& item : found.protections.front().aspects)
      if (item.name == name) return item;
    return {};
  }
  [[nodiscard]] Item clause(const std::string& id) const {
    const Coverage found = all();
    for (const Item& item : found.clauses)
      if (item.name == id) return item;
    return {};
  }

  RunResult run_;
  std::vector<Protection> protections_ = {{"charge_ocp", "charge_overcurrent", "charge_ocp", {}}};
};

TEST_F(CoverageOfClaims, ATripShowsWhatItsTimelineSays) {
  EXPECT_THAT(covered(), ElementsAre("set", "held", "cleared", "beyond", "at_delay", "after_delay"));
  EXPECT_EQ(aspect("at").status, Status::hole);
  EXPECT_EQ(aspect("at").reason, "no claim of these runs was there");
}

TEST_F(CoverageOfClaims, EachAspectHasItsBounds) {
  struct Case {
    const char* aspect;
    void (*change)(Timeline&);
    bool covered;
  };
  const Case cases[] = {
      {"set", [](Timeline& l) { l.t_detect = -1; }, false},
      {"set", [](Timeline& l) { l.t_act = -1; }, false},
      {"held", [](Timeline& l) { l.t_release = l.t_back + s; }, true},
      {"held", [](Timeline& l) { l.t_release = l.t_back + s - 1; }, false},
      {"held", [](Timeline& l) { l.t_back = -1; }, false},
      {"held", [](Timeline& l) { l.t_release = -1; }, true},
      {"held", [](Timeline& l) { l.t_release = -1, l.t_back = 30 * s - 1; }, false},
      {"cleared", [](Timeline& l) { l.t_release = -1; }, false},
      {"cleared", [](Timeline& l) { l.t_detect = -1; }, false},
      {"re_trip", [](Timeline& l) { l.trips = 2; }, true},
      {"re_trip", [](Timeline& l) { l.trips = 2, l.t_detect = -1; }, false},
      {"inside", [](Timeline& l) { l.longest_near_ns = 3 * s; }, true},
      {"inside", [](Timeline& l) { l.longest_near_ns = 3 * s - 1; }, false},
      {"inside", [](Timeline& l) { l.longest_near_ns = 1, l.delay.reset(); }, true},
      {"inside", [](Timeline& l) { l.delay.reset(); }, false},
      {"at", [](Timeline& l) { l.peak.number = 50.05; }, true},
      {"at", [](Timeline& l) { l.peak.number = 50.06; }, false},
      {"beyond", [](Timeline& l) { l.peak.number = 50.06; }, true},
      {"beyond", [](Timeline& l) { l.peak.number = 50.05; }, false},
      {"beyond", [](Timeline& l) { l.t_cross = -1; }, false},
      {"beyond", [](Timeline& l) { l.t_cross = l.t_act; }, true},
      {"beyond", [](Timeline& l) { l.t_cross = l.t_act + 1; }, false},
      {"at",
       [](Timeline& l) {
         l.setting = {-50, "A", ""}, l.peak.number = -50.05;
       },
       true},
      {"at",
       [](Timeline& l) {
         l.setting = {-20, "degC", ""}, l.peak.number = -20.09;
       },
       true},
      {"at",
       [](Timeline& l) {
         l.setting = {-20, "degC", ""}, l.peak.number = -20.11;
       },
       false},
      {"before_delay", [](Timeline& l) { l.forgiven = 1, l.longest_forgiven_ns = s; }, true},
      {"before_delay", [](Timeline& l) { l.forgiven = 1, l.longest_forgiven_ns = s - 1; }, false},
      {"before_delay", [](Timeline& l) { l.forgiven = 1, l.longest_forgiven_ns = 2 * s; }, false},
      {"before_delay", [](Timeline& l) { l.forgiven = 1, l.longest_forgiven_ns = s, l.delay.reset(); }, false},
      {"at_delay", [](Timeline& l) { l.t_act = l.t_cross + 2'199'000'000; }, true},
      {"at_delay", [](Timeline& l) { l.t_act = l.t_cross + 2'201'000'000; }, false},
      {"at_delay", [](Timeline& l) { l.t_act = l.t_cross + 1'799'000'000; }, false},
      {"at_delay", [](Timeline& l) { l.delay.reset(); }, false},
      {"after_delay", [](Timeline& l) { l.t_act = l.t_cross + 1'000'000'000; }, true},
      {"after_delay", [](Timeline& l) { l.t_act = l.t_cross + 2'201'000'000; }, false},
      {"after_delay", [](Timeline& l) { l.t_release = l.t_cross + 2'199'000'000; }, false},
  };
  for (const Case& one : cases) {
    line() = a_trip();
    one.change(line());
    EXPECT_EQ(aspect(one.aspect).status == Status::covered, one.covered)
        << one.aspect << ", case " << &one - std::begin(cases);
  }
}

TEST_F(CoverageOfClaims, AClaimThatFailedCoversNothingAndIsNamed) {
  claim().result = scenario().result = "fail";
  claim().reason = "6.2 s";
  EXPECT_THAT(covered(), ElementsAre());
  EXPECT_EQ(aspect("set").status, Status::failed);
  EXPECT_EQ(aspect("set").reason, "strong_charger: fail: 6.2 s");
  EXPECT_EQ(all().requirements.front().status, Status::failed);
  add("another", {a_claim(a_trip())});
  EXPECT_EQ(aspect("set").status, Status::failed) << "one that passed does not hide it";
}

TEST_F(CoverageOfClaims, AClaimThatNeverArmedCoversNothing) {
  claim().occurrences = 0;
  EXPECT_THAT(covered(), ElementsAre());
  EXPECT_EQ(aspect("set").status, Status::hole);
  EXPECT_EQ(aspect("set").reason, "strong_charger: not armed");
  EXPECT_EQ(all().requirements.front().status, Status::hole);
}

TEST_F(CoverageOfClaims, WhatABenchCannotDoIsAHoleWithItsReason) {
  claim().result = scenario().result = "not_applicable";
  claim().timeline.reset();
  scenario().reason = "the bench has no load";
  EXPECT_EQ(aspect("set").status, Status::hole);
  EXPECT_EQ(aspect("set").reason, "strong_charger: not_applicable: the bench has no load");
  scenario().claims.clear();
  scenario().shows = {"PROT-OCP-1"};
  EXPECT_EQ(all().requirements.front().reason, "strong_charger: not_applicable: the bench has no load");
  EXPECT_EQ(all().scenarios.front().status, Status::hole);
  EXPECT_EQ(all().scenarios.front().reason, "not_applicable: the bench has no load");
}

TEST_F(CoverageOfClaims, AConditionalPassIsNeitherCoveredNorAHole) {
  claim().result = scenario().result = "conditional_pass";
  EXPECT_EQ(aspect("set").status, Status::conditional);
  add("another", {a_claim(a_trip())});
  EXPECT_EQ(aspect("set").status, Status::covered);
}

TEST_F(CoverageOfClaims, AConditionalFailIsAFailure) {
  claim().result = scenario().result = "conditional_fail";
  claim().reason = "2.003 s";
  EXPECT_EQ(aspect("set").status, Status::failed);
  EXPECT_EQ(aspect("set").reason, "strong_charger: conditional_fail: 2.003 s");
  EXPECT_EQ(all().scenarios.front().covering, 0U);
}

TEST_F(CoverageOfClaims, WhatDidNotRunShowsNothingWhateverItsClaimsSay) {
  scenario().result = "not_run";
  scenario().reason = "interrupted";
  EXPECT_EQ(aspect("set").status, Status::hole);
  EXPECT_EQ(aspect("set").reason, "strong_charger: not_run: interrupted");
}

TEST_F(CoverageOfClaims, AScenarioThatCannotBeBelievedShowsNothing) {
  scenario().result = "error";
  scenario().reason = "firmware crashed";
  EXPECT_EQ(aspect("set").status, Status::failed);
  EXPECT_EQ(aspect("set").reason, "strong_charger: error: firmware crashed");
  scenario().result = "fail";
  scenario().reason = "the board burned";
  EXPECT_EQ(aspect("set").reason, "strong_charger: the scenario failed: the board burned");
  EXPECT_EQ(aspect("set").status, Status::failed);
}

TEST_F(CoverageOfClaims, ALabelCountsWhereTheScenarioPassedAndAClaimCouldSeeIt) {
  claim().protection.clear();
  claim().timeline.reset();
  scenario().labels = {"charge_ocp/power_cut", "charge_ocp/delay", "charge_ocp", "scp/reset", "charge_ocp/other"};
  EXPECT_THAT(covered(), ElementsAre("power_cut", "before_delay"));
  EXPECT_EQ(aspect("power_cut").evidence.front().by, "label");
  claim().signals = {"cell[1].voltage"};
  EXPECT_THAT(covered(), ElementsAre());
  EXPECT_EQ(aspect("power_cut").reason, "strong_charger: no claim reads a gate, a current or an alarm");
  claim().signals = {"a.bms.alarm.charge_overcurrent"};
  ClaimResult other = claim();
  other.occurrences = 0;
  scenario().claims.push_back(other);
  EXPECT_THAT(covered(), ElementsAre()) << "all claims must count";
}

TEST_F(CoverageOfClaims, AProtectionOfOneOfSeveralBoardsIsThatProtection) {
  claim().protection = "b.charge_overcurrent";
  EXPECT_EQ(aspect("set").status, Status::covered);
  claim().protection = "discharge_overcurrent";
  EXPECT_EQ(aspect("set").status, Status::hole);
}

TEST_F(CoverageOfClaims, AnAspectThatCannotBeAskedForHasItsReasonUntilSomethingShowsIt) {
  protections_[0].not_applicable = {{"at", "no setting"}, {"set", "never"}};
  EXPECT_EQ(aspect("at").status, Status::not_applicable);
  EXPECT_EQ(aspect("at").reason, "no setting");
  EXPECT_EQ(aspect("set").status, Status::covered);
}

TEST_F(CoverageOfClaims, RequirementsAndScenariosPointToEachOther) {
  ClaimResult silent = a_claim(a_trip());
  silent.shows.clear();
  add("shows_nothing", {silent});
  const Coverage found = all();
  ASSERT_EQ(found.requirements.size(), 1U);
  EXPECT_EQ(found.requirements[0].name, "PROT-OCP-1");
  ASSERT_EQ(found.requirements[0].evidence.size(), 1U);
  EXPECT_EQ(found.requirements[0].evidence[0].place, "a.yaml:12");
  EXPECT_THAT(found.scenarios[0].shows, ElementsAre("PROT-OCP-1"));
  EXPECT_EQ(found.scenarios[0].covering, 1U);
  EXPECT_EQ(found.scenarios[1].status, Status::hole);
  EXPECT_EQ(found.scenarios[1].reason, "no claim names a requirement");
}

TEST_F(CoverageOfClaims, WhatAScenarioNamesAndNoneOfItsClaimsIsAHole) {
  scenario().shows = {"PROT-OCP-1", "PROT-OCP-2"};
  const Coverage found = all();
  ASSERT_EQ(found.requirements.size(), 2U);
  EXPECT_EQ(found.requirements[0].status, Status::covered);
  EXPECT_EQ(found.requirements[0].evidence.size(), 1U) << "the claim's own words";
  EXPECT_EQ(found.requirements[1].status, Status::hole);
  EXPECT_EQ(found.requirements[1].reason, "strong_charger: no claim of it names this");
  for (const char* word : {"fail", "conditional_pass"}) {
    claim().result = scenario().result = word;
    EXPECT_EQ(all().requirements[1].status, Status::hole) << "nothing of it " << word;
  }
}

TEST_F(CoverageOfClaims, ClausesThatNothingNamesAreHolesOrSayWhyNot) {
  claim().shows = {"IEC 62619:2022/8.2.2", "HOUSE 1/2"};
  EXPECT_EQ(clause("IEC 62619:2022/8.2.2").status, Status::covered);
  EXPECT_EQ(clause("HOUSE 1/2").status, Status::covered);
  EXPECT_EQ(clause("IEC 62619:2022/8.2.1").reason, "no scenario of these runs names it");
  EXPECT_EQ(clause("IEC 62619:2022/8.2.1").status, Status::hole);
  std::size_t beyond = 0;
  const Coverage found = all();
  for (const Item& item : found.clauses) {
    beyond += item.status == Status::not_applicable ? 1 : 0;
    EXPECT_EQ(item.reason.empty(), item.status == Status::covered) << item.name;
  }
  EXPECT_GT(beyond, 0U);
}

TEST_F(CoverageOfClaims, RunsOfOneFirmwareCountTogetherAndOthersAreRefused) {
  RunResult second = run_;
  second.scenarios[0].claims[0].timeline->trips = 2;
  const std::vector<RunResult> both = {run_, second};
  const Coverage found = collect(both, protections_);
  EXPECT_EQ(found.protections[0].aspects[3].status, Status::covered);
  EXPECT_EQ(found.protections[0].aspects[3].evidence.front().run, 2U);
  EXPECT_EQ(found.runs.size(), 2U);
  second.firmware_sha256 = "0123456789abcdef";
  const std::vector<RunResult> other = {run_, second};
  EXPECT_THROW((void)collect(other, protections_), std::invalid_argument);
  EXPECT_THROW((void)collect({}, protections_), std::invalid_argument);
}

TEST_F(CoverageOfClaims, JsonFollowsItsSchema) {
  scenario().labels = {"charge_ocp/reset"};
  add("failed", {a_claim(a_trip())}).result = "fail";
  run_.scenarios.back().claims[0].result = "fail";
  const auto schema = nlohmann::json::parse(bytes_of(CELLRIG_SOURCE_DIR "/reports/coverage.schema.json"));
  auto document = nlohmann::json::parse(to_json(all()));
  EXPECT_EQ(complaint(schema, schema, document, ""), "");
  EXPECT_EQ(document["counts"]["protections"]["failed"], 6);
  EXPECT_EQ(document["counts"]["protections"]["covered"], 1);
  EXPECT_EQ(document["counts"]["protections"]["hole"], 5);
  EXPECT_EQ(document["protections"][0]["aspects"].size(), aspects.size());
  document["protections"][0]["aspects"][0]["status"] = "open";
  EXPECT_NE(complaint(schema, schema, document, ""), "");
}

TEST_F(CoverageOfClaims, TheDocsNameEveryMemberOfTheSchema) {
  const std::string page = bytes_of(CELLRIG_SOURCE_DIR "/docs/coverage.md");
  const auto schema = nlohmann::json::parse(bytes_of(CELLRIG_SOURCE_DIR "/reports/coverage.schema.json")).flatten();
  int named = 0;
  for (const auto& [pointer, value] : schema.items()) {
    const std::size_t place = pointer.rfind("/properties/");
    if (place == std::string::npos) continue;
    const std::string member = pointer.substr(place + 12, pointer.find('/', place + 12) - place - 12);
    EXPECT_THAT(page, HasSubstr("`" + member + "`"));
    ++named;
  }
  EXPECT_GT(named, 30);
  for (const std::string_view aspect : aspects) EXPECT_THAT(page, HasSubstr("`" + std::string(aspect) + "`"));
}

TEST_F(CoverageOfClaims, CsvHasALineAnItemHolesFirstAndQuotes) {
  claim().text = "x";
  scenario().name = "=a, \"b\"";
  const std::string csv = to_csv(all());
  EXPECT_THAT(csv, testing::StartsWith("kind,item,aspect,status,covering,reason,shown by or shows\r\n"));
  EXPECT_THAT(csv, HasSubstr("protection,\"charge_ocp\",at,hole,0,\"no claim of these runs was there\",\"\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("protection,\"charge_ocp\",set,covered,1,\"\",\"'=a, \"\"b\"\"\"\r\n"));
  EXPECT_LT(csv.rfind(",hole,"), csv.find(",not_applicable,"));
  EXPECT_LT(csv.rfind(",not_applicable,"), csv.find(",covered,"));
}

TEST_F(CoverageOfClaims, ThePageHasHolesFirstAndLinksToTheReport) {
  scenario().name = "a<b";
  const std::string page = html(all(), "report.html");
  EXPECT_LT(page.find("id=\"holes\""), page.find("id=\"protections\""));
  EXPECT_THAT(page, HasSubstr("<a href=\"report.html#a&lt;b\">a&lt;b</a>"));
  EXPECT_THAT(page, HasSubstr("no claim of these runs was there"));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("http://")), Not(HasSubstr("src="))));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
  EXPECT_THAT(html(all(), ""), Not(HasSubstr("report.html")));
}

TEST_F(CoverageOfClaims, ARunOfNothingIsAllHoles) {
  run_.scenarios.clear();
  EXPECT_THAT(covered(), ElementsAre());
  EXPECT_THAT(html(all(), ""), HasSubstr("Nothing was run."));
}

}  // namespace
}  // namespace reports::coverage
