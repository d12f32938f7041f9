// SPDX-License-Identifier: Apache-2.0
// The short way through a stretch in which a measured current moves, or a charger charges: switches closed, cells whose
// parameters do not move. Voltages come out as on the long way, to rounding.
#include <algorithm>
#include <cmath>

#include "models/pack/agreement.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {

/// Up to the next corner, no longer than a look-ahead may be, nor than the converter is expected to stand.
std::int64_t Plant::length_ahead_ns() const {
  const auto length_ns = static_cast<std::int64_t>(
      std::min(port_.next_corner_s() * 1e9 - static_cast<double>(t0_), params_.max_step_s * 1e9) + 0.5);
  return std::min(length_ns, converter_turns_ns());
}

Plant::Stretch Plant::measured_stretch() const {
  const double start_A = port_.profile_current_A(static_cast<double>(t0_) * 1e-9),
               slope = port_.profile_slope_A_per_s();
  std::int64_t length_ns = length_ahead_ns();
  const double error_V = row_.cubic_error_V({start_A - supply_A_, slope}, static_cast<double>(length_ns) * 1e-9);
  if (error_V > cubic_within_V)
    length_ns =
        static_cast<std::int64_t>(static_cast<double>(length_ns) * std::sqrt(std::sqrt(cubic_within_V / error_V)));
  return {length_ns, start_A, slope};
}

/// Computes the next segment when it is such a stretch and nothing happens in it; false: go the long way.
bool Plant::steady_ahead() {
  const double t0_s = static_cast<double>(t0_) * 1e-9;
  const bool measured = port_.is_measured(), driven = (measured || port_.is_plain_charge(t0_s)) && !heater_;
  const bool closed = charge_bank_.conducts() && discharge_bank_.conducts() &&
                      charge_bank_.due_ns() == mosfet::Bank::never && discharge_bank_.due_ns() == mosfet::Bank::never;
  if (!driven || !closed || t0_ < fall_end_ns_ || command_.run || comparator_ || !supplied_ || !supply_lead_)
    return false;
  port_.at(t0_s);
  avalanche_V_ = 0;
  hold_passages();
  supply_A_ = asleep_ ? params_.supply_asleep_A : params_.supply_current_A;
  row_.start(state_.cell);
  const Stretch s = measured ? measured_stretch() : charge_stretch();
  if (s.length_ns < shortest_ns) return false;
  const double h = static_cast<double>(s.length_ns) * 1e-9, slope = s.slope_A_per_s, start_A = s.start_A,
               end_A = start_A + slope * h;
  if (std::max(std::abs(start_A), std::abs(end_A)) >= params_.comparator_A) return false;

  row_.advance({start_A - supply_A_, slope}, h, {ambient_degC_, params_.type->params().to_ambient_W_per_K});
  const double lowest_V =
      std::min(row_.start_V() + links_ohm_ * (start_A - supply_A_), row_.end_V() + links_ohm_ * (end_A - supply_A_));
  constexpr double port_margin_V = 2;  // the switches take less, so that the port can carry any measured current
  if (lowest_V < std::max(params_.brown_out_V, port_margin_V)) return false;

  row_.store(next_.cell);
  if (can_run_away_ && row_runs_away()) return false;

  const double per_h = row_.per_s();
  event_ = PlantEvent::step;
  balance_A_ = heater_A_ = link_slope_ = ripple_square_ = 0;
  falling_ = limited_ = link_moves_ = false;
  gap_A_ = 1e300;
  are_readings_plain_ = leads_.all_in_place();
  r0_sum_ = row_.r0_sum_ohm();
  r0_sum_slope_ = 0;
  current_ = {};
  current_.start_A = start_A;
  current_.slope_A_per_s = last_slope_ = slope;
  next_.store_J = converter_.advanced_J(state_.store_J, 0, h);
  store_slope_ = (next_.store_J - state_.store_J) * per_h;
  step_board(h, {start_A, slope}, next_);
  board_due_s_ = h;
  t1_ = t0_ + s.length_ns;
  ends_smoothly_ = static_cast<double>(t1_) + 1 < port_.next_corner_s() * 1e9;
  spread_ = stale_ = false;
  summed_at_s_ = -1;
  return true;
}

bool Plant::row_runs_away() const {
  const double limit = params_.type->params().runaway_degC;
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const double hottest = std::max(state_.cell[k].temperature_degC, next_.cell[k].temperature_degC);
    if (!ran_away_[k] && hottest > limit) return true;
  }
  return false;
}

/// The dense output cell by cell, for who asks for a single cell or goes back to an instant inside the segment.
void Plant::spread_row() const {
  spread_ = true;
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    CellDense& d = dense_[k];
    d.bias_A = -supply_A_;
    d.surroundings = {ambient_degC_, params_.type->params().to_ambient_W_per_K};
    d.sign = 1;
    d.r0_ohm = cells_[k].r0_ohm(state_.cell[k], 0);
    d.r0_slope = 0;
  }
  fit_cells();
}

}  // namespace models::pack
