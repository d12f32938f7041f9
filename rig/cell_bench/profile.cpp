// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/profile.hpp"

#include <algorithm>
#include <cmath>

#include "rig/scenario/csv.hpp"
#include "rig/scenario/files.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_bench {
namespace {

struct Name {
  const char* text;
  double unit;
};

std::vector<double> column(const scenario::CsvTable& table, std::initializer_list<Name> names, bool required,
                           scenario::Problems& problems) {
  std::vector<double> values;
  std::string taken;
  for (const Name& name : names) {
    const auto* found = table.column(name.text);
    if (found == nullptr) continue;
    if (!taken.empty()) {
      problems.add({table.file, 1, 1}, "columns " + taken + " and " + name.text + " hold one quantity; leave one");
      return {};
    }
    taken = name.text;
    values = *found;
    for (double& value : values) value *= name.unit;
  }
  if (taken.empty() && required) {
    problems.add({table.file, 1, 1}, std::string("column ") + names.begin()->text + " is missing; the file has " +
                                         scenario::joined(table.names));
  }
  return values;
}

void check_times(const Profile& p, const scenario::CsvTable& table, scenario::Problems& problems) {
  for (std::size_t i = 1; i < p.time_s.size(); ++i) {
    if (p.time_s[i] >= p.time_s[i - 1]) continue;
    return problems.add({table.file, table.lines[i], 1}, "time_s goes back; " + scenario::shortest(p.time_s[i]) +
                                                             " follows " + scenario::shortest(p.time_s[i - 1]));
  }
}

void check_temperatures(const Profile& p, const scenario::CsvTable& table, scenario::Problems& problems) {
  for (std::size_t i = 0; i < p.temperature_degC.size(); ++i) {
    const double degC = p.temperature_degC[i];
    if (degC >= coldest_degC && degC <= warmest_degC) continue;
    return problems.add({table.file, table.lines[i], 1}, "a temperature of " + scenario::shortest(degC) + " degC; " +
                                                             scenario::shortest(coldest_degC) + " to " +
                                                             scenario::shortest(warmest_degC) + " degC is accepted");
  }
}

}  // namespace

Profile read_profile(const std::filesystem::path& file, Positive positive, scenario::Problems& problems) {
  Profile profile;
  profile.file = file.generic_string();
  scenario::Files files("");
  const std::size_t before = problems.count();
  const auto opened = files.open_path(file, problems);
  if (!opened) return profile;
  const scenario::CsvTable table = scenario::parse_csv(*opened->bytes, profile.file, problems);
  if (problems.count() != before) return profile;
  const double sign = positive == Positive::charge ? 1 : -1;
  profile.time_s =
      column(table, {{"time_s", 1}, {"time_ms", 1e-3}, {"time_min", 60}, {"time_h", 3600}}, true, problems);
  profile.current_A = column(table, {{"current_A", sign}, {"current_mA", 1e-3 * sign}}, true, problems);
  profile.voltage_V = column(table, {{"voltage_V", 1}, {"voltage_mV", 1e-3}}, true, problems);
  profile.temperature_degC = column(
      table, {{"temperature_degC", 1}, {"temperature_C", 1}, {"T_cell_degC", 1}, {"T_cell_C", 1}}, false, problems);
  if (problems.count() != before) return profile;
  if (table.lines.size() < 2) problems.add({table.file, 1, 1}, "at least two rows are needed");
  check_times(profile, table, problems);
  check_temperatures(profile, table, problems);
  return profile;
}

double agreement_of_signs(const Profile& p) {
  double largest = 0, by_steps = 0, charge_As = 0;
  for (const double i : p.current_A) largest = std::max(largest, std::abs(i));
  for (std::size_t k = 1; k < p.time_s.size(); ++k) {
    const double step = p.current_A[k] - p.current_A[k - 1];
    if (std::abs(step) > 0.2 * largest) by_steps += step * (p.voltage_V[k] - p.voltage_V[k - 1]);
    charge_As += p.current_A[k] * (p.time_s[k] - p.time_s[k - 1]);
  }
  return by_steps != 0 ? by_steps : charge_As * (p.voltage_V.back() - p.voltage_V.front());
}

}  // namespace rig::cell_bench
