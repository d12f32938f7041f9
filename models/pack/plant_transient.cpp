// SPDX-License-Identifier: Apache-2.0
// The loop current on its way to where it settles: inductance, avalanche, opening channels, DC link.
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/math/exact.hpp"
#include "models/pack/agreement.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {
namespace {

constexpr double link_current_A = 1e-3;  // below that the DC link has settled
constexpr double step_of_rate = 0.125;   // of L/R, while what decays is the whole current
constexpr double finest_s = 20e-9;

}  // namespace

/// Current at which the loop settles now; tells whether the DC link moves.
double Plant::start_current() {
  double start_A = 0;
  power_V_ = 0;
  const auto settle = [&] {
    for (int pass = params_.type->depends_on_current() ? 4 : 1; pass > 0; --pass) {
      hold_circuits(0);
      start_A = current_.start_A = solve(state_, 0);
    }
  };
  current_.start_A = state_.loop_A;
  if (!port_.inverter) {
    settle();
    return start_A;
  }
  link_moves_ = true;
  link_middle_V_ = state_.link_V;
  power_V_ = std::max(state_.link_V, 1e-3);
  settle();
  const double drawn_A = link_takes_A(start_A, 0);
  link_moves_ = std::abs(drawn_A) > link_current_A + 1e-5 * std::abs(start_A) || !settled(start_A);
  if (!link_moves_) {
    power_V_ = 0;
    settle();
  }
  return start_A;
}

/// A moving target is followed with a lag: a transient ends as soon as what is left, below 0.1 %, shrinks no more.
bool Plant::settled(double target_A) {
  const double size = std::max(1.0, std::abs(target_A)), gap = std::abs(state_.loop_A - target_A);
  const bool lags = gap < 1e-3 * size && gap > 0.5 * gap_A_;
  const bool done = gap <= settled_within_A(target_A, rolled_back_) || lags || port_.is_measured();
  gap_A_ = done ? 1e300 : gap;
  return done;
}

/// Does the inductance set the pace to where the current settles? What the port cannot carry is gone at once, and then
/// it may have arrived: a charger that was turned down.
bool Plant::is_on_its_way(double target_A) {
  if (link_moves_) return true;
  if (port_.inverter || settled(target_A)) return false;
  const double carried = carried_A(state_.loop_A);
  if (carried == state_.loop_A) return true;
  jump_to(carried);
  return !settled(target_A);
}

double Plant::carried_A(double loop_A) const {
  return std::clamp(loop_A, port_.least_A(instant(0)), port_.most_A(instant(0)));
}

void Plant::choose_course(std::int64_t limit_ns) {
  const double swing_A = t0_ < fall_end_ns_ ? ripple_A(t0_) : 0;
  waves_ = {};
  ripple_square_ = 0;
  if (swing_A != 0) jump_to(state_.loop_A + swing_A);
  if (broken_) jump_to(0);
  current_ = {};
  const double target_A = start_current();
  if (limit_ns <= 0) {
    current_.start_A = state_.loop_A;
    next_ = state_;
    next_energy_ = {};
    t1_ = t0_;
  } else if (t0_ < fall_end_ns_ && !falls_in_avalanche(target_A)) {
    choose_fall(target_A);
  } else if (link_moves_ && choose_glide(limit_ns, target_A)) {
    return;
  } else if (is_on_its_way(target_A)) {
    choose_transient(limit_ns, target_A);
  } else {
    power_V_ = 0;
    const bool charging = target_A > 0;
    if (target_A != 0 && !passages_[charging ? 1 : 0].open)
      avalanche_V_ = (charging ? charge_bank_ : discharge_bank_).params().breakdown_V;
    current_.start_A = target_A;
    hold_ripple();
    choose_ramp(limit_ns, target_A);
  }
}

void Plant::hold_ripple() {
  const double i = current_.start_A;
  if (i == 0) return;
  const port::Path p = path(0);
  const double volts =
      inner_V(state_, 0) + (i > 0 ? p.charge_drop_V + i * p.charge_ohm : -p.discharge_drop_V + i * p.discharge_ohm);
  waves_ = port_.waves(volts, instant(0));
  for (const port::Wave& w : waves_) ripple_square_ += w.amplitude_A * w.amplitude_A;
  if (ripple_square_ == 0) return;
  for (int k = 0; k < n_; ++k) {
    CellDense& d = dense_[static_cast<std::size_t>(k)];
    d.surroundings.heater_W += 0.5 * d.r0_ohm * ripple_square_;
  }
}

/// Power loads keep the current they draw where the loop carries `i`.
void Plant::hold_power(double i) {
  if (link_moves_ || !port_.has_power_load()) return;
  const port::Path p = path(0);
  power_V_ = std::max(inner_V(state_, 0) + (i > 0   ? p.charge_drop_V + i * p.charge_ohm
                                            : i < 0 ? i * p.discharge_ohm - p.discharge_drop_V
                                                    : 0),
                      1e-3);
}

/// The loop at a current: what the port shows, what stands against it.
Plant::Drive Plant::drive(double i, bool charging, double target_A) const {
  const port::Path p = path(0);
  const Passages& way = passages_[charging ? 1 : 0];
  const mosfet::Bank& bank = charging ? charge_bank_ : discharge_bank_;
  const double breakdown_V = bank.params().breakdown_V;
  Drive d;
  d.blocked = !way.open || (way.bypassed && std::abs(i) * way.blocked_ohm > breakdown_V) ||
              (charging && limiter_on_ && i > std::max(target_A, 0.0) * (1 + 1e-9));
  d.ohm = (charging ? p.charge_ohm : p.discharge_ohm) + (d.blocked ? way.avalanche_ohm - way.blocked_ohm : 0);
  d.opposing_V = (d.blocked ? breakdown_V : 0) + way.diode_V;
  d.node = port_.node(i + 1e-9 * (target_A - i), instant(0));  // of all voltages, the one on the way
  return d;
}

void Plant::lay_exponential(double i, bool charging, const Drive& d) {
  const double ohm = d.ohm + d.node.ohm;
  const double driving_V = d.node.voltage_V + d.node.ohm * i - inner_V(state_, 0);
  current_.exponential = true;
  current_.settled_A = (driving_V + (charging ? -d.opposing_V : d.opposing_V)) / ohm;
  current_.decaying_A = i - current_.settled_A;
  current_.rate_per_s = ohm / loop_H();
  avalanche_V_ = d.blocked ? d.opposing_V - passages_[charging ? 1 : 0].diode_V : 0;
}

/// Does the inductance drive the current on, faster than the channel that opens would let it?
bool Plant::falls_in_avalanche(double target_A) {
  const double i = state_.loop_A;
  if (i == 0 || port_.is_measured()) return false;
  hold_power(i);
  const double slack_A = 1e-9 * std::abs(i);
  if (i > port_.most_A(instant(0)) + slack_A || i < port_.least_A(instant(0)) - slack_A) return false;
  lay_exponential(i, i > 0, drive(i, i > 0, target_A));
  const double natural = std::abs(slope_at(0)),
               channel = std::abs(target_A - i) / (static_cast<double>(fall_end_ns_ - t0_) * 1e-9);
  current_ = {};
  avalanche_V_ = 0;
  if (natural >= channel) return false;
  fall_end_ns_ = t0_;
  return true;
}

/// The channel sets the current while it opens.
void Plant::choose_fall(double target_A) {
  t1_ = fall_end_ns_;
  const double h = static_cast<double>(t1_ - t0_) * 1e-9;
  current_ = {};
  current_.start_A = state_.loop_A;
  current_.slope_A_per_s = (target_A - state_.loop_A) / h;
  falling_ = true;
  step(h, next_, moved());
  next_.loop_A = target_A;
}

/// How long the exponential may run: the more of the current is settled, the longer.
double Plant::transient_s(std::int64_t limit_ns) const {
  const double limit_s = static_cast<double>(limit_ns) * 1e-9;
  if (!current_.exponential) return limit_s;
  const double share = std::abs(current_.settled_A) / std::max(std::abs(current_.decaying_A), 1e-12);
  return std::min(limit_s, step_of_rate * std::min(32.0, std::sqrt(std::max(1.0, share))) / current_.rate_per_s);
}

/// What the DC link takes at a loop current, while it stands at link_middle_V_.
double Plant::link_takes_A(double loop_A, double x) const {
  const port::Instant at = instant(x);
  return port_.link_A(port_.node(loop_A, at).voltage_V, at);
}

/// What the link takes less for each volt that it rises from where it stands, S.
double Plant::link_conductance_S(double loop_A) {
  const double kept_V = std::exchange(link_middle_V_, state_.link_V), taken_A = link_takes_A(loop_A, 0),
               further_V = 1e-3 * std::max(1.0, std::abs(state_.link_V));
  link_middle_V_ += taken_A > 0 ? further_V : -further_V;
  const double then_A = link_takes_A(loop_A, 0);
  link_middle_V_ = kept_V;
  return std::abs(taken_A - then_A) / further_V;
}

/// Middle voltage of the DC link in a step of `h`, implicit midpoint rule.
void Plant::move_link(double h) {
  link_slope_ = link_takes_A(current_at(0.5 * h), 0.5 * h) / port_.inverter->capacitance_F;
  link_middle_V_ = state_.link_V + 0.5 * h * link_slope_;
}

/// The pack rests; what else stands at the port moves the link. A source of milliohms settles it long before the step
/// ends, so that the rule is the implicit one at the end, or in the middle while the step is short against R C.
void Plant::rest_link(double h) {
  const double farad = port_.inverter->capacitance_F, start_V = state_.link_V;
  const double share = link_conductance_S(0) * h > farad ? 1 : 0.5;
  const auto gap = [&](double slope) {
    link_middle_V_ = start_V + share * h * slope;
    return link_takes_A(0, share * h) / farad - slope;
  };
  double here = 0, there = gap(0), at_here = there;  // the slope lies between none and that of the start
  double at_there = gap(there);
  for (int pass = 0; pass < 100 && std::abs(there - here) > 1e-12 * std::abs(there); ++pass) {
    const double straight = at_here != at_there ? here + (there - here) * at_here / (at_here - at_there) : here;
    const double middle = pass % 3 == 2 ? 0.5 * (here + there) : straight, at_middle = gap(middle);
    if (at_middle == 0) {
      there = middle;
      break;
    }
    ((at_middle > 0) == (at_here > 0) ? here : there) = middle;
    ((at_middle > 0) == (at_here > 0) ? at_here : at_there) = at_middle;
  }
  link_slope_ = there;
  link_middle_V_ = start_V + share * h * there;
}

/// With the link where it then stands, would the pack still rest? And does the link take there what it took on the way,
/// or did the step leap over a corner of a source, as where a charger reaches its voltage?
bool Plant::rests_still(double h) {
  const double kept_V = link_middle_V_, end_V = state_.link_V + h * link_slope_;
  const double on_the_way_A = link_slope_ * port_.inverter->capacitance_F;
  link_middle_V_ = state_.link_V;
  const double before_A = link_takes_A(0, 0);
  link_middle_V_ = end_V;
  const double leapt_A = std::abs(link_takes_A(0, h) - before_A);
  const double off_A = std::abs(solve(next_, h)), ohm = path(h).discharge_ohm;
  link_middle_V_ = kept_V;
  if (kept_V != end_V && leapt_A > 0.5 * std::abs(on_the_way_A) && std::abs(h * link_slope_) > 1e-4) return false;
  return off_A * ohm <= 5e-4 * std::max(1.0, inner_V(next_, h));
}

/// The DC link moves so slowly against L/R that the loop is settled all the way, as behind a precharge resistor: its
/// current and the loop's fade together. False: not such a stretch. What L leaves out is below 1e-4 of the current.
bool Plant::choose_glide(std::int64_t limit_ns, double target_A) {
  constexpr double agreement = 1e-4, step_of_glide = 0.02;
  const double i = target_A, link_V = state_.link_V, capacitance_F = port_.inverter->capacitance_F;
  if (i == 0 || std::abs(state_.loop_A - i) > agreement * std::abs(i)) return false;
  const double now_A = link_takes_A(i, 0), further_V = (now_A > 0 ? 1e-3 : -1e-3) * std::max(1.0, std::abs(link_V));
  link_middle_V_ = link_V + further_V;
  const double then_A = solve(state_, 0), conductance_S = (now_A - link_takes_A(then_A, 0)) / further_V;
  link_middle_V_ = link_V;
  const double rate_per_s = conductance_S / capacitance_F, faded_A = now_A * (then_A - i) / (conductance_S * further_V);
  if (!(rate_per_s > 0) || i * (i + faded_A) < 0) return false;
  const Drive d = drive(i, i > 0, i);
  if (d.blocked || rate_per_s * loop_H() > agreement * (d.ohm + d.node.ohm)) return false;
  current_ = {};
  current_.exponential = true;
  current_.settled_A = i + faded_A;
  current_.decaying_A = -faded_A;
  current_.rate_per_s = rate_per_s;
  auto length = std::min(limit_ns, static_cast<std::int64_t>(step_of_glide / rate_per_s * 1e9 + 0.5));
  for (; length >= shortest_ns; length /= 2) {
    const double h = static_cast<double>(length) * 1e-9;
    link_slope_ = now_A / capacitance_F * (1 - math::exp(-rate_per_s * h)) / (rate_per_s * h);
    step(h, next_, moved());
    link_middle_V_ = link_V + h * link_slope_;
    const double solved_A = solve(next_, h);
    link_middle_V_ = link_V + 0.5 * h * link_slope_;
    t1_ = t0_ + length;
    if (std::abs(solved_A - current_at(h)) <= agreement * std::max(std::abs(i), 1e-3)) return true;
  }
  current_ = {};
  link_slope_ = 0;
  link_middle_V_ = link_V;
  return false;
}

void Plant::choose_transient(std::int64_t limit_ns, double target_A) {
  hold_power(target_A);
  jump_to(carried_A(state_.loop_A));
  const double i = state_.loop_A, inner = inner_V(state_, 0);
  const bool charging = i > 0 || (i == 0 && target_A > 0), rests = i == 0 && target_A == 0;
  Drive d;
  const auto lay = [&] {
    current_ = {};
    if (rests) return;
    d = drive(i, charging, target_A);
    lay_exponential(i, charging, d);
  };
  lay();
  double h = transient_s(limit_ns);
  if (link_moves_) {
    const port::Inverter& inverter = *port_.inverter;
    h = std::min(h, 0.05 * std::sqrt(loop_H() * inverter.capacitance_F));
    const double slope = std::abs(link_takes_A(i, 0)) / inverter.capacitance_F, size_V = std::abs(state_.link_V),
                 tau_s = inverter.capacitance_F / std::max(link_conductance_S(i), 1e-12);
    if (rests && slope > 0) h = std::min(static_cast<double>(limit_ns) * 1e-9, 0.05 * std::max(size_V, 0.25) / slope);
    if (!rests || slope * tau_s > 1e-3 * std::max(size_V, 1.0)) h = std::min(h, 0.25 * tau_s);
  }
  double arrives_A = 0;
  bool arrives = false;
  for (;; h *= 0.5) {
    if (link_moves_) {
      link_middle_V_ = state_.link_V;
      for (int pass = 0; pass < 4 && !rests; ++pass) {
        move_link(h);
        lay();
      }
      if (rests) rest_link(h);
    }
    arrives = false;
    for (const double end_A : {0.0, target_A}) {
      if (rests || end_A == i || (end_A != 0 && link_moves_)) continue;
      const double faded = (end_A - current_.settled_A) / current_.decaying_A;
      if (!(faded > 0 && faded < 1)) continue;
      const double there_s = -math::log(faded) / current_.rate_per_s;
      if (there_s > h) continue;
      h = there_s;
      arrives = true;
      arrives_A = end_A;
    }
    const auto length = std::max<std::int64_t>(1, static_cast<std::int64_t>(h * 1e9 + 0.5));
    step(static_cast<double>(length) * 1e-9, next_, moved());
    t1_ = t0_ + length;
    if (h <= finest_s) break;
    const double near_A = i + 0.999999 * ((arrives ? arrives_A : current_at(h)) - i);
    const double straight_V = d.node.voltage_V - d.node.ohm * (near_A - i);
    if (rests && link_moves_ && !rests_still(static_cast<double>(length) * 1e-9)) continue;
    const double bent_V = rests ? 0 : port_.node(near_A, instant(h)).voltage_V - straight_V;
    if (std::abs(bent_V) <= 1e-3 * std::max(1.0, std::abs(inner)) &&
        std::abs(inner_V(next_, 0) - inner) <= 1e-4 * std::abs(inner))
      break;
  }
  if (arrives) next_.loop_A = arrives_A;
  if (arrives && avalanche_V_ > 0) event_ = PlantEvent::current_gone;
}

}  // namespace models::pack
