// SPDX-License-Identifier: Apache-2.0
#include "models/pack/plant.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <string>

#include "models/math/exact.hpp"
#include "models/math/require.hpp"
#include "models/ntc/ntc.hpp"

namespace models::pack {
namespace {

using math::require;

/// The converter counts the nominal leads among its own losses.
PlantParams with_leads(PlantParams params) {
  params.converter.lead_ohm = params.leads.lead_ohm;
  return params;
}

}  // namespace

Plant::Plant(PlantParams params, double ambient_degC)
    : params_(with_leads(std::move(params))),
      n_(static_cast<int>(params_.spread.size())),
      converter_(params_.converter),
      charge_bank_(params_.charge_bank),
      discharge_bank_(params_.discharge_bank),
      leads_(n_, params_.leads.lead_ohm, params_.leads.float_s),
      ambient_degC_(ambient_degC) {
  require(n_ >= 1 && n_ <= max_cells, "number of cells", n_, "1 to 32");
  require(params_.loop_inductance_H > 0, "loop inductance", params_.loop_inductance_H, "above 0 H");
  require(params_.mos_heat_capacity_J_per_K > 0, "heat capacity of the switches", params_.mos_heat_capacity_J_per_K,
          "above 0 J/K");
  require(params_.max_step_s >= 0.01 && params_.max_step_s <= 60, "largest step", params_.max_step_s, "0.01 to 60 s");
  for (const int k : params_.ntc_cell)
    require(k >= 0 && k < n_, "cell of a temperature sensor", k + 1, "1 to the number of cells");
  cells_.reserve(params_.spread.size());
  for (const auto& spread : params_.spread) cells_.emplace_back(params_.type, spread);
  row_suits_ = cell::Row::suits(*params_.type);
  can_run_away_ = params_.type->params().runaway_degC < cell::CellParams().runaway_degC;
  if (row_suits_) row_ = cell::Row(*params_.type, params_.spread);
  for (auto& s : state_.cell) s.temperature_degC = s.surface_degC = ambient_degC;
  state_.mos_degC = ambient_degC;
  state_.bead_degC.fill(ambient_degC);
  state_.store_J = converter_.energy_J(params_.start_store_V);
}

void Plant::set_bank_fault(bool charge_bank, mosfet::BankFault fault) {
  mosfet::Bank& bank = charge_bank ? charge_bank_ : discharge_bank_;
  const bool conducted = bank.conducts();
  bank.set_fault(fault);
  if (conducted && !bank.conducts() && (charge_bank ? state_.loop_A > 0 : state_.loop_A < 0))
    fall_end_ns_ = t0_ + bank.fall_ns();
  stale_ = true;
}

double Plant::pack_open_V() const {
  double sum = 0;
  for (std::size_t k = 0; k < cells_.size(); ++k)
    sum += (cells_[k].faults().reversed ? -1 : 1) * cells_[k].inner_V(state_.cell[k]);
  return sum;
}

void Plant::set_gate(bool charge_bank, bool level) {
  (charge_bank ? charge_bank_ : discharge_bank_).gate(level, t0_);
  stale_ = true;
}

void Plant::set_cell_temperature(int k, double degC) {
  auto& s = state_.cell[static_cast<std::size_t>(k)];
  s.temperature_degC = s.surface_degC = degC;
  stale_ = true;
}

void Plant::hold_cell(int k, std::optional<double> terminal_V) {
  cells_.at(static_cast<std::size_t>(k)).hold(terminal_V);
  altered_ = stale_ = true;
}

void Plant::set_cell_soc(int k, double soc) {
  state_.cell.at(static_cast<std::size_t>(k)).soc = soc;
  stale_ = true;
}

// ---- the loop

void Plant::hold_constants() {
  port_.at(static_cast<double>(t0_) * 1e-9);
  broken_ = std::any_of(cells_.begin(), cells_.end(), [](const cell::Cell& c) { return c.faults().open_weld; });
  hold_balance();
  const double awake_A = params_.supply_current_A + (balance_A_ != 0 ? params_.balancing_extra_A : 0);
  supply_A_ = !supplied_ || !supply_lead_ || broken_ ? 0 : asleep_ ? params_.supply_asleep_A : awake_A;
  heater_A_ = heater_ && params_.heater_ohm > 0 && !broken_ ? pack_open_V() / params_.heater_ohm : 0;
  hold_passages();
  const double warmth_W = heater_A_ * heater_A_ * params_.heater_ohm / n_;
  const double neighbour = params_.type->params().to_neighbour_W_per_K,
               ambient = params_.type->params().to_ambient_W_per_K;
  for (int k = 0; k < n_; ++k) {
    const auto i = static_cast<std::size_t>(k);
    CellDense& d = dense_[i];
    d.bias_A = (k == command_.cell ? balance_A_ : 0) - supply_A_ - heater_A_;
    d.sign = cells_[i].faults().reversed ? -1 : 1;
    double weight = ambient, sum = ambient * ambient_degC_;
    if (k > 0) weight += neighbour, sum += neighbour * cells_[i - 1].surface_degC(state_.cell[i - 1]);
    if (k + 1 < n_) weight += neighbour, sum += neighbour * cells_[i + 1].surface_degC(state_.cell[i + 1]);
    d.surroundings = {weight > 0 ? sum / weight : ambient_degC_, weight, heater_W_[i] + warmth_W};
  }
}

/// R0 of every cell: a line through its values at the start and, once a step of `h` has been tried, at its end.
void Plant::hold_circuits(double h) {
  r0_sum_ = r0_sum_slope_ = bias_drop_slope_V_ = 0;
  bias_drop_V_ = -(supply_A_ + heater_A_) * links_ohm_;
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    CellDense& d = dense_[k];
    d.r0_ohm = cells_[k].r0_ohm(state_.cell[k], d.sign * (current_at(0) + d.bias_A));
    d.r0_slope = h > 0 ? (cells_[k].r0_ohm(next_.cell[k], d.sign * (current_at(h) + d.bias_A)) - d.r0_ohm) / h : 0;
    r0_sum_ += d.r0_ohm;
    r0_sum_slope_ += d.r0_slope;
    bias_drop_V_ += d.r0_ohm * d.bias_A;
    bias_drop_slope_V_ += d.r0_slope * d.bias_A;
  }
}

double Plant::inner_V(const PlantState& s, double x) const {
  double sum = bias_drop_V_ + bias_drop_slope_V_ * x;
  for (std::size_t k = 0; k < cells_.size(); ++k) sum += dense_[k].sign * cells_[k].inner_V(s.cell[k]);
  return sum;
}

/// From the state at the start of the segment to the one `h` seconds later, along the current of the segment.
void Plant::step(double h, PlantState& to, CellEnergies* energies) const {
  const cell::Ramp ramp = ramp_until(h);
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const CellDense& d = dense_[k];
    cell::CellEnergy* energy = energies != nullptr ? &((*energies)[k] = {}) : nullptr;
    const cell::Ramp own{d.sign * (ramp.start_A + d.bias_A), d.sign * ramp.slope_A_per_s};
    to.cell[k] = cells_[k].advanced(state_.cell[k], own, h, d.surroundings, energy);
  }
  step_board(h, ramp, to);
  to.store_W = 0;
  if (balance_A_ != 0) {
    const auto k = static_cast<std::size_t>(command_.cell);
    const double i0 = ramp.start_A, i1 = ramp.start_A + ramp.slope_A_per_s * h;
    const CellDense& d = dense_[k];
    const double volts = d.sign * 0.5 * (cells_[k].inner_V(state_.cell[k]) + cells_[k].inner_V(to.cell[k])) +
                         (d.r0_ohm + 0.5 * h * d.r0_slope) * (0.5 * (i0 + i1) + d.bias_A);
    to.store_W = converter_.store_W(balance_A_, terminals(volts));
  }
  to.store_J = converter_.advanced_J(state_.store_J, to.store_W, h);
}

/// What is left after `h`, kept for when the same length comes again.
const Plant::BoardDecay& Plant::board_decay(double h) const {
  BoardDecay& d = decays_[std::bit_cast<std::uint64_t>(h) * 0x9e3779b97f4a7c15ULL >> 58];
  if (d.h != h)
    d = {h,
         math::exp(-h * params_.mos_to_ambient_W_per_K / params_.mos_heat_capacity_J_per_K),
         math::exp(-h / params_.ntc_time_constant_s),
         {math::exp(-h / params_.charge_bank.junction_time_s), math::exp(-h / params_.discharge_bank.junction_time_s)}};
  return d;
}

/// What is not in the cells, once they are at their end.
void Plant::step_board(double h, const cell::Ramp& ramp, PlantState& to) const {
  to.loop_A = current_at(h);
  to.avalanche_J = state_.avalanche_J + avalanche_V_ * std::abs(charge_As(h));
  const double i0 = ramp.start_A, i1 = ramp.start_A + ramp.slope_A_per_s * h;
  losses(i0, i1, h, to);
  const double settled = ambient_degC_ + to.plate_W / params_.mos_to_ambient_W_per_K;
  const BoardDecay& decay = board_decay(h);
  to.mos_degC = settled + (state_.mos_degC - settled) * decay.plate;
  for (std::size_t bank = 0; bank < 2; ++bank) {
    const mosfet::Bank& b = bank == 0 ? charge_bank_ : discharge_bank_;
    const double above = to.bank_W[bank] * b.junction_K_per_W();
    to.junction_K[bank] = above + (state_.junction_K[bank] - above) * decay.junction[bank];
  }
  for (std::size_t s = 0; s < 3; ++s) {
    const double start = place_degC(s, state_), rise = place_degC(s, to) - start;
    to.bead_degC[s] = ntc::bead_advanced(state_.bead_degC[s], start, rise, h, params_.ntc_time_constant_s, decay.bead);
  }
}

/// Where the bead of a sensor is: on a cell, on the heat plate, or fallen off, in the air.
double Plant::place_degC(std::size_t sensor, const PlantState& at) const {
  if (is_detached_[sensor]) return ambient_degC_;
  if (sensor == 2) return at.mos_degC;
  const auto k = static_cast<std::size_t>(params_.ntc_cell[sensor]);
  return cells_[k].surface_degC(at.cell[k]);
}

// ---- time

void Plant::advance_exactly_to(std::int64_t t_ns) {
  if (t_ns == t0_ && (stale_ || t1_ != t0_)) return;
  if (stale_ || t_ns < t0_ || t_ns > t1_) throw std::logic_error("plant: time outside the segment that was computed");
  const double link_V = this->link_V(t_ns);
  rolled_back_ = t_ns < t1_ && !current_.exponential && !falling_;
  if (t_ns == t1_) {
    if (ledger_) book(seconds(t_ns), next_);
    const bool jump = t1_ == t0_;
    const double loop_A = jump ? current_at(0) : next_.loop_A;
    const double reached_A = current_at(seconds(t_ns));
    state_.take(next_, cells_.size());
    state_.loop_A = reached_A;
    jump_to(loop_A);
    t0_ = t_ns;
    take_effect();
  } else {
    PlantState reached = state_;
    if (in_row_ && !spread_) spread_row();
    step(seconds(t_ns), reached, moved());
    if (ledger_) book(seconds(t_ns), reached);
    state_ = reached;
    t0_ = t_ns;
  }
  for (std::size_t k = 0; ledger_ && k < cells_.size(); ++k) energy_[k] += next_energy_[k];
  state_.link_V = link_V;
  stale_ = true;
}

void Plant::take_effect() {
  switch (event_) {
    case PlantEvent::bank_switches: {
      const bool was_charge = charge_bank_.conducts(), was_discharge = discharge_bank_.conducts();
      charge_bank_.settle(t0_);
      discharge_bank_.settle(t0_);
      const bool opened_charge = was_charge && !charge_bank_.conducts(),
                 opened_discharge = was_discharge && !discharge_bank_.conducts();
      if (opened_charge && state_.loop_A > 0) fall_end_ns_ = t0_ + charge_bank_.fall_ns();
      if (opened_discharge && state_.loop_A < 0) fall_end_ns_ = t0_ + discharge_bank_.fall_ns();
      break;
    }
    case PlantEvent::comparator_rises:
      comparator_ = true;
      break;
    case PlantEvent::comparator_falls:
      comparator_ = false;
      break;
    case PlantEvent::supply_fails:
      supplied_ = false;
      break;
    case PlantEvent::supply_returns:
      supplied_ = true;
      break;
    case PlantEvent::runaway:
      for (std::size_t k = 0; k < cells_.size(); ++k) ran_away_[k] = ran_away_[k] || runs_away_[k];
      break;
    case PlantEvent::current_gone:
    case PlantEvent::step:
      break;
  }
}

}  // namespace models::pack
