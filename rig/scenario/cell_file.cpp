// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/cell_file.hpp"

#include <map>
#include <string_view>

#include "models/cell/cell_type.hpp"
#include "models/cell/visit.hpp"
#include "rig/scenario/model_number.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using models::cell::CellParams;
using models::cell::Lattice;
using models::math::Parameter;

/// Reads every number of the visit list from the group where it stands.
class NumberReader {
 public:
  NumberReader(Fields& top, std::map<std::string, Fields>& groups) : top_(top), groups_(groups) {}

  void operator()(const Parameter& p, double& target) {
    if (const std::optional<double> value = read(p)) target = *value;
  }
  void operator()(const Parameter& p, Lattice& target) {
    const std::optional<double> value = read(p);
    if (value) target = Lattice(*value);
    if (!value && target.empty()) target = Lattice(p.standard);
  }

 private:
  std::optional<double> read(const Parameter& p) {
    const auto group = groups_.find(p.group);
    if (*p.group != '\0' && group == groups_.end()) return std::nullopt;  // the whole group is absent
    Fields& fields = *p.group == '\0' ? top_ : group->second;
    const std::optional<double> value = written_number(fields, p);
    if (!value || p.allows(*value)) return value;
    const Node::Entry* entry = fields.take(p.key);
    const double scale = std::string_view(p.unit) == "%" ? 100 : 1;
    const std::string unit = *p.unit == '\0' ? "" : " " + std::string(p.unit);
    const std::string range = p.open && *value <= p.low
                                  ? "must be greater than zero"
                                  : in_quotes(entry->value.text) + " lies outside " + shortest(p.low * scale) + " to " +
                                        shortest(p.high * scale) + unit;
    fields.complain(p.key, entry->value.position, range);
    return std::nullopt;
  }

  Fields& top_;
  std::map<std::string, Fields>& groups_;
};

void read_words(Fields& fields, std::map<std::string, Fields>& groups, CellParams& cell) {
  const auto over = fields.one_of("over_temperature", {"arrhenius", "linear"});
  if (over == "linear") cell.over_temperature = models::cell::OverTemperature::linear;
  if (const auto heat = groups.find("heat"); heat != groups.end()) {
    const auto rc = heat->second.one_of("rc", {"resistor", "inflow"});
    if (rc == "inflow") cell.rc_heat = models::cell::RcHeat::inflow;
  }
  if (const auto entropy = groups.find("entropy"); entropy != groups.end())
    cell.entropic_shift = entropy->second.yes_no("shifts_voltage").value_or(false);
}

void read_tables(Fields& fields, std::map<std::string, Fields>& groups, const std::filesystem::path& beside,
                 Files& files, Problems& problems, CellParams& cell) {
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

void read_end_slopes(Fields& fields, Problems& problems, CellParams& cell) {
  const Node::Entry* entry = fields.take("end_slopes");
  if (entry == nullptr) return;
  Fields slopes(entry->value, "end_slopes", problems);
  const auto below = slopes.require("below") != nullptr ? slopes.positive("below", Dimension::voltage) : std::nullopt;
  const auto above = slopes.require("above") != nullptr ? slopes.positive("above", Dimension::voltage) : std::nullopt;
  slopes.finish();
  if (below && above && !cell.ocv_V.empty()) cell.ocv_V.set_end_slopes(*below, *above);
}

CellSpec spec_of(const Node& root, const std::filesystem::path& path, Files& files, Problems& problems) {
  const std::size_t before = problems.count();
  CellSpec cell;
  cell.position = root.position;
  Fields fields(root, "cell", problems);
  std::map<std::string, Fields> groups;
  for (const char* name : {"hysteresis", "entropy", "self_discharge", "heat"}) {
    const bool heat = std::string_view(name) == "heat";
    const Node::Entry* entry = heat ? fields.require(name) : fields.take(name);
    if (entry != nullptr) groups.emplace(name, Fields(entry->value, name, problems));
  }
  if (fields.require("name") != nullptr) cell.name = fields.text("name").value_or("");
  if (fields.require("source") != nullptr) cell.source = fields.text("source").value_or("");
  cell.validity = fields.text("validity").value_or("");
  cell.params.name = cell.name;
  models::cell::visit(NumberReader(fields, groups), cell.params);
  cell.capacity_Ah = cell.params.capacity_Ah.at(0, 25, 0, models::cell::OverTemperature::linear);
  read_words(fields, groups, cell.params);
  read_tables(fields, groups, path.parent_path(), files, problems, cell.params);
  read_end_slopes(fields, problems, cell.params);
  for (auto& [name, group] : groups) {
    group.text("source");
    group.finish();
  }
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
  return spec_of(parse_tree(*file.bytes, file.path.generic_string()), file.path, files, problems);
}

}  // namespace rig::scenario
