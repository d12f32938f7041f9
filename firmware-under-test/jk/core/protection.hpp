// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "firmware-under-test/jk/core/alarms.hpp"
#include "firmware-under-test/jk/core/readings.hpp"
#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// What a protection holds off, as bits: the gates, the balancer, and the heater, which takes its current from the
/// pack.
using Gates = std::uint8_t;
inline constexpr Gates no_gate = 0;
inline constexpr Gates charge_gate = 1;
inline constexpr Gates discharge_gate = 2;
inline constexpr Gates both_gates = charge_gate | discharge_gate;
inline constexpr Gates balancing = 4;
inline constexpr Gates heating = 8;

enum class ProtectionId : std::uint8_t {
  cell_ovp,
  cell_uvp,
  pack_ovp,
  pack_uvp,
  charge_ocp,
  discharge_ocp,
  discharge_ocp_2,
  discharge_ocp_3,
  scp,
  charge_otp,
  charge_utp,
  discharge_otp,
  discharge_utp,
  mos_otp,
  box_otp,
  power_off,
  cell_count,
  pack_difference,
  cell_leads,
  scan_age,
  sensors,
  current_sensor,
  charge_mos,
  discharge_mos,
  wire_resistance,
  cell_difference,
  temperature_difference,
  low_soc,
  count
};
inline constexpr auto protection_count = static_cast<std::size_t>(ProtectionId::count);

enum class Direction : std::uint8_t { above, below };
enum class Release : std::uint8_t { beyond_limit, after_time, never };

/// Protections that have tripped, as bits by ProtectionId.
using Trips = std::uint32_t;
[[nodiscard]] constexpr Trips trip_bit(ProtectionId id) { return Trips{1} << static_cast<unsigned>(id); }
inline constexpr Trips all_trips = (Trips{1} << protection_count) - 1;

/// One protection. It trips when the signal has been at or beyond `trip` for `delay` without a break, and opens
/// `gates`. The first known reading after a start or a gap trips at once: the delay is there for transients of a
/// running system, and nothing has run. It releases when the signal is strictly beyond `release` on the good side
/// (beyond_limit), or `release` ms after the trip whatever the signal (after_time), or with the next start of the
/// controller (never). An unknown signal neither trips nor releases by value (the gates are open anyway); time releases
/// all the same.
struct Protection {
  ProtectionId id;
  Signal signal;
  Direction direction;
  Setting trip;   // Setting::count: a signal of 0 or 1 that trips at 1
  Setting delay;  // Setting::count: none
  std::uint32_t delay_unit_ns;
  Release rule;
  Setting release;  // Setting::count: the trip value
  Gates gates;
  Alarm alarm;
  Setting enabled = Setting::count;  // on_off; Setting::count: always
};

inline constexpr std::uint32_t ms_ns = 1'000'000;
inline constexpr std::uint32_t us_ns = 1'000;

namespace table {

// The policy. Trip at the setting, release strictly beyond it. Sources: JK manual 5.3.2 i-s, facts 5.4 and captures
// (UTP active at its limit); what no source names is our choice: docs/protections.md says which. SCP opens both banks:
// either one interrupts the loop; its alarm bit is chosen by the direction of the current. Power-off waits
// cell_uvp_delay so that the dip of a short circuit does not shut the board down, and what it shuts down stays so
// (Life). Values of OCP II and III are unknown, facts 5.4.
consteval std::array<Protection, protection_count> protections() {
  using P = ProtectionId;
  using G = Signal;
  using S = Setting;
  using enum Direction;
  using enum Release;
  constexpr S none = S::count;
  constexpr Gates everything = both_gates | balancing | heating;
  constexpr Gates discharging = discharge_gate | heating;
  return {{
      {P::cell_ovp, G::cell_max, above, S::cell_ovp, S::cell_ovp_delay, ms_ns, beyond_limit, S::cell_ovpr, charge_gate,
       Alarm::cell_overvoltage},
      {P::cell_uvp, G::cell_min, below, S::cell_uvp, S::cell_uvp_delay, ms_ns, beyond_limit, S::cell_uvpr, discharging,
       Alarm::cell_undervoltage},
      {P::pack_ovp, G::pack_voltage, above, S::pack_ovp, S::cell_ovp_delay, ms_ns, beyond_limit, S::cell_ovpr,
       charge_gate, Alarm::pack_overvoltage},
      {P::pack_uvp, G::pack_voltage, below, S::pack_uvp, S::cell_uvp_delay, ms_ns, beyond_limit, S::cell_uvpr,
       discharging, Alarm::pack_undervoltage},
      {P::charge_ocp, G::charge_current, above, S::charge_ocp, S::charge_ocp_delay, ms_ns, after_time,
       S::charge_ocp_release, charge_gate, Alarm::charge_overcurrent},
      {P::discharge_ocp, G::discharge_current, above, S::discharge_ocp, S::discharge_ocp_delay, ms_ns, after_time,
       S::discharge_ocp_release, discharge_gate, Alarm::discharge_overcurrent},
      {P::discharge_ocp_2, G::discharge_current, above, S::discharge_ocp_2, S::discharge_ocp_2_delay, ms_ns, after_time,
       S::discharge_ocp_release, discharge_gate, Alarm::discharge_overcurrent_2, S::ocp_2_enabled},
      {P::discharge_ocp_3, G::discharge_current, above, S::discharge_ocp_3, S::discharge_ocp_3_delay, ms_ns, after_time,
       S::discharge_ocp_release, discharge_gate, Alarm::discharge_overcurrent_3, S::ocp_3_enabled},
      {P::scp, G::short_circuit, above, none, S::scp_delay, us_ns, after_time, S::scp_release, both_gates | heating,
       Alarm::discharge_short_circuit},
      {P::charge_otp, G::battery_max, above, S::charge_otp, S::temperature_delay, ms_ns, beyond_limit, S::charge_otpr,
       charge_gate | heating, Alarm::charge_overtemperature},
      {P::charge_utp, G::battery_min, below, S::charge_utp, S::temperature_delay, ms_ns, beyond_limit, S::charge_utpr,
       charge_gate, Alarm::charge_undertemperature},
      {P::discharge_otp, G::battery_max, above, S::discharge_otp, S::temperature_delay, ms_ns, beyond_limit,
       S::discharge_otpr, discharging, Alarm::discharge_overtemperature},
      {P::discharge_utp, G::battery_min, below, S::discharge_utp, S::temperature_delay, ms_ns, beyond_limit,
       S::discharge_utpr, discharge_gate, Alarm::discharge_undertemperature},
      {P::mos_otp, G::mos_temperature, above, S::mos_otp, S::temperature_delay, ms_ns, beyond_limit, S::mos_otpr,
       everything, Alarm::mos_overtemperature},
      {P::box_otp, G::box_temperature, above, S::box_otp, S::temperature_delay, ms_ns, beyond_limit, S::box_otpr,
       both_gates | heating, Alarm::battery_overtemperature},
      {P::power_off, G::cell_max, below, S::power_off, S::cell_uvp_delay, ms_ns, beyond_limit, none, everything,
       Alarm::cell_undervoltage},
      {P::cell_count, G::cell_count, above, none, S::fault_delay, ms_ns, beyond_limit, none, everything,
       Alarm::cell_count},
      {P::pack_difference, G::pack_difference, above, S::pack_difference, S::fault_delay, ms_ns, beyond_limit, none,
       everything, Alarm::cell_count},
      {P::cell_leads, G::cell_leads, above, none, none, ms_ns, beyond_limit, none, everything, Alarm::cell_count},
      {P::scan_age, G::scan_age, above, none, none, ms_ns, beyond_limit, none, everything, Alarm::auxiliary_cpu},
      {P::sensors, G::sensors, above, none, none, ms_ns, beyond_limit, none, everything, Alarm::temperature_sensor},
      {P::current_sensor, G::current_sensor, above, none, S::fault_delay, ms_ns, beyond_limit, none,
       both_gates | heating, Alarm::current_sensor},
      {P::charge_mos, G::charge_leak, above, S::mos_fault_current, S::fault_delay, ms_ns, never, none, everything,
       Alarm::charge_mos_fault},
      {P::discharge_mos, G::discharge_leak, above, S::mos_fault_current, S::fault_delay, ms_ns, never, none, everything,
       Alarm::discharge_mos_fault},
      {P::wire_resistance, G::wire_resistance, above, S::wire_resistance_limit, none, ms_ns, beyond_limit, none,
       balancing, Alarm::wire_resistance},
      {P::cell_difference, G::cell_difference, above, S::cell_difference, S::cell_ovp_delay, ms_ns, beyond_limit, none,
       no_gate, Alarm::cell_difference},
      {P::temperature_difference, G::temperature_difference, above, S::temperature_difference, S::temperature_delay,
       ms_ns, beyond_limit, none, no_gate, Alarm::temperature_difference},
      {P::low_soc, G::soc, below, S::low_soc, none, ms_ns, beyond_limit, none, no_gate, Alarm::low_soc},
  }};
}

}  // namespace table

inline constexpr std::array<Protection, protection_count> protection_table = table::protections();

/// Rows that hold these gates.
[[nodiscard]] constexpr Trips rows_of(Gates gates) {
  Trips trips = 0;
  for (const Protection& row : protection_table) {
    if ((row.gates & gates) != 0) trips |= trip_bit(row.id);
  }
  return trips;
}

inline constexpr Trips gate_trips = rows_of(both_gates);

[[nodiscard]] constexpr const Protection& row_of(ProtectionId id) {
  return protection_table[static_cast<std::size_t>(id)];
}

inline constexpr Trips resumable_trips = [] {
  Trips trips = 0;
  for (const Protection& row : protection_table) {
    const bool blocks = row.gates != no_gate && row.id != ProtectionId::power_off;
    if (row.rule != Release::never && blocks) trips |= trip_bit(row.id);
  }
  return trips;
}();
/// Signals that may have news with every tick: the currents, and what flows against a gate that is off.
inline constexpr Signals leaks = signal_bit(Signal::charge_leak) | signal_bit(Signal::discharge_leak);
inline constexpr Signals tick_signals =
    signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current) | leaks;
/// Signals of every scan.
inline constexpr Signals scan_signals = signal_bit(Signal::cell_max) | signal_bit(Signal::cell_min) |
                                        signal_bit(Signal::pack_voltage) | signal_bit(Signal::cell_difference);
/// Rows whose trip may end while only these signals have news: by its time, or by one of them.
consteval Trips ending_trips(Signals news) {
  Trips trips = 0;
  for (const Protection& row : protection_table) {
    const bool is_told = row.rule == Release::beyond_limit && (signal_bit(row.signal) & news) != 0;
    if (row.rule == Release::after_time || is_told) trips |= trip_bit(row.id);
  }
  return trips;
}
inline constexpr Trips tick_trips = ending_trips(tick_signals), scan_trips = ending_trips(tick_signals | scan_signals);
/// Trips whose alarm the client sees, by their place in the alarm word.
[[nodiscard]] Alarms alarms_of(Trips trips);

/// Our choice: a load that comes and goes makes no warning flap.
inline constexpr std::int32_t low_soc_hysteresis_percent = 1;

/// Values of a row under these settings: trip and release in the signal's unit. Pack limits follow the cells' when
/// their setting is 0; their release lies as far from the trip as cells times the cell's. A row that is not enabled
/// trips beyond all values.
struct ProtectionLimits {
  std::int32_t trip = 1, release = 1;
  std::uint64_t delay_ns = 0, release_ns = 0;
};
[[nodiscard]] ProtectionLimits limits_of(const Protection& row, const Settings& settings);

/// The mechanism: one loop over the table.
class Protections {
 public:
  explicit Protections(const Settings& settings);
  /// Other limits from now on; what has tripped stays tripped until it is released under the new ones.
  void set_limits(const Settings& settings);

  /// Before the first update: trips that a former run left. A timed release begins anew at `now_ns`, since nobody knows
  /// how long the controller was without power.
  void resume(Trips trips, std::uint64_t now_ns);
  /// Trips that the next run has to resume with: all but those that a start releases.
  [[nodiscard]] Trips to_resume() const { return tripped_ & resumable_trips; }

  /// Judges the readings at `now_ns`; `news`: those that may differ from the last call. A delay counts from the time
  /// the reading was taken.
  void update(const Readings& readings, Signals news, std::uint64_t now_ns) {
    const bool is_usual = (pending_ | unjudged_ | loud_ | (news & ~(tick_signals | scan_signals))) == 0 &&
                          are_quiet<Signal::charge_current, Signal::discharge_current>(readings) &&
                          ((news & leaks) == 0 || are_quiet<Signal::charge_leak, Signal::discharge_leak>(readings)) &&
                          ((news & scan_signals) == 0 || is_quiet_scan(readings)) &&
                          are_held(tripped_ & ((news & scan_signals) == 0 ? tick_trips : scan_trips), readings, now_ns);
    if (!is_usual) judge(readings, news, now_ns);
  }
  void update(const Readings& readings, std::uint64_t now_ns) { update(readings, all_signals, now_ns); }

  [[nodiscard]] bool is_tripped(ProtectionId id) const { return (tripped_ & trip_bit(id)) != 0; }
  [[nodiscard]] Trips tripped() const { return tripped_; }
  [[nodiscard]] bool is_any_delay_running() const { return (pending_ & gate_trips) != 0; }
  /// Gates (and the balancer) that a trip holds off, those in `overridden` aside.
  [[nodiscard]] Gates open_gates() const { return open_gates_; }
  void override_trips(Trips overridden);
  /// Until a timed release; 0 when not tripped, or released by value.
  [[nodiscard]] std::uint64_t time_to_release_ns(ProtectionId id, std::uint64_t now_ns) const;
  /// When the short-circuit delay ends; UINT64_MAX when it is not running. The others are judged once a tick.
  [[nodiscard]] std::uint64_t short_circuit_deadline_ns() const;

 private:
  using Limits = ProtectionLimits;
  /// Strictly between all trip values of one signal: nothing to judge there.
  struct Band {
    std::int32_t above = INT32_MIN, below = INT32_MAX;
  };
  template <Signal... signals>
  [[nodiscard]] bool are_quiet(const Readings& readings) const {
    return (is_quiet(readings, static_cast<std::size_t>(signals)) && ...);
  }
  [[nodiscard]] bool is_quiet(const Readings& readings, std::size_t signal) const {
    const Reading& reading = readings[signal];
    return reading.is_known && reading.value > quiet_[signal].above && reading.value < quiet_[signal].below;
  }
  [[nodiscard]] bool is_quiet_scan(const Readings& readings) const {
    return are_quiet<Signal::cell_max, Signal::cell_min, Signal::pack_voltage, Signal::cell_difference>(readings);
  }
  [[nodiscard]] bool are_held(Trips rows, const Readings& readings, std::uint64_t now_ns) const {
    return rows == 0 || !is_any_released(rows, readings, now_ns);
  }
  [[nodiscard]] bool is_any_released(Trips rows, const Readings& readings, std::uint64_t now_ns) const;
  [[nodiscard]] bool is_released(std::size_t i, const Reading& reading, std::uint64_t now_ns) const;
  void release(std::size_t i, std::uint64_t now_ns);
  void judge(const Readings& readings, Signals news, std::uint64_t now_ns);
  [[nodiscard]] Trips to_judge(const Readings& readings, Signals news);
  void open_gates_of_trips();
  void judge_trip(std::size_t i, bool is_beyond, std::uint64_t at_ns, std::uint64_t now_ns);

  std::array<Limits, protection_count> limits_{};
  std::array<Band, signal_count> quiet_{};
  std::array<std::uint64_t, protection_count> since_ns_{};  // start of the delay; of the trip; of the last release
  Signals loud_ = 0;                                        // unknown, or outside their bands
  Trips tripped_ = 0;
  Trips pending_ = 0;
  Trips overridden_ = 0;
  Trips unjudged_ = all_trips;  // no known reading since the start or since the last gap
  Gates open_gates_ = 0;
};

}  // namespace jk::core
