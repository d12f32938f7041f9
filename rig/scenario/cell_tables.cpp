// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "rig/scenario/cell_file.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using models::cell::CellParams;
using models::cell::Lattice;

void refuse(const CsvTable& table, std::size_t row, const std::string& sentence, Problems& problems) {
  problems.add({table.file, table.lines[row], 1}, sentence);
}

void refuse_below(const std::vector<double>& y, bool open, const std::string& what, const CsvTable& table,
                  Problems& problems) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (y[i] > 0 || (!open && y[i] == 0)) continue;
    return refuse(table, i, what + (open ? " must be greater than zero" : " must not be negative"), problems);
  }
}

std::vector<double> knots_of(const std::vector<double>* column, double when_absent) {
  if (column == nullptr) return {when_absent};
  std::vector<double> knots = *column;
  std::sort(knots.begin(), knots.end());
  knots.erase(std::unique(knots.begin(), knots.end()), knots.end());
  return knots;
}

/// Where each row of the table lies in the grid of its axes.
struct Grid {
  Lattice::Axes axes;
  std::vector<std::size_t> row_of;  // of each point of the grid; the table's own rows

  [[nodiscard]] Lattice lattice(const std::vector<double>& y) const {
    std::vector<double> values;
    for (const std::size_t row : row_of) values.push_back(y[row]);
    return Lattice::grid(axes, values);
  }
};

std::string place(const Grid& g, std::size_t point) {
  const std::size_t socs = g.axes.soc.size(), rows = socs * g.axes.degC.size();
  std::string text;
  if (socs > 1) text += " soc " + shortest(g.axes.soc[point % socs]);
  if (g.axes.degC.size() > 1) text += " temperature_degC " + shortest(g.axes.degC[point % rows / socs]);
  if (g.axes.current_A.size() > 1) text += " current_A " + shortest(g.axes.current_A[point / rows]);
  return text;
}

std::optional<Grid> grid_of(const CsvTable& table, Problems& problems) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  const auto *soc = table.column("soc"), *degC = table.column("temperature_degC"), *amps = table.column("current_A");
  if (table.lines.empty()) {
    problems.add({table.file, 1, 1}, "at least one row is needed");
    return std::nullopt;
  }
  Grid g;
  g.axes = {knots_of(soc, 0.5), knots_of(degC, 25), knots_of(amps, 0)};
  g.row_of.assign(g.axes.soc.size() * g.axes.degC.size() * g.axes.current_A.size(), none);
  const auto index = [](const std::vector<double>& knots, const std::vector<double>* column, std::size_t row) {
    if (column == nullptr) return std::size_t{0};
    return static_cast<std::size_t>(std::lower_bound(knots.begin(), knots.end(), (*column)[row]) - knots.begin());
  };
  for (std::size_t row = 0; row < table.lines.size(); ++row) {
    std::size_t& point =
        g.row_of[(index(g.axes.current_A, amps, row) * g.axes.degC.size() + index(g.axes.degC, degC, row)) *
                     g.axes.soc.size() +
                 index(g.axes.soc, soc, row)];
    if (point != none) {
      refuse(table, row, "the same point of the grid as in line " + std::to_string(table.lines[point]), problems);
      return std::nullopt;
    }
    point = row;
  }
  for (std::size_t point = 0; point < g.row_of.size(); ++point) {
    if (g.row_of[point] != none) continue;
    problems.add({table.file, 1, 1}, "the grid has no row for" + place(g, point));
    return std::nullopt;
  }
  return g;
}

const std::vector<double>* column_or_complain(const CsvTable& table, const std::string& name, Problems& problems) {
  const auto* column = table.column(name);
  if (column == nullptr)
    problems.add({table.file, 1, 1}, "column " + name + " is missing; the file has " + joined(table.names));
  return column;
}

void take_circuit(const CsvTable& table, const Grid& grid, Problems& problems, CellParams& cell) {
  struct Column {
    const char* name;
    const char* instead;  // may stand in its place
    Lattice CellParams::*target;
    Lattice CellParams::*target_instead;
    bool above_zero;
  };
  constexpr Column columns[] = {{"r0_ohm", nullptr, &CellParams::r0_ohm, nullptr, true},
                                {"r1_ohm", nullptr, &CellParams::r1_ohm, nullptr, false},
                                {"tau1_s", "c1_F", &CellParams::tau1_s, &CellParams::c1_F, true},
                                {"r2_ohm", nullptr, &CellParams::r2_ohm, nullptr, false},
                                {"tau2_s", "c2_F", &CellParams::tau2_s, &CellParams::c2_F, true}};
  for (const Column& column : columns) {
    const auto* other = column.instead != nullptr ? table.column(column.instead) : nullptr;
    const auto* own = other != nullptr ? other : column_or_complain(table, column.name, problems);
    if (own == nullptr) continue;
    refuse_below(*own, column.above_zero, other != nullptr ? column.instead : column.name, table, problems);
    cell.*(other != nullptr ? column.target_instead : column.target) = grid.lattice(*own);
  }
}

}  // namespace

std::optional<CsvTable> table_of(Fields& fields, const char* key, const std::filesystem::path& beside, Files& files,
                                 Problems& problems) {
  const Node::Entry* entry = fields.take(key);
  if (entry == nullptr) return std::nullopt;
  const std::optional<Files::File> file = files.open(entry->value, key, beside, problems);
  if (!file) return std::nullopt;
  const std::size_t before = problems.count();
  CsvTable table = parse_csv(*file->bytes, file->path.generic_string(), problems);
  return problems.count() == before ? std::optional(std::move(table)) : std::nullopt;
}

void take_ocv(const CsvTable& table, Problems& problems, CellParams& cell) {
  const std::size_t before = problems.count();
  const Curve ocv = curve_of(table, "soc", "ocv_V", problems);
  refuse_below(ocv.y, true, "ocv_V", table, problems);
  const auto *gap = table.column("hysteresis_V"), *dudt = table.column("dudt_V_per_K");
  if (gap != nullptr) refuse_below(*gap, false, "hysteresis_V", table, problems);
  if (problems.count() != before) return;
  cell.ocv_V = models::math::Table(ocv.x, ocv.y);
  if (gap != nullptr) cell.hysteresis_V = Lattice::over_soc(ocv.x, *gap);
  if (dudt != nullptr) cell.dudt_V_per_K = Lattice::over_soc(ocv.x, *dudt);
}

void take_resistances(const CsvTable& table, Problems& problems, CellParams& cell) {
  const std::optional<Grid> grid = grid_of(table, problems);
  if (!grid) return;
  take_circuit(table, *grid, problems, cell);
  struct Column {
    const char* name;
    Lattice CellParams::*target;
  };
  constexpr Column columns[] = {{"capacity_Ah", &CellParams::capacity_Ah},
                                {"coulombic_efficiency", &CellParams::coulombic_efficiency},
                                {"hysteresis_rate", &CellParams::hysteresis_rate}};
  for (const Column& column : columns) {
    const auto* own = table.column(column.name);
    if (own == nullptr) continue;
    if (grid->axes.soc.size() > 1 || grid->axes.current_A.size() > 1) {
      problems.add({table.file, 1, 1}, std::string("column ") + column.name + " needs a table over temperature alone");
    } else {
      cell.*column.target = grid->lattice(*own);
    }
  }
}

void take_entropy(const CsvTable& table, Problems& problems, CellParams& cell) {
  const auto* dudt = column_or_complain(table, "dudt_V_per_K", problems);
  const std::optional<Grid> grid = grid_of(table, problems);
  if (dudt != nullptr && grid) cell.dudt_V_per_K = grid->lattice(*dudt);
}

}  // namespace rig::scenario
