// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "rig/scenario/compound.hpp"
#include "rig/scenario/csv.hpp"
#include "rig/scenario/fields.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::scenario {
namespace {

constexpr int most_cells = 24;  // the widest board of the family

std::optional<CsvTable> table_of(Fields& fields, const char* key, const std::filesystem::path& beside, Files& files,
                                 Problems& problems) {
  const Node::Entry* entry = fields.require(key);
  if (entry == nullptr) return std::nullopt;
  const std::optional<Files::File> file = files.open(entry->value, key, beside, problems);
  if (!file) return std::nullopt;
  const std::size_t before = problems.count();
  CsvTable table = parse_csv(*file->bytes, file->path.generic_string(), problems);
  return problems.count() == before ? std::optional(std::move(table)) : std::nullopt;
}

void refuse_below(const Curve& curve, double smallest, bool open, const std::string& what, const CsvTable& table,
                  Problems& problems) {
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (curve.y[i] > smallest || (!open && curve.y[i] == smallest)) continue;
    problems.add({table.file, table.lines[i], 1},
                 what + (open ? " must be greater than zero" : " must not be negative"));
    return;
  }
}

void read_ocv(Fields& fields, const std::filesystem::path& beside, Files& files, Problems& problems, CellSpec& cell) {
  const std::optional<CsvTable> table = table_of(fields, "ocv", beside, files, problems);
  if (!table) return;
  cell.ocv_V = curve_of(*table, "soc", "ocv_V", problems);
  refuse_below(cell.ocv_V, 0, true, "ocv_V", *table, problems);
  if (table->column("dudt_V_per_K") != nullptr) cell.dudt_V_per_K = curve_of(*table, "soc", "dudt_V_per_K", problems);
}

void read_resistances(Fields& fields, const std::filesystem::path& beside, Files& files, Problems& problems,
                      CellSpec& cell) {
  const std::optional<CsvTable> table = table_of(fields, "resistances", beside, files, problems);
  if (!table) return;
  struct Column {
    const char* name;
    Curve CellSpec::*curve;
    bool above_zero;
  };
  constexpr Column columns[] = {{"r0_ohm", &CellSpec::r0_ohm, true},
                                {"r1_ohm", &CellSpec::r1_ohm, false},
                                {"tau1_s", &CellSpec::tau1_s, true},
                                {"r2_ohm", &CellSpec::r2_ohm, false},
                                {"tau2_s", &CellSpec::tau2_s, true}};
  for (const Column& column : columns) {
    cell.*column.curve = curve_of(*table, "temperature_degC", column.name, problems);
    refuse_below(cell.*column.curve, 0, column.above_zero, column.name, *table, problems);
  }
}

void read_heat(Fields& fields, Problems& problems, CellSpec& cell) {
  const Node::Entry* entry = fields.require("heat");
  if (entry == nullptr) return;
  Fields heat(entry->value, "heat", problems);
  cell.heat_capacity_J_per_K = require_compound(heat, "capacity", "J/K").value_or(1);
  cell.to_ambient_W_per_K = require_compound(heat, "to_ambient", "W/K").value_or(1);
  cell.to_neighbour_W_per_K = compound(heat, "to_neighbour", "W/K").value_or(0);
  if (cell.heat_capacity_J_per_K == 0) heat.complain("capacity", heat.position(), "must be greater than zero");
  heat.text("source");
  heat.finish();
}

CellSpec read_cell(const Node& root, const std::filesystem::path& path, Files& files, Problems& problems) {
  CellSpec cell;
  Fields fields(root, "cell", problems);
  cell.position = root.position;
  if (fields.require("name") != nullptr) cell.name = fields.text("name").value_or("");
  if (fields.require("source") != nullptr) cell.source = fields.text("source").value_or("");
  if (fields.require("capacity") != nullptr)
    cell.capacity_Ah = fields.positive("capacity", Dimension::charge).value_or(1);
  cell.coulombic_efficiency = fields.positive("coulombic_efficiency", Dimension::ratio).value_or(1);
  if (cell.coulombic_efficiency > 1) {
    fields.complain("coulombic_efficiency", root.find("coulombic_efficiency")->value.position,
                    "more than 100 % is not possible");
  }
  read_ocv(fields, path.parent_path(), files, problems, cell);
  read_resistances(fields, path.parent_path(), files, problems, cell);
  read_heat(fields, problems, cell);
  fields.finish();
  return cell;
}

CellSpec open_cell(Fields& fields, const std::filesystem::path& beside, Files& files, Problems& problems) {
  const Node::Entry* entry = fields.require("cell");
  if (entry == nullptr) return {};
  const std::optional<Files::File> file = files.open(entry->value, "cell", beside, problems);
  if (!file) return {};
  return read_cell(parse_tree(*file->bytes, file->path.generic_string()), file->path, files, problems);
}

}  // namespace

std::optional<PackSpec> read_pack(const Node& reference, const std::filesystem::path& beside, Files& files,
                                  Problems& problems) {
  const std::size_t before = problems.count();
  const std::optional<Files::File> file = files.open(reference, "pack", beside, problems);
  if (!file) return std::nullopt;
  PackSpec pack;
  try {
    const Node root = parse_tree(*file->bytes, file->path.generic_string());
    Fields fields(root, "pack", problems);
    pack.position = root.position;
    if (fields.require("name") != nullptr) pack.name = fields.text("name").value_or("");
    if (fields.require("cells") != nullptr) pack.cells = fields.whole("cells", 1, most_cells).value_or(1);
    pack.cell = open_cell(fields, file->path.parent_path(), files, problems);
    if (fields.require("busbar") != nullptr)
      pack.busbar_ohm = fields.not_negative("busbar", Dimension::resistance).value_or(0);
    pack.loop_inductance_H = fields.positive("loop_inductance", Dimension::inductance).value_or(pack.loop_inductance_H);
    fields.text("source");
    fields.finish();
  } catch (const ScenarioError& error) {
    problems.add(error);
  }
  return problems.count() == before ? std::optional(pack) : std::nullopt;
}

}  // namespace rig::scenario
