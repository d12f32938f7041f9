// SPDX-License-Identifier: Apache-2.0
// docs/traceability.md names scenarios and tests that exist, each statement once, and none without evidence or reason.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/rig/scenario/library.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

struct Statement {
  std::string id, place, text, shown_by, note;
};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string whole_file(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// Rows of all tables whose first column begins with TR-; a row of another width has an empty id.
std::vector<Statement> statements() {
  std::vector<Statement> rows;
  std::istringstream page(whole_file(CELLRIG_SOURCE_DIR "/docs/traceability.md"));
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| TR-")) continue;
    std::vector<std::string> columns;
    std::istringstream cells(line.substr(1));
    for (std::string cell; std::getline(cells, cell, '|');) columns.push_back(trimmed(cell));
    const bool is_whole = columns.size() == 5;
    rows.push_back(is_whole ? Statement{columns[0], columns[1], columns[2], columns[3], columns[4]} : Statement{});
    EXPECT_TRUE(is_whole) << line;
  }
  return rows;
}

std::vector<std::string> names_in_quotes(const std::string& text) {
  static const std::regex quoted("`([^`]*)`");
  std::vector<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), quoted), end; it != end; ++it) names.push_back((*it)[1]);
  return names;
}

std::set<std::string> scenarios_shipped() {
  std::set<std::string> names;
  for (const Scenario& scenario : library::all()) names.insert({scenario.name, scenario.template_name});
  return names;
}

std::set<std::string> tests_written() {
  static const std::regex written(R"((?:^|\n)TEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(CELLRIG_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = whole_file(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), written), end; it != end; ++it)
      names.insert((*it)[1].str() + "." + (*it)[2].str());
  }
  return names;
}

TEST(Traceability, EachStatementStandsOnce) {
  const std::vector<Statement> rows = statements();
  EXPECT_GE(rows.size(), 150U);
  std::set<std::string> ids;
  for (const Statement& row : rows) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id << " stands twice";
    EXPECT_FALSE(row.place.empty() || row.text.empty()) << row.id;
  }
}

TEST(Traceability, WhatShowsAStatementExists) {
  const std::set<std::string> scenarios = scenarios_shipped(), tests = tests_written();
  ASSERT_GE(scenarios.size(), 100U);
  ASSERT_GE(tests.size(), 1000U);
  for (const Statement& row : statements()) {
    for (const std::string& name : names_in_quotes(row.shown_by)) {
      const bool is_test = name.find('.') != std::string::npos;
      EXPECT_TRUE((is_test ? tests : scenarios).contains(name)) << row.id << ": no " << name;
    }
  }
}

TEST(Traceability, NothingIsWithoutEvidenceOrReason) {
  static const std::regex quoted("`[^`]*`");
  for (const Statement& row : statements()) {
    EXPECT_EQ(trimmed(std::regex_replace(row.shown_by, quoted, "")), "") << row.id << ": a name without quotes";
    EXPECT_EQ(row.shown_by.empty(), row.note.starts_with("not shown")) << row.id;
  }
}

}  // namespace
}  // namespace rig::scenario
