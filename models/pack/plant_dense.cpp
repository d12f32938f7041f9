// SPDX-License-Identifier: Apache-2.0
// What the plant shows between the ends of a segment, in closed form.
#include <algorithm>
#include <cmath>

#include "models/math/exact.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {
namespace {

/// Through both ends with their slopes.
Cubic cubic(double from, double to, double slope_from, double slope_to, double h) {
  if (h <= 0) return {from, 0, 0, 0};
  const double mean = (to - from) / h;
  return {from, slope_from, (3 * mean - 2 * slope_from - slope_to) / h, (slope_from + slope_to - 2 * mean) / (h * h)};
}

}  // namespace

void Plant::fit_cells() const {
  const double h = seconds(t1_);
  const cell::Ramp ramp = ramp_until(h);
  const auto per_s = [h](double from, double to) { return h > 0 ? (to - from) / h : 0; };
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    CellDense& d = dense_[k];
    const cell::CellState &a = state_.cell[k], &b = next_.cell[k];
    const double i0 = d.sign * (ramp.start_A + d.bias_A), i1 = i0 + d.sign * ramp.slope_A_per_s * h;
    const cell::CellRates from = cells_[k].rates(a, i0), until = cells_[k].rates(b, i1);
    d.soc0 = a.soc;
    d.soc1 = from.soc_per_s;
    d.soc2 = h > 0 ? (per_s(a.soc, b.soc) - from.soc_per_s) / h : 0;
    d.hysteresis = cubic(a.hysteresis, b.hysteresis, from.hysteresis_per_s, until.hysteresis_per_s, h);
    d.rc = cubic(a.v1_V + a.v2_V, b.v1_V + b.v2_V, from.rc_V_per_s, until.rc_V_per_s, h);
    d.temperature0 = a.temperature_degC;
    d.temperature1 = per_s(a.temperature_degC, b.temperature_degC);
  }
}

void Plant::fit_dense() {
  const double h = seconds(t1_);
  const auto per_s = [h](double from, double to) { return h > 0 ? (to - from) / h : 0; };
  fit_cells();
  mos_slope_ = per_s(state_.mos_degC, next_.mos_degC);
  store_slope_ = per_s(state_.store_J, next_.store_J);
  for (std::size_t s = 0; s < 3; ++s) bead_slope_[s] = per_s(state_.bead_degC[s], next_.bead_degC[s]);
}

double Plant::current_at(double x) const {
  if (current_.exponential) return current_.settled_A + current_.decaying_A * math::exp(-current_.rate_per_s * x);
  return current_.start_A + current_.slope_A_per_s * x;
}

double Plant::charge_As(double x) const {
  if (!current_.exponential) return x * (current_.start_A + 0.5 * current_.slope_A_per_s * x);
  const double faded = 1 - math::exp(-current_.rate_per_s * x);
  return current_.settled_A * x + current_.decaying_A * faded / current_.rate_per_s;
}

cell::Ramp Plant::ramp_until(double x) const {  // same charge and same rise as the true current
  if (!current_.exponential || x <= 0) return {current_at(0), current_.exponential ? 0 : current_.slope_A_per_s};
  const double rise = current_at(x) - current_at(0);
  return {charge_As(x) / x - 0.5 * rise, rise / x};
}

double Plant::cell_soc(int k, std::int64_t t) const {
  const CellDense& d = dense(k);
  const double x = seconds(t);
  return d.soc0 + x * (d.soc1 + x * d.soc2);
}

double Plant::cell_V(int k, std::int64_t t) const {
  const CellDense& d = dense(k);
  const double x = seconds(t);
  const double soc = d.soc0 + x * (d.soc1 + x * d.soc2), degC = d.temperature0 + d.temperature1 * x;
  const cell::CellPotential p = params_.type->potential(soc, degC);
  const double inner = p.ocv_V + p.hysteresis_V * d.hysteresis(x) + d.rc(x) + params_.type->voltage_shift_V(p, degC);
  return d.sign * inner + (d.r0_ohm + d.r0_slope * x) * (current_at(x) + d.bias_A);
}

double Plant::cell_degC(int k, std::int64_t t) const {
  const CellDense& d = dense(k);
  return d.temperature0 + d.temperature1 * seconds(t);
}

double Plant::pack_V(std::int64_t t) const {
  double sum = n_ * params_.busbar_ohm * (port_A(t) - supply_A_);
  for (int k = 0; k < n_; ++k) sum += cell_V(k, t);
  return sum;
}

void Plant::voltages(std::int64_t t, double* out) const {
  if (in_row_) {
    const double x = seconds(t);
    out[n_] = row_.voltages(x, out) + n_ * params_.busbar_ohm * (current_at(x) - supply_A_);
    return;
  }
  double sum = n_ * params_.busbar_ohm * (port_A(t) - supply_A_);
  for (int k = 0; k < n_; ++k) sum += out[k] = cell_V(k, t);
  out[n_] = sum;
}

double Plant::port_V(std::int64_t t) const {
  const double i = port_A(t);
  const port::Path p = path(0);
  if (i == 0) {  // a conducting path holds the port within what would make a current flow
    const double pack = pack_V(t), idle = port::idle_voltage(port_, pack, static_cast<double>(t) * 1e-9);
    const double low = p.discharge_open ? pack - p.discharge_drop_V : idle;
    const double high = p.charge_open ? pack + p.charge_drop_V : idle;
    return std::min(std::max(idle, low), std::max(high, low));
  }
  const double batteries = r0_sum_ + n_ * params_.busbar_ohm;
  return pack_V(t) + (i > 0 ? p.charge_drop_V + i * (p.charge_ohm - batteries)
                            : -p.discharge_drop_V + i * (p.discharge_ohm - batteries));
}

double Plant::bead_degC(int sensor, std::int64_t t) const {
  const auto s = static_cast<std::size_t>(sensor);
  return state_.bead_degC[s] + bead_slope_[s] * seconds(t);
}

double Plant::avalanche_J(std::int64_t t) const {
  return state_.avalanche_J + avalanche_V_ * std::abs(charge_As(seconds(t)));
}

}  // namespace models::pack
