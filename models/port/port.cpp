// SPDX-License-Identifier: Apache-2.0
#include "models/port/port.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace models::port {
namespace {

constexpr double fade_V = 0.5;         // a load needs this much voltage for its full current
constexpr double compliance_V = 1000;  // of the source behind a measured profile
constexpr double idle_within_V = 1e-11;

Delivery& operator+=(Delivery& a, const Delivery& b) {
  a.current_A += b.current_A;
  a.per_V += b.per_V;
  return a;
}

/// A reversed charger stands in series with the pack, and its rectifier shorts what the pack has.
Delivery of_reversed(const Charger& c, double limit_A, double v) {
  constexpr double rectifier_V = 1.4;
  const double into = (v + c.voltage_V) / c.resistance_ohm;
  if (into <= 0) return {0, 0};
  if (into <= limit_A) return {-into, -1 / c.resistance_ohm};
  if (v <= rectifier_V) return {-limit_A, 0};
  return {-limit_A - (v - rectifier_V) / c.resistance_ohm, -1 / c.resistance_ohm};
}

Delivery of(const Charger& c, double v, double t_s) {
  const double limit_A =
      c.ramp_A_per_s > 0 ? std::min(c.current_A, c.ramp_A_per_s * std::max(0.0, t_s - c.start_s)) : c.current_A;
  if (c.reversed) return of_reversed(c, limit_A, v);
  const double limited = (c.voltage_V - v) / c.resistance_ohm;
  if (limited >= limit_A) return {limit_A, 0};
  if (limited <= 0) return {0, 0};
  return {limited, -1 / c.resistance_ohm};
}

Delivery sink(double current_A, double v, double full_V = fade_V) {
  if (v >= full_V) return {-current_A, 0};
  if (v <= 0) return {0, 0};
  return {-current_A * v / full_V, -current_A / full_V};
}

Delivery drawn(double power_W, double v, double power_V, double full_V = fade_V) {
  if (power_V > 0) return sink(-drawn(power_W, power_V, 0, full_V).current_A, v);
  if (v >= full_V) return {-power_W / v, power_W / (v * v)};
  return sink(power_W / full_V, v, full_V);
}

Delivery of(const Load& l, double v, const Instant& at) {
  Delivery sum;
  if (l.current_A > 0) sum += sink(l.current_A, v);
  if (l.resistance_ohm > 0) sum += {-v / l.resistance_ohm, -1 / l.resistance_ohm};
  if (l.power_W > 0) sum += drawn(l.power_W, v, at.power_V);
  return sum;
}

Delivery of(const Inverter& inverter, bool powered, double v, const Instant& at) {
  Delivery sum =
      inverter.power_W > 0 && powered ? drawn(inverter.power_W, v, at.power_V, inverter.minimum_V) : Delivery{};
  if (at.link_moves) sum += {(at.link_V - v) / inverter.series_ohm, -1 / inverter.series_ohm};
  return sum;
}

Delivery of(const Motor& m, bool braking, double v) {
  constexpr double brake_ohm = 10e-3;
  return braking ? of(Charger{m.regeneration_A, m.voltage_V, brake_ohm}, v, 0) : sink(m.current_A, v);
}

Delivery imposed(double current_A, double v) {
  return current_A >= 0 ? Delivery{v < compliance_V ? current_A : 0, 0} : sink(-current_A, v);
}

}  // namespace

void Port::set_profile(Profile profile) {
  for (std::size_t i = 1; i < profile.time_s.size(); ++i) {
    if (!(profile.time_s[i] > profile.time_s[i - 1])) {
      throw std::invalid_argument("the times of a profile must increase; row " + std::to_string(i + 1) + " does not");
    }
  }
  if (profile.time_s.empty()) throw std::invalid_argument("a profile needs at least one row");
  profile_ = std::move(profile);
  piece_ = 0;
}

void Port::at(double t_s) {
  at_s_ = t_s;
  next_corner_s_ = 1e300;
  choose_piece(t_s);
  choose_motor_phase(t_s);
  if (charger && charger->ramp_A_per_s > 0)
    next_corner_s_ = corner_after(t_s, charger->start_s + charger->current_A / charger->ramp_A_per_s);
  powered_ = inverter && t_s >= inverter->start_s - 0.5e-9;
  if (inverter) next_corner_s_ = corner_after(t_s, inverter->start_s);
}

double Port::corner_after(double t_s, double corner_s) const {
  return corner_s > t_s + 1e-9 ? std::min(next_corner_s_, corner_s) : next_corner_s_;
}

void Port::choose_motor_phase(double t_s) {
  if (!motor) return;
  const Motor& m = *motor;
  const double period_s = m.drive_s + m.brake_s, own_s = t_s - m.start_s + 0.5e-9;
  const double begun_s = period_s * std::floor(own_s / period_s);
  braking_ = own_s - begun_s >= m.drive_s;
  next_corner_s_ = std::min(next_corner_s_, m.start_s + begun_s + (braking_ ? period_s : m.drive_s));
}

void Port::choose_piece(double t_s) {
  start_s_ = t_s;
  start_A_ = slope_ = 0;
  if (!profile_) return;
  const auto& p = *profile_;
  const double own_s = t_s - p.start_s + 1e-12;
  while (piece_ > 0 && p.time_s[piece_] > own_s) --piece_;
  while (piece_ + 1 < p.time_s.size() && p.time_s[piece_ + 1] <= own_s) ++piece_;
  if (own_s < p.time_s.front()) {
    next_corner_s_ = p.start_s + p.time_s.front();
    return;
  }
  if (piece_ + 1 >= p.time_s.size()) return;  // over
  next_corner_s_ = p.start_s + p.time_s[piece_ + 1];
  const double a = p.current_A[piece_], b = p.current_A[piece_ + 1], length = p.time_s[piece_ + 1] - p.time_s[piece_];
  start_s_ = p.start_s + p.time_s[piece_];
  start_A_ = a;
  slope_ = p.held ? 0 : (b - a) / length;
}

Delivery Port::deliver(double voltage_V, const Instant& at) const {
  Delivery sum;
  if (charger) sum += of(*charger, voltage_V, at.t_s);
  if (load) sum += of(*load, voltage_V, at);
  if (inverter) sum += of(*inverter, powered_, voltage_V, at);
  if (motor) sum += of(*motor, braking_, voltage_V);
  if (profile_) sum += imposed(profile_current_A(at.t_s), voltage_V);
  if (short_circuit) {
    const double r = std::max(short_circuit->resistance_ohm, 1e-7);
    sum += {-voltage_V / r, -1 / r};
  }
  return sum;
}

Node Port::node(double current_A, const Instant& at) const {
  double low = -compliance_V, high = compliance_V;
  for (int pass = 0; pass < 64; ++pass) {
    const double middle = 0.5 * (low + high);
    const Delivery d = deliver(middle, at);
    if (d.current_A == current_A && d.per_V < 0) return {middle, -1 / d.per_V};
    (d.current_A >= current_A ? low : high) = middle;
    if (d.per_V >= 0) continue;
    const double guess = middle - (d.current_A - current_A) / d.per_V;  // exact on a straight piece
    if (!(guess > low && guess < high)) continue;
    const Delivery there = deliver(guess, at);
    if (std::abs(there.current_A - current_A) <= 1e-12 * std::max(1.0, std::abs(current_A)) && there.per_V < 0)
      return {guess, -1 / there.per_V};
  }
  const Delivery d = deliver(high, at);
  return {high, d.per_V < 0 ? -1 / d.per_V : 0};
}

double Port::link_A(double voltage_V, const Instant& at) const {
  return inverter && at.link_moves ? (voltage_V - at.link_V) / inverter->series_ohm : 0;
}

Waves Port::waves(double voltage_V, const Instant& at) const {
  Waves result{};
  if (charger && charger->ripple_A > 0) {
    const double delivered = std::abs(of(*charger, voltage_V, at.t_s).current_A);
    result[0] = {std::min(charger->ripple_A, delivered), charger->ripple_Hz};
  }
  if (inverter && inverter->ripple > 0 && powered_)
    result[1] = {inverter->ripple * drawn(inverter->power_W, voltage_V, 0, inverter->minimum_V).current_A,
                 inverter->ripple_Hz};
  return result;
}

bool Port::is_stiff(double voltage_V) const {
  if (load && (load->resistance_ohm > 0 || load->power_W > 0)) return false;
  if (short_circuit || inverter) return false;
  return deliver(voltage_V, {at_s_}).per_V == 0;
}

double solve_current(const Port& port, const Path& path, double inner_V, const Instant& at) {
  const auto solve = [&](double idle_V, double ohm, double first) {
    // f(i) = deliver(idle + i R) - i falls steadily: Newton inside the bracket [0, first]
    double low = std::min(0.0, first), high = std::max(0.0, first), i = first;
    // a power load draws more as the voltage falls, up to the point of maximum power
    if (first < 0 && port.has_power_load()) low = std::min(low, -0.5 * idle_V / ohm);
    for (int pass = 0; pass < 60; ++pass) {
      const Delivery d = port.deliver(idle_V + i * ohm, at);
      const double f = d.current_A - i;
      if (f == 0) return i;
      (f > 0 ? low : high) = i;
      double next = i - f / (d.per_V * ohm - 1);
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (std::abs(next - i) <= 1e-13 * std::max(1.0, std::abs(i))) return next;
      i = next;
    }
    return i;
  };
  const double charge_V = inner_V + path.charge_drop_V, discharge_V = inner_V - path.discharge_drop_V;
  if (path.charge_open) {
    const double first = port.deliver(charge_V, at).current_A;
    if (first > 0) return std::min(solve(charge_V, path.charge_ohm, first), path.charge_limit_A);
  }
  if (path.discharge_open) {
    const double first = port.deliver(discharge_V, at).current_A;
    if (first < 0) return solve(discharge_V, path.discharge_ohm, first);
  }
  return 0;
}

double idle_voltage(const Port& port, double pack_V, const Instant& at) {
  if (!port.is_driven()) return pack_V;
  const auto flows_at = [&](double v) { return port.deliver(v, at).current_A > 0; };
  double low = 0, high = compliance_V;
  for (int pass = 0; pass < 60; ++pass) {
    const double middle = 0.5 * (low + high);
    const Delivery d = port.deliver(middle, at);
    (d.current_A > 0 ? low : high) = middle;
    if (d.per_V >= 0) continue;
    const double guess = middle - d.current_A / d.per_V;  // exact on a straight piece
    const bool is_inside = guess - idle_within_V > low && guess + idle_within_V < high;
    if (is_inside && flows_at(guess - idle_within_V) && !flows_at(guess + idle_within_V)) return guess;
  }
  return 0.5 * (low + high);
}

}  // namespace models::port
