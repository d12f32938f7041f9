// SPDX-License-Identifier: Apache-2.0
#include "models/cell/cell.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "models/math/require.hpp"

namespace models::cell {
namespace {

using math::require;
using math::zero_degC_K;

}  // namespace

CellEnergy& CellEnergy::operator+=(const CellEnergy& o) {
  r0_heat_J += o.r0_heat_J;
  rc_heat_J += o.rc_heat_J;
  rc_stored_J += o.rc_stored_J;
  hysteresis_J += o.hysteresis_J;
  entropic_heat_J += o.entropic_heat_J;
  entropic_shift_J += o.entropic_shift_J;
  internal_short_J += o.internal_short_J;
  ocv_stored_J += o.ocv_stored_J;
  coulombic_loss_J += o.coulombic_loss_J;
  self_discharge_J += o.self_discharge_J;
  return *this;
}

Cell::Cell(std::shared_ptr<const CellType> type, CellSpread spread)
    : type_(std::move(type)), spread_(spread), flow_(type_->params()) {
  require(spread.capacity > 0, "capacity factor", spread.capacity, "above 0");
  require(spread.resistance >= 0, "resistance factor", spread.resistance, "0 or more");
  require(spread.self_discharge >= 0, "self-discharge factor", spread.self_discharge, "0 or more");
  set_faults({});
}

void Cell::set_faults(const CellFaults& faults) {
  require(faults.internal_short_ohm >= 0, "internal short", faults.internal_short_ohm, "0 ohm (none) or more");
  require(faults.capacity_factor > 0, "capacity left", faults.capacity_factor, "above 0");
  require(faults.resistance_factor > 0, "resistance growth", faults.resistance_factor, "above 0");
  faults_ = faults;
  resistance_ = spread_.resistance * faults.resistance_factor;
  capacity_ = spread_.capacity * faults.capacity_factor;
  leak_S_ = faults.internal_short_ohm > 0 ? 1 / faults.internal_short_ohm : 0;
}

double Cell::inner_V(const CellState& s, const CellPotential& p) const {
  return p.ocv_V + type_->voltage_shift_V(p, s.temperature_degC) + p.hysteresis_V * s.hysteresis + s.v1_V + s.v2_V;
}

double Cell::inner_V(const CellState& s) const {
  if (held_V_) return faults_.reversed ? -*held_V_ : *held_V_;  // the source stands the right way round
  return inner_V(s, type_->potential(s.soc, s.temperature_degC));
}

void Cell::hold(std::optional<double> terminal_V) {
  constexpr double most_V = 20;
  require(!terminal_V || std::abs(*terminal_V) <= most_V, "held voltage", terminal_V.value_or(0), "-20 to 20 V");
  held_V_ = terminal_V;
}

CellCircuit Cell::circuit(const CellState& s, double current_A) const {
  CellCircuit c = type_->circuit(s.soc, s.temperature_degC, current_A);
  c.r0_ohm *= resistance_;
  c.r1_ohm *= resistance_;
  c.r2_ohm *= resistance_;
  return c;
}

double Cell::heat_W(const CellState& s, double i) const {
  if (held_V_) return 0;
  const CellCircuit c = circuit(s, i);
  const CellPotential p = type_->potential(s.soc, s.temperature_degC);
  const double leak = leak_S_ * inner_V(s, p), j = i - leak;
  double heat =
      c.r0_ohm * i * i + j * p.hysteresis_V * s.hysteresis + j * (s.temperature_degC + zero_degC_K) * p.dudt_V_per_K;
  if (leak != 0) heat += leak * leak / leak_S_;
  if (type_->params().rc_heat == RcHeat::inflow) return heat + j * (s.v1_V + s.v2_V);
  if (c.r1_ohm > 0) heat += s.v1_V * s.v1_V / c.r1_ohm;
  if (c.r2_ohm > 0) heat += s.v2_V * s.v2_V / c.r2_ohm;
  return heat;
}

CellRates Cell::rates(const CellState& s, double i) const {
  if (held_V_) return {0, 0, 0, 0};
  const CellCircuit c = circuit(s, i);
  const CellAtTemperature at = type_->at(s.temperature_degC);
  const double j = leak_S_ > 0 ? i - leak_S_ * inner_V(s) : i;
  const double gain = (j > 0 ? at.coulombic_efficiency : 1) / (3600 * at.capacity_Ah * capacity_);
  const double lost = type_->self_discharge_per_h(s.soc, at) * spread_.self_discharge * (1.0 / 3600);
  const double toward = j > 0 ? 1 : j < 0 ? -1 : s.hysteresis;
  return {gain * j - lost, (c.r1_ohm * j - s.v1_V) / c.tau1_s + (c.r2_ohm * j - s.v2_V) / c.tau2_s,
          at.hysteresis_rate * gain * std::abs(j) * (toward - s.hysteresis), c.r0_ohm};
}

double Cell::cubic_s(const CellState& s, const Ramp& ramp, double within_V, double longest_s) const {
  if (held_V_) return longest_s;
  const CellCircuit c = circuit(s, ramp.start_A);
  const auto limit = [&](double v, double ohm, double tau_s) {
    const double share_V = v - ohm * (ramp.start_A - ramp.slope_A_per_s * tau_s), z = longest_s / tau_s,
                 allowed = 0.5 * hermite_bound * within_V, wanted = std::abs(share_V) * (z * z) * (z * z);
    if (wanted > allowed) longest_s *= std::sqrt(std::sqrt(allowed / wanted));
  };
  limit(s.v1_V, c.r1_ohm, c.tau1_s);
  limit(s.v2_V, c.r2_ohm, c.tau2_s);
  return longest_s;
}

}  // namespace models::cell
