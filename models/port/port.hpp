// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace models::port {

/// What hangs on the common port of the board. Current positive into the pack (charging).

/// Constant current up to `voltage_V`, then constant voltage behind `resistance_ohm`; never takes current.
struct Charger {
  double current_A = 0, voltage_V = 0, resistance_ohm = 5e-3;
  double ramp_A_per_s = 0;               // soft start from start_s on; 0 = the full current at once
  double ripple_A = 0, ripple_Hz = 100;  // amplitude on the current, never more than the current itself
  bool reversed = false;                 // wrong polarity: its rectifier conducts as soon as the port has a voltage
  double start_s = 0;
};
/// One of the three, the others 0. Loads need voltage: below 0.5 V a current or power load fades to nothing.
struct Load {
  double current_A = 0, resistance_ohm = 0, power_W = 0;
};
/// An inverter: a power load behind a DC-link capacitor that an empty start turns into an inrush. Its current swings at
/// twice the mains frequency: P/v (1 + ripple sin).
struct Inverter {
  double power_W = 0, capacitance_F = 2e-3, series_ohm = 5e-3;
  double ripple = 0, ripple_Hz = 100;  // 0 … 1
  double minimum_V = 10;               // below it the power fades out
  double start_s = 0;                  // draws power from then on
};
/// Draws `current_A` for drive_s, then returns `regeneration_A` for brake_s, up to `voltage_V`, over and over.
struct Motor {
  double current_A = 0, regeneration_A = 0, drive_s = 10, brake_s = 2, voltage_V = 60, start_s = 0;
};
/// A conductor across the port; its inductance adds to that of the loop.
struct Short {
  double resistance_ohm = 0, inductance_H = 0;
};
/// A measured current, charging positive; linear between the points or held. Ends with 0 A.
struct Profile {
  std::vector<double> time_s, current_A;  // time increasing, relative to `start_s`
  bool held = false;
  double start_s = 0;
};

/// Current and its slope over the port voltage.
struct Delivery {
  double current_A = 0, per_V = 0;
};
/// When, and how things stand that move too slowly or too fast to be solved at once: a settled DC link takes no current
/// of its own; while the loop current moves, power loads draw what they drew at power_V (their regulators are slower).
struct Instant {
  double t_s = 0;
  bool link_moves = false;
  double link_V = 0;
  double power_V = 0;  // 0: power loads are solved
};
/// The port seen from a given current: v(i) = voltage_V - ohm (i - that current).
struct Node {
  double voltage_V = 0, ohm = 0;
};
/// amplitude_A sin(2 pi frequency_Hz t), t from the start of the run.
struct Wave {
  double amplitude_A = 0, frequency_Hz = 0;
};
using Waves = std::array<Wave, 2>;

/// Everything on the port. i(v) is non-increasing in v (a power load excepted), so the loop has one solution.
class Port {
 public:
  std::optional<Charger> charger;
  std::optional<Load> load;
  std::optional<Inverter> inverter;
  std::optional<Motor> motor;
  std::optional<Short> short_circuit;

  void set_profile(Profile profile);  // throws std::invalid_argument unless times increase
  void clear_profile() { profile_.reset(); }
  [[nodiscard]] bool has_profile() const { return profile_.has_value(); }

  /// Moves to time `t_s`: chooses the piece of profile and motor that starts at or before it. Times may go back
  /// (roll-back).
  void at(double t_s);
  /// Next instant after the one of at() at which something has a corner; +infinity when none.
  [[nodiscard]] double next_corner_s() const { return next_corner_s_; }
  /// dI/dt of the profile in this piece.
  [[nodiscard]] double profile_slope_A_per_s() const { return slope_; }
  [[nodiscard]] double profile_current_A(double t_s) const { return start_A_ + slope_ * (t_s - start_s_); }

  /// Current that all of it delivers into a port of `voltage_V`; a short counts as its resistance.
  [[nodiscard]] Delivery deliver(double voltage_V, const Instant& at) const;
  /// The port voltage at which it delivers `current_A`, -1000 … 1000 V. Where a range of voltages does, the highest.
  [[nodiscard]] Node node(double current_A, const Instant& at) const;
  /// What it can deliver at all: at 1000 V and at -1000 V.
  [[nodiscard]] double least_A(const Instant& at) const { return deliver(1000, at).current_A; }
  [[nodiscard]] double most_A(const Instant& at) const { return deliver(-1000, at).current_A; }
  /// Current into the DC-link capacitor at a port of `voltage_V`.
  [[nodiscard]] double link_A(double voltage_V, const Instant& at) const;
  /// Currents that swing around the delivered one at a port of `voltage_V`.
  [[nodiscard]] Waves waves(double voltage_V, const Instant& at) const;
  /// True when the delivered current does not depend on the port voltage around `voltage_V`.
  [[nodiscard]] bool is_stiff(double voltage_V) const;
  /// A measured current alone: it holds the loop's own transients.
  [[nodiscard]] bool is_measured() const {
    return profile_ && !charger && !load && !inverter && !motor && !short_circuit;
  }
  /// A charger after its soft start, right way round, without ripple, and at most a constant current drawn beside it.
  [[nodiscard]] bool is_plain_charge(double t_s) const {
    return charger && !profile_ && !inverter && !motor && !short_circuit && !charger->reversed &&
           charger->ripple_A == 0 && charger->resistance_ohm > 0 &&
           (charger->ramp_A_per_s == 0 || charger->ramp_A_per_s * (t_s - charger->start_s) >= charger->current_A) &&
           (!load || (load->resistance_ohm == 0 && load->power_W == 0));
  }
  [[nodiscard]] bool is_driven() const { return charger || load || inverter || motor || short_circuit || profile_; }
  [[nodiscard]] bool has_power_load() const {
    return (load && load->power_W > 0) || (inverter && inverter->power_W > 0);
  }

 private:
  [[nodiscard]] double corner_after(double t_s, double corner_s) const;
  void choose_piece(double t_s);
  void choose_motor_phase(double t_s);
  std::optional<Profile> profile_;
  std::size_t piece_ = 0;
  bool braking_ = false, powered_ = false;
  double at_s_ = 0, start_s_ = 0, start_A_ = 0, slope_ = 0, next_corner_s_ = 1e300;
};

/// The path from the port to the cells as a current sees it: i > 0 when charging.
struct Path {
  double charge_ohm = 0, discharge_ohm = 0;  // whole resistance up to the inner voltages of the cells, by direction
  double charge_drop_V = 0, discharge_drop_V = 0;    // body diode of the opposite bank, 0 when its channel conducts
  bool charge_open = false, discharge_open = false;  // else nothing flows that way
  double charge_limit_A = 1e300;                     // of a limiter in the way
};

/// Solves i = deliver(E + i R ± drop). `inner_V` is the pack's voltage at i = 0. Exact for resistive parts, else to
/// 1e-12 relative.
[[nodiscard]] double solve_current(const Port& port, const Path& path, double inner_V, const Instant& at);

/// Voltage of the port when no current flows: where what hangs on it is in balance.
[[nodiscard]] double idle_voltage(const Port& port, double pack_V, const Instant& at);

}  // namespace models::port
