// SPDX-License-Identifier: Apache-2.0
#include "models/cell/row.hpp"

#include <algorithm>
#include <array>

#include "models/math/exact.hpp"
#include "models/math/two.hpp"

namespace models::cell {

using math::both;
using math::put;
using math::two;
using math::Two;

bool Row::suits(const CellType& type) {
  const CellParams& p = type.params();
  const auto constant = [](const Lattice* l) {
    return std::ranges::all_of(l->values(), [l](double y) { return y == l->values().front(); });
  };
  const bool even =
      std::ranges::all_of(std::array{&p.r0_ohm, &p.r1_ohm, &p.tau1_s, &p.r2_ohm, &p.tau2_s, &p.capacity_Ah}, constant);
  const bool whole = std::ranges::all_of(p.coulombic_efficiency.values(), [](double y) { return y == 1; });
  return even && whole && !type.has_hysteresis() && !type.has_entropy() && !type.has_surface() && p.c1_F.empty() &&
         p.c2_F.empty() && p.self_discharge_per_month == 0 && p.rc_heat == RcHeat::resistor &&
         p.to_neighbour_W_per_K == 0;
}

Row::Row(const CellType& type, const std::vector<CellSpread>& spread)
    : type_(&type), n_(spread.size()), padded_(n_ + n_ % 2) {
  const CellCircuit c = type.circuit(0.5, 25, 0);
  tau1_s_ = c.tau1_s;
  tau2_s_ = c.tau2_s;
  per_tau1_s_ = 1 / tau1_s_;
  per_tau2_s_ = 1 / tau2_s_;
  heat_J_per_K_ = type.params().heat_capacity_J_per_K;
  capacity_As_.fill(1);
  left_.fill(-1e300);
  right_.fill(1e300);
  for (std::size_t k = 0; k < n_; ++k) {
    r0_[k] = c.r0_ohm * spread[k].resistance;
    r1_[k] = c.r1_ohm * spread[k].resistance;
    r2_[k] = c.r2_ohm * spread[k].resistance;
    quarter_g1_[k] = r1_[k] > 0 ? 0.25 / r1_[k] : 0;
    quarter_g2_[k] = r2_[k] > 0 ? 0.25 / r2_[k] : 0;
    capacity_As_[k] = 3600 * type.capacity_Ah() * spread[k].capacity;
    gain_[k] = 1 / capacity_As_[k];
    left_[k] = right_[k] = 1e300;  // no piece yet
    r0_sum_ohm_ += r0_[k];
    r1_sum_ohm_ += r1_[k];
    r2_sum_ohm_ += r2_[k];
  }
}

void Row::advance(const Ramp& ramp, double dt_s, const Surroundings& env) {
  const double h = dt_s;
  if (h != dt_s_ || env.conductance_W_per_K != conductance_) {
    dt_s_ = h;
    conductance_ = env.conductance_W_per_K;
    const double z = h * conductance_ / heat_J_per_K_;
    warm_ = (z > 1e-9 ? (1 - math::exp(-z)) / z : 1) * h / heat_J_per_K_;
  }
  const double i0 = ramp.start_A, slope = ramp.slope_A_per_s, i1 = i0 + slope * h, mean = i0 + 0.5 * h * slope;
  const Lags& l = lags(h);
  per_s_ = l.per_s;
  const double per_h = l.per_s, square = (i0 * i0 + 4 * mean * mean + i1 * i1) * (1.0 / 6), moved = mean * h;
  const Two e1 = both(l.e1), e2 = both(l.e2), u1 = both(i0 * l.a1 + slope * l.b1), u2 = both(i0 * l.a2 + slope * l.b2);
  const Two t1 = both(per_tau1_s_), t2 = both(per_tau2_s_), warm = both(warm_), conductance = both(conductance_),
            ambient = both(env.mean_degC);
  const Two squares = both(square), charge_As = both(moved), from_A = both(i0), to_A = both(i1), rise_A = both(slope),
            half_rise = both(0.5 * slope), once = both(per_h), twice = both(per_h * per_h);
  const std::size_t cells = padded_;
  for (std::size_t k = 0; k < cells; k += 2) {
    const Two v1 = two(&v1_[k]), v2 = two(&v2_[k]), r0 = two(&r0_[k]), r1 = two(&r1_[k]), r2 = two(&r2_[k]);
    const Two w1 = v1 * e1 + r1 * u1, w2 = v2 * e2 + r2 * u2;
    put(&end_soc_[k], two(&soc_[k]) + two(&gain_[k]) * charge_As);
    put(&end_v1_[k], w1);
    put(&end_v2_[k], w2);
    const Two m1 = v1 + w1, m2 = v2 + w2, degC = two(&degC_[k]);
    const Two heat = r0 * squares + m1 * m1 * two(&quarter_g1_[k]) + m2 * m2 * two(&quarter_g2_[k]);
    put(&end_degC_[k], degC + warm * (heat - conductance * (degC - ambient)));
    const Two d0 = (r1 * from_A - v1) * t1 + (r2 * from_A - v2) * t2,
              d1 = (r1 * to_A - w1) * t1 + (r2 * to_A - w2) * t2;
    const Two a = v1 + v2, rise = (w1 + w2 - a) * once, d = d0 + d1;
    const Two ocv1 = two(&ocv1_[k]), climb = ocv1 * two(&gain_[k]);
    put(&p0_[k], a + r0 * from_A + (two(&ocv0_[k]) + ocv1 * two(&soc_[k])));
    put(&p1_[k], d0 + r0 * rise_A + climb * from_A);
    put(&p2_[k], (3 * rise - d0 - d) * once + climb * half_rise);
    put(&p3_[k], (d - 2 * rise) * twice);
  }
  start_A_ = i0;
  half_slope_ = 0.5 * slope;
  // where the current turns, the charge goes beyond its ends
  const double turned_As = i0 * i1 < 0 ? 0.5 * i0 * i0 / (i0 - i1) * h : 0;
  const double low_As = std::min({0.0, moved, turned_As}), high_As = std::max({0.0, moved, turned_As});
  see_knots(low_As, high_As);
  forget_knots_beyond(low_As, high_As);
  const Ahead end = ahead(i0, l);
  start_V_ = start_inner_V() + r0_sum_ohm_ * i0;
  end_V_ = end.volts + slope * end.per_slope + seen_bends_V(moved) + r0_sum_ohm_ * i1;
}

void Row::store(std::array<CellState, most>& to) const {
  for (std::size_t k = 0; k < n_; ++k) {
    CellState& s = to[k];
    s.soc = end_soc_[k];
    s.v1_V = end_v1_[k];
    s.v2_V = end_v2_[k];
    s.temperature_degC = s.surface_degC = end_degC_[k];
  }
}

/// The cells that cross knots; returns what they add to the sum.
double Row::add_bends(double x, double* out) const {
  const double moved_As = x * (start_A_ + half_slope_ * x);
  double sum = 0;
  const auto add = [&](std::size_t k, double bend_V) {
    out[k] += bend_V;
    sum += bend_V;
  };
  for (std::size_t j = 0; j < knot_count_; ++j) add(knots_[j].cell, knots_[j].bend_V(moved_As));
  for (std::size_t j = 0; j < stray_count_; ++j) add(strays_[j], stray_V(strays_[j], moved_As));
  return sum;
}

}  // namespace models::cell
