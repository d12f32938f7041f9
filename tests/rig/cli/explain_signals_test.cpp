// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/explain_signals.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <sstream>

#include "tests/support/program.hpp"

namespace rig::cli {
namespace {

/// "name unit meaning" of each row of docs/signals.md, headings between them; blanks as one.
std::vector<std::string> documented() {
  std::istringstream page(tests::slurp(CELLRIG_SOURCE_DIR "/docs/signals.md"));
  const std::regex row(R"(\| `([^`]+)` \| (\S*) ?\| \S* ?\| (.*) \|)");
  std::vector<std::string> rows;
  for (std::string line; std::getline(page, line);) {
    std::smatch part;
    if (line.starts_with("## ")) rows.push_back(line.substr(3));
    if (std::regex_match(line, part, row))
      rows.push_back(part[1].str() + " " + (part[2].length() > 0 ? part[2].str() + " " : "") + part[3].str());
  }
  return rows;
}

std::vector<std::string> printed() {
  std::istringstream page(explain_signals());
  std::vector<std::string> rows;
  for (std::string line; std::getline(page, line);) {
    if (line.empty()) continue;
    const std::string words = std::regex_replace(line, std::regex(" +"), " ");
    rows.push_back(words.starts_with(" ") ? words.substr(1) : words);
  }
  return {rows.begin() + 2, rows.end()};
}

TEST(ExplainSignals, PrintsWhatTheDocumentationLists) {
  EXPECT_EQ(printed(), documented());
  EXPECT_GT(printed().size(), 50U);
}

TEST(ExplainSignals, StandsInColumns) {
  EXPECT_THAT(
      explain_signals(),
      testing::HasSubstr("\nPlant\n"
                         "  cell[n].voltage                          V     voltage at the terminals of the cell\n"
                         "  cell[n].soc                              1     state of charge of the cell\n"));
}

}  // namespace
}  // namespace rig::cli
