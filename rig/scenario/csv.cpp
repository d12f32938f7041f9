// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

struct Cell {
  std::string_view text;
  int column;
};

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    cells.push_back({trimmed(line.substr(begin, end - begin)), static_cast<int>(begin) + 1});
    if (end == line.size()) return cells;
    begin = end + 1;
  }
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

class Reader {
 public:
  Reader(const std::string& file, Problems& problems) : problems_(problems) { table_.file = file; }

  void line(std::string_view text, int number) {
    if (trimmed(text).empty() || text.starts_with('#')) return;
    const std::vector<Cell> cells = cells_of(text);
    if (table_.names.empty()) return header(cells, number);
    if (cells.size() != table_.names.size()) {
      return say(number, 1,
                 std::to_string(cells.size()) + " columns; the header has " + std::to_string(table_.names.size()));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::optional<double> value = number_of(cells[i].text);
      if (!value)
        say(number, cells[i].column, table_.names[i] + ": \"" + std::string(cells[i].text) + "\" is not a number");
      table_.columns[i].push_back(value.value_or(0));
    }
    table_.lines.push_back(number);
  }

  CsvTable take() { return std::move(table_); }

 private:
  void header(const std::vector<Cell>& cells, int number) {
    for (const Cell& cell : cells) {
      if (std::find(table_.names.begin(), table_.names.end(), cell.text) != table_.names.end())
        say(number, cell.column, "two columns are called \"" + std::string(cell.text) + "\"");
      table_.names.emplace_back(cell.text);
    }
    table_.columns.resize(cells.size());
  }
  void say(int line, int column, const std::string& sentence) {
    if (++said_ <= 5) problems_.add({table_.file, line, column}, sentence);
  }

  Problems& problems_;
  CsvTable table_;
  int said_ = 0;
};

const std::vector<double>* required(const CsvTable& table, const std::string& name, Problems& problems) {
  const std::vector<double>* column = table.column(name);
  if (column == nullptr) {
    problems.add({table.file, 1, 1}, "column " + name + " is missing; the file has " + joined(table.names));
  }
  return column;
}

}  // namespace

const std::vector<double>* CsvTable::column(const std::string& name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? nullptr : &columns[static_cast<std::size_t>(found - names.begin())];
}

CsvTable parse_csv(const std::string& bytes, const std::string& file, Problems& problems) {
  Reader reader(file, problems);
  std::string_view rest = bytes;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // spreadsheets write one
  if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
  for (int number = 1; !rest.empty(); ++number) reader.line(next_line(rest), number);
  return reader.take();
}

Curve curve_of(const CsvTable& table, const std::string& x, const std::string& y, Problems& problems) {
  const std::vector<double>* xs = required(table, x, problems);
  const std::vector<double>* ys = required(table, y, problems);
  if (xs == nullptr || ys == nullptr) return {};
  if (xs->size() < 2) problems.add({table.file, 1, 1}, "at least two rows are needed");
  for (std::size_t i = 1; i < xs->size(); ++i) {
    if ((*xs)[i] > (*xs)[i - 1]) continue;
    problems.add({table.file, table.lines[i], 1},
                 x + " must increase from row to row; " + shortest((*xs)[i]) + " follows " + shortest((*xs)[i - 1]));
    break;
  }
  return {*xs, *ys};
}

}  // namespace rig::scenario
