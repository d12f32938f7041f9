// SPDX-License-Identifier: Apache-2.0
#include "models/cell/row.hpp"

#include <algorithm>
#include <array>

#include "models/math/exact.hpp"

namespace models::cell {

namespace {

const RowLanes& best_lanes() {
  const RowLanes* const avx = row_lanes_of_avx();
  return avx != nullptr ? *avx : row_lanes_of_any_machine();
}

}  // namespace

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

Row::Row(const CellType& type, const std::vector<CellSpread>& spread, const RowLanes* lanes)
    : type_(&type), lanes_(lanes != nullptr ? lanes : &best_lanes()) {
  d_.cells = spread.size();
  d_.padded = (d_.cells + RowData::lanes - 1) / RowData::lanes * RowData::lanes;
  const CellCircuit c = type.circuit(0.5, 25, 0);
  tau1_s_ = c.tau1_s;
  tau2_s_ = c.tau2_s;
  d_.per_tau1_s = 1 / tau1_s_;
  d_.per_tau2_s = 1 / tau2_s_;
  heat_J_per_K_ = type.params().heat_capacity_J_per_K;
  d_.capacity_As.fill(1);
  for (RowData::Values* left : {&d_.left, &d_.far_left}) left->fill(-1e300);
  for (RowData::Values* right : {&d_.right, &d_.far_right}) right->fill(1e300);
  for (std::size_t k = 0; k < d_.cells; ++k) {
    d_.r0[k] = c.r0_ohm * spread[k].resistance;
    d_.r1[k] = c.r1_ohm * spread[k].resistance;
    d_.r2[k] = c.r2_ohm * spread[k].resistance;
    d_.quarter_g1[k] = d_.r1[k] > 0 ? 0.25 / d_.r1[k] : 0;
    d_.quarter_g2[k] = d_.r2[k] > 0 ? 0.25 / d_.r2[k] : 0;
    d_.capacity_As[k] = 3600 * type.capacity_Ah() * spread[k].capacity;
    d_.gain[k] = 1 / d_.capacity_As[k];
    d_.left[k] = d_.right[k] = 1e300;  // no piece yet
    r0_sum_ohm_ += d_.r0[k];
    r1_sum_ohm_ += d_.r1[k];
    r2_sum_ohm_ += d_.r2[k];
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
  lanes_->step(d_, {i0, slope, h, l.per_s, l.e1, i0 * l.a1 + slope * l.b1, l.e2, i0 * l.a2 + slope * l.b2, warm_,
                    conductance_, env.mean_degC});
  start_A_ = i0;
  half_slope_ = 0.5 * slope;
  const double turned_As = i0 * i1 < 0 ? 0.5 * i0 * i0 / (i0 - i1) * h : 0;  // where the current turns
  strays_ = is_far(mean * h) || is_far(turned_As);
  const Ahead end = ahead(i0, l);
  start_V_ = start_inner_V() + r0_sum_ohm_ * i0;
  end_V_ = end.volts + slope * end.per_slope + bends_V(mean * h) + r0_sum_ohm_ * i1;
}

void Row::store(std::array<CellState, most>& to) const {
  for (std::size_t k = 0; k < d_.cells; ++k) {
    CellState& s = to[k];
    s.soc = d_.end_soc[k];
    s.v1_V = d_.end_v1[k];
    s.v2_V = d_.end_v2[k];
    s.temperature_degC = s.surface_degC = d_.end_degC[k];
  }
}

void Row::voltages(std::int64_t first_ns, std::int64_t every_ns, std::size_t count, double links_ohm,
                   double* out) const {
  lanes_->voltages(d_, {first_ns, every_ns, count, start_A_, half_slope_, links_ohm}, out);
  if (!strays_) return;
  for (std::size_t i = 0; i < count; ++i, first_ns += every_ns, out += d_.cells + 1) {
    const double x = static_cast<double>(first_ns) * 1e-9;
    add_strays(x * (start_A_ + half_slope_ * x), out);
  }
}

/// Cells that crossed more than one knot.
void Row::add_strays(double moved_As, double* out) const {
  for (std::size_t k = 0; is_far(moved_As) && k < d_.cells; ++k) {
    const double stray = stray_V(k, moved_As);
    out[k] += stray;
    out[d_.cells] += stray;
  }
}

}  // namespace models::cell
