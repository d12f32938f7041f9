// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "reports/render/parameters.hpp"
#include "reports/result.hpp"
#include "tests/reports/samples.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class EvidenceTables : public testing::Test {
 protected:
  Folder folder_;
  RunResult run_ = sample_run(folder_.path);
  std::string section(const std::string& name) const {
    const std::string page = html(run_, folder_.path);
    const std::size_t start = page.find("<section aria-labelledby=\"" + name + "\">");
    return start == std::string::npos ? "" : page.substr(start, page.find("</section>", start) - start);
  }
  std::string clause(const std::string& id) const {
    const std::string table = section("clauses");
    const std::size_t at = table.find("<th scope=\"rowgroup\">" + id + "</th>");
    if (at == std::string::npos) return "";
    const std::size_t start = table.rfind("<tbody", at);
    return table.substr(start, table.find("</tbody>", at) - start);
  }
};

TEST_F(EvidenceTables, AClauseIsAnIdWithASlashAndTheOthersAreRequirements) {
  EXPECT_THAT(section("clauses"), HasSubstr("IEC 62619:2022/8.2.2"));
  EXPECT_THAT(section("clauses"), testing::Not(HasSubstr("PROT-OVP-1")));
  EXPECT_THAT(section("requirements"), HasSubstr("PROT-OVP-1"));
  EXPECT_THAT(section("requirements"), testing::Not(HasSubstr("IEC 62619:2022/8.2.2")));
}

TEST_F(EvidenceTables, ARowHasResultVerdictLimitSourceAndEvidence) {
  const std::string row = clause("IEC 62619:2022/8.2.2");
  for (const char* words : {"data-word=\"pass\"", "1 of 1 scenario passes", ">P</span>", "5.020 s, limit &lt;= 5.200 s",
                            "margin +180.0 ms (+3.5 %)", "declared", "delay 5 s + one scan + one poll",
                            "href=\"#overcharge_of_one_strong_cell_opens_the_charge_fet\""}) {
    EXPECT_THAT(row, HasSubstr(words));
  }
  EXPECT_THAT(row, HasSubstr(run_.scenarios[0].trace_sha256.substr(0, 12)));
}

TEST_F(EvidenceTables, ARowSaysWhatTheRigShowsOfTheClauseAndWhatNotAndWhoChecked) {
  const std::string row = clause("IEC 62619:2022/8.2.2");
  for (const char* words : {"Overcharge control of voltage", "<b>rig shows</b> Highest voltage of each cell",
                            "<b>rig cannot show</b> No fire, no explosion", "confidence L, likely",
                            "mapping not verified against the standard text"}) {
    EXPECT_THAT(row, HasSubstr(words));
  }
}

TEST_F(EvidenceTables, AClauseThatIsNotInTheCatalogueIsSaidToBeUnverified) {
  run_.scenarios[0].claims[0].shows = {"IEC 62619:2017/8.2.2"};
  const std::string row = clause("IEC 62619:2017/8.2.2");
  EXPECT_THAT(row, HasSubstr("not in the catalogue; mapping not verified against the standard text"));
  EXPECT_THAT(row, testing::Not(HasSubstr("rig shows")));
}

TEST_F(EvidenceTables, WhatNoScenarioNamesOfTheCatalogueIsAHole) {
  const auto rest_row = [&](const std::string& id) {
    const std::string table = section("clauses");
    const std::size_t at = table.find("<th scope=\"row\">" + id + "</th>");
    if (at == std::string::npos) return std::string();
    const std::size_t start = table.rfind("<tr", at);
    return table.substr(start, table.find("</tr>", at) - start);
  };
  EXPECT_EQ(rest_row("IEC 62619:2022/8.2.2"), "");
  const std::string hole = rest_row("IEC 62619:2022/8.2.1");
  EXPECT_THAT(hole, HasSubstr("data-word=\"not_run\" data-hole=\"\""));
  EXPECT_THAT(hole, HasSubstr("<b>hole:</b> no scenario of this run"));
  EXPECT_THAT(hole, HasSubstr("Operating region of the cells"));
  const std::string beyond = rest_row("IEC 62619:2022/7.2.1");
  EXPECT_THAT(beyond, HasSubstr("data-word=\"not_applicable\">"));
  EXPECT_THAT(beyond, HasSubstr("a test of cells without a battery management system"));
  run_.scenarios[0].claims[0].shows = {"IEC 62619:2022/8.2.1"};
  run_.scenarios[0].shows.clear();
  for (ClaimResult& claim : run_.scenarios[0].claims) claim.shows = {"IEC 62619:2022/8.2.1"};
  EXPECT_EQ(rest_row("IEC 62619:2022/8.2.1"), "");
  EXPECT_THAT(rest_row("IEC 62619:2022/8.2.2"), HasSubstr("data-hole"));
}

TEST_F(EvidenceTables, EachWordHasItsLetter) {
  const std::vector<std::pair<std::string, std::string>> letters = {
      {"pass", "P"},  {"fail", "F"},    {"conditional_pass", "C"}, {"conditional_fail", "C"},
      {"error", "E"}, {"not_run", "–"}, {"not_applicable", "N/A"}};
  for (const auto& [word, letter] : letters) {
    run_.scenarios = {run_.scenarios[0]};
    run_.scenarios[0].result = word;
    for (ClaimResult& claim : run_.scenarios[0].claims) claim.result = word;
    EXPECT_THAT(clause("IEC 62619:2022/8.2.2"), HasSubstr("\">" + letter + "</span>")) << word;
  }
}

TEST_F(EvidenceTables, AFailureElsewhereIsNotThatOfAClause) {
  ScenarioResult& one = run_.scenarios[0];
  one.result = "fail";
  one.claims[1].result = "fail";
  one.claims[1].shows = {"PROT-OVP-1"};
  EXPECT_THAT(clause("IEC 62619:2022/8.2.2"), HasSubstr("data-word=\"pass\""));
  one.result = "error";
  EXPECT_THAT(clause("IEC 62619:2022/8.2.2"), HasSubstr("data-word=\"error\""));
}

TEST_F(EvidenceTables, AClauseThatNothingShowedIsAHole) {
  EXPECT_THAT(clause("IEC 62619:2022/8.2.2"), testing::Not(HasSubstr("data-hole")));
  run_.scenarios[0].result = "not_applicable";
  run_.scenarios[0].reason = "bench sim has no charger";
  run_.scenarios[0].claims.clear();
  EXPECT_THAT(clause("IEC 62619:2022/8.2.2"), HasSubstr("data-hole"));
  EXPECT_THAT(clause("IEC 62619:2022/8.2.2"), HasSubstr("bench sim has no charger"));
}

TEST_F(EvidenceTables, EveryPageAndTheEndNameTheReport) {
  const std::string page = html(run_, folder_.path);
  std::smatch id;
  ASSERT_TRUE(std::regex_search(page, id, std::regex("end of report (CR-[0-9A-F]{4}(-[0-9A-F]{4}){3}) —")));
  EXPECT_THAT(page, HasSubstr("@bottom-left { content: \"Cellrig report " + id[1].str() + "\""));
  EXPECT_THAT(page, HasSubstr("\"Page \" counter(page) \" of \" counter(pages)"));
  run_.scenarios[0].seed = 2;
  EXPECT_THAT(html(run_, folder_.path), testing::Not(HasSubstr(id[1].str())));
}

TEST_F(EvidenceTables, NobodySignsOfItself) {
  EXPECT_THAT(html(run_, folder_.path), HasSubstr("<tr><th>approved by</th><td></td><td></td><td></td></tr>"));
}

TEST_F(EvidenceTables, WhatASourceHeldIsSaid) {
  run_.scenarios[0].imposed = {"cell[3].voltage"};
  EXPECT_THAT(section("each"), HasSubstr("outside of the pack held cell[3].voltage for a time"));
  run_.scenarios[0].imposed.clear();
  EXPECT_THAT(section("each"), testing::Not(HasSubstr("<b>Imposed.</b>")));
}

TEST_F(EvidenceTables, InvariantsSayWhereTheyArmedAndTheLeastMargin) {
  EXPECT_THAT(html(run_, folder_.path), testing::Not(HasSubstr("id=\"invariants\"")));
  const auto holding = [](double volt, const char* words) {
    return InvariantResult{"no overcharge", "pass", 1, 0, Value{volt, "V", words}};
  };
  run_.scenarios[0].invariants = {holding(0.2, "200.0 mV"), {"no short", "not_applicable", 0, 0, {}}};
  run_.scenarios[1].invariants = {holding(0.1, "100.0 mV"), {"no short", "not_applicable", 0, 0, {}}};
  run_.scenarios[2].invariants = {{"no overcharge", "not_applicable", 0, 0, Value{-1, "V", "-1.000 V"}}};
  run_.invariants = count_invariants(run_.scenarios);
  std::string table = section("invariants");
  EXPECT_THAT(table, HasSubstr("no overcharge</td><td>2 of 3</td><td>0</td><td>100.0 mV<a class=\"mini\" href=\"#" +
                               run_.scenarios[1].name));
  EXPECT_THAT(table, HasSubstr("data-word=\"not_run\" data-hole=\"\"><td><b class=\"r-not_run\">never armed</b>"));
  EXPECT_THAT(table, HasSubstr("armed in none of 2 scenarios"));
  EXPECT_THAT(html(run_, folder_.path), HasSubstr("invariants that never armed: 1</a>"));
  (*run_.scenarios[1].invariants)[0].violations = 3;
  run_.invariants = count_invariants(run_.scenarios);
  table = section("invariants");
  EXPECT_THAT(table, HasSubstr("<b class=\"r-fail\">fail</b></td><td>no overcharge<a class=\"mini\" href=\"#" +
                               run_.scenarios[1].name));
  EXPECT_THAT(table, HasSubstr("<td>3</td>"));
}

TEST_F(EvidenceTables, TheFirstScreenCountsWhatNothingShows) {
  EXPECT_THAT(html(run_, folder_.path),
              ContainsRegex("#clauses\">Clauses of the catalogue that no scenario of this run names: [0-9]+<"));
  EXPECT_THAT(html(run_, folder_.path), testing::Not(HasSubstr("named, but not run")));
  for (ScenarioResult& one : run_.scenarios) one.result = "not_run";
  EXPECT_THAT(html(run_, folder_.path), ContainsRegex("named, but not run: [0-9]+<"));
}

TEST(ParameterSets, TheHashTellsSettingsApart) {
  const Parameters settings = {{"a", "1 V"}, {"b", "2 V"}};
  EXPECT_EQ(parameter_sha256(settings), parameter_sha256({{"b", "2 V"}, {"a", "1 V"}}));
  EXPECT_NE(parameter_sha256(settings), parameter_sha256({{"a", "1 V"}, {"b", "2.0 V"}}));
}

TEST(ParameterSets, WhatMostScenariosOfABoardHaveIsUsual) {
  RunResult run;
  for (const char* value : {"1 V", "2 V", "2 V"}) {
    ScenarioResult& one = run.scenarios.emplace_back();
    one.board = "B";
    one.settings = {{"x", value}};
  }
  run.scenarios.emplace_back().board = "without";
  const auto usual = usual_parameters(run);
  ASSERT_EQ(usual.size(), 1u);
  EXPECT_EQ(usual[0].scenarios, 2u);
  EXPECT_THAT(usual[0].settings, ElementsAre(Pair("x", "2 V")));
  EXPECT_THAT(unusual({{"x", "1 V"}, {"y", "3 V"}}, {{"x", "2 V"}, {"z", "4 V"}}),
              ElementsAre(Pair("x", "1 V"), Pair("y", "3 V"), Pair("z", "")));
}

TEST_F(EvidenceTables, AScenarioListsWhatDiffersFromTheUsualSettings) {
  run_.scenarios[1].settings["cell_ovp"] = "3.650 V";
  const std::string each = section("each"), usual = section("parameters");
  EXPECT_THAT(usual, HasSubstr("3.600 V"));
  EXPECT_THAT(usual, testing::Not(HasSubstr("3.650 V")));
  EXPECT_THAT(each, HasSubstr("3.650 V"));
  EXPECT_THAT(each, testing::Not(HasSubstr("<b>3.600 V</b>")));
  EXPECT_THAT(each, HasSubstr(parameter_sha256(run_.scenarios[1].settings)));
}

}  // namespace
}  // namespace reports
