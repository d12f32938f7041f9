// SPDX-License-Identifier: Apache-2.0
// A table of numbers. Accepted: as many finite numbers in every column as rows, in order of the lines, and the table
// that is written from them reads back the same. Refused: at most five problems, each at a place of the file.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "rig/scenario/csv.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace rig::scenario;

namespace {

using tests::fuzz::require;

std::string written(const CsvTable& table) {
  std::string text;
  for (std::size_t i = 0; i < table.names.size(); ++i) text += (i == 0 ? "column_" : ",column_") + std::to_string(i);
  for (std::size_t row = 0; row < table.lines.size(); ++row) {
    text += "\n";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      char number[32];
      const auto end = std::to_chars(number, number + sizeof number, table.columns[i][row]).ptr;
      text += (i == 0 ? "" : ",") + std::string(number, end);
    }
  }
  return text;
}

void judge_problems(const Problems& problems, const std::string& bytes) {
  const auto lines = 1 + std::count(bytes.begin(), bytes.end(), '\n');
  require(problems.count() <= 5, "five problems are enough");
  for (const ScenarioError& problem : problems.sorted()) {
    const SourcePosition& at = problem.position();
    require(at.file == "x.csv" && at.line >= 1 && at.line <= lines && at.column >= 1, "a problem has its place");
    require(!problem.sentence().empty(), "a problem is said");
  }
}

void judge_table(const CsvTable& table) {
  require(table.columns.size() == table.names.size(), "every column has a name");
  require(std::is_sorted(table.lines.begin(), table.lines.end()), "rows stand in order");
  for (const std::vector<double>& column : table.columns) {
    require(column.size() == table.lines.size(), "every row has all columns");
    require(std::all_of(column.begin(), column.end(), [](double x) { return std::isfinite(x); }), "numbers are finite");
  }
  for (const std::string& name : table.names) require(table.column(name) != nullptr, "a column is found by its name");
}

void judge_curve(const CsvTable& table) {
  Problems problems;
  const Curve curve = curve_of(table, table.names.front(), table.names.back(), problems);
  if (problems.any()) return;
  require(curve.x.size() >= 2 && curve.x.size() == curve.y.size(), "a curve has two points");
  require(std::adjacent_find(curve.x.begin(), curve.x.end(), std::greater_equal<>()) == curve.x.end(), "x increases");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(tests::fuzz::text_of(data, size));
  Problems problems;
  const CsvTable table = parse_csv(bytes, "x.csv", problems);
  judge_problems(problems, bytes);
  if (problems.any() || table.names.empty()) return 0;
  judge_table(table);
  judge_curve(table);

  Problems none;
  const CsvTable again = parse_csv(written(table), "again.csv", none);
  require(!none.any() && again.columns == table.columns, "a written table reads back the same");
  return 0;
}
