// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/ranges.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace rig::lint {
namespace {

using scenario::Expression;
using Op = Expression::Op;

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr double absolute_zero_degC = -273.15;
constexpr double most_u16 = 65535, most_u32 = 4294967295.0, most_i16 = 32767, least_i16 = -32768;
constexpr double most_cells = 32;  // of the protocols

struct Row {
  std::string_view name;  // [n] for any number in brackets; a * at the end: whatever follows
  Interval range;
};

constexpr Row rows[] = {
    {"cell[n].temperature", {absolute_zero_degC, endless}},
    {"ntc[n].temperature", {absolute_zero_degC, endless}},
    {"mos.temperature", {absolute_zero_degC, endless}},
    {"mos.junction_temperature", {absolute_zero_degC, endless}},
    {"ambient", {absolute_zero_degC, endless}},
    {"mos.avalanche_energy", {0, endless}},
    {"balancer.cell", {0, most_cells}},
    {"bms.poll_age", {0, endless}},
    {"traffic.*", {0, endless}},
    {"bms.cell[n].voltage", {0, most_u16 * 1e-3}},
    {"bms.voltage", {0, most_u16 * 1e-2}},
    {"bms.current", {-most_u16 * 1e-2, most_u16 * 1e-2}},
    {"bms.soc", {0, 1}},
    {"bms.temperature[n]", {100 - most_u16, 100}},
    {"bms.mos_temperature", {100 - most_u16, 100}},
    {"bms.cycles", {0, most_u16}},
    {"modbus.cell[n].voltage", {0, most_u16 * 1e-3}},
    {"modbus.voltage", {0, most_u32 * 1e-3}},
    {"modbus.power", {0, most_u32 * 1e-3}},
    {"modbus.soc", {0, 1}},
    {"modbus.temperature[n]", {least_i16 * 0.1, most_i16 * 0.1}},
    {"modbus.mos_temperature", {least_i16 * 0.1, most_i16 * 0.1}},
    {"modbus.difference", {0, most_u16 * 1e-3}},
    {"modbus.highest_cell", {0, 256}},
    {"modbus.lowest_cell", {0, 256}},
    {"modbus.cycles", {0, most_u32}},
    {"modbus.run_time", {0, most_u32}},
    {"can.voltage", {-most_u16 * 1e-2, most_u16}},
    {"can.soc", {0, 1}},
    {"can.highest_cell_voltage", {0, most_u16 * 1e-3}},
    {"can.lowest_cell_voltage", {0, most_u16 * 1e-3}},
    {"can.highest_cell", {0, 256}},
    {"can.lowest_cell", {0, 256}},
    {"can.alarm_word", {0, most_u32}},
    {"can.warning_word", {0, most_u32}},
    {"can.protection_word", {0, most_u16}},
    {"modbus.capacity", {0, most_u32 * 1e-3}},
    {"modbus.discharged", {0, most_u32 * 1e-3}},
};

/// "cell[n].voltage" of "cell[3].voltage".
std::string without_number(std::string_view name) {
  std::string plain(name);
  const std::size_t open = plain.find('['), close = plain.find(']');
  if (open != std::string::npos && close != std::string::npos) plain.replace(open, close - open + 1, "[n]");
  return plain;
}

bool fits(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  return name.starts_with(pattern.substr(0, pattern.size() - 1));
}

std::vector<Interval> operands(const Expression& e, const Ranges& ranges) {
  std::vector<Interval> all;
  for (const Expression& child : e.children) {
    if (child.op != Op::vector) all.push_back(range_of(child, ranges));
    for (const scenario::SignalId id : child.elements) all.push_back(ranges(id));
  }
  return all;
}

Interval of_function(Op op, const std::vector<Interval>& all) {
  Interval result = all.front();
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (op == Op::min) result = least(result, all[i]);
    if (op == Op::max) result = greatest(result, all[i]);
    if (op == Op::sum || op == Op::mean) result = result + all[i];
  }
  return op == Op::mean ? result / point(static_cast<double>(all.size())) : result;
}

}  // namespace

Interval range_of_signal(std::string_view own_name) {
  const std::string name = without_number(own_name);
  const auto row = std::ranges::find_if(rows, [&](const Row& one) { return fits(one.name, name); });
  return row == std::end(rows) ? Interval{} : row->range;
}

Ranges ranges_at_all(const scenario::Catalogue& catalogue) {
  return [&catalogue](scenario::SignalId id) {
    if (catalogue.info(id).dimension == scenario::Dimension::boolean) return Interval{0, 1};
    return range_of_signal(catalogue.own_name(id));
  };
}

Interval range_of(const Expression& e, const Ranges& ranges) {
  if (e.op == Op::constant) return point(e.constant);
  if (e.op == Op::signal) return ranges(e.signal);
  const std::vector<Interval> of = operands(e, ranges);
  switch (e.op) {
    case Op::negate:
      return -of[0];
    case Op::add:
      return of[0] + of[1];
    case Op::subtract:
      return of[0] + -of[1];
    case Op::multiply:
      return of[0] * of[1];
    case Op::divide:
      return of[0] / of[1];
    case Op::abs:
      return magnitude(of[0]);
    case Op::min:
    case Op::max:
    case Op::mean:
    case Op::sum:
      return of_function(e.op, of);
    default:
      return {};
  }
}

}  // namespace rig::lint
