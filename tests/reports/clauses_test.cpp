// SPDX-License-Identifier: Apache-2.0
#include "reports/clauses/clauses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

namespace reports::clauses {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string whole_file =
    "standard: IEC 1\n"
    "edition: \"2022\"\n"
    "title: An example\n"
    "clauses:\n"
    "  \"8.2\":\n"
    "    title: Overcharge\n"
    "    stimulus: Charge on\n"
    "    bms_criterion: Charging stops\n"
    "    numbers: [110 %, 1 h]\n"
    "    rig_shows: When\n"
    "    rig_cannot: Fire\n"
    "    coverage: control-part\n"
    "    confidence: L\n"
    "    checked_by: null\n";

std::vector<std::string> mistakes_of(const std::string& text) {
  Catalogue into;
  std::vector<std::string> mistakes;
  read(text, "a.yaml", into, mistakes);
  EXPECT_EQ(into.standards.empty(), !mistakes.empty());
  return mistakes;
}

std::string with(const std::string& old_words, const std::string& new_words) {
  std::string text = whole_file;
  const std::size_t at = text.find(old_words);
  EXPECT_NE(at, std::string::npos) << old_words;
  return text.replace(at, old_words.size(), new_words);
}

std::vector<Clause> all_clauses() {
  std::vector<Clause> all;
  for (const Standard& standard : catalogue().standards)
    all.insert(all.end(), standard.clauses.begin(), standard.clauses.end());
  return all;
}

TEST(ClauseCatalogue, HoldsEveryFileOfItsFolder) {
  std::set<std::string> files, read_files;
  for (const auto& entry : std::filesystem::directory_iterator(CELLRIG_CLAUSES)) {
    if (entry.path().extension() == ".yaml") files.insert(entry.path().filename().string());
  }
  for (const Clause& clause : all_clauses()) read_files.insert(clause.file);
  EXPECT_EQ(files, read_files);
}

TEST(ClauseCatalogue, HoldsTheStandardsThatItPromises) {
  std::set<std::string> names;
  for (const Standard& standard : catalogue().standards) names.insert(standard.name);
  for (const char* name : {"IEC 62619", "IEC 62133-2", "UN 38.3", "UL 1973", "UL 2271", "GB 43854", "GB 40165",
                           "GB 44240", "AIS-156", "IEC 60730-1", "ISO 26262-6"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST(ClauseCatalogue, IdsAreStandardEditionAndClauseAndStandOnce) {
  const std::regex form("[A-Z]+( [A-Z]?[0-9./-]+|-[0-9]+)[:-][A-Za-z0-9.]+/[A-Z0-9][A-Za-z0-9.-]*");
  std::set<std::string> ids;
  for (const Clause& clause : all_clauses()) {
    EXPECT_TRUE(std::regex_match(clause.id, form)) << clause.id;
    EXPECT_TRUE(ids.insert(clause.id).second) << clause.id;
    EXPECT_EQ(catalogue().find(clause.id)->title, clause.title);
  }
  EXPECT_GT(ids.size(), 60U);
}

TEST(ClauseCatalogue, EveryEntrySaysWhatTheRigShowsAndWhatNotAndHowSureThatIs) {
  for (const Clause& clause : all_clauses()) {
    EXPECT_FALSE(clause.rig_shows.empty()) << clause.id;
    EXPECT_FALSE(clause.rig_cannot.empty()) << clause.id;
    EXPECT_TRUE((std::set<std::string>{"full", "control-part", "none", "not_applicable"}).contains(clause.coverage));
    EXPECT_TRUE((std::set<std::string>{"S", "L", "C"}).contains(clause.confidence)) << clause.id;
    EXPECT_EQ(clause.reason.empty(), clause.coverage != "not_applicable") << clause.id;
    EXPECT_THAT(verification(clause), clause.checked_by.empty()
                                          ? std::string("mapping not verified against the standard text")
                                          : "checked by " + clause.checked_by);
  }
}

TEST(ClauseCatalogue, ClaimsNeverThatFireOrExplosionIsShown) {
  const std::regex effects("\\b(fire|explosion|leakage|rupture)\\b", std::regex::icase);
  for (const Clause& clause : all_clauses()) {
    EXPECT_FALSE(std::regex_search(clause.rig_shows, effects)) << clause.id;
    EXPECT_NE(clause.coverage, "full") << clause.id << ": a rig without cells shows at most the control part";
  }
}

TEST(ClauseCatalogue, FindsAStandardThroughAnIdAndNothingElse) {
  EXPECT_EQ(catalogue().find("IEC 62619:2022/8.2.2")->file, "iec_62619_2022.yaml");
  EXPECT_EQ(catalogue().find("IEC 62619:2022/8.2.9"), nullptr);
  EXPECT_EQ(catalogue().standard_of("IEC 62619:2022/8.2.9")->key, "IEC 62619:2022");
  EXPECT_EQ(catalogue().standard_of("IEC 62619:2017/8.2.2"), nullptr);
  EXPECT_EQ(catalogue().standard_of("IEC 62619:2022"), nullptr);
  EXPECT_EQ(catalogue().standard_of("PROT-OVP-1"), nullptr);
}

TEST(ClauseFile, IsReadWhole) {
  Catalogue into;
  std::vector<std::string> mistakes;
  read(with("checked_by: null", "checked_by: A. Person"), "a.yaml", into, mistakes);
  ASSERT_THAT(mistakes, IsEmpty());
  ASSERT_EQ(into.standards.size(), 1U);
  EXPECT_EQ(into.standards[0].key, "IEC 1:2022");
  const Clause& clause = into.standards[0].clauses.at(0);
  EXPECT_EQ(clause.id, "IEC 1:2022/8.2");
  EXPECT_THAT(clause.numbers, ElementsAre("110 %", "1 h"));
  EXPECT_EQ(clause.bms_criterion, "Charging stops");
  EXPECT_EQ(verification(clause), "checked by A. Person");
  EXPECT_EQ(clause.line, 5);
}

TEST(ClauseFile, OfAnEditionThatIsThereIsRefused) {
  Catalogue into;
  std::vector<std::string> mistakes;
  read(whole_file, "a.yaml", into, mistakes);
  read(whole_file, "b.yaml", into, mistakes);
  EXPECT_THAT(mistakes, ElementsAre("b.yaml:1:1  IEC 1:2022 is already in the catalogue"));
  EXPECT_EQ(into.standards.size(), 1U);
}

struct Slip {
  const char *old_words, *new_words, *said;
};

TEST(ClauseFile, WithASlipIsRefusedWithItsPlace) {
  const std::vector<Slip> slips = {
      {"    title: Overcharge\n", "", "a.yaml:6:5  8.2: title is missing"},
      {"title: Overcharge", "title: \"\"", "a.yaml:6:12  8.2: title: a text is due"},
      {"title: Overcharge", "titel: Overcharge", "a.yaml:6:5  8.2: titel is no key here"},
      {"    stimulus: Charge on\n", "    stimulus: Charge on\n    stimulus: On\n",
       "a.yaml:8:5  8.2: stimulus stands twice"},
      {"coverage: control-part", "coverage: partly",
       "a.yaml:12:15  8.2: coverage: \"partly\" is none of full, control-part, none, not_applicable"},
      {"coverage: control-part", "coverage: not_applicable", "a.yaml:6:5  8.2: reason is missing"},
      {"coverage: control-part", "coverage: none\n    reason: none",
       "a.yaml:13:13  8.2: reason: only of coverage: not_applicable"},
      {"confidence: L", "confidence: sure", "a.yaml:13:17  8.2: confidence: \"sure\" is none of S, L, C"},
      {"    checked_by: null\n", "", "a.yaml:6:5  8.2: checked_by is missing"},
      {"numbers: [110 %, 1 h]", "numbers: 110 %", "a.yaml:9:14  8.2: numbers: a list is due, [] for none"},
      {"\"8.2\"", "\"8.2 b\"", "a.yaml:5:3  catalogue: \"8.2 b\" is no number of a clause"},
      {"edition: \"2022\"\n", "", "a.yaml:1:1  catalogue: edition is missing"},
      {"standard: IEC 1", "standard: IEC 1\nyear: 1", "a.yaml:2:1  catalogue: year is no key here"},
      {"title: An example", "title: [", "not YAML"},
  };
  for (const Slip& slip : slips) {
    const std::vector<std::string> mistakes = mistakes_of(with(slip.old_words, slip.new_words));
    EXPECT_THAT(mistakes, testing::Contains(HasSubstr(slip.said))) << slip.new_words;
  }
}

TEST(ClauseFile, WithoutAClauseIsRefused) {
  const std::string head = whole_file.substr(0, whole_file.find("clauses:"));
  EXPECT_THAT(mistakes_of(head + "clauses: {}\n"), ElementsAre("a.yaml:4:10  catalogue: clauses: at least one is due"));
  EXPECT_THAT(mistakes_of(head + "clauses: [a]\n"), ElementsAre("a.yaml:4:10  clauses: a mapping is due"));
  EXPECT_FALSE(mistakes_of("").empty());
  EXPECT_FALSE(mistakes_of("just words\n").empty());
}

}  // namespace
}  // namespace reports::clauses
