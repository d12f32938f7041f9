// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/cell_file.hpp"

#include "models/cell/cell_type.hpp"
#include "models/cell/visit.hpp"
#include "rig/scenario/model_number.hpp"

namespace rig::scenario {
namespace {

using models::cell::CellParams;
using models::cell::Lattice;
using models::math::Parameter;

/// Reads every number of the visit list; a lattice is then the same everywhere.
class CellReader {
 public:
  CellReader(Fields& top, Groups& groups) : reader_{top, &groups} {}

  void operator()(const Parameter& p, double& target) { reader_(p, target); }
  void operator()(const Parameter& p, Lattice& target) {
    const std::optional<double> value = reader_.read(p);
    if (value) target = Lattice(*value);
    if (!value && target.empty()) target = Lattice(p.standard);
  }

 private:
  ModelReader reader_;
};

void read_words(Fields& fields, Groups& groups, CellParams& cell) {
  if (chosen(fields, models::cell::over_temperature_choice) == "linear")
    cell.over_temperature = models::cell::OverTemperature::linear;
  const auto heat = groups.find("heat"), entropy = groups.find("entropy");
  if (heat != groups.end() && chosen(heat->second, models::cell::rc_heat_choice) == "inflow")
    cell.rc_heat = models::cell::RcHeat::inflow;
  if (entropy != groups.end())
    cell.entropic_shift = entropy->second.yes_no(models::cell::shifts_voltage_choice.key).value_or(false);
}

void read_tables(Fields& fields, Groups& groups, const std::filesystem::path& beside, Files& files, Problems& problems,
                 CellParams& cell) {
  if (fields.require("ocv") != nullptr) {
    if (const auto table = table_of(fields, "ocv", beside, files, problems)) take_ocv(*table, problems, cell);
  }
  if (fields.require("resistances") != nullptr) {
    const auto table = table_of(fields, "resistances", beside, files, problems);
    if (table) take_resistances(*table, problems, cell);
  }
  if (const auto entropy = groups.find("entropy"); entropy != groups.end()) {
    const auto table = table_of(entropy->second, "table", beside, files, problems);
    if (table) take_entropy(*table, problems, cell);
  }
}

void read_end_slopes(Groups& groups, CellParams& cell) {
  if (!groups.contains("end_slopes")) return;
  Fields& slopes = groups.at("end_slopes");
  const auto below = model_number(slopes, models::cell::end_slopes[0]),
             above = model_number(slopes, models::cell::end_slopes[1]);
  if (below && above && !cell.ocv_V.empty()) cell.ocv_V.set_end_slopes(*below, *above);
}

CellSpec spec_of(const Node& root, const std::filesystem::path& path, Files& files, Problems& problems) {
  const std::size_t before = problems.count();
  CellSpec cell;
  cell.position = root.position;
  Fields fields(root, "cell", problems, "cell");
  fields.require("heat");
  Groups groups = open_groups(fields, {"hysteresis", "entropy", "self_discharge", "heat", "end_slopes"});
  if (fields.require("name") != nullptr) cell.name = fields.text("name").value_or("");
  if (fields.require("source") != nullptr) cell.source = fields.text("source").value_or("");
  cell.validity = fields.text("validity").value_or("");
  cell.params.name = cell.name;
  models::cell::visit(CellReader(fields, groups), cell.params);
  cell.capacity_Ah = cell.params.capacity_Ah.at(0, 25, 0, models::cell::OverTemperature::linear);
  read_words(fields, groups, cell.params);
  read_tables(fields, groups, path.parent_path(), files, problems, cell.params);
  read_end_slopes(groups, cell.params);
  finish(groups);
  fields.finish();
  if (problems.count() != before) return cell;
  try {
    const models::cell::CellType checked(cell.params);
  } catch (const std::invalid_argument& error) {
    problems.add(root.position, std::string("cell: ") + error.what());
  }
  return cell;
}

}  // namespace

CellSpec read_cell(const Files::File& file, Files& files, Problems& problems) {
  return spec_of(files.tree_of(file), file.path, files, problems);
}

}  // namespace rig::scenario
