// SPDX-License-Identifier: Apache-2.0
// Which stretch of time the plant computes next: how the current moves in it and what ends it.
#include <algorithm>
#include <cmath>

#include "models/math/exact.hpp"
#include "models/pack/agreement.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {
namespace {

constexpr double release_share = 0.95;  // the comparator's hysteresis
constexpr std::int64_t second_ns = 1'000'000'000;

bool agrees(double a, double b) { return std::abs(a - b) <= agreement_A(a, b); }

}  // namespace

std::int64_t Plant::look_ahead() {
  in_row_ = row_suits_ && !ledger_ && !altered_ && steady_ahead();
  if (in_row_) return t1_;
  event_ = PlantEvent::step;
  avalanche_V_ = 0;
  falling_ = limited_ = link_moves_ = false;
  link_slope_ = 0;
  hold_constants();
  std::int64_t limit = second_ns * 60;
  const double corner = port_.next_corner_s() * 1e9;
  if (corner < static_cast<double>(t0_ + limit))
    limit = std::max<std::int64_t>(1, static_cast<std::int64_t>(corner + 0.5) - t0_);
  const std::int64_t due = std::min(charge_bank_.due_ns(), discharge_bank_.due_ns());
  if (due != mosfet::Bank::never) limit = std::min(limit, due - t0_);
  limit = std::min(limit, balance_holds_ns_);
  const std::int64_t turns_ns = converter_turns_ns();

  choose_course(std::min(limit, turns_ns));
  ends_smoothly_ = t1_ - t0_ < limit;
  if (t1_ == due) event_ = PlantEvent::bank_switches;
  fit_dense();
  stale_ = false;
  end_at_store_limit();
  end_at_crossings();
  return t1_;
}

void Plant::choose_ramp(std::int64_t limit_ns, double start_A) {
  double slope = port_.has_profile() ? port_.profile_slope_A_per_s() : start_A != 0 ? last_slope_ : 0;
  const auto smooth_ns = static_cast<std::int64_t>(smooth_s(start_A, slope) * 1e9);
  if (start_A == 0) slope = 0;
  limit_ns = std::min(limit_ns, std::max(smooth_ns, shortest_ns));
  std::int64_t length = std::min(preferred_ns_, limit_ns);
  const bool limited = length < preferred_ns_;
  jump_to(start_A);
  current_.start_A = start_A;
  limited_ = limiter_on_ && start_A >= params_.charge_limiter_A;
  bool reduced = false;
  for (;; length = std::max<std::int64_t>(1, length / 2), reduced = true) {
    const double h = static_cast<double>(length) * 1e-9;
    current_.slope_A_per_s = slope;
    bool matched = false, first = true;
    for (int pass = 0; pass < 6 && !matched; ++pass) {
      step(h, next_, moved());
      hold_circuits(h);
      const double solved = solve(next_, h), assumed = current_at(h);
      first = pass == 0;
      matched = std::abs(solved - assumed) <= 1e-9 * std::max(1.0, std::abs(solved));
      if (!matched) current_.slope_A_per_s = (solved - start_A) / h;
    }
    if (length <= shortest_ns) break;
    if (!matched) continue;
    const bool certain = first && port_.is_stiff(inner_V(state_, 0)) && port_.is_stiff(inner_V(next_, h));
    if (certain) break;
    PlantState middle = state_;
    step(0.5 * h, middle);
    if (agrees(solve(middle, 0.5 * h), current_at(0.5 * h))) break;
  }
  last_slope_ = current_.slope_A_per_s;
  t1_ = t0_ + length;
  const auto longest = static_cast<std::int64_t>(params_.max_step_s * 1e9);
  if (reduced)
    preferred_ns_ = std::max<std::int64_t>(length, 1'000'000);
  else if (!limited)
    preferred_ns_ = std::min(2 * preferred_ns_, longest);
}

/// A shorter segment: the dense output stays, only the end state is stepped anew.
void Plant::end_at(std::int64_t t_ns, PlantEvent event) {
  if (t_ns < t1_) {
    if (t_ns > t0_)
      step(seconds(t_ns), next_, moved());
    else
      next_ = state_, next_energy_ = {};
    t1_ = t_ns;
  }
  event_ = event;
  if (event != PlantEvent::runaway) return;
  for (int k = 0; k < n_; ++k) runs_away_[static_cast<std::size_t>(k)] = runs_away(k, t_ns);
}

PlantEvent Plant::crossing_at(std::int64_t t) const {
  const double amps = std::abs(port_A(t));
  if (!comparator_ && amps >= params_.comparator_A) return PlantEvent::comparator_rises;
  if (comparator_ && amps < release_share * params_.comparator_A) return PlantEvent::comparator_falls;
  const double volts = supply_V(t);
  if (supplied_ && volts < params_.brown_out_V) return PlantEvent::supply_fails;
  if (!supplied_ && volts > params_.brown_in_V) return PlantEvent::supply_returns;
  return can_run_away_ && some_cell_runs_away(t) ? PlantEvent::runaway : PlantEvent::step;
}

bool Plant::runs_away(int k, std::int64_t t) const {
  return !ran_away(k) && cell_degC(k, t) > params_.type->params().runaway_degC;
}

bool Plant::some_cell_runs_away(std::int64_t t) const {
  for (int k = 0; k < n_; ++k) {
    if (runs_away(k, t)) return true;
  }
  return false;
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

}  // namespace models::pack
