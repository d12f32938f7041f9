// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "rig/cell_fit/slow_run.hpp"
#include "rig/cell_fit/steps.hpp"

/// The cell of models/cell, reduced to what a fit varies and templated on the number, so that Ceres differentiates it:
///   v = ocv(soc) + R0 i + v1 + v2      vk over a step by the exact exponential, R and tau those of its middle
/// Everything linear in soc between knots. The result is judged by the real cell (rig/cell_bench/replay).
namespace rig::cell_fit {

enum Quantity : std::size_t { r0, r1, tau1, r2, tau2, quantities };

template <class T>
double plain(const T& x) {
  if constexpr (requires { x.a; })
    return x.a;
  else
    return x;
}

/// x = knot[i] + w (knot[i + 1] - knot[i]); w may lie outside 0 … 1.
template <class T>
struct Place {
  std::size_t i;
  T w;
};
template <class T>
Place<T> place_of(const std::vector<double>& knots, const T& x) {
  std::size_t i = 0, end = knots.size() - 1;
  while (end - i > 1) {
    const std::size_t middle = (i + end) / 2;
    (plain(x) < knots[middle] ? end : i) = middle;
  }
  return {i, (x - knots[i]) / (knots[i + 1] - knots[i])};
}

/// The circuit over soc; beyond the knots the end values hold.
template <class T>
struct Circuit {
  std::vector<double> soc;
  std::array<std::vector<T>, quantities> y;

  [[nodiscard]] std::array<T, quantities> at(const T& x) const {
    std::array<T, quantities> all;
    if (soc.size() == 1 || plain(x) <= soc.front()) return corner(0);
    if (plain(x) >= soc.back()) return corner(soc.size() - 1);
    const Place<T> p = place_of(soc, x);
    for (std::size_t q = 0; q < quantities; ++q) all[q] = y[q][p.i] + (y[q][p.i + 1] - y[q][p.i]) * p.w;
    return all;
  }

 private:
  [[nodiscard]] std::array<T, quantities> corner(std::size_t k) const {
    return {y[r0][k], y[r1][k], y[tau1][k], y[r2][k], y[tau2][k]};
  }
};

template <class T>
struct Pairs {
  T v1{0.0}, v2{0.0};
  void advance(const std::array<T, quantities>& c, double current_A, double dt_s) {
    using std::exp;
    const T e1 = exp(-dt_s / c[tau1]), e2 = exp(-dt_s / c[tau2]);
    v1 = v1 * e1 + c[r1] * current_A * (1.0 - e1);
    v2 = v2 * e2 + c[r2] * current_A * (1.0 - e2);
  }
};

/// Circuits at several temperatures, in their order; between them ln R is linear in 1/T and tau in T, as in
/// models/cell; beyond them the end values hold.
template <class T>
struct Circuits {
  std::vector<double> degC;
  std::vector<Circuit<T>> all;

  [[nodiscard]] std::array<T, quantities> at(const T& soc, double at_degC) const {
    if (all.size() == 1 || at_degC <= degC.front()) return all.front().at(soc);
    if (at_degC >= degC.back()) return all.back().at(soc);
    const std::size_t i = place_of(degC, at_degC).i;
    const double a_K = degC[i] + 273.15, b_K = degC[i + 1] + 273.15, x_K = at_degC + 273.15;
    const double by_inverse = (1 / a_K - 1 / x_K) / (1 / a_K - 1 / b_K), by_T = (x_K - a_K) / (b_K - a_K);
    std::array<T, quantities> low = all[i].at(soc);
    const std::array<T, quantities> high = all[i + 1].at(soc);
    using std::pow;
    for (const Quantity r : {r0, r1, r2}) low[r] *= pow(high[r] / low[r], by_inverse);
    for (const Quantity tau : {tau1, tau2}) low[tau] += (high[tau] - low[tau]) * by_T;
    return low;
  }
};

/// What the circuit adds to the open-circuit voltage along a slow run, at each of its knots: R0 i + v1 + v2 from rest.
template <class T>
std::vector<T> polarisation_V(const Branch& run, double efficiency, const Circuit<T>& circuit) {
  std::vector<T> all(run.soc.size());
  const bool down = run.current_A < 0;
  const double Ah_per_soc = run.charge_Ah * (down ? 1 : efficiency);
  Pairs<T> pairs;
  for (std::size_t n = 0; n < run.soc.size(); ++n) {
    const std::size_t k = down ? run.soc.size() - 1 - n : n;
    if (n > 0) {
      const double before = run.soc[down ? k + 1 : k - 1], moved_Ah = std::abs(run.soc[k] - before) * Ah_per_soc;
      const double dt_s = 3600 * moved_Ah / (std::abs(run.current_A) * (down ? 1 : efficiency));
      pairs.advance(circuit.at(T(0.5 * (before + run.soc[k]))), run.current_A, dt_s);
    }
    all[k] = circuit.at(T(run.soc[k]))[r0] * run.current_A + pairs.v1 + pairs.v2;
  }
  return all;
}

/// One pulse test as the fit sees it.
struct Course {
  std::vector<Step> steps;
  double capacity_Ah, efficiency;
};

/// visit(step, volts, soc): the model along the test, from rest at `start`.
template <class T, class Visit>
void drive(const Course& course, const Circuits<T>& circuits, const std::vector<double>& ocv_soc,
           const std::vector<T>& ocv_V, const T& start, Visit visit) {
  T soc = start, open_V{0.0};
  Pairs<T> pairs;
  std::array<T, quantities> here = circuits.at(soc, course.steps.front().degC), middle = here;
  bool moved = true;
  for (const Step& s : course.steps) {
    const double gain = (s.mean_A > 0 ? course.efficiency : 1) * s.mean_A * s.dt_s / (3600 * course.capacity_Ah);
    if (circuits.all.size() > 1) moved = true;  // the temperature moves at rest too
    if (gain != 0) {
      middle = circuits.at(soc + T(0.5 * gain), s.degC);
      soc += gain;
      moved = true;
    }
    pairs.advance(gain != 0 ? middle : here, s.mean_A, s.dt_s);
    if (moved) {
      here = circuits.at(soc, s.degC);
      const Place<T> p = place_of(ocv_soc, soc);
      open_V = ocv_V[p.i] + (ocv_V[p.i + 1] - ocv_V[p.i]) * p.w;
      moved = false;
    }
    visit(s, open_V + here[r0] * s.current_A + pairs.v1 + pairs.v2, soc);
  }
}

}  // namespace rig::cell_fit
