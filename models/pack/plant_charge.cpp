// SPDX-License-Identifier: Apache-2.0
// The short way along a charger: constant current to the instant at which its voltage is reached, then ramps along
// which the voltage stays. The inner voltage after a ramp is a straight line of its slope as long as no cell leaves its
// piece of the OCV table, so that the slope follows in one step, or two.
#include <algorithm>
#include <cmath>

#include "models/pack/agreement.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {
namespace {

constexpr double cubic_within_V = 1e-6;  // so well the dense output of a cell follows its pairs
constexpr std::int64_t shortest_ns = 1000, beyond_knot_ns = 1'000'000;

}  // namespace

/// i (R + R_charger) = source_V - (ocv + v1 + v2 of all cells), while the charger holds its voltage.
struct Plant::ChargeLoop {
  double source_V = 0, ohm = 0, per_ohm = 0;
  double full_A = 0, drawn_A = 0;  // port current at the charger's full current; what is drawn beside it
  [[nodiscard]] double current_A(double inner_V) const { return (source_V - inner_V) * per_ohm; }
};

Plant::Stretch Plant::charge_stretch() {
  const port::Charger& charger = *port_.charger;
  const double at_cells_ohm = row_.r0_sum_ohm() + links_ohm_;
  ChargeLoop loop;
  loop.drawn_A = port_.load ? port_.load->current_A : 0;
  loop.full_A = charger.current_A - loop.drawn_A;
  loop.ohm = charger.resistance_ohm + at_cells_ohm + board_ohm(1);
  loop.per_ohm = 1 / loop.ohm;
  loop.source_V = charger.voltage_V - charger.resistance_ohm * loop.drawn_A + at_cells_ohm * supply_A_;
  const double held_A = loop.current_A(row_.start_inner_V()), start_A = std::min(held_A, loop.full_A);
  const bool charges = start_A + loop.drawn_A > 0,
             settled = std::abs(state_.loop_A - start_A) <= settled_within_A(start_A, rolled_back_);
  if (!charges || !settled || start_A == 0) return {};
  const std::int64_t limit_ns = length_ahead_ns();
  if (held_A >= loop.full_A) {
    const std::int64_t length_ns = full_until_ns(loop, limit_ns);
    if (length_ns >= shortest_ns) return {length_ns, start_A, 0};
  }
  return taper(loop, start_A, limit_ns);
}

/// How long the charger gives its full current, and a cubic follows the cells.
std::int64_t Plant::full_until_ns(const ChargeLoop& loop, std::int64_t limit_ns) {
  const cell::Ramp ramp{loop.full_A - supply_A_, 0};
  const auto is_full = [&](std::int64_t t_ns) {
    const cell::Row::Lags& lags = row_.lags(static_cast<double>(t_ns) * 1e-9);
    return loop.current_A(row_.inner(ramp, lags).volts) >= loop.full_A;
  };
  const double h = static_cast<double>(limit_ns) * 1e-9, error_V = row_.cubic_error_V(ramp, h);
  if (error_V > cubic_within_V)
    limit_ns = static_cast<std::int64_t>(h * std::sqrt(std::sqrt(cubic_within_V / error_V)) * 1e9);
  if (is_full(limit_ns)) return limit_ns;
  std::int64_t before = 0, at = limit_ns;
  while (at - before > 1) {
    const std::int64_t middle = before + (at - before) / 2;
    (is_full(middle) ? before : at) = middle;
  }
  return at;
}

/// The ramp of this length that agrees with the solved loop at its end.
Plant::Taper Plant::taper_of(const ChargeLoop& loop, double start_A, double h) {
  Taper t;
  cell::Ramp& ramp = t.ramp = {start_A - supply_A_, last_slope_};
  double bend_V = 0;
  const cell::Row::Lags whole = row_.lags(h);
  for (int pass = 0; pass < 6 && !t.matched; ++pass) {
    const cell::Row::Inner end = row_.inner(ramp, whole);
    t.matched = pass > 0 && std::abs(end.bend_V - bend_V) <= 1e-9 * loop.ohm * std::max(1.0, std::abs(start_A));
    if (t.matched) break;
    bend_V = end.bend_V;
    const double off_A = loop.current_A(end.volts) - (start_A + ramp.slope_A_per_s * h);
    ramp.slope_A_per_s += off_A / (h + end.per_slope * loop.per_ohm);
    t.matched = bend_V == 0 && row_.stays_in_pieces(ramp, h);
  }
  const double assumed_A = start_A + 0.5 * h * ramp.slope_A_per_s,
               solved_A = loop.current_A(row_.inner(ramp, row_.lags(0.5 * h)).volts);
  t.share = std::abs(solved_A - assumed_A) / agreement_A(solved_A, assumed_A);
  const double error_V = row_.cubic_error_V(ramp, h);
  if (error_V > cubic_within_V) t.share = std::max(t.share, std::sqrt(error_V * (1 / cubic_within_V)));
  return t;
}

/// The longest ramp that also agrees in the middle. Lengths stand on a ladder, four rungs an octave, so that what a
/// length costs is paid once. A knot of the OCV table in the way is left behind within a rung.
Plant::Stretch Plant::taper(const ChargeLoop& loop, double start_A, std::int64_t limit_ns) {
  const auto rung_ns = [this](int rung) {
    constexpr double share[] = {1, 0.8408964152537145, 0.7071067811865476, 0.5946035575013605};
    return static_cast<std::int64_t>(params_.max_step_s * share[rung & 3] * 1e9) >> (rung >> 2);
  };
  int rung = rung_;
  bool at_knot = false;
  for (std::int64_t length_ns = rung_ns(rung); length_ns >= shortest_ns; length_ns = rung_ns(rung)) {
    const bool limited = length_ns > limit_ns;
    if (limited) length_ns = limit_ns;
    const double h = static_cast<double>(length_ns) * 1e-9;
    const Taper t = taper_of(loop, start_A, h);
    if (t.matched && t.share <= 1) {
      const double end_A = start_A + h * t.ramp.slope_A_per_s;
      if (end_A + loop.drawn_A <= 0 || end_A > loop.full_A || start_A * end_A <= 0) return {};
      if (!at_knot && !limited) {
        rung_ = rung;
        for (double share = t.share; share < 0.5 && rung_ > std::max(0, rung - 4); share *= 1.5) --rung_;
      }
      return {length_ns, start_A, t.ramp.slope_A_per_s};
    }
    const double knot_s = row_.knot_s(t.ramp);
    const int failed = rung;
    if (t.share > 2 && knot_s > 0.1 * h && knot_s < 0.8 * h) {
      while (static_cast<double>(rung_ns(rung + 1)) * 1e-9 > knot_s) ++rung;
      at_knot = rung > failed;
    }
    if (rung == failed) {
      at_knot = false;
      rung += 1;
      for (double share = t.share; share > 1.4 && rung < failed + 8; share *= 0.7) ++rung;
    }
  }
  return {};
}

}  // namespace models::pack
