// SPDX-License-Identifier: Apache-2.0
#include "models/cell/cell.hpp"

#include <stdexcept>

namespace models::cell {
namespace {

constexpr double grid_start_degC = -60, grid_step_K = 0.1;
constexpr std::size_t grid_points = 2001;
constexpr double zero_degC_K = 273.15;

void require(bool ok, const std::string& name, double value, const std::string& range) {
  if (!ok) throw std::invalid_argument(name + " is " + std::to_string(value) + "; allowed: " + range);
}

double clamped(const math::Table& table, double x) {
  if (x <= table.x().front()) return table.y().front();
  if (x >= table.x().back()) return table.y().back();
  return table(x);
}

/// ln R linear in 1/T between the rows; rows of 0 ohm are interpolated linearly.
double arrhenius(const math::Table& table, double degC) {
  const auto& t = table.x();
  const auto& r = table.y();
  if (degC <= t.front()) return r.front();
  if (degC >= t.back()) return r.back();
  std::size_t i = 0;
  while (degC >= t[i + 1]) ++i;
  if (r[i] <= 0 || r[i + 1] <= 0) return table(degC);
  const double x0 = 1 / (t[i] + zero_degC_K), x1 = 1 / (t[i + 1] + zero_degC_K), x = 1 / (degC + zero_degC_K);
  const double l0 = math::log(r[i]), l1 = math::log(r[i + 1]);
  return math::exp(l0 + (l1 - l0) * (x - x0) / (x1 - x0));
}

double mix(double a, double b, double w) { return a + (b - a) * w; }

}  // namespace

CellType::CellType(CellParams params) : params_(std::move(params)) {
  const auto& p = params_;
  require(p.capacity_Ah >= 0.01 && p.capacity_Ah <= 1e4, "capacity", p.capacity_Ah, "0.01 to 10 000 Ah");
  require(p.coulombic_efficiency >= 0.5 && p.coulombic_efficiency <= 1, "coulombic efficiency", p.coulombic_efficiency,
          "0.5 to 1");
  require(p.heat_capacity_J_per_K > 0, "heat capacity", p.heat_capacity_J_per_K, "above 0 J/K");
  require(p.to_ambient_W_per_K >= 0, "conductance to ambient", p.to_ambient_W_per_K, "0 W/K or more");
  require(p.to_neighbour_W_per_K >= 0, "conductance to neighbour", p.to_neighbour_W_per_K, "0 W/K or more");
  for (const auto* tau : {&p.tau1_s, &p.tau2_s}) {
    for (const double y : tau->y()) require(y > 0, "time constant", y, "above 0 s");
  }
  for (const auto* r : {&p.r0_ohm, &p.r1_ohm, &p.r2_ohm}) {
    for (const double y : r->y()) require(y >= 0, "resistance", y, "0 ohm or more");
  }
  grid_.reserve(grid_points);
  for (std::size_t i = 0; i < grid_points; ++i) {
    const double t = grid_start_degC + grid_step_K * static_cast<double>(i);
    grid_.push_back({arrhenius(p.r0_ohm, t), arrhenius(p.r1_ohm, t), clamped(p.tau1_s, t), arrhenius(p.r2_ohm, t),
                     clamped(p.tau2_s, t)});
  }
}

CellCircuit CellType::circuit(double temperature_degC) const {
  const double position = (temperature_degC - grid_start_degC) * (1 / grid_step_K);
  if (!(position > 0)) return grid_.front();
  if (position >= static_cast<double>(grid_points - 1)) return grid_.back();
  const auto i = static_cast<std::size_t>(position);
  const double w = position - static_cast<double>(i);
  const CellCircuit &a = grid_[i], &b = grid_[i + 1];
  return {mix(a.r0_ohm, b.r0_ohm, w), mix(a.r1_ohm, b.r1_ohm, w), mix(a.tau1_s, b.tau1_s, w),
          mix(a.r2_ohm, b.r2_ohm, w), mix(a.tau2_s, b.tau2_s, w)};
}

Cell::Cell(std::shared_ptr<const CellType> type, CellSpread spread)
    : type_(std::move(type)), resistance_(spread.resistance) {
  const auto& p = type_->params();
  soc_per_As_ = 1 / (3600 * p.capacity_Ah * spread.capacity);
  soc_per_As_charge_ = soc_per_As_ * p.coulombic_efficiency;
}

CellCircuit Cell::circuit(double temperature_degC) const {
  CellCircuit c = type_->circuit(temperature_degC);
  c.r0_ohm *= resistance_;
  c.r1_ohm *= resistance_;
  c.r2_ohm *= resistance_;
  return c;
}

double Cell::heat_W(const CellState& s, const CellCircuit& c, double current_A) const {
  double heat = c.r0_ohm * current_A * current_A;
  if (c.r1_ohm > 0) heat += s.v1_V * s.v1_V / c.r1_ohm;
  if (c.r2_ohm > 0) heat += s.v2_V * s.v2_V / c.r2_ohm;
  const auto& dudt = type_->params().dudt_V_per_K;
  if (!dudt.empty()) heat += current_A * (s.temperature_degC + zero_degC_K) * dudt(s.soc);
  return heat;
}

CellState Cell::advanced(const CellState& s, const CellCircuit& c, const Ramp& ramp, double dt_s,
                         const Surroundings& env) const {
  const double h = dt_s, e1 = decay1_(h / c.tau1_s), e2 = decay2_(h / c.tau2_s);
  const double mean_A = ramp.start_A + 0.5 * h * ramp.slope_A_per_s;
  CellState n;
  n.soc = s.soc + soc_per_As(mean_A) * mean_A * h;
  n.v1_V = s.v1_V * e1 + c.r1_ohm * (ramp.start_A * (1 - e1) + ramp.slope_A_per_s * (h - c.tau1_s * (1 - e1)));
  n.v2_V = s.v2_V * e2 + c.r2_ohm * (ramp.start_A * (1 - e2) + ramp.slope_A_per_s * (h - c.tau2_s * (1 - e2)));
  const CellState middle{0.5 * (s.soc + n.soc), 0.5 * (s.v1_V + n.v1_V), 0.5 * (s.v2_V + n.v2_V), s.temperature_degC};
  const double heat = heat_W(middle, c, mean_A), capacity = type_->params().heat_capacity_J_per_K;
  if (env.conductance_W_per_K > 0) {
    const double settled = env.mean_degC + heat / env.conductance_W_per_K;
    n.temperature_degC = settled + (s.temperature_degC - settled) * decay_heat_(h * env.conductance_W_per_K / capacity);
  } else {
    n.temperature_degC = s.temperature_degC + heat * h / capacity;
  }
  return n;
}

}  // namespace models::cell
