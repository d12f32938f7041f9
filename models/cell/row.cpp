// SPDX-License-Identifier: Apache-2.0
#include "models/cell/row.hpp"

#include <algorithm>
#include <array>

#include "models/math/exact.hpp"

namespace models::cell {

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

Row::Row(const CellType& type, const std::vector<CellSpread>& spread) : type_(&type), n_(spread.size()) {
  const CellCircuit c = type.circuit(0.5, 25, 0);
  tau1_s_ = c.tau1_s;
  tau2_s_ = c.tau2_s;
  heat_J_per_K_ = type.params().heat_capacity_J_per_K;
  for (std::size_t k = 0; k < n_; ++k) {
    r0_[k] = c.r0_ohm * spread[k].resistance;
    r1_[k] = c.r1_ohm * spread[k].resistance;
    r2_[k] = c.r2_ohm * spread[k].resistance;
    g1_[k] = r1_[k] > 0 ? 1 / r1_[k] : 0;
    g2_[k] = r2_[k] > 0 ? 1 / r2_[k] : 0;
    gain_[k] = 1 / (3600 * type.capacity_Ah() * spread[k].capacity);
    left_[k] = 1;  // no piece yet
    r0_sum_ohm_ += r0_[k];
  }
}

void Row::advance(const std::array<CellState, most>& from, const Ramp& ramp, double dt_s, const Surroundings& env) {
  const double h = dt_s;
  if (h != dt_s_ || env.conductance_W_per_K != conductance_) {
    dt_s_ = h;
    conductance_ = env.conductance_W_per_K;
    e1_ = math::exp(-h / tau1_s_);
    a1_ = 1 - e1_;
    b1_ = h - tau1_s_ * a1_;
    e2_ = math::exp(-h / tau2_s_);
    a2_ = 1 - e2_;
    b2_ = h - tau2_s_ * a2_;
    const double z = h * conductance_ / heat_J_per_K_;
    warm_ = (z > 1e-9 ? (1 - math::exp(-z)) / z : 1) * h / heat_J_per_K_;
  }
  const double i0 = ramp.start_A, slope = ramp.slope_A_per_s, i1 = i0 + slope * h, mean = i0 + 0.5 * h * slope;
  const double u1 = i0 * a1_ + slope * b1_, u2 = i0 * a2_ + slope * b2_, t1 = 1 / tau1_s_, t2 = 1 / tau2_s_;
  const double per_h = 1 / h, square = (i0 * i0 + 4 * mean * mean + i1 * i1) * (1.0 / 6), moved = mean * h;
  for (std::size_t k = 0; k < n_; ++k) {
    soc_[k] = from[k].soc;
    v1_[k] = from[k].v1_V;
    v2_[k] = from[k].v2_V;
    degC_[k] = from[k].temperature_degC;
  }
  for (std::size_t k = 0; k < n_; ++k) {
    const double v1 = v1_[k], v2 = v2_[k], w1 = v1 * e1_ + r1_[k] * u1, w2 = v2 * e2_ + r2_[k] * u2;
    end_soc_[k] = soc_[k] + gain_[k] * moved;
    end_v1_[k] = w1;
    end_v2_[k] = w2;
    const double m1 = 0.5 * (v1 + w1), m2 = 0.5 * (v2 + w2);
    const double heat = r0_[k] * square + m1 * m1 * g1_[k] + m2 * m2 * g2_[k];
    end_degC_[k] = degC_[k] + warm_ * (heat - conductance_ * (degC_[k] - env.mean_degC));
    const double d0 = (r1_[k] * i0 - v1) * t1 + (r2_[k] * i0 - v2) * t2,
                 d1 = (r1_[k] * i1 - w1) * t1 + (r2_[k] * i1 - w2) * t2;
    const double a = v1 + v2, rise = (w1 + w2 - a) * per_h;
    p0_[k] = a + r0_[k] * i0;
    p1_[k] = d0 + r0_[k] * slope;
    p2_[k] = (3 * rise - 2 * d0 - d1) * per_h;
    p3_[k] = (d0 + d1 - 2 * rise) * per_h * per_h;
  }
  find_pieces(ramp);
  double start = 0, end = 0;
  for (std::size_t k = 0; k < n_; ++k) {
    start += p0_[k];
    end += p0_[k] + h * (p1_[k] + h * (p2_[k] + h * p3_[k]));
  }
  for (std::size_t j = 0; j < stray_count_; ++j) {
    start += type_->ocv_V(soc_[strays_[j]]);
    end += type_->ocv_V(end_soc_[strays_[j]]);
  }
  start_V_ = start;
  end_V_ = end;
}

void Row::find_pieces(const Ramp& ramp) {
  const double i0 = ramp.start_A, i1 = i0 + ramp.slope_A_per_s * dt_s_;
  stray_count_ = 0;
  start_A_ = i0;
  half_slope_ = 0.5 * ramp.slope_A_per_s;
  // where the current turns, the state of charge goes beyond its ends
  const double beyond_As = i0 * i1 < 0 ? 0.5 * i0 * i0 / std::max(i1 - i0, i0 - i1) * dt_s_ : 0;
  unsigned outside = 0;
  for (std::size_t k = 0; k < n_; ++k) {
    const double more = gain_[k] * beyond_As, low = std::min(soc_[k], end_soc_[k]) - more,
                 high = std::max(soc_[k], end_soc_[k]) + more;
    outside += static_cast<unsigned>(low < left_[k]) + static_cast<unsigned>(high > right_[k]);
  }
  if (outside > 0) {
    const auto& x = type_->params().ocv_V.x();
    for (std::size_t k = 0; k < n_; ++k) {
      const double more = gain_[k] * beyond_As, low = std::min(soc_[k], end_soc_[k]) - more,
                   high = std::max(soc_[k], end_soc_[k]) + more, middle = 0.5 * (low + high);
      if (low < left_[k] || high > right_[k]) {
        const auto next = std::upper_bound(x.begin() + 1, x.end() - 1, middle);
        left_[k] = next == x.begin() + 1 ? -1e300 : *(next - 1);
        right_[k] = next == x.end() - 1 ? 1e300 : *next;
        const auto p = type_->params().ocv_V.at(middle);
        ocv1_[k] = p.slope;
        ocv0_[k] = p.value - p.slope * middle;
      }
      if (low < left_[k] || high > right_[k]) {
        strays_[stray_count_++] = k;
        ocv0_[k] = ocv1_[k] = 0;
        right_[k] = left_[k] - 1;
      }
    }
  }
  const double half = 0.5 * ramp.slope_A_per_s;
  for (std::size_t k = 0; k < n_; ++k) {
    p0_[k] += ocv0_[k] + ocv1_[k] * soc_[k];
    p1_[k] += ocv1_[k] * gain_[k] * i0;
    p2_[k] += ocv1_[k] * gain_[k] * half;
  }
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

double Row::voltages(double x, double* out) const {
  for (std::size_t k = 0; k < n_; ++k) out[k] = p0_[k] + x * (p1_[k] + x * (p2_[k] + x * p3_[k]));
  for (std::size_t j = 0; j < stray_count_; ++j) {
    const std::size_t k = strays_[j];
    out[k] += type_->ocv_V(soc_[k] + gain_[k] * x * (start_A_ + half_slope_ * x));
  }
  double even = 0, odd = 0;
  for (std::size_t k = 0; k + 1 < n_; k += 2) even += out[k], odd += out[k + 1];
  return even + odd + (n_ % 2 == 1 ? out[n_ - 1] : 0);
}

}  // namespace models::cell
