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

double simpson(double dt_s, double a, double m, double b) { return dt_s * (1.0 / 6) * (a + 4 * m + b); }

}  // namespace

struct Cell::Point {
  CellCircuit c;
  CellPotential p;
};

struct Cell::Trial {
  CellState end;
  Point there;
  Temperatures assumed;  // the temperatures for which it was computed
  double error_V;
  CellAtTemperature at;  // in the middle
  Currents j;
  double lost_per_s;  // self-discharge
  Point middle;
  CellEnergy energy;  // of the step, without what was stored
};

Cell::Point Cell::point(double soc, double degC, double current_A) const {
  Point p{type_->circuit(soc, degC, current_A), type_->potential(soc, degC)};
  p.c.r0_ohm *= resistance_;
  p.c.r1_ohm *= resistance_;
  p.c.r2_ohm *= resistance_;
  return p;
}

double Cell::heat_W(const CellState& s, const Point& p, double i, double leak) const {
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
  Point here = point(s.soc, s.temperature_degC, from_A);
  while (done < dt_s) {
    const bool last = length >= dt_s - done;
    if (last) length = dt_s - done;
    const double a = from_A + rise * done, b = last ? to_A : from_A + rise * (done + length);
    const Trial t = tried(s, here, a, b, length, env);
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

Cell::Trial Cell::tried(const CellState& s, const Point& start, double from_A, double to_A, double dt_s,
                        const Surroundings& env) const {
  const bool hysteresis = type_->has_hysteresis(), entropy = type_->has_entropy(),
             inflow = type_->params().rc_heat == RcHeat::inflow;
  const double shift = type_->params().entropic_shift ? type_->params().reference_degC : 1e9;
  const double leak0 = leak_S_ > 0 ? leak_S_ * inner_V(s, start.p) : 0;
  const Currents i{from_A, 0.5 * (from_A + to_A), to_A};
  const Temperatures from{s.temperature_degC, s.surface_degC};
  const double heat0 = heat_W(s, start, from_A, leak0), slope0 = flow_.core_K_per_s(from, heat0, env);
  double leakm = leak0, leak1 = leak0, end_degC = s.temperature_degC + dt_s * slope0,
         middle_degC = s.temperature_degC + 0.5 * dt_s * slope0;
  Trial t{};
  for (int pass = 0; pass < 4; ++pass) {
    const Currents j{i.start_A - leak0, i.middle_A - leakm, i.end_A - leak1};
    t.j = j;
    t.at = type_->at(middle_degC);
    t.lost_per_s = type_->self_discharge_per_h(s.soc, t.at) * spread_.self_discharge * (1.0 / 3600);
    const double gain = dt_s * (j.middle_A > 0 ? t.at.coulombic_efficiency : 1) / (3600 * t.at.capacity_Ah * capacity_);
    const double half = gain * (1.0 / 24) * (5 * j.start_A + 8 * j.middle_A - j.end_A),
                 whole = gain * (1.0 / 6) * (j.start_A + 4 * j.middle_A + j.end_A);
    CellState& e = t.end;
    e.soc = s.soc + whole - dt_s * t.lost_per_s;
    t.middle = point(s.soc + half - 0.5 * dt_s * t.lost_per_s, middle_degC, i.middle_A);
    t.there = point(e.soc, end_degC, to_A);
    const CellCircuit &a = start.c, &m = t.middle.c, &b = t.there.c;
    const PairResult pair1 =
        advance_pair(s.v1_V, {a.r1_ohm, m.r1_ohm, b.r1_ohm, a.tau1_s, m.tau1_s, b.tau1_s}, j, dt_s, decay1_);
    const PairResult pair2 =
        advance_pair(s.v2_V, {a.r2_ohm, m.r2_ohm, b.r2_ohm, a.tau2_s, m.tau2_s, b.tau2_s}, j, dt_s, decay2_);
    e.v1_V = pair1.end_V;
    e.v2_V = pair2.end_V;
    t.error_V = pair1.error_V + pair2.error_V;
    double hm = e.hysteresis = s.hysteresis;
    CellEnergy& w = t.energy;
    if (hysteresis) {
      const double toward = j.middle_A > 0 ? 1 : j.middle_A < 0 ? -1 : s.hysteresis;
      const double off = s.hysteresis - toward;
      hm = toward + off * decay(t.at.hysteresis_rate * std::abs(half));
      e.hysteresis = toward + off * decay(t.at.hysteresis_rate * std::abs(whole));
      w.hysteresis_J =
          simpson(dt_s, start.p.hysteresis_V * s.hysteresis * j.start_A, t.middle.p.hysteresis_V * hm * j.middle_A,
                  t.there.p.hysteresis_V * e.hysteresis * j.end_A);
    }
    w.r0_heat_J = simpson(dt_s, a.r0_ohm * i.start_A * i.start_A, m.r0_ohm * i.middle_A * i.middle_A,
                          b.r0_ohm * i.end_A * i.end_A);
    w.rc_heat_J = inflow ? pair1.work_J + pair2.work_J : pair1.heat_J + pair2.heat_J;
    w.rc_stored_J = inflow ? 0 : pair1.stored_J + pair2.stored_J;
    if (entropy) {
      const double q0 = j.start_A * start.p.dudt_V_per_K, qm = j.middle_A * t.middle.p.dudt_V_per_K,
                   q1 = j.end_A * t.there.p.dudt_V_per_K;
      w.entropic_heat_J = simpson(dt_s, q0 * (s.temperature_degC + zero_degC_K), qm * (middle_degC + zero_degC_K),
                                  q1 * (end_degC + zero_degC_K));
      if (shift < 1e9)
        w.entropic_shift_J =
            simpson(dt_s, q0 * (s.temperature_degC - shift), qm * (middle_degC - shift), q1 * (end_degC - shift));
    }
    if (leak_S_ > 0) {
      w.internal_short_J = simpson(dt_s, leak0 * leak0, leakm * leakm, leak1 * leak1) / leak_S_;
      t.error_V += 0.1 * std::abs(leak0 - 2 * leakm + leak1) * (a.r1_ohm + a.r2_ohm);
      if (j.start_A * j.end_A < 0) t.error_V += std::abs(whole) * t.at.hysteresis_rate;
    }
    e.temperature_degC = end_degC;
    const double heat1 = heat_W(e, t.there, to_A, leak1);
    const Temperatures to = flow_.after(from, {w.heat_J() / dt_s, heat1 - heat0}, dt_s, env);
    e.temperature_degC = to.core_degC;
    e.surface_degC = to.surface_degC;
    const double off_K = std::abs(to.core_degC - end_degC);
    const double leaked = leak_S_ > 0 ? leak_S_ * inner_V(e, t.there.p) : 0, off_A = std::abs(leaked - leak1);
    const double moving = std::min(decay1_.z, 1.0) * std::abs(b.r1_ohm * j.end_A) +
                          std::min(decay2_.z, 1.0) * std::abs(b.r2_ohm * j.end_A);
    const bool settled = off_K * 0.05 * moving < 1e-8 && off_K < 0.02 && off_A < 1e-9 * (1 + std::abs(leaked));
    const bool again = leak_S_ > 0 && pass == 0;  // the leak of the middle is still the one of the start
    if (settled && !again) break;
    if (pass == 3) t.error_V += off_K * 0.05 * moving + off_A * (a.r1_ohm + a.r2_ohm);
    end_degC = to.core_degC;
    middle_degC = 0.5 * (from.core_degC + to.core_degC) + 0.125 * dt_s * (slope0 - flow_.core_K_per_s(to, heat1, env));
    leak1 = leaked;
    if (leak_S_ > 0) leakm = leak_S_ * inner_V({0, pair1.middle_V, pair2.middle_V, middle_degC, 0, hm}, t.middle.p);
  }
  return t;
}

/// The terms that only the ledger needs.
void Cell::add_storage(const CellState& from, const Trial& t, double dt_s, CellEnergy& energy) const {
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
