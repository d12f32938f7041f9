// SPDX-License-Identifier: Apache-2.0
// What the plant shows between the ends of a segment, in closed form.
#include <algorithm>
#include <cmath>
#include <optional>

#include "models/math/exact.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {

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
    if (cells_[k].is_held()) {  // whatever the current does
      d.is_cubic = true;
      d.terminal = {d.sign * cells_[k].inner_V(a), 0, 0, 0};
      continue;
    }
    const auto line = current_.exponential ? std::nullopt : params_.type->ocv_line(a.soc, b.soc);
    d.is_cubic = line.has_value() && i0 * i1 >= 0;
    if (!d.is_cubic) continue;
    const double i = current_.start_A + d.bias_A, rise = current_.slope_A_per_s;
    d.terminal = {d.sign * (line->value + d.rc.a) + d.r0_ohm * i,
                  d.sign * (line->slope * d.soc1 + d.rc.b) + d.r0_ohm * rise + d.r0_slope * i,
                  d.sign * (line->slope * d.soc2 + d.rc.c) + d.r0_slope * rise, d.sign * d.rc.d};
  }
}

void Plant::fit_dense() {
  const double h = seconds(t1_);
  const auto per_s = [h](double from, double to) { return h > 0 ? (to - from) / h : 0; };
  fit_cells();
  summed_at_s_ = -1;
  store_slope_ = per_s(state_.store_J, next_.store_J);
  fit_board(h);
}

void Plant::fit_board(double h) const {
  board_due_s_ = 0;
  const BoardDecay& left = board_decay(h);
  mos_ = Fade(state_.mos_degC, next_.mos_degC, left.plate, h,
              params_.mos_to_ambient_W_per_K / params_.mos_heat_capacity_J_per_K);
  const double per_s = 1 / params_.ntc_time_constant_s;
  for (std::size_t s = 0; s < 3; ++s) {
    const double slope = h > 0 ? (place_degC(s, next_) - place_degC(s, state_)) / h : 0;
    beads_[s] = Follow(state_.bead_degC[s], next_.bead_degC[s], slope, left.bead, h, per_s);
  }
}

/// How long cubics follow the pairs of every cell along a ramp.
double Plant::smooth_s(double current_A, double slope_A_per_s) const {
  double longest = params_.max_step_s;
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const CellDense& d = dense_[k];
    longest = cells_[k].cubic_s(state_.cell[k], {d.sign * (current_A + d.bias_A), d.sign * slope_A_per_s},
                                cubic_within_V, longest);
  }
  return longest;
}

double Plant::slope_at(double x) const {
  if (current_.exponential) return -current_.rate_per_s * current_.decaying_A * math::exp(-current_.rate_per_s * x);
  return current_.slope_A_per_s;
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

double Plant::cell_at(int k, double x) const {
  const CellDense& d = dense(k);
  if (d.is_cubic) return d.terminal(x);
  const double soc = d.soc(x), degC = d.degC(x);
  const cell::CellPotential p = params_.type->potential(soc, degC);
  const double inner = p.ocv_V + p.hysteresis_V * d.hysteresis(x) + d.rc(x) + params_.type->voltage_shift_V(p, degC);
  return d.sign * inner + (d.r0_ohm + d.r0_slope * x) * (current_at(x) + d.bias_A);
}

double Plant::bent_cell_V(int k, std::int64_t t) const {
  const CellDense& d = dense(k);
  const double x = seconds(t);
  return cell_at(k, x) + (ripple_square_ > 0 ? (d.r0_ohm + d.r0_slope * x) * ripple_A(t) : 0);
}

double Plant::pack_at(double x) const {  // asked for by port, supply and pack voltage of one instant
  if (x == summed_at_s_) return summed_V_;
  double sum = links_ohm_ * (current_at(x) - supply_A_ - heater_A_);
  for (int k = 0; k < n_; ++k) sum += cell_at(k, x);
  summed_at_s_ = x;
  return summed_V_ = sum;
}

void Plant::voltages(std::int64_t first, std::int64_t every, std::size_t count, double* out) const {
  if (in_row_) return row_.voltages(first - t0_, every, count, links_ohm_, out);
  for (std::int64_t t = first; count > 0; --count, t += every, out += n_ + 1) {
    double sum = links_ohm_ * (port_A(t) - supply_A_ - heater_A_);
    for (int k = 0; k < n_; ++k) sum += out[k] = cell_V(k, t);
    out[n_] = broken_ ? 0 : sum;
  }
}

double Plant::pack_V(std::int64_t t) const {
  if (broken_) return 0;
  const double x = seconds(t);
  return pack_at(x) + (ripple_square_ > 0 ? (links_ohm_ + r0_sum_ + r0_sum_slope_ * x) * ripple_A(t) : 0);
}

double Plant::port_at(double x) const {
  const double i = current_at(x), pack = pack_at(x);
  if (i == 0) {  // a conducting path holds the port within what would make a current flow
    const port::Path p = path(0);
    const double idle = port_.inverter ? state_.link_V + link_slope_ * x : port::idle_voltage(port_, pack, instant(x));
    const double low = p.discharge_open ? pack - p.discharge_drop_V : idle;
    const double high = p.charge_open ? pack + p.charge_drop_V : idle;
    return std::min(std::max(idle, low), std::max(high, low));
  }
  const std::size_t way = i > 0 ? 1 : 0;
  const double over_V =
      passages_[way].diode_V + avalanche_V_ + (falling_ ? channel_V(i) : 0) + (limited_ ? limiter_V(i, pack, x) : 0);
  return pack + i * board_ohm(way) + (i > 0 ? over_V : -over_V) + params_.loop_inductance_H * slope_at(x);
}

double Plant::port_V(std::int64_t t) const {
  const double volts = port_at(seconds(t));
  if (ripple_square_ == 0) return volts;
  return volts + (links_ohm_ + r0_sum_ + board_ohm(current_at(0) > 0 ? 1 : 0)) * ripple_A(t);
}

double Plant::link_V(std::int64_t t) const {
  if (!port_.inverter) return 0;
  if (link_moves_ || (current_at(0) == 0 && !passages_[0].open)) return state_.link_V + link_slope_ * seconds(t);
  return port_at(seconds(t)) -
         params_.loop_inductance_H * slope_at(seconds(t));  // the ripple is the mean current of the link already
}

double Plant::junction_degC(bool charge_bank, std::int64_t t) const {
  const std::size_t bank = charge_bank ? 0 : 1;
  const mosfet::Bank& b = this->bank(charge_bank);
  const double above = next_.bank_W[bank] * b.junction_K_per_W(), z = seconds(t) / b.params().junction_time_s;
  return mos_degC(t) + (z > 40 ? above : above + (state_.junction_K[bank] - above) * math::exp(-z));
}

double Plant::avalanche_J(std::int64_t t) const {
  return state_.avalanche_J + avalanche_V_ * std::abs(charge_As(seconds(t)));
}

}  // namespace models::pack
