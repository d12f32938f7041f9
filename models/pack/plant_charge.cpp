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

/// How many rungs longer the next ramp is tried, and how many shorter this one, after what share of the allowed error.
int climb_after(double share) { return share > 0.7 ? 0 : share > 0.4 ? 1 : share > 0.2 ? 2 : 4; }
int descent_after(double share) { return share > 64 ? 8 : share > 6 ? 4 : share > 3 ? 3 : share > 1.5 ? 2 : 1; }

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
  const auto beyond_A = [&](std::int64_t t_ns) {  // what the charger could give beyond that
    const double x = static_cast<double>(t_ns) * 1e-9;
    return loop.current_A(row_.ahead(ramp.start_A, row_.lags(x)).volts + row_.bends_V(x * ramp.start_A)) - loop.full_A;
  };
  const double h = static_cast<double>(limit_ns) * 1e-9, error_V = row_.cubic_error_V(ramp, h);
  if (error_V > cubic_within_V)
    limit_ns = static_cast<std::int64_t>(h * std::sqrt(std::sqrt(cubic_within_V / error_V)) * 1e9);
  double at_A = beyond_A(limit_ns);
  if (at_A >= 0) return limit_ns;
  std::int64_t before = 0, at = limit_ns;
  double before_A = beyond_A(0);
  for (int halve = 0; at - before > 1; halve = (halve + 1) % 3) {  // along the chord, every third time the half
    const double share = halve == 2 || before_A <= at_A ? 0.5 : std::max(before_A, 0.0) / (before_A - at_A);
    const std::int64_t middle =
        std::clamp(before + static_cast<std::int64_t>(share * static_cast<double>(at - before)), before + 1, at - 1);
    const double middle_A = beyond_A(middle);
    (middle_A >= 0 ? before : at) = middle;
    (middle_A >= 0 ? before_A : at_A) = middle_A;
  }
  return at;
}

/// The ramp of this length that agrees with the solved loop at its end.
Plant::Taper Plant::taper_of(const ChargeLoop& loop, double start_A, double h) {
  Taper t;
  const double cells_A = start_A - supply_A_, within_A = 1e-9 * std::max(1.0, std::abs(start_A)), half = 0.5 * h;
  const auto moved_As = [cells_A](double x, double slope) { return x * (cells_A + 0.5 * x * slope); };
  const double knots_A =
      std::abs(row_.bends_V(moved_As(half, last_slope_)) - 0.5 * row_.bends_V(moved_As(h, last_slope_))) * loop.per_ohm;
  constexpr double hopeless = 3;  // of what the knots alone do, so that the rest need not be computed
  t.share = knots_A / agreement_A(start_A, start_A);
  if (t.share > hopeless) return t;
  const cell::Row::Ahead end = row_.ahead(cells_A, row_.lags(h)), middle = row_.ahead(cells_A, row_.lags(half));
  const double off_V = loop.source_V - end.volts - loop.ohm * start_A, per_V = 1 / (loop.ohm * h + end.per_slope);
  double slope = last_slope_;
  for (int pass = 0; pass < 12 && !t.matched; ++pass) {
    const double next = (off_V - row_.bends_V(moved_As(h, slope))) * per_V;
    t.matched = std::abs(next - slope) * h <= within_A;
    slope = next;
  }
  t.ramp = {cells_A, slope};
  const double assumed_A = start_A + half * slope,
               solved_A = loop.current_A(middle.volts + slope * middle.per_slope + row_.bends_V(moved_As(half, slope)));
  t.share = std::abs(solved_A - assumed_A) / agreement_A(solved_A, assumed_A);
  if (t.share > 1) return t;
  const double error_V = row_.cubic_error_V(t.ramp, h);
  if (error_V > cubic_within_V) t.share = std::max(t.share, std::sqrt(error_V * (1 / cubic_within_V)));
  return t;
}

/// The longest ramp that also agrees in the middle. Lengths stand on a ladder, four rungs an octave, so that what a
/// length costs is paid once.
Plant::Stretch Plant::taper(const ChargeLoop& loop, double start_A, std::int64_t limit_ns) {
  const auto rung_ns = [this](int rung) {
    constexpr double share[] = {1, 0.8408964152537145, 0.7071067811865476, 0.5946035575013605};
    return static_cast<std::int64_t>(params_.max_step_s * share[rung & 3] * 1e9) >> (rung >> 2);
  };
  int rung = std::max(0, rung_ - climb_);
  for (std::int64_t length_ns = rung_ns(rung); length_ns >= shortest_ns; length_ns = rung_ns(rung)) {
    const bool limited = length_ns > limit_ns;
    if (limited) length_ns = limit_ns;
    const double h = static_cast<double>(length_ns) * 1e-9;
    const Taper t = taper_of(loop, start_A, h);
    if (t.matched && t.share <= 1) {
      const double end_A = start_A + h * t.ramp.slope_A_per_s;
      if (end_A + loop.drawn_A <= 0 || end_A > loop.full_A || start_A * end_A <= 0) return {};
      if (!limited) {
        rung_ = rung;
        climb_ = climb_after(t.share);
      }
      return {length_ns, start_A, t.ramp.slope_A_per_s};
    }
    rung += descent_after(t.share);
  }
  return {};
}

}  // namespace models::pack
