// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "firmware-under-test/jk/core/readings.hpp"
#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// Gates that a protection holds open, as bits.
using Gates = std::uint8_t;
inline constexpr Gates charge_gate = 1;
inline constexpr Gates discharge_gate = 2;
inline constexpr Gates both_gates = charge_gate | discharge_gate;

enum class ProtectionId : std::uint8_t {
  cell_ovp,
  cell_uvp,
  charge_ocp,
  discharge_ocp,
  scp,
  charge_otp,
  charge_utp,
  discharge_otp,
  discharge_utp,
  mos_otp,
  power_off,
  count
};
inline constexpr auto protection_count = static_cast<std::size_t>(ProtectionId::count);

enum class Direction : std::uint8_t { above, below };
enum class Release : std::uint8_t { beyond_limit, after_time, never };

/// Protections that have tripped, as bits by ProtectionId.
using Trips = std::uint16_t;
[[nodiscard]] constexpr Trips trip_bit(ProtectionId id) { return static_cast<Trips>(1u << static_cast<unsigned>(id)); }

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
  Setting trip;  // Setting::count: a signal of 0 or 1 that trips at 1
  Setting delay;
  std::uint32_t delay_unit_ns;
  Release rule;
  Setting release;
  Gates gates;
};

inline constexpr std::uint32_t ms_ns = 1'000'000;
inline constexpr std::uint32_t us_ns = 1'000;

/// The policy. Trip at the setting, release strictly beyond it. Sources: JK manual 5.3.2 i-s, facts on captures (UTP
/// active at its limit). SCP opens both banks: either one interrupts the loop. Power-off waits cell_uvp_delay so that
/// the dip of a short circuit does not shut the board down.
inline constexpr std::array<Protection, protection_count> protection_table = {{
    {ProtectionId::cell_ovp, Signal::cell_max, Direction::above, Setting::cell_ovp, Setting::cell_ovp_delay, ms_ns,
     Release::beyond_limit, Setting::cell_ovpr, charge_gate},
    {ProtectionId::cell_uvp, Signal::cell_min, Direction::below, Setting::cell_uvp, Setting::cell_uvp_delay, ms_ns,
     Release::beyond_limit, Setting::cell_uvpr, discharge_gate},
    {ProtectionId::charge_ocp, Signal::charge_current, Direction::above, Setting::charge_ocp, Setting::charge_ocp_delay,
     ms_ns, Release::after_time, Setting::charge_ocp_release, charge_gate},
    {ProtectionId::discharge_ocp, Signal::discharge_current, Direction::above, Setting::discharge_ocp,
     Setting::discharge_ocp_delay, ms_ns, Release::after_time, Setting::discharge_ocp_release, discharge_gate},
    {ProtectionId::scp, Signal::short_circuit, Direction::above, Setting::count, Setting::scp_delay, us_ns,
     Release::after_time, Setting::scp_release, both_gates},
    {ProtectionId::charge_otp, Signal::battery_max, Direction::above, Setting::charge_otp, Setting::temperature_delay,
     ms_ns, Release::beyond_limit, Setting::charge_otpr, charge_gate},
    {ProtectionId::charge_utp, Signal::battery_min, Direction::below, Setting::charge_utp, Setting::temperature_delay,
     ms_ns, Release::beyond_limit, Setting::charge_utpr, charge_gate},
    {ProtectionId::discharge_otp, Signal::battery_max, Direction::above, Setting::discharge_otp,
     Setting::temperature_delay, ms_ns, Release::beyond_limit, Setting::discharge_otpr, discharge_gate},
    {ProtectionId::discharge_utp, Signal::battery_min, Direction::below, Setting::discharge_utp,
     Setting::temperature_delay, ms_ns, Release::beyond_limit, Setting::discharge_utpr, discharge_gate},
    {ProtectionId::mos_otp, Signal::mos_temperature, Direction::above, Setting::mos_otp, Setting::temperature_delay,
     ms_ns, Release::beyond_limit, Setting::mos_otpr, both_gates},
    {ProtectionId::power_off, Signal::cell_max, Direction::below, Setting::power_off, Setting::cell_uvp_delay, ms_ns,
     Release::never, Setting::count, both_gates},
}};

inline constexpr Trips resumable_trips = [] {
  Trips trips = 0;
  for (const Protection& row : protection_table) {
    if (row.rule != Release::never) trips |= trip_bit(row.id);
  }
  return trips;
}();

/// The mechanism: one loop over the table.
class Protections {
 public:
  explicit Protections(const Settings& settings);

  /// Before the first update: trips that a former run left. A timed release begins anew at `now_ns`, since nobody knows
  /// how long the controller was without power.
  void resume(Trips trips, std::uint64_t now_ns);
  /// Trips that the next run has to resume with: all but those that a start releases.
  [[nodiscard]] Trips to_resume() const { return tripped_ & resumable_trips; }

  /// Judges the readings at `now_ns`; `news`: those that may differ from the last call. A delay counts from the time
  /// the reading was taken.
  void update(const Readings& readings, Signals news, std::uint64_t now_ns);
  void update(const Readings& readings, std::uint64_t now_ns) { update(readings, all_signals, now_ns); }

  [[nodiscard]] bool is_tripped(ProtectionId id) const { return (tripped_ & trip_bit(id)) != 0; }
  [[nodiscard]] bool is_any_delay_running() const { return pending_ != 0; }
  [[nodiscard]] Gates open_gates() const { return open_gates_; }
  /// When the short-circuit delay ends; UINT64_MAX when it is not running. The others are judged once a tick.
  [[nodiscard]] std::uint64_t short_circuit_deadline_ns() const;

 private:
  struct Limits {
    std::int32_t trip, release;
    std::uint64_t delay_ns, release_ns;
  };
  /// Strictly between all trip values of one signal: nothing to judge there.
  struct Band {
    std::int32_t above = INT32_MIN, below = INT32_MAX;
    Trips rows = 0;  // that look at the signal
  };
  [[nodiscard]] Trips to_judge(const Readings& readings, Signals news);
  void open_gates_of_trips();
  void judge_trip(std::size_t i, bool is_beyond, std::uint64_t at_ns, std::uint64_t now_ns);
  void judge_release(std::size_t i, const Reading& reading, std::uint64_t now_ns);

  std::array<Limits, protection_count> limits_{};
  std::array<Band, signal_count> quiet_{};
  std::array<std::uint64_t, protection_count> since_ns_{};  // start of the delay; of the trip; of the last release
  Signals loud_ = 0;                                        // unknown, or outside their bands
  Trips tripped_ = 0;
  Trips pending_ = 0;
  Trips unjudged_ = (1u << protection_count) - 1;  // no known reading since the start or since the last gap
  Gates open_gates_ = 0;
};

}  // namespace jk::core
