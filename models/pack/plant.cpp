// SPDX-License-Identifier: Apache-2.0
#include "models/pack/plant.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "models/math/exact.hpp"
#include "models/ntc/ntc.hpp"

namespace models::pack {
namespace {

constexpr double release_share = 0.95;  // the comparator's hysteresis
constexpr std::int64_t second_ns = 1'000'000'000;

void require(bool ok, const std::string& name, double value, const std::string& range) {
  if (!ok) throw std::invalid_argument(name + " is " + std::to_string(value) + "; allowed: " + range);
}

bool agrees(double a, double b) { return std::abs(a - b) <= 1e-4 + 1e-5 * std::max(std::abs(a), std::abs(b)); }

}  // namespace

Plant::Plant(PlantParams params, double ambient_degC)
    : params_(std::move(params)),
      n_(static_cast<int>(params_.spread.size())),
      converter_(params_.converter),
      charge_bank_(params_.charge_bank),
      discharge_bank_(params_.discharge_bank),
      ambient_degC_(ambient_degC) {
  require(n_ >= 1 && n_ <= max_cells, "number of cells", n_, "1 to 32");
  require(params_.loop_inductance_H > 0, "loop inductance", params_.loop_inductance_H, "above 0 H");
  require(params_.mos_heat_capacity_J_per_K > 0, "heat capacity of the switches", params_.mos_heat_capacity_J_per_K,
          "above 0 J/K");
  require(params_.max_step_s >= 0.01 && params_.max_step_s <= 10, "largest step", params_.max_step_s, "0.01 to 10 s");
  for (const int k : params_.ntc_cell)
    require(k >= 0 && k < n_, "cell of a temperature sensor", k + 1, "1 to the number of cells");
  for (const auto& spread : params_.spread) cells_.emplace_back(params_.type, spread);
  for (auto& s : state_.cell) s.temperature_degC = ambient_degC;
  state_.mos_degC = ambient_degC;
  state_.bead_degC.fill(ambient_degC);
  state_.store_J = converter_.energy_J(params_.start_store_V);
}

void Plant::set_gate(bool charge_bank, bool level) {
  (charge_bank ? charge_bank_ : discharge_bank_).gate(level, t0_);
  stale_ = true;
}

// ---- the loop

void Plant::hold_constants() {
  port_.at(static_cast<double>(t0_) * 1e-9);
  supply_A_ = supplied_ && supply_lead_ ? params_.supply_current_A : 0;
  balance_A_ = command_.cell >= 0 && command_.cell < n_ ? converter_.cell_current_A(command_, state_.store_J) : 0;
  const double neighbour = params_.type->params().to_neighbour_W_per_K,
               ambient = params_.type->params().to_ambient_W_per_K;
  for (int k = 0; k < n_; ++k) {
    const auto i = static_cast<std::size_t>(k);
    CellDense& d = dense_[i];
    d.bias_A = (k == command_.cell ? balance_A_ : 0) - supply_A_;
    double weight = ambient, sum = ambient * ambient_degC_;
    if (k > 0) weight += neighbour, sum += neighbour * state_.cell[i - 1].temperature_degC;
    if (k + 1 < n_) weight += neighbour, sum += neighbour * state_.cell[i + 1].temperature_degC;
    d.surroundings = {weight > 0 ? sum / weight : ambient_degC_, weight};
  }
}

void Plant::hold_circuits(double h) {
  r0_sum_ = 0;
  bias_drop_V_ = -supply_A_ * params_.busbar_ohm * n_;
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    CellDense& d = dense_[k];
    d.circuit = cells_[k].circuit(state_.cell[k].temperature_degC + 0.5 * h * d.temperature1);
    d.r0_ohm = d.circuit.r0_ohm;
    r0_sum_ += d.r0_ohm;
    bias_drop_V_ += d.r0_ohm * d.bias_A;
  }
}

double Plant::inner_V(const PlantState& s) const {
  double sum = bias_drop_V_;
  for (std::size_t k = 0; k < cells_.size(); ++k) sum += cells_[k].inner_V(s.cell[k]);
  return sum;
}

port::Path Plant::path() const {
  const auto &c = params_.charge_bank, &d = params_.discharge_bank;
  const double factor = mosfet::on_resistance_factor(state_.mos_degC);
  const double common = r0_sum_ + n_ * params_.busbar_ohm + params_.shunt_ohm + params_.copper_ohm;
  const bool charge_on = charge_bank_.conducts(), discharge_on = discharge_bank_.conducts();
  port::Path p;
  p.charge_open = charge_on;
  p.discharge_open = discharge_on;
  p.charge_ohm = common + c.on_ohm * factor + (discharge_on ? d.on_ohm * factor : d.diode_ohm);
  p.discharge_ohm = common + d.on_ohm * factor + (charge_on ? c.on_ohm * factor : c.diode_ohm);
  p.charge_drop_V = discharge_on ? 0 : d.diode_V;
  p.discharge_drop_V = charge_on ? 0 : c.diode_V;
  return p;
}

double Plant::solve(const PlantState& s, double t_s) const {
  return port::solve_current(port_, path(), inner_V(s), t_s, true);
}

double Plant::switch_loss_W(double i) const {
  const port::Path p = path();
  const double batteries = r0_sum_ + n_ * params_.busbar_ohm;
  return i >= 0 ? i * (i * (p.charge_ohm - batteries) + p.charge_drop_V)
                : -i * (-i * (p.discharge_ohm - batteries) + p.discharge_drop_V);
}

/// From the state at the start of the segment to the one `h` seconds later, along the current of the segment.
void Plant::step(double h, PlantState& to) const {
  const cell::Ramp ramp = ramp_until(h);
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const CellDense& d = dense_[k];
    to.cell[k] =
        cells_[k].advanced(state_.cell[k], d.circuit, {ramp.start_A + d.bias_A, ramp.slope_A_per_s}, h, d.surroundings);
  }
  to.loop_A = current_at(h);
  to.avalanche_J = state_.avalanche_J + avalanche_V_ * std::abs(charge_As(h));
  const double i0 = ramp.start_A, i1 = ramp.start_A + ramp.slope_A_per_s * h;
  const double loss = avalanche_V_ > 0 || h <= 0
                          ? avalanche_V_ * std::abs(charge_As(h)) / std::max(h, 1e-9)
                          : (switch_loss_W(i0) + 4 * switch_loss_W(0.5 * (i0 + i1)) + switch_loss_W(i1)) / 6;
  const double settled = ambient_degC_ + loss / params_.mos_to_ambient_W_per_K;
  to.mos_degC = settled + (state_.mos_degC - settled) *
                              math::exp(-h * params_.mos_to_ambient_W_per_K / params_.mos_heat_capacity_J_per_K);
  const double bead = math::exp(-h / params_.ntc_time_constant_s);
  for (std::size_t s = 0; s < 2; ++s) {
    const auto k = static_cast<std::size_t>(params_.ntc_cell[s]);
    const double place = 0.5 * (state_.cell[k].temperature_degC + to.cell[k].temperature_degC);
    to.bead_degC[s] = place + (state_.bead_degC[s] - place) * bead;
  }
  const double plate = 0.5 * (state_.mos_degC + to.mos_degC);
  to.bead_degC[2] = plate + (state_.bead_degC[2] - plate) * bead;
  to.store_J = state_.store_J;
  if (balance_A_ != 0) {
    const auto k = static_cast<std::size_t>(command_.cell);
    const double volts = 0.5 * (cells_[k].inner_V(state_.cell[k]) + cells_[k].inner_V(to.cell[k])) +
                         dense_[k].r0_ohm * (0.5 * (i0 + i1) + dense_[k].bias_A);
    to.store_J += h * converter_.store_W(balance_A_, volts);
  }
}

// ---- choosing a segment

std::int64_t Plant::look_ahead() {
  event_ = PlantEvent::step;
  avalanche_V_ = 0;
  hold_constants();
  hold_circuits(static_cast<double>(preferred_ns_) * 1e-9);
  std::int64_t limit = second_ns * 60;
  const double corner = port_.next_corner_s() * 1e9;
  if (corner < static_cast<double>(t0_ + limit))
    limit = std::max<std::int64_t>(1, static_cast<std::int64_t>(corner + 0.5) - t0_);
  const std::int64_t due = std::min(charge_bank_.due_ns(), discharge_bank_.due_ns());
  if (due != mosfet::Bank::never) limit = std::min(limit, due - t0_);

  current_ = {};
  const double start_A = solve(state_, static_cast<double>(t0_) * 1e-9);
  const bool shorted = port_.short_circuit.has_value();
  if (limit <= 0) {
    current_.start_A = state_.loop_A;
    next_ = state_;
    t1_ = t0_;
  } else if (shorted && std::abs(start_A - state_.loop_A) > 1e-6 * std::max(1.0, std::abs(start_A))) {
    choose_inductive(limit);
  } else if (t0_ < fall_end_ns_) {
    choose_fall(start_A);
  } else {
    choose_ramp(limit, start_A);
  }
  if (t1_ == due) event_ = PlantEvent::bank_switches;
  fit_dense();
  stale_ = false;
  end_at_store_limit();
  end_at_crossings();
  return t1_;
}

void Plant::choose_ramp(std::int64_t limit_ns, double start_A) {
  std::int64_t length = std::min(preferred_ns_, limit_ns);
  const bool limited = length < preferred_ns_;
  current_.start_A = start_A;
  double slope = port_.has_profile() ? port_.profile_slope_A_per_s() : last_slope_;
  if (start_A == 0) slope = 0;
  bool reduced = false;
  for (;; length = std::max<std::int64_t>(1, length / 2), reduced = true) {
    const double h = static_cast<double>(length) * 1e-9, t0 = static_cast<double>(t0_) * 1e-9;
    hold_circuits(h);
    current_.slope_A_per_s = slope;
    bool matched = false, first = true;
    for (int pass = 0; pass < 6 && !matched; ++pass) {
      step(h, next_);
      const double solved = solve(next_, t0 + h), assumed = current_at(h);
      first = pass == 0;
      matched = std::abs(solved - assumed) <= 1e-9 * std::max(1.0, std::abs(solved));
      if (!matched) current_.slope_A_per_s = (solved - start_A) / h;
    }
    if (length <= 1000) break;
    if (!matched) continue;
    const bool certain = first && port_.is_stiff(inner_V(state_)) && port_.is_stiff(inner_V(next_));
    if (certain) break;
    PlantState middle = state_;
    step(0.5 * h, middle);
    if (agrees(solve(middle, t0 + 0.5 * h), current_at(0.5 * h))) break;
  }
  last_slope_ = current_.slope_A_per_s;
  t1_ = t0_ + length;
  const auto longest = static_cast<std::int64_t>(params_.max_step_s * 1e9);
  if (reduced)
    preferred_ns_ = std::max<std::int64_t>(length, 1'000'000);
  else if (!limited)
    preferred_ns_ = std::min(2 * preferred_ns_, longest);
}

/// A current that an external source imposes falls linearly while a channel opens.
void Plant::choose_fall(double start_A) {
  t1_ = fall_end_ns_;
  const double h = static_cast<double>(t1_ - t0_) * 1e-9;
  current_.start_A = state_.loop_A;
  current_.slope_A_per_s = (start_A - state_.loop_A) / h;
  step(h, next_);
}

void Plant::choose_inductive(std::int64_t limit_ns) {
  const auto& branch = *port_.short_circuit;
  const port::Path p = path();
  const double i = state_.loop_A, r_short = std::max(branch.resistance_ohm, 1e-7), inner = inner_V(state_);
  const double others = port_.deliver(std::max(0.0, -r_short * i), static_cast<double>(t0_) * 1e-9, false).current_A;
  const bool charging = i > 0, blocked = charging ? !p.charge_open : !p.discharge_open;
  avalanche_V_ = !blocked ? 0 : charging ? params_.charge_bank.breakdown_V : params_.discharge_bank.breakdown_V;
  const double opposing = avalanche_V_ + (charging ? p.charge_drop_V : p.discharge_drop_V);
  const double r = r_short + (charging ? p.charge_ohm : p.discharge_ohm);
  current_.exponential = true;
  current_.settled_A = (r_short * others - inner + (charging ? -opposing : opposing)) / r;
  current_.decaying_A = i - current_.settled_A;
  current_.rate_per_s = r / (params_.loop_inductance_H + branch.inductance_H);

  double h = std::min(0.125 / current_.rate_per_s, static_cast<double>(limit_ns) * 1e-9);
  const double fades_to = -current_.settled_A / current_.decaying_A;  // e^(-rate x) where the current is zero
  bool gone = false;
  if (i != 0 && fades_to > 0 && fades_to < 1) {
    const double zero_s = -math::log(fades_to) / current_.rate_per_s;
    gone = zero_s <= h;
    h = std::min(h, zero_s);
  }
  std::int64_t length = std::max<std::int64_t>(1, static_cast<std::int64_t>(h * 1e9 + 0.5));
  for (;; length /= 2, gone = false) {
    step(static_cast<double>(length) * 1e-9, next_);
    if (length <= 10 || std::abs(inner_V(next_) - inner) <= 1e-4 * std::abs(inner)) break;
  }
  t1_ = t0_ + length;
  if (gone) {
    next_.loop_A = 0;
    if (blocked) event_ = PlantEvent::current_gone;
  }
}

void Plant::fit_dense() {
  const double h = seconds(t1_);
  const cell::Ramp ramp = ramp_until(h);
  const auto per_s = [h](double from, double to) { return h > 0 ? (to - from) / h : 0; };
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    CellDense& d = dense_[k];
    const cell::CellState &a = state_.cell[k], &b = next_.cell[k];
    const double i0 = ramp.start_A + d.bias_A, i1 = i0 + ramp.slope_A_per_s * h,
                 rate = cells_[k].soc_per_As(0.5 * (i0 + i1));
    d.soc0 = a.soc;
    d.soc1 = rate * i0;
    d.soc2 = 0.5 * rate * ramp.slope_A_per_s;
    const auto& c = d.circuit;
    const double d0 = (c.r1_ohm * i0 - a.v1_V) / c.tau1_s + (c.r2_ohm * i0 - a.v2_V) / c.tau2_s;
    const double d1 = (c.r1_ohm * i1 - b.v1_V) / c.tau1_s + (c.r2_ohm * i1 - b.v2_V) / c.tau2_s;
    const double mean = per_s(a.v1_V + a.v2_V, b.v1_V + b.v2_V);
    d.rc0 = a.v1_V + a.v2_V;
    d.rc1 = d0;
    d.rc2 = h > 0 ? (3 * mean - 2 * d0 - d1) / h : 0;
    d.rc3 = h > 0 ? (d0 + d1 - 2 * mean) / (h * h) : 0;
    d.temperature0 = a.temperature_degC;
    d.temperature1 = per_s(a.temperature_degC, b.temperature_degC);
  }
  mos_slope_ = per_s(state_.mos_degC, next_.mos_degC);
  store_slope_ = per_s(state_.store_J, next_.store_J);
  for (std::size_t s = 0; s < 3; ++s) bead_slope_[s] = per_s(state_.bead_degC[s], next_.bead_degC[s]);
}

/// A shorter segment: the dense output stays, only the end state is stepped anew.
void Plant::end_at(std::int64_t t_ns, PlantEvent event) {
  if (t_ns < t1_) {
    if (t_ns > t0_)
      step(seconds(t_ns), next_);
    else
      next_ = state_;
    t1_ = t_ns;
  }
  event_ = event;
}

void Plant::end_at_store_limit() {
  if (balance_A_ == 0 || store_slope_ == 0) return;
  const double room = (store_slope_ > 0 ? converter_.upper_J() : converter_.lower_J()) - state_.store_J;
  const double x = room / store_slope_;
  if (x < seconds(t1_))
    end_at(t0_ + std::max<std::int64_t>(1, static_cast<std::int64_t>(x * 1e9) + 1), PlantEvent::step);
}

PlantEvent Plant::crossing_at(std::int64_t t) const {
  const double amps = std::abs(port_A(t));
  if (!comparator_ && amps >= params_.comparator_A) return PlantEvent::comparator_rises;
  if (comparator_ && amps < release_share * params_.comparator_A) return PlantEvent::comparator_falls;
  const double volts = supply_V(t);
  if (supplied_ && volts < params_.brown_out_V) return PlantEvent::supply_fails;
  if (!supplied_ && volts > params_.brown_in_V) return PlantEvent::supply_returns;
  return PlantEvent::step;
}

void Plant::end_at_crossings() {
  if (t1_ == t0_ && event_ != PlantEvent::step) return;
  if (crossing_at(t0_) != PlantEvent::step) return end_at(t0_, crossing_at(t0_));
  if (crossing_at(t1_) == PlantEvent::step) return;
  std::int64_t before = t0_, at = t1_;
  while (at - before > 1) {
    const std::int64_t middle = before + (at - before) / 2;
    (crossing_at(middle) == PlantEvent::step ? before : at) = middle;
  }
  end_at(at, crossing_at(at));
}

// ---- time

void Plant::advance_exactly_to(std::int64_t t_ns) {
  if (t_ns == t0_ && (stale_ || t1_ != t0_)) return;
  if (stale_ || t_ns < t0_ || t_ns > t1_) throw std::logic_error("plant: time outside the segment that was computed");
  if (t_ns == t1_) {
    const bool jump = t1_ == t0_;
    const double loop_A = jump ? current_at(0) : next_.loop_A;
    state_ = next_;
    state_.loop_A = loop_A;
    t0_ = t_ns;
    take_effect();
  } else {
    PlantState reached = state_;
    step(seconds(t_ns), reached);
    state_ = reached;
    t0_ = t_ns;
  }
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
      if (opened_charge && state_.loop_A > 0)
        fall_end_ns_ = t0_ + static_cast<std::int64_t>(params_.charge_bank.turn_off_fall_s * 1e9 + 0.5);
      if (opened_discharge && state_.loop_A < 0) {
        fall_end_ns_ = t0_ + static_cast<std::int64_t>(params_.discharge_bank.turn_off_fall_s * 1e9 + 0.5);
      }
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
    case PlantEvent::current_gone:
    case PlantEvent::step:
      break;
  }
}

}  // namespace models::pack
