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

Delivery& operator+=(Delivery& a, const Delivery& b) {
  a.current_A += b.current_A;
  a.per_V += b.per_V;
  return a;
}

Delivery of(const Charger& c, double v) {
  const double limited = (c.voltage_V - v) / c.resistance_ohm;
  if (limited >= c.current_A) return {c.current_A, 0};
  if (limited <= 0) return {0, 0};
  return {limited, -1 / c.resistance_ohm};
}

Delivery sink(double current_A, double v) {
  if (v >= fade_V) return {-current_A, 0};
  if (v <= 0) return {0, 0};
  return {-current_A * v / fade_V, -current_A / fade_V};
}

Delivery of(const Load& l, double v) {
  Delivery sum;
  if (l.current_A > 0) sum += sink(l.current_A, v);
  if (l.resistance_ohm > 0) sum += {-v / l.resistance_ohm, -1 / l.resistance_ohm};
  if (l.power_W > 0) {
    if (v >= fade_V)
      sum += {-l.power_W / v, l.power_W / (v * v)};
    else
      sum += sink(l.power_W / fade_V, v);
  }
  return sum;
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
  start_s_ = t_s;
  start_A_ = slope_ = 0;
  next_corner_s_ = 1e300;
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

Delivery Port::deliver(double voltage_V, double t_s, bool with_short) const {
  Delivery sum;
  if (charger) sum += of(*charger, voltage_V);
  if (load) sum += of(*load, voltage_V);
  if (profile_) sum += imposed(profile_current_A(t_s), voltage_V);
  if (with_short && short_circuit) {
    const double r = std::max(short_circuit->resistance_ohm, 1e-7);
    sum += {-voltage_V / r, -1 / r};
  }
  return sum;
}

bool Port::is_stiff(double voltage_V) const {
  if (load && (load->resistance_ohm > 0 || load->power_W > 0)) return false;
  if (short_circuit) return false;
  return deliver(voltage_V, start_s_, false).per_V == 0;
}

double solve_current(const Port& port, const Path& path, double inner_V, double t_s, bool with_short) {
  const auto solve = [&](double idle_V, double ohm, double first) {
    // f(i) = deliver(idle + i R) - i falls steadily: Newton inside the bracket [0, first]
    double low = std::min(0.0, first), high = std::max(0.0, first), i = first;
    // a power load draws more as the voltage falls, up to the point of maximum power
    if (first < 0 && port.load && port.load->power_W > 0) low = std::min(low, -0.5 * idle_V / ohm);
    for (int pass = 0; pass < 60; ++pass) {
      const Delivery d = port.deliver(idle_V + i * ohm, t_s, with_short);
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
    const double first = port.deliver(charge_V, t_s, with_short).current_A;
    if (first > 0) return solve(charge_V, path.charge_ohm, first);
  }
  if (path.discharge_open) {
    const double first = port.deliver(discharge_V, t_s, with_short).current_A;
    if (first < 0) return solve(discharge_V, path.discharge_ohm, first);
  }
  return 0;
}

double idle_voltage(const Port& port, double pack_V, double t_s) {
  const bool driven = port.charger || port.load || port.short_circuit || port.has_profile();
  if (!driven) return pack_V;
  double low = 0, high = compliance_V;
  for (int pass = 0; pass < 60; ++pass) {
    const double middle = 0.5 * (low + high);
    (port.deliver(middle, t_s, true).current_A > 0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace models::port
