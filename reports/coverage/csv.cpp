// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/coverage/coverage.hpp"
#include "reports/render/text.hpp"

namespace reports::coverage {
namespace {

/// A field of RFC 4180. What a spreadsheet would take for a formula begins with a quote mark in it.
std::string field(const std::string& words) {
  std::string text = "\"";
  if (!words.empty() && std::string_view("=+-@").find(words.front()) != std::string_view::npos) text += '\'';
  for (const char c : printable(words)) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

struct Line {
  Status status;
  std::string text;
};

Line line_of(const std::string& kind, const std::string& item, const std::string& aspect, Status status,
             std::size_t covering, const std::string& reason, const std::string& list) {
  const std::string text = kind + "," + field(item) + "," + aspect + "," + std::string(status_word(status)) + "," +
                           std::to_string(covering) + "," + field(reason) + "," + field(list) + "\r\n";
  return {status, text};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

Line line_of(const std::string& kind, const std::string& row, const Item& item) {
  std::vector<std::string> scenarios;
  for (const Evidence& one : item.evidence)
    if (one.covers && std::ranges::find(scenarios, one.scenario) == scenarios.end()) scenarios.push_back(one.scenario);
  return line_of(kind, row.empty() ? item.name : row, row.empty() ? "" : item.name, item.status, scenarios.size(),
                 item.reason, joined(scenarios));
}

}  // namespace

std::string to_csv(const Coverage& coverage) {
  std::vector<Line> lines;
  for (const Row& row : coverage.protections)
    for (const Item& item : row.aspects) lines.push_back(line_of("protection", row.row, item));
  for (const Item& item : coverage.requirements) lines.push_back(line_of("requirement", "", item));
  for (const Item& item : coverage.clauses) lines.push_back(line_of("clause", "", item));
  for (const Scenario& one : coverage.scenarios)
    lines.push_back(line_of("scenario", one.name, "", one.status, one.covering, one.reason, joined(one.shows)));
  std::ranges::stable_sort(lines, {}, &Line::status);
  std::string text = "kind,item,aspect,status,covering,reason,shown by or shows\r\n";
  for (const Line& line : lines) text += line.text;
  return text;
}

}  // namespace reports::coverage
