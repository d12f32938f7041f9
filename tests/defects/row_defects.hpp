// SPDX-License-Identifier: Apache-2.0
// What rows.cmake puts into a copy of jk/core/protection.cpp, so that one row of the protection table goes wrong in one
// way. Row and kind are two numbers that are linked in: the firmware is compiled once for all of them.
#pragma once
#include "firmware-under-test/jk/core/protection.hpp"

extern "C" {
extern const int cellrig_defect_row, cellrig_defect_kind, cellrig_defect_step;
}

namespace jk::core::defects {

enum class Kind : int {
  limit_out,     // trips `step` beyond its setting
  limit_in,      // trips `step` before its setting
  late,          // waits twice its delay
  hasty,         // waits for no delay
  unbroken,      // a break does not end its delay
  strict,        // trips beyond its setting, not at it
  stays,         // is never released
  loose,         // released at its trip value, or after half its time
  tight,         // released `step` later than set, or after one and a half times its time
  no_charge,     // leaves the charge gate alone
  no_discharge,  // leaves the discharge gate alone
  swapped,       // opens the other gate
  mute,          // has no alarm
  forgets        // a reset releases it
};

inline bool is(const Protection& row, Kind kind) {
  return static_cast<int>(row.id) == cellrig_defect_row && static_cast<int>(kind) == cellrig_defect_kind;
}
inline std::int32_t outwards(const Protection& row) {
  return row.direction == Direction::above ? cellrig_defect_step : -cellrig_defect_step;
}

inline ProtectionLimits limits(const Protection& row, ProtectionLimits limits) {
  if (limits.trip == INT32_MAX) return limits;  // not enabled
  const std::int32_t trip = limits.trip;
  if (is(row, Kind::limit_out)) limits.trip += outwards(row);
  if (is(row, Kind::limit_in)) limits.trip -= outwards(row);
  if (is(row, Kind::late)) limits.delay_ns *= 2;
  if (is(row, Kind::hasty)) limits.delay_ns = 0;
  if (is(row, Kind::loose)) limits.release = trip, limits.release_ns /= 2;
  if (is(row, Kind::tight)) limits.release -= outwards(row), limits.release_ns += limits.release_ns / 2;
  return limits;
}
inline bool is_at_or_beyond(const Protection& row, std::int32_t value, std::int32_t trip) {
  if (is(row, Kind::strict)) return row.direction == Direction::above ? value > trip : value < trip;
  return row.direction == Direction::above ? value >= trip : value <= trip;
}
inline Gates gates(const Protection& row) {
  if (is(row, Kind::no_charge)) return row.gates & static_cast<Gates>(~charge_gate);
  if (is(row, Kind::no_discharge)) return row.gates & static_cast<Gates>(~discharge_gate);
  if (is(row, Kind::swapped)) return row.gates ^ both_gates;
  return row.gates;
}
inline Alarms alarms(const Protection& row) { return is(row, Kind::mute) ? 0 : alarm_bit(row.alarm); }
inline Trips resumed(Trips trips) {
  return cellrig_defect_kind == static_cast<int>(Kind::forgets) ? trips & ~(Trips{1} << cellrig_defect_row) : trips;
}

}  // namespace jk::core::defects
