// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/cell_of.hpp"

#include <cmath>

namespace rig::cell_fit {
namespace {

using models::cell::CellParams;
using models::cell::Lattice;

std::vector<double> all_rounded(std::vector<double> values) {
  for (double& value : values) value = rounded(value);
  return values;
}

Lattice lattice_of(const Solution& s, Quantity q) {
  Lattice::Axes axes;
  axes.soc = all_rounded(s.soc);
  if (s.groups.size() > 1) {
    axes.degC.clear();
    for (const Estimate& group : s.groups) axes.degC.push_back(rounded(group.temperature_degC));
  }
  std::vector<double> values;
  for (const Estimate& group : s.groups) {
    for (const double value : group.value[q]) values.push_back(rounded(value));
  }
  return Lattice::grid(axes, values);
}

}  // namespace

double rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 5);
  return unit >= 1 ? std::round(value / unit) * unit : std::round(value * (1 / unit)) / (1 / unit);
}

CellParams cell_of(const Solution& s, double capacity_Ah, const Chemistry& kind) {
  CellParams p;
  p.capacity_Ah = rounded(capacity_Ah);
  p.coulombic_efficiency = kind.coulombic_efficiency;
  p.ocv_V = models::math::Table(all_rounded(s.ocv_soc), all_rounded(s.ocv_V));
  if (!s.hysteresis_V.empty()) {
    p.hysteresis_V = Lattice::over_soc(all_rounded(s.ocv_soc), all_rounded(s.hysteresis_V));
    p.hysteresis_rate = 20;
  }
  p.r0_ohm = lattice_of(s, r0);
  p.r1_ohm = lattice_of(s, r1);
  p.tau1_s = lattice_of(s, tau1);
  p.r2_ohm = lattice_of(s, r2);
  p.tau2_s = lattice_of(s, tau2);
  p.heat_capacity_J_per_K = rounded(kind.heat_J_per_K_Ah * capacity_Ah);
  p.to_ambient_W_per_K = rounded(kind.heat_exchange_W * std::cbrt(capacity_Ah * capacity_Ah));
  return p;
}

}  // namespace rig::cell_fit
