// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>

#include "models/cell/cell.hpp"

namespace models::cell {

/// Current at the start, in the middle and at the end of a step.
struct Currents {
  double start_A, middle_A, end_A;
};

/// A quantity at the start, in the middle and at the end of a step.
struct Course {
  double start, middle, end;
};

/// Parameters at one instant.
struct StepPoint {
  CellCircuit c;
  CellPotential p;
};

/// Where a step begins, and the current that it carries.
struct StepStart {
  const CellState& state;
  const StepPoint& at;
  Currents i;
  double dt_s;
};

/// What a pass over the step takes for granted and the next one corrects.
struct StepAssumed {
  Course degC, leak_A;
};

struct StepTrial {
  CellState end, half;  // half: the middle, without soc
  StepPoint there, middle;
  double error_V;
  CellAtTemperature at;  // in the middle
  Currents j;
  double lost_per_s;  // self-discharge
  CellEnergy energy;  // of the step, without what was stored
};

/// One RC pair over one step: resistances and time constants at start, middle and end.
struct PairStep {
  double r_start, r_middle, r_end, tau_start, tau_middle, tau_end;
};

struct PairResult {
  double middle_V, end_V, work_J, heat_J, stored_J, error_V;  // middle: from values and slopes at the ends
};

/// Advances one pair under the currents `j`. Error: how far the end voltage may be off because R j is no parabola or
/// tau moves. Inlined by force: a call of it costs 3 % of a segment.
[[gnu::always_inline]] inline PairResult advance_pair(double v0, const PairStep& p, const Currents& j, double dt_s,
                                                      Decay& d) {
  const double tau = (p.tau_start + 4 * p.tau_middle + p.tau_end) * (1.0 / 6),
               r = (p.r_start + 4 * p.r_middle + p.r_end) * (1.0 / 6);
  d.set(dt_s / tau);
  const double z = d.z, u0 = p.r_start * j.start_A, um = p.r_middle * j.middle_A, u1 = p.r_end * j.end_A;
  const double bend = u0 - 2 * um + u1, a = 2 * bend, b = u1 - u0 - a;
  PairResult result{};
  const double v1 = v0 * d.e + u0 * d.p1 + b * d.p2 + a * d.p3;
  result.end_V = v1;
  const double vm = 0.5 * (v0 + v1) + 0.125 * z * ((u0 - v0) - (u1 - v1));
  result.middle_V = vm;
  double square;   // int v^2 dt
  if (z < 0.05) {  // Simpson with the middle from values and slopes: error z^4 / 2880
    const double sixth = dt_s * (1.0 / 6);
    result.work_J = sixth * (v0 * j.start_A + 4 * vm * j.middle_A + v1 * j.end_A);
    square = sixth * (v0 * v0 + 4 * vm * vm + v1 * v1);
  } else {  // moments of v from those of u = v + tau dv/dt
    const double m0 = dt_s * (u0 + b * (1.0 / 2) + a * (1.0 / 3)) - tau * (v1 - v0);
    const double m1 = dt_s * (u0 * (1.0 / 2) + b * (1.0 / 3) + a * (1.0 / 4)) - tau * (v1 - m0 / dt_s);
    const double m2 = dt_s * (u0 * (1.0 / 3) + b * (1.0 / 4) + a * (1.0 / 5)) - tau * (v1 - 2 * m1 / dt_s);
    result.work_J = j.start_A * m0 + (j.end_A - j.start_A) * m1;
    square = u0 * m0 + b * m1 + a * m2 - 0.5 * tau * (v1 * v1 - v0 * v0);
  }
  if (r > 0) {
    result.heat_J = square / r;
    result.stored_J = 0.5 * (tau / r) * (v1 * v1 - v0 * v0);
  }
  const double drift = std::abs(p.tau_end - p.tau_start) / tau, share = z < 1 ? z : 1;
  result.error_V = share * (0.1 * std::abs(bend) +
                            drift * (0.125 * std::abs(u1 - u0) + drift * (1.0 / 12) * (std::abs(v0) + std::abs(u0))));
  return result;
}

}  // namespace models::cell
