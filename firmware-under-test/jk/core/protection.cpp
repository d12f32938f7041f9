// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/protection.hpp"

#include <algorithm>
#include <bit>

namespace jk::core {
namespace {

consteval bool protections_stand_in_order() {
  for (std::size_t i = 0; i < protection_table.size(); ++i) {
    if (protection_table[i].id != static_cast<ProtectionId>(i)) return false;
  }
  return true;
}
static_assert(protections_stand_in_order(), "protection_table is indexed by ProtectionId");

/// Rows that look at a signal.
constexpr std::array<Trips, signal_count> rows_by_signal = [] {
  std::array<Trips, signal_count> rows{};
  for (const Protection& row : protection_table) rows[static_cast<std::size_t>(row.signal)] |= trip_bit(row.id);
  return rows;
}();

bool is_at_or_beyond(Direction direction, std::int32_t value, std::int32_t trip) {
  return direction == Direction::above ? value >= trip : value <= trip;
}

bool is_strictly_back(Direction direction, std::int32_t value, std::int32_t release) {
  return direction == Direction::above ? value < release : value > release;
}

void set(Trips& trips, ProtectionId id, bool value) { trips = value ? trips | trip_bit(id) : trips & ~trip_bit(id); }

}  // namespace

Alarms alarms_of(Trips trips) {
  Alarms alarms = 0;
  for (unsigned left = trips; left != 0; left &= left - 1) {
    alarms |= alarm_bit(protection_table[static_cast<std::size_t>(std::countr_zero(left))].alarm);
  }
  return alarms;
}

ProtectionLimits limits_of(const Protection& row, const Settings& settings) {
  const auto value = [&](Setting setting, std::int32_t otherwise) {
    return setting == Setting::count ? otherwise : settings[setting];
  };
  ProtectionLimits limits;
  limits.trip = value(row.trip, 1);
  limits.delay_ns = static_cast<std::uint64_t>(value(row.delay, 0)) * row.delay_unit_ns;
  if (row.rule == Release::beyond_limit) limits.release = value(row.release, limits.trip);
  if (row.rule == Release::after_time) limits.release_ns = static_cast<std::uint64_t>(value(row.release, 0)) * ms_ns;
  if (row.id == ProtectionId::pack_ovp) {
    limits.trip = pack_ovp_mV(settings);
    limits.release = limits.trip - settings[Setting::cell_count] * (settings[Setting::cell_ovp] - limits.release);
  }
  if (row.id == ProtectionId::pack_uvp) {
    limits.trip = pack_uvp_mV(settings);
    limits.release = limits.trip + settings[Setting::cell_count] * (limits.release - settings[Setting::cell_uvp]);
  }
  if (row.id == ProtectionId::low_soc) limits.release += low_soc_hysteresis_percent;
  if (value(row.enabled, 1) == 0) limits.trip = INT32_MAX;
  return limits;
}

Protections::Protections(const Settings& settings) { set_limits(settings); }

void Protections::set_limits(const Settings& settings) {
  quiet_ = {};
  loud_ = all_signals;  // judge them all at the next update
  for (std::size_t i = 0; i < protection_table.size(); ++i) {
    const Protection& row = protection_table[i];
    limits_[i] = limits_of(row, settings);
    Band& quiet = quiet_[static_cast<std::size_t>(row.signal)];
    if (row.direction == Direction::above) quiet.below = std::min(quiet.below, limits_[i].trip);
    if (row.direction == Direction::below) quiet.above = std::max(quiet.above, limits_[i].trip);
  }
}

void Protections::resume(Trips trips, std::uint64_t now_ns) {
  tripped_ = trips & resumable_trips;
  since_ns_.fill(now_ns);
  open_gates_of_trips();
}

/// Rows with something under way, and all rows of a signal that is unknown or beyond one of its trip values.
Trips Protections::to_judge(const Readings& readings, Signals news) {
  unsigned left = loud_ | news;
  for (loud_ = 0; left != 0; left &= left - 1) {
    const auto s = static_cast<std::size_t>(std::countr_zero(left));
    if (!is_quiet(readings, s)) loud_ |= signal_bit(s);
  }
  Trips rows = tripped_ | pending_ | unjudged_;
  for (left = loud_; left != 0; left &= left - 1)
    rows |= rows_by_signal[static_cast<std::size_t>(std::countr_zero(left))];
  return rows;
}

void Protections::judge(const Readings& readings, Signals news, std::uint64_t now_ns) {
  const Trips rows = to_judge(readings, news);
  if (rows == 0) return;  // the usual case, once a tick
  const Trips tripped_before = tripped_;
  for (unsigned left = rows; left != 0; left &= left - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(left));
    const Protection& row = protection_table[i];
    const Reading& reading = readings[static_cast<std::size_t>(row.signal)];
    if (is_tripped(row.id)) {
      if (is_released(i, reading, now_ns)) release(i, now_ns);
    } else if (reading.is_known) {
      judge_trip(i, is_at_or_beyond(row.direction, reading.value, limits_[i].trip), reading.at_ns, now_ns);
    }
    set(unjudged_, row.id, !reading.is_known);
  }
  if (tripped_ != tripped_before) open_gates_of_trips();
}

void Protections::open_gates_of_trips() {
  open_gates_ = 0;
  for (unsigned left = tripped_ & ~overridden_; left != 0; left &= left - 1) {
    open_gates_ |= protection_table[static_cast<std::size_t>(std::countr_zero(left))].gates;
  }
}

void Protections::judge_trip(std::size_t i, bool is_beyond, std::uint64_t at_ns, std::uint64_t now_ns) {
  const ProtectionId id = protection_table[i].id;
  if (!is_beyond) return set(pending_, id, false);
  if ((pending_ & trip_bit(id)) == 0) {
    set(pending_, id, true);
    // A held reading may be older than the last release; the delay does not begin before it.
    if (at_ns > since_ns_[i]) since_ns_[i] = at_ns;
  }
  const bool is_first = (unjudged_ & trip_bit(id)) != 0;
  if (!is_first && now_ns - since_ns_[i] < limits_[i].delay_ns) return;
  set(pending_, id, false);
  set(tripped_, id, true);
  since_ns_[i] = now_ns;
}

void Protections::release(std::size_t i, std::uint64_t now_ns) {
  set(tripped_, protection_table[i].id, false);
  since_ns_[i] = now_ns;
}

bool Protections::is_released(std::size_t i, const Reading& reading, std::uint64_t now_ns) const {
  const Protection& row = protection_table[i];
  bool is_released = false;
  if (row.rule == Release::beyond_limit) {
    is_released = reading.is_known && is_strictly_back(row.direction, reading.value, limits_[i].release);
  } else if (row.rule == Release::after_time) {
    is_released = now_ns - since_ns_[i] >= limits_[i].release_ns;
  }
  return is_released;
}

bool Protections::is_any_released(Trips rows, const Readings& readings, std::uint64_t now_ns) const {
  for (unsigned left = rows; left != 0; left &= left - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(left));
    if (is_released(i, readings[static_cast<std::size_t>(protection_table[i].signal)], now_ns)) return true;
  }
  return false;
}

void Protections::override_trips(Trips overridden) {
  if (overridden_ == overridden) return;
  overridden_ = overridden;
  open_gates_of_trips();
}

std::uint64_t Protections::time_to_release_ns(ProtectionId id, std::uint64_t now_ns) const {
  const auto i = static_cast<std::size_t>(id);
  const std::uint64_t ends_ns = since_ns_[i] + limits_[i].release_ns;
  return is_tripped(id) && ends_ns > now_ns ? ends_ns - now_ns : 0;
}

std::uint64_t Protections::short_circuit_deadline_ns() const {
  if ((pending_ & trip_bit(ProtectionId::scp)) == 0) return UINT64_MAX;
  constexpr auto scp = static_cast<std::size_t>(ProtectionId::scp);
  return since_ns_[scp] + limits_[scp].delay_ns;
}

}  // namespace jk::core
