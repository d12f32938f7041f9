// SPDX-License-Identifier: Apache-2.0
#include "models/cell/cell_type.hpp"

#include <cmath>
#include <initializer_list>
#include <stdexcept>

#include "models/math/exact.hpp"
#include "models/math/require.hpp"

namespace models::cell {
namespace {

using math::require;
using math::zero_degC_K;

constexpr double fine_K = 0.25;

void require_all(const Lattice& lattice, const std::string& name, double low, bool open, double high,
                 const std::string& range) {
  for (const double y : lattice.values()) require((open ? y > low : y >= low) && y <= high, name, y, range);
}

std::vector<double> with_fine_knots(const std::vector<double>& degC) {
  std::vector<double> fine;
  for (std::size_t i = 0; i + 1 < degC.size(); ++i) {
    const double width = degC[i + 1] - degC[i];
    const auto pieces = static_cast<int>(std::ceil(width / fine_K - 1e-9));
    for (int k = 0; k < pieces; ++k) fine.push_back(degC[i] + width * k / pieces);
  }
  fine.push_back(degC.back());
  return fine;
}

bool varies(const std::vector<double>& axis) { return axis.size() > 1; }

struct CommonAxes {
  std::vector<double> soc, degC, current_A;
  void add(const Lattice& l) {
    if (varies(l.axes().soc)) soc = math::merged_knots(soc, l.axes().soc);
    if (varies(l.axes().degC)) degC = math::merged_knots(degC, l.axes().degC);
    if (varies(l.axes().current_A)) current_A = math::merged_knots(current_A, l.axes().current_A);
  }
  void close() {
    if (soc.empty()) soc = {0.5};
    if (degC.empty()) degC = {25};
    if (current_A.empty()) current_A = {0};
  }
};

double value_or(const Lattice& l, double otherwise, double soc, double degC, double current_A, OverTemperature over) {
  return l.empty() ? otherwise : l.at(soc, degC, current_A, over);
}

}  // namespace

CellType::CellType(CellParams params) : params_(std::move(params)) {
  check();
  flatten_circuit();
  flatten_rows();
  flatten_potential();
}

void CellType::check() const {
  const auto& p = params_;
  require(!p.ocv_V.empty(), "points of the open-circuit voltage", 0, "2 or more");
  require(!p.capacity_Ah.empty(), "values of the capacity", 0, "1 or more");
  require_all(p.capacity_Ah, "capacity", 0.01, false, 1e4, "0.01 to 10 000 Ah");
  require_all(p.coulombic_efficiency, "coulombic efficiency", 0.5, false, 1, "0.5 to 1");
  require_all(p.hysteresis_V, "hysteresis", 0, false, 1, "0 to 1 V");
  require_all(p.hysteresis_rate, "hysteresis rate", 0, false, 1000, "0 to 1000");
  for (const auto* r : {&p.r0_ohm, &p.r1_ohm, &p.r2_ohm}) require_all(*r, "resistance", 0, false, 1e6, "0 ohm or more");
  for (const auto* tau : {&p.tau1_s, &p.tau2_s}) require_all(*tau, "time constant", 0, true, 1e9, "above 0 s");
  for (const auto* c : {&p.c1_F, &p.c2_F}) require_all(*c, "capacitance", 0, true, 1e12, "above 0 F");
  for (const auto* r : {&p.r1_ohm, &p.r2_ohm}) {
    const auto& c = r == &p.r1_ohm ? p.c1_F : p.c2_F;
    if (!c.empty()) require_all(*r, "resistance beside a capacitance", 0, true, 1e6, "above 0 ohm");
  }
  require(p.heat_capacity_J_per_K > 0, "heat capacity", p.heat_capacity_J_per_K, "above 0 J/K");
  require(p.surface_heat_capacity_J_per_K >= 0, "heat capacity of the surface", p.surface_heat_capacity_J_per_K,
          "0 J/K or more");
  require(!has_surface() || p.core_to_surface_W_per_K > 0, "conductance from core to surface",
          p.core_to_surface_W_per_K, "above 0 W/K");
  require(p.to_ambient_W_per_K >= 0, "conductance to ambient", p.to_ambient_W_per_K, "0 W/K or more");
  require(p.to_neighbour_W_per_K >= 0, "conductance to neighbour", p.to_neighbour_W_per_K, "0 W/K or more");
  require(p.self_discharge_per_month >= 0 && p.self_discharge_per_month <= 1, "self-discharge",
          p.self_discharge_per_month, "0 to 1 per month");
}

void CellType::flatten_circuit() {
  const auto& p = params_;
  pair1_by_capacitance_ = !p.c1_F.empty();
  pair2_by_capacitance_ = !p.c2_F.empty();
  const Lattice &second1 = pair1_by_capacitance_ ? p.c1_F : p.tau1_s,
                &second2 = pair2_by_capacitance_ ? p.c2_F : p.tau2_s;
  CommonAxes axes;
  for (const auto* l : {&p.r0_ohm, &p.r1_ohm, &second1, &p.r2_ohm, &second2}) axes.add(*l);
  axes.close();
  const OverTemperature over = p.over_temperature;
  if (over == OverTemperature::arrhenius) axes.degC = with_fine_knots(axes.degC);
  soc_ = math::Axis(axes.soc);
  degC_ = math::Axis(axes.degC);
  current_ = math::Axis(axes.current_A);
  node_.reserve(axes.soc.size() * axes.degC.size() * axes.current_A.size());
  for (const double i : axes.current_A) {
    for (const double t : axes.degC) {
      for (const double s : axes.soc) {
        node_.push_back({value_or(p.r0_ohm, 0, s, t, i, over), value_or(p.r1_ohm, 0, s, t, i, over),
                         value_or(second1, 1, s, t, i, OverTemperature::linear), value_or(p.r2_ohm, 0, s, t, i, over),
                         value_or(second2, 1, s, t, i, OverTemperature::linear)});
      }
    }
  }
}

void CellType::flatten_rows() {
  const auto& p = params_;
  CommonAxes axes;
  for (const auto* l : {&p.capacity_Ah, &p.coulombic_efficiency, &p.hysteresis_rate}) axes.add(*l);
  if (p.self_discharge_per_month > 0) axes.degC = math::merged_knots(axes.degC, with_fine_knots({-40, 100}));
  axes.close();
  row_axis_ = math::Axis(axes.degC);
  for (const double t : axes.degC) {
    const auto linear = OverTemperature::linear;
    const double per_K = p.self_discharge_activation_K * (1 / 293.15 - 1 / (t + zero_degC_K));
    rows_.push_back({p.capacity_Ah.at(0, t, 0, linear), value_or(p.coulombic_efficiency, 1, 0, t, 0, linear),
                     value_or(p.hysteresis_rate, 0, 0, t, 0, linear), math::exp(per_K)});
  }
}

void CellType::flatten_potential() {
  const auto& p = params_;
  std::vector<double> knots = p.ocv_V.x();
  for (const auto* l : {&p.hysteresis_V, &p.dudt_V_per_K}) {
    if (varies(l->axes().soc)) knots = math::merged_knots(knots, l->axes().soc);
  }
  potential_axis_ = math::Axis(knots);
  for (const double s : knots) {
    const double m = value_or(p.hysteresis_V, 0, s, 25, 0, OverTemperature::linear);
    has_hysteresis_ = has_hysteresis_ || m > 0;
    potential_.push_back({p.ocv_V(s), m, value_or(p.dudt_V_per_K, 0, s, 25, 0, OverTemperature::linear)});
  }
  if (p.dudt_V_per_K.axes().degC.size() > 1) {
    dudt_soc_ = math::Axis(p.dudt_V_per_K.axes().soc);
    dudt_degC_ = math::Axis(p.dudt_V_per_K.axes().degC);
  }
  ocv_integral_.push_back(0);
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    ocv_integral_.push_back(ocv_integral_.back() +
                            0.5 * (knots[i + 1] - knots[i]) * (potential_[i].ocv_V + potential_[i + 1].ocv_V));
  }
}

double CellType::dudt(double soc, double degC) const {
  const auto s = dudt_soc_.clamped(soc), t = dudt_degC_.open(degC);
  const auto& y = params_.dudt_V_per_K.values();
  const auto row = [&](std::size_t temperature) {
    const std::size_t at = temperature * dudt_soc_.size() + s.i;
    return s.w > 0 ? mix(y[at], y[at + 1], s.w) : y[at];
  };
  return mix(row(t.i), row(t.i + 1), t.w);
}

double CellType::ocv_integral_V(double soc) const {
  const auto p = potential_axis_.open(soc);
  const double x = soc - potential_axis_.knots()[p.i];
  const CellPotential &a = potential_[p.i], &b = potential_[p.i + 1];
  return ocv_integral_[p.i] + x * (a.ocv_V + 0.5 * p.w * (b.ocv_V - a.ocv_V));
}

}  // namespace models::cell
