// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "rig/cell_fit/circuit.hpp"
#include "rig/cell_fit/solution.hpp"

namespace rig::cell_fit {

/// What stands where in the vector of parameters: for each group ln R0, ln R1, ln tau1, ln R2, ln tau2 over the knots,
/// then over the knots the shift and the correction of the OCV in units of their weights, then the start of each test.
struct Layout {
  std::size_t groups = 0, knots = 0, tests = 0;
  [[nodiscard]] std::size_t circuit(std::size_t group, std::size_t quantity, std::size_t knot) const {
    return (group * quantities + quantity) * knots + knot;
  }
  [[nodiscard]] std::size_t shift(std::size_t knot) const { return groups * quantities * knots + knot; }
  [[nodiscard]] std::size_t correction(std::size_t knot) const { return (groups * quantities + 1) * knots + knot; }
  [[nodiscard]] std::size_t start(std::size_t test) const { return (groups * quantities + 2) * knots + test; }
  [[nodiscard]] std::size_t size() const { return start(tests); }
};

/// All that is fixed while the solver varies the parameters.
struct Problem {
  Layout layout;
  std::vector<double> soc;  // knots of circuit and correction
  Branch slow;              // on its own knots and those of `soc`
  Branch other;             // the charge, when there are both
  double efficiency = 1;
  std::size_t slow_group = 0;   // whose temperature is nearest to the slow run's
  std::vector<Course> courses;  // of each test
  std::vector<double> degC;     // of each group, increasing
  Weights weights;
  [[nodiscard]] std::size_t rows() const {
    std::size_t all = 0;
    for (const Course& course : courses) all += course.steps.size();
    return all;
  }
};

template <class T>
Circuit<T> circuit_of(const Problem& p, std::size_t group, const T* x) {
  using std::exp;
  Circuit<T> c;
  c.soc = p.soc;
  for (std::size_t q = 0; q < quantities; ++q) {
    for (std::size_t k = 0; k < p.layout.knots; ++k) c.y[q].push_back(exp(x[p.layout.circuit(group, q, k)]));
  }
  return c;
}

template <class T>
Circuits<T> circuits_of(const Problem& p, const T* x) {
  Circuits<T> c{p.degC, {}};
  for (std::size_t g = 0; g < p.layout.groups; ++g) c.all.push_back(circuit_of(p, g, x));
  return c;
}

/// A value over the knots, at one of them or between; beyond them the end values hold.
template <class T>
T along(const Problem& p, double soc, const T* first) {
  const Place<double> at = place_of(p.soc, std::min(std::max(soc, p.soc.front()), p.soc.back()));
  return first[at.i] + (first[at.i + 1] - first[at.i]) * at.w;
}

/// What the model says along the slow run, at its knots: what was measured a little beside, corrected.
template <class T>
std::vector<T> slow_of(const Problem& p, const T* x) {
  std::vector<T> all;
  const std::vector<double>& volts = p.slow.voltage_V;
  for (const double soc : p.slow.soc) {
    const T beside = soc + p.weights.shift * along(p, soc, x + p.layout.shift(0));
    const Place<T> at = place_of(p.slow.soc, beside);
    all.push_back(volts[at.i] + (volts[at.i + 1] - volts[at.i]) * at.w +
                  p.weights.correction_V * along(p, soc, x + p.layout.correction(0)));
  }
  return all;
}

/// The open-circuit voltage at the knots of the slow run: less what the circuit adds there.
template <class T>
std::vector<T> ocv_of(const Problem& p, const Circuit<T>& circuit, const T* x) {
  std::vector<T> ocv = slow_of(p, x), over = polarisation_V(p.slow, p.efficiency, circuit);
  for (std::size_t j = 0; j < ocv.size(); ++j) ocv[j] -= over[j];
  return ocv;
}

/// Weighted errors of the model, row by row, test after test.
struct DataCost {
  const Problem* p;
  template <class T>
  bool operator()(T const* const* blocks, T* residuals) const {
    const T* x = blocks[0];
    const Circuits<T> circuits = circuits_of(*p, x);
    const std::vector<T> ocv = ocv_of(*p, circuits.all[p->slow_group], x);
    for (std::size_t t = 0; t < p->courses.size(); ++t) {
      drive(p->courses[t], circuits, p->slow.soc, ocv, x[p->layout.start(t)],
            [&](const Step& step, const T& volts, const T&) {
              *residuals++ = (volts - step.voltage_V) * (step.weight / p->weights.volts_V);
            });
    }
    return true;
  }
};

/// What is believed before the data: neighbours are alike, the slow run is met, time constants are usual ones.
struct PriorCost {
  const Problem* p;
  [[nodiscard]] std::size_t rows() const {
    const Layout& l = p->layout;
    return l.groups * quantities * (l.knots - 1) + l.groups * 2 * l.knots + 2 * l.knots - 1 + p->slow.soc.size();
  }
  template <class T>
  bool operator()(T const* const* blocks, T* residuals) const {
    const T* x = blocks[0];
    const Layout& l = p->layout;
    const Weights& w = p->weights;
    const double smooth[quantities] = {w.smooth_r0, w.smooth_fast, w.smooth_fast, w.smooth_slow, w.smooth_slow};
    for (std::size_t g = 0; g < l.groups; ++g) {
      for (std::size_t q = 0; q < quantities; ++q) {
        for (std::size_t k = 0; k + 1 < l.knots; ++k)
          *residuals++ = (x[l.circuit(g, q, k + 1)] - x[l.circuit(g, q, k)]) / smooth[q];
      }
      for (std::size_t k = 0; k < l.knots; ++k) {
        *residuals++ = (x[l.circuit(g, tau1, k)] - std::log(15.0)) / 1.5;
        *residuals++ = (x[l.circuit(g, tau2, k)] - std::log(600.0)) / 1.5;
      }
    }
    for (std::size_t k = 0; k < l.knots; ++k) *residuals++ = x[l.correction(k)];
    const std::vector<T> slow = slow_of(*p, x);
    for (std::size_t j = 0; j < slow.size(); ++j) *residuals++ = (slow[j] - p->slow.voltage_V[j]) / w.slow_V;
    for (std::size_t k = 0; k + 1 < l.knots; ++k) *residuals++ = x[l.shift(k + 1)] - x[l.shift(k)];
    return true;
  }
};

/// How far beyond empty and full a test may go: the slow run and it need not agree to the last percent.
inline constexpr double beyond_the_table = 0.1;

/// Knots, groups, first courses; `starts` are the starting states of charge as first guessed. Throws Refusal when a
/// start takes its test out of the table, or fewer than three knots lie in it.
[[nodiscard]] Problem problem_of(const std::vector<PulseTest>& tests, const SlowRun& slow, double efficiency,
                                 const Weights& weights, cell_bench::Held held, const std::vector<double>& starts);

}  // namespace rig::cell_fit
