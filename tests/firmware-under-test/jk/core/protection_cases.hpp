// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <ostream>
#include <string>
#include <vector>

#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/settings_table.hpp"

/// What every row of the protection table must do under every preset: the row's own words turned into values of its
/// signal. A row that is added has its cases at once.
namespace protection_cases {

using namespace jk::core;

struct Case {
  const Protection* row = nullptr;
  Preset preset = Preset::lifepo4;
  Settings settings{Preset::lifepo4};  // of the preset, with the row enabled
  std::string name;                    // "03_pack_uvp_lto"
  std::int32_t inside = 0;             // one step on the good side of the trip value
  std::int32_t trip = 1, beyond = 1;   // the trip value; well beyond it
  std::int32_t kept = 1, freed = 0;    // the last value that does not release, the first that does
  std::uint64_t delay_ns = 0, release_ns = 0;
};

inline void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

/// A value that trips no row of this signal, and frees every row of it that value frees.
inline std::int32_t benign(Signal signal, const Settings& settings) {
  const std::int32_t cell_mV = (settings[Setting::cell_uvpr] + settings[Setting::cell_ovpr]) / 2;
  switch (signal) {
    case Signal::cell_max:
    case Signal::cell_min:
      return cell_mV;
    case Signal::pack_voltage:
      return settings[Setting::cell_count] * cell_mV;
    case Signal::battery_max:
    case Signal::battery_min:
    case Signal::mos_temperature:
    case Signal::box_temperature:
      return 250;
    case Signal::soc:
      return 60;
    default:
      return 0;
  }
}

inline Readings all_benign(const Settings& settings, std::uint64_t at_ns) {
  Readings readings{};
  for (std::size_t i = 0; i < signal_count; ++i) readings[i] = {benign(static_cast<Signal>(i), settings), true, at_ns};
  return readings;
}

/// Trip and release of a pack row, when its setting is 0: those of a cell, times the cells.
inline void of_cells(Case& one, Setting cell_trip, Setting cell_release) {
  const std::int32_t cells = one.settings[Setting::cell_count];
  one.trip = cells * one.settings[cell_trip];
  one.kept = cells * one.settings[cell_release];
}

inline Case case_of(const Protection& row, Preset preset) {
  Case one;
  one.row = &row;
  one.preset = preset;
  one.settings = Settings(preset);
  const Settings& settings = one.settings;
  if (row.enabled != Setting::count) one.settings.set(row.enabled, 1);
  if (row.trip != Setting::count) one.trip = settings[row.trip];
  one.kept = row.rule == Release::beyond_limit && row.release != Setting::count ? settings[row.release] : one.trip;
  if (row.id == ProtectionId::pack_ovp) of_cells(one, Setting::cell_ovp, Setting::cell_ovpr);
  if (row.id == ProtectionId::pack_uvp) of_cells(one, Setting::cell_uvp, Setting::cell_uvpr);
  if (row.id == ProtectionId::low_soc) one.kept += 1;
  const std::int32_t outwards = row.direction == Direction::above ? 1 : -1;
  const bool is_flag = row.trip == Setting::count;
  one.inside = one.trip - outwards;
  one.beyond = is_flag ? one.trip : one.trip + 100 * outwards;
  one.freed = one.kept - outwards;
  if (row.delay != Setting::count) one.delay_ns = static_cast<std::uint64_t>(settings[row.delay]) * row.delay_unit_ns;
  if (row.rule == Release::after_time) one.release_ns = static_cast<std::uint64_t>(settings[row.release]) * ms_ns;
  return one;
}

/// Every row under every preset. A row is called after the setting that it trips at, else after its number alone.
inline std::vector<Case> all() {
  std::vector<Case> cases;
  const char* const presets[] = {"li_ion", "lifepo4", "lto"};
  for (const Protection& row : protection_table) {
    for (const Preset preset : {Preset::li_ion, Preset::lifepo4, Preset::lto}) {
      Case one = case_of(row, preset);
      const std::size_t number = static_cast<std::size_t>(row.id);
      one.name = (number < 10 ? "0" : "") + std::to_string(number) + "_";
      if (row.trip != Setting::count) one.name += std::string(info(row.trip).name) + "_";
      one.name += presets[static_cast<std::size_t>(preset)];
      cases.push_back(one);
    }
  }
  return cases;
}

}  // namespace protection_cases
