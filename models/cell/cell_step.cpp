// SPDX-License-Identifier: Apache-2.0
#include "models/cell/cell_step.hpp"

#include <algorithm>
#include <cmath>

#include "models/math/require.hpp"

namespace models::cell {
namespace {

using math::zero_degC_K;
constexpr double error_limit_V = 1e-7;
constexpr double longest_soc = 0.01;    // a step covers no more of the tables
constexpr double longest_share = 0.25;  // and no more of the fastest thermal time constant
constexpr int most_halvings = 14;
constexpr int most_passes = 4;
constexpr double share_per_K = 0.05;  // ln R changes by no more

double simpson(double dt_s, double a, double m, double b) { return dt_s * (1.0 / 6) * (a + 4 * m + b); }

/// Share of the capacity that has gone in by the middle and by the end.
struct Gain {
  double half, whole;
};

Gain gain_of(const Currents& j, double dt_s, const CellAtTemperature& at, double capacity) {
  const double gain = dt_s * (j.middle_A > 0 ? at.coulombic_efficiency : 1) / (3600 * at.capacity_Ah * capacity);
  return {gain * (1.0 / 24) * (5 * j.start_A + 8 * j.middle_A - j.end_A),
          gain * (1.0 / 6) * (j.start_A + 4 * j.middle_A + j.end_A)};
}

/// The hysteresis goes towards the branch of the current's direction, as far as charge passes.
Course hysteresis_of(double start, const Currents& j, double rate, const Gain& gain) {
  const double toward = j.middle_A > 0 ? 1 : j.middle_A < 0 ? -1 : start;
  const double off = start - toward;
  return {start, toward + off * decay(rate * std::abs(gain.half)), toward + off * decay(rate * std::abs(gain.whole))};
}

double hysteresis_J(double dt_s, const Course& h, const Currents& j, const CellPotential& a, const CellPotential& m,
                    const CellPotential& b) {
  return simpson(dt_s, a.hysteresis_V * h.start * j.start_A, m.hysteresis_V * h.middle * j.middle_A,
                 b.hysteresis_V * h.end * j.end_A);
}

double r0_heat_J(double dt_s, const Currents& i, const CellCircuit& a, const CellCircuit& m, const CellCircuit& b) {
  return simpson(dt_s, a.r0_ohm * i.start_A * i.start_A, m.r0_ohm * i.middle_A * i.middle_A,
                 b.r0_ohm * i.end_A * i.end_A);
}

/// int q (T - from) dt, q = j dU/dT
double entropic_J(double dt_s, const Course& q, const Course& degC, double from_degC) {
  return simpson(dt_s, q.start * (degC.start - from_degC), q.middle * (degC.middle - from_degC),
                 q.end * (degC.end - from_degC));
}

void carry_pairs(const StepStart& from, bool inflow, Decay& decay1, Decay& decay2, StepTrial& t) {
  const CellCircuit &a = from.at.c, &m = t.middle.c, &b = t.there.c;
  const PairResult pair1 = advance_pair(from.state.v1_V, {a.r1_ohm, m.r1_ohm, b.r1_ohm, a.tau1_s, m.tau1_s, b.tau1_s},
                                        t.j, from.dt_s, decay1);
  const PairResult pair2 = advance_pair(from.state.v2_V, {a.r2_ohm, m.r2_ohm, b.r2_ohm, a.tau2_s, m.tau2_s, b.tau2_s},
                                        t.j, from.dt_s, decay2);
  t.half.v1_V = pair1.middle_V;
  t.half.v2_V = pair2.middle_V;
  t.end.v1_V = pair1.end_V;
  t.end.v2_V = pair2.end_V;
  t.error_V = pair1.error_V + pair2.error_V;
  t.energy.rc_heat_J = inflow ? pair1.work_J + pair2.work_J : pair1.heat_J + pair2.heat_J;
  t.energy.rc_stored_J = inflow ? 0 : pair1.stored_J + pair2.stored_J;
}

void carry_entropy(const StepStart& from, const Course& degC, const CellParams& params, StepTrial& t) {
  const Course q{t.j.start_A * from.at.p.dudt_V_per_K, t.j.middle_A * t.middle.p.dudt_V_per_K,
                 t.j.end_A * t.there.p.dudt_V_per_K};
  t.energy.entropic_heat_J = entropic_J(from.dt_s, q, degC, -zero_degC_K);
  if (params.entropic_shift) t.energy.entropic_shift_J = entropic_J(from.dt_s, q, degC, params.reference_degC);
}

void carry_leak(const StepStart& from, const Course& leak_A, double leak_S, StepTrial& t) {
  t.energy.internal_short_J =
      simpson(from.dt_s, leak_A.start * leak_A.start, leak_A.middle * leak_A.middle, leak_A.end * leak_A.end) / leak_S;
  t.error_V += 0.1 * std::abs(leak_A.start - 2 * leak_A.middle + leak_A.end) * (from.at.c.r1_ohm + from.at.c.r2_ohm);
}

/// What the pairs' voltages at the end owe to the current of this step.
double moving_V(const StepTrial& t, const Decay& decay1, const Decay& decay2) {
  return std::min(decay1.z, 1.0) * std::abs(t.there.c.r1_ohm * t.j.end_A) +
         std::min(decay2.z, 1.0) * std::abs(t.there.c.r2_ohm * t.j.end_A);
}

}  // namespace

StepPoint Cell::point(double soc, double degC, double current_A) const {
  StepPoint p{type_->circuit(soc, degC, current_A), type_->potential(soc, degC)};
  p.c.r0_ohm *= resistance_;
  p.c.r1_ohm *= resistance_;
  p.c.r2_ohm *= resistance_;
  return p;
}

double Cell::heat_W(const CellState& s, const StepPoint& p, double i, double leak) const {
  const double j = i - leak;
  double heat = p.c.r0_ohm * i * i +
                j * (p.p.hysteresis_V * s.hysteresis + (s.temperature_degC + zero_degC_K) * p.p.dudt_V_per_K);
  if (leak != 0) heat += leak * leak / leak_S_;
  if (type_->params().rc_heat == RcHeat::inflow) return heat + j * (s.v1_V + s.v2_V);
  if (p.c.r1_ohm > 0) heat += s.v1_V * s.v1_V / p.c.r1_ohm;
  if (p.c.r2_ohm > 0) heat += s.v2_V * s.v2_V / p.c.r2_ohm;
  return heat;
}

double Cell::longest_s(double current_A, const CellAtTemperature& at, const Surroundings& env) const {
  const double by_heat = longest_share / flow_.fastest_per_s(env);
  const double amperes = std::abs(current_A) + 5 * leak_S_;
  return std::min(by_heat, longest_soc * 3600 * at.capacity_Ah * capacity_ / std::max(amperes, 1e-9));
}

CellState Cell::advanced(const CellState& s, const Ramp& ramp, double dt_s, const Surroundings& env,
                         CellEnergy* energy) const {
  CellState state = s;
  if (!type_->has_surface()) state.surface_degC = s.temperature_degC;
  if (!(dt_s > 0)) return state;
  if (held_V_) {
    if (energy != nullptr) energy->ocv_stored_J += inner_V(s) * dt_s * (ramp.start_A + 0.5 * ramp.slope_A_per_s * dt_s);
    return state;
  }
  const double end_A = ramp.start_A + ramp.slope_A_per_s * dt_s;
  if (ramp.start_A * end_A < 0) {  // efficiency and hysteresis change with the sign
    const double zero_s = dt_s * ramp.start_A / (ramp.start_A - end_A);
    stretch(state, ramp.start_A, 0, zero_s, env, energy);
    stretch(state, 0, end_A, dt_s - zero_s, env, energy);
  } else {
    stretch(state, ramp.start_A, end_A, dt_s, env, energy);
  }
  return state;
}

/// A current of one sign, in as many steps as its accuracy needs.
void Cell::stretch(CellState& s, double from_A, double to_A, double dt_s, const Surroundings& env,
                   CellEnergy* energy) const {
  const double longest = longest_s(std::max(std::abs(from_A), std::abs(to_A)), type_->at(s.temperature_degC), env);
  const double shortest = dt_s * (1.0 / (1 << most_halvings)), rise = dt_s > 0 ? (to_A - from_A) / dt_s : 0;
  double done = 0, length = std::min(dt_s, longest);
  StepPoint here = point(s.soc, s.temperature_degC, from_A);
  while (done < dt_s) {
    const bool last = length >= dt_s - done;
    if (last) length = dt_s - done;
    const double a = from_A + rise * done, b = last ? to_A : from_A + rise * (done + length);
    const StepTrial t = tried({s, here, {a, 0.5 * (a + b), b}, length}, env);
    if (t.error_V > error_limit_V && length > shortest) {
      length *= 0.5;
      continue;
    }
    if (energy != nullptr) add_storage(s, t, length, *energy);
    s = t.end;
    here = t.there;
    done = last ? dt_s : done + length;
    length = std::min(2 * length, longest);
  }
}

double Cell::leak_A(const CellState& s, const CellPotential& p) const {
  return leak_S_ > 0 ? leak_S_ * inner_V(s, p) : 0;
}

/// One pass: state, energies and error at the temperatures and the leak that are assumed.
void Cell::carry(const StepStart& from, const StepAssumed& x, StepTrial& t) const {
  const Currents &i = from.i, j{i.start_A - x.leak_A.start, i.middle_A - x.leak_A.middle, i.end_A - x.leak_A.end};
  t.j = j;
  t.at = type_->at(x.degC.middle);
  t.lost_per_s = type_->self_discharge_per_h(from.state.soc, t.at) * spread_.self_discharge * (1.0 / 3600);
  const Gain gain = gain_of(j, from.dt_s, t.at, capacity_);
  t.end.soc = from.state.soc + gain.whole - from.dt_s * t.lost_per_s;
  t.end.temperature_degC = x.degC.end;
  t.middle = point(from.state.soc + gain.half - 0.5 * from.dt_s * t.lost_per_s, x.degC.middle, i.middle_A);
  t.there = point(t.end.soc, x.degC.end, i.end_A);
  carry_pairs(from, type_->params().rc_heat == RcHeat::inflow, decay1_, decay2_, t);
  t.energy.r0_heat_J = r0_heat_J(from.dt_s, i, from.at.c, t.middle.c, t.there.c);
  t.half.hysteresis = t.end.hysteresis = from.state.hysteresis;
  if (type_->has_hysteresis()) {
    const Course h = hysteresis_of(from.state.hysteresis, j, t.at.hysteresis_rate, gain);
    t.half.hysteresis = h.middle;
    t.end.hysteresis = h.end;
    t.energy.hysteresis_J = hysteresis_J(from.dt_s, h, j, from.at.p, t.middle.p, t.there.p);
  }
  if (type_->has_entropy()) carry_entropy(from, x.degC, type_->params(), t);
  if (leak_S_ > 0) {
    carry_leak(from, x.leak_A, leak_S_, t);
    if (j.start_A * j.end_A < 0) t.error_V += std::abs(gain.whole) * t.at.hysteresis_rate;
  }
}

/// Temperature and leak depend on the end that they lead to: passes until they agree with it.
StepTrial Cell::tried(const StepStart& start, const Surroundings& env) const {
  const CellState& s = start.state;
  const double dt_s = start.dt_s;
  const Temperatures from{s.temperature_degC, s.surface_degC};
  const double leak0 = leak_A(s, start.at.p), heat0 = heat_W(s, start.at, start.i.start_A, leak0),
               slope0 = flow_.core_K_per_s(from, heat0, env);
  StepAssumed x{{s.temperature_degC, s.temperature_degC + 0.5 * dt_s * slope0, s.temperature_degC + dt_s * slope0},
                {leak0, leak0, leak0}};
  StepTrial t{};
  for (int pass = 0; pass < most_passes; ++pass) {
    carry(start, x, t);
    const double heat1 = heat_W(t.end, t.there, start.i.end_A, x.leak_A.end);
    const Temperatures to = flow_.after(from, {t.energy.heat_J() / dt_s, heat1 - heat0}, dt_s, env);
    t.end.temperature_degC = to.core_degC;
    t.end.surface_degC = to.surface_degC;
    const double leaked = leak_A(t.end, t.there.p), off_A = std::abs(leaked - x.leak_A.end);
    const double off_K = std::abs(to.core_degC - x.degC.end),
                 off_V = off_K * share_per_K * moving_V(t, decay1_, decay2_);
    const bool settled = off_V < 1e-8 && off_K < 0.02 && off_A < 1e-9 * (1 + std::abs(leaked));
    const bool again = leak_S_ > 0 && pass == 0;  // the leak of the middle is still the one of the start
    if (settled && !again) break;
    if (pass == most_passes - 1) t.error_V += off_V + off_A * (start.at.c.r1_ohm + start.at.c.r2_ohm);
    x.degC.end = to.core_degC;
    x.degC.middle =
        0.5 * (from.core_degC + to.core_degC) + 0.125 * dt_s * (slope0 - flow_.core_K_per_s(to, heat1, env));
    t.half.temperature_degC = x.degC.middle;
    x.leak_A.end = leaked;
    x.leak_A.middle = leak_A(t.half, t.middle.p);
  }
  return t;
}

/// The terms that only the ledger needs.
void Cell::add_storage(const CellState& from, const StepTrial& t, double dt_s, CellEnergy& energy) const {
  energy += t.energy;
  const double charge_As = 3600 * t.at.capacity_Ah * capacity_;
  energy.ocv_stored_J += charge_As * (type_->ocv_integral_V(t.end.soc) - type_->ocv_integral_V(from.soc));
  const double ocv0 = type_->ocv_V(from.soc), ocvm = t.middle.p.ocv_V, ocv1 = t.there.p.ocv_V;
  if (t.j.middle_A > 0) {
    energy.coulombic_loss_J +=
        (1 - t.at.coulombic_efficiency) * simpson(dt_s, ocv0 * t.j.start_A, ocvm * t.j.middle_A, ocv1 * t.j.end_A);
  }
  energy.self_discharge_J += charge_As * t.lost_per_s * simpson(dt_s, ocv0, ocvm, ocv1);
}

}  // namespace models::cell
