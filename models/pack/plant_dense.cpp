// SPDX-License-Identifier: Apache-2.0
// What the plant shows between the ends of a segment, in closed form.
#include <algorithm>
#include <cmath>

#include "models/math/exact.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {

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
  const CellDense& d = dense_[static_cast<std::size_t>(k)];
  const double x = seconds(t);
  return d.soc0 + x * (d.soc1 + x * d.soc2);
}

double Plant::cell_V(int k, std::int64_t t) const {
  const CellDense& d = dense_[static_cast<std::size_t>(k)];
  const double x = seconds(t);
  const double soc = d.soc0 + x * (d.soc1 + x * d.soc2), rc = d.rc0 + x * (d.rc1 + x * (d.rc2 + x * d.rc3));
  return params_.type->ocv_V(soc) + rc + d.r0_ohm * (current_at(x) + d.bias_A);
}

double Plant::cell_degC(int k, std::int64_t t) const {
  const CellDense& d = dense_[static_cast<std::size_t>(k)];
  return d.temperature0 + d.temperature1 * seconds(t);
}

double Plant::pack_V(std::int64_t t) const {
  double sum = n_ * params_.busbar_ohm * (port_A(t) - supply_A_);
  for (int k = 0; k < n_; ++k) sum += cell_V(k, t);
  return sum;
}

double Plant::port_V(std::int64_t t) const {
  const double i = port_A(t);
  const port::Path p = path();
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
