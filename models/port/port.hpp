// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

namespace models::port {

/// What hangs on the common port of the board. Current positive into the pack (charging).

/// Constant current up to `voltage_V`, then constant voltage behind `resistance_ohm`; never takes current.
struct Charger {
  double current_A = 0, voltage_V = 0, resistance_ohm = 5e-3;
};
/// One of the three, the others 0. Loads need voltage: below 0.5 V a current or power load fades to nothing.
struct Load {
  double current_A = 0, resistance_ohm = 0, power_W = 0;
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

/// Everything on the port except the inductive branch of a short.
///   i(v) is non-increasing in v, so the loop has one solution.
class Port {
 public:
  std::optional<Charger> charger;
  std::optional<Load> load;
  std::optional<Short> short_circuit;

  void set_profile(Profile profile);  // throws std::invalid_argument unless times increase
  void clear_profile() { profile_.reset(); }
  [[nodiscard]] bool has_profile() const { return profile_.has_value(); }

  /// Moves to time `t_s`: chooses the piece of the profile that starts at or before it. Times may go back (roll-back).
  void at(double t_s);
  /// Next instant after the one of at() at which the profile has a corner; +infinity when none.
  [[nodiscard]] double next_corner_s() const { return next_corner_s_; }
  /// dI/dt of the profile in this piece.
  [[nodiscard]] double profile_slope_A_per_s() const { return slope_; }
  [[nodiscard]] double profile_current_A(double t_s) const { return start_A_ + slope_ * (t_s - start_s_); }

  /// Current that charger, load and profile (at t_s) deliver into a port of `voltage_V`; the short is left out unless
  /// `with_short`, then it counts as its resistance.
  [[nodiscard]] Delivery deliver(double voltage_V, double t_s, bool with_short) const;
  /// True when the delivered current does not depend on the port voltage around `voltage_V`.
  [[nodiscard]] bool is_stiff(double voltage_V) const;

 private:
  std::optional<Profile> profile_;
  std::size_t piece_ = 0;
  double start_s_ = 0, start_A_ = 0, slope_ = 0, next_corner_s_ = 1e300;
};

/// The path from the port to the cells as a current sees it: i > 0 when charging.
struct Path {
  double charge_ohm = 0, discharge_ohm = 0;  // whole resistance up to the inner voltages of the cells, by direction
  double charge_drop_V = 0, discharge_drop_V = 0;    // body diode of the opposite bank, 0 when its channel conducts
  bool charge_open = false, discharge_open = false;  // blocked direction
};

/// Solves i = deliver(E + i R ± drop). `inner_V` is the pack's voltage at i = 0. Exact for resistive parts, else to
/// 1e-12 relative.
[[nodiscard]] double solve_current(const Port& port, const Path& path, double inner_V, double t_s, bool with_short);

/// Voltage of the port when no current flows: where what hangs on it is in balance.
[[nodiscard]] double idle_voltage(const Port& port, double pack_V, double t_s);

}  // namespace models::port
