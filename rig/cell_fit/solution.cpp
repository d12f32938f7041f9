// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/solution.hpp"

#include <ceres/ceres.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <limits>

#include "models/cell/cell_type.hpp"
#include "rig/cell_fit/cell_of.hpp"
#include "rig/cell_fit/problem.hpp"
#include "rig/cell_fit/refusal.hpp"
#include "rig/cell_fit/survey.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_fit {
namespace {

using cell_bench::Held;
using Vector = std::vector<double>;

constexpr double clearly = 0.9;  // pulses hardly tell when a row's current flowed: R0 and R1 make up for it
constexpr double rough_fit = 1e-4, last_fit = 1e-7;  // change of the cost that ends a search

template <class Cost>
ceres::ResidualBlockId add(ceres::Problem& problem, const Cost& cost, std::size_t rows, Vector& x) {
  auto* function = new ceres::DynamicAutoDiffCostFunction<Cost, 12>(new Cost(cost));  // the problem deletes it
  function->AddParameterBlock(static_cast<int>(x.size()));
  function->SetNumResiduals(static_cast<int>(rows));
  return problem.AddResidualBlock(function, nullptr, x.data());
}

double seconds_between_rows(const Problem& p) {
  double least = 1e9;
  for (const Course& course : p.courses) {
    for (std::size_t k = 1; k < course.steps.size(); ++k) {
      if (course.steps[k].dt_s > 0) least = std::min(least, course.steps[k].dt_s);
    }
  }
  return least;
}

/// What time constants may be.
struct Range {
  double least_s, most_s;
  [[nodiscard]] Bound met_by(double tau_s) const {
    if (tau_s > 0.999 * most_s) return Bound::most;
    return tau_s < 1.001 * least_s ? Bound::least : Bound::none;
  }
};
struct Ranges {
  Range fast, slow;
};
Ranges ranges_of(const Problem& p, double longest_rest_s) {
  return {{std::clamp(seconds_between_rows(p), 1.0, 20.0), 60}, {60, std::clamp(1.5 * longest_rest_s, 300.0, 6000.0)}};
}

/// Time constants stay apart and within what the rows can show; a start stays in the table.
void bound(ceres::Problem& problem, const Problem& p, const Ranges& ranges, const std::vector<PulseTest>& tests,
           Vector& x) {
  const auto between = [&](std::size_t at, double low, double high) {
    problem.SetParameterLowerBound(x.data(), static_cast<int>(at), low);
    problem.SetParameterUpperBound(x.data(), static_cast<int>(at), high);
    x[at] = std::clamp(x[at], low, high);
  };
  for (std::size_t g = 0; g < p.layout.groups; ++g) {
    for (std::size_t k = 0; k < p.layout.knots; ++k) {
      for (const Quantity r : {r0, r1, r2}) between(p.layout.circuit(g, r, k), std::log(1e-7), std::log(1e2));
      between(p.layout.circuit(g, tau1, k), std::log(ranges.fast.least_s), std::log(ranges.fast.most_s));
      between(p.layout.circuit(g, tau2, k), std::log(ranges.slow.least_s), std::log(ranges.slow.most_s));
    }
  }
  for (std::size_t t = 0; t < tests.size(); ++t) {
    const double guess = x[p.layout.start(t)];
    if (tests[t].start_soc)
      between(p.layout.start(t), guess - 1e-9, guess + 1e-9);
    else
      between(p.layout.start(t), -0.05, 1);  // the slow run says what full is
  }
}

Vector first_guess(const Problem& p, double ohm, const Vector& starts) {
  Vector x(p.layout.size(), 0.0);
  const double log_r = std::log(ohm), guess[] = {log_r, log_r - 1, std::log(15.0), log_r - 0.5, std::log(600.0)};
  for (std::size_t g = 0; g < p.layout.groups; ++g) {
    for (std::size_t q = 0; q < quantities; ++q) {
      for (std::size_t k = 0; k < p.layout.knots; ++k) x[p.layout.circuit(g, q, k)] = guess[q];
    }
  }
  for (std::size_t t = 0; t < starts.size(); ++t) x[p.layout.start(t)] = starts[t];
  return x;
}

/// Squares of one test under a start, everything else as guessed.
double cost_of(const Problem& p, std::size_t test, const Circuits<double>& circuits, const Vector& ocv, double start) {
  double sum = 0;
  drive(p.courses[test], circuits, p.slow.soc, ocv, start, [&](const Step& step, double volts, double soc) {
    if (soc < -beyond_the_table || soc > 1 + beyond_the_table) sum = std::numeric_limits<double>::infinity();
    const double off = (volts - step.voltage_V) * step.weight;
    sum += off * off;
  });
  return sum;
}

/// The best of a grid of 1 %.
Vector better_starts(const Problem& p, const std::vector<PulseTest>& tests, const Vector& x) {
  Vector starts;
  const Circuits<double> circuits = circuits_of(p, x.data());
  const Vector ocv = ocv_of(p, circuits.all[p.slow_group], x.data());
  for (std::size_t t = 0; t < tests.size(); ++t) {
    double best = x[p.layout.start(t)], least = cost_of(p, t, circuits, ocv, best);
    for (int k = 0; k <= 100 && !tests[t].start_soc; ++k) {
      const double cost = cost_of(p, t, circuits, ocv, 0.01 * k);
      if (cost < least) least = cost, best = 0.01 * k;
    }
    starts.push_back(best);
  }
  return starts;
}

/// Relative standard deviations from the data alone: the inverse of its normal matrix, with a whiff of a prior so that
/// what the data do not see comes out as very uncertain.
Vector deviations(ceres::Problem& problem, ceres::ResidualBlockId data, std::size_t parameters) {
  ceres::Problem::EvaluateOptions only;
  only.residual_blocks = {data};
  double cost = 0;
  Vector residuals;
  ceres::CRSMatrix j;
  problem.Evaluate(only, &cost, &residuals, nullptr, &j);
  const auto n = static_cast<Eigen::Index>(parameters);
  Eigen::MatrixXd jacobian = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(residuals.size()), n);
  for (std::size_t row = 0; row + 1 < j.rows.size(); ++row) {
    for (auto k = static_cast<std::size_t>(j.rows[row]); k < static_cast<std::size_t>(j.rows[row + 1]); ++k)
      jacobian(static_cast<Eigen::Index>(row), j.cols[k]) = j.values[k];
  }
  const Eigen::MatrixXd normal = jacobian.transpose() * jacobian + 1e-2 * Eigen::MatrixXd::Identity(n, n);
  const Eigen::MatrixXd inverse = normal.ldlt().solve(Eigen::MatrixXd::Identity(n, n));
  const double scale = std::sqrt(std::max(1.0, 2 * cost / std::max<double>(1, static_cast<double>(residuals.size()))));
  Vector all;
  for (Eigen::Index k = 0; k < n; ++k) all.push_back(scale * std::sqrt(std::max(0.0, inverse(k, k))));
  return all;
}

/// The fit went along the branch after discharging; the other one comes from the slow charge with the same circuit.
void split_branches(const Problem& p, const Vector& x, Solution& s) {
  const Vector over = polarisation_V(p.other, p.efficiency, circuit_of(p, p.slow_group, x.data()));
  for (std::size_t j = 0; j < s.ocv_V.size(); ++j) {
    const double gap = p.other.voltage_V[j] - over[j] - s.ocv_V[j];
    s.hysteresis_V.push_back(std::max(0.0, 0.5 * gap));
    s.ocv_V[j] += s.hysteresis_V.back();
  }
}

void take(const Problem& p, const Ranges& ranges, const Vector& x, const Vector& sd, Solution& s) {
  s.soc = p.soc;
  for (std::size_t g = 0; g < p.layout.groups; ++g) {
    Estimate e;
    e.temperature_degC = p.degC[g];
    for (std::size_t q = 0; q < quantities; ++q) {
      for (std::size_t k = 0; k < p.layout.knots; ++k) {
        e.value[q].push_back(std::exp(x[p.layout.circuit(g, q, k)]));
        e.relative_sd[q].push_back(sd[p.layout.circuit(g, q, k)]);
        const bool fast = q == tau1, slow = q == tau2;
        e.at_bound[q].push_back(fast || slow ? (fast ? ranges.fast : ranges.slow).met_by(e.value[q][k]) : Bound::none);
      }
    }
    s.groups.push_back(e);
  }
  s.ocv_soc = p.slow.soc;
  s.ocv_V = ocv_of(p, circuit_of(p, p.slow_group, x.data()), x.data());
  if (p.other.given()) split_branches(p, x, s);
  const Vector along_V = slow_of(p, x.data());
  for (const double soc : p.soc) {
    const std::size_t j = place_of(p.slow.soc, soc + 1e-9).i;
    s.slow_error_V.push_back(along_V[j] - p.slow.voltage_V[j]);
  }
  for (std::size_t t = 0; t < p.layout.tests; ++t) s.start_soc.push_back(x[p.layout.start(t)]);
}

/// Varies x from where it is.
Solution solved(const Problem& p, const std::vector<PulseTest>& tests, double longest_rest_s, double tolerance,
                Vector& x) {
  ceres::Problem problem;
  const ceres::ResidualBlockId data = add(problem, DataCost{&p}, p.rows(), x);
  add(problem, PriorCost{&p}, PriorCost{&p}.rows(), x);
  const Ranges ranges = ranges_of(p, longest_rest_s);
  bound(problem, p, ranges, tests, x);
  ceres::Solver::Options options;
  options.linear_solver_type = ceres::DENSE_NORMAL_CHOLESKY;
  options.num_threads = 1;
  options.max_num_iterations = p.weights.most_iterations;
  options.function_tolerance = tolerance;
  options.logging_type = ceres::SILENT;
  ceres::Solver::Summary summary;
  ceres::Solve(options, &problem, &summary);
  if (summary.termination_type != ceres::CONVERGENCE) throw Refusal("the solver finds no circuit: " + summary.message);
  Solution s;
  take(p, ranges, x, deviations(problem, data, x.size()), s);
  ceres::Problem::EvaluateOptions only;
  only.residual_blocks = {data};
  problem.Evaluate(only, &s.cost, nullptr, nullptr, nullptr);
  return s;
}

/// The temperature at each step, by the real cell with this solution.
void warm(const std::vector<PulseTest>& tests, const models::cell::CellParams& cell, const Solution& s, Problem& p) {
  const auto type = std::make_shared<models::cell::CellType>(cell);
  for (std::size_t t = 0; t < tests.size(); ++t) {
    const auto r = cell_bench::replay(type, tests[t].profile, {s.start_soc[t], -1, tests[t].temperature_degC}, {});
    for (Step& step : p.courses[t].steps) step.degC = r.states[step.row].temperature_degC;
  }
}

/// A fit under one reading of the rows' currents.
Solution attempt(const std::vector<PulseTest>& tests, const Chemistry& kind, double longest_rest_s, Problem& p,
                 Vector& x) {
  if (p.degC.size() == 1) return solved(p, tests, longest_rest_s, last_fit, x);
  for (int round = 0; round < 2; ++round) {
    const Solution rough = solved(p, tests, longest_rest_s, rough_fit, x);
    warm(tests, cell_of(rough, p.courses.front().capacity_Ah, kind), rough, p);
  }
  return solved(p, tests, longest_rest_s, last_fit, x);
}

}  // namespace

Solution solve(const std::vector<PulseTest>& tests, const SlowRun& slow, const Chemistry& kind,
               const Weights& weights) {
  double longest_rest_s = 0, ohm = 0;
  Vector starts;
  for (const PulseTest& test : tests) {
    const Survey s = survey(test.profile, slow.capacity_Ah);
    longest_rest_s = std::max(longest_rest_s, s.longest_rest_s);
    ohm = std::max(ohm, s.typical_ohm);
    starts.push_back(test.start_soc.value_or(1.0 - s.highest));
  }
  std::optional<Solution> best;
  for (const Held held : {Held::before, Held::after}) {
    const Problem rough = problem_of(tests, slow, kind.coulombic_efficiency, weights, held, starts);
    const Vector better = better_starts(rough, tests, first_guess(rough, ohm, starts));
    Problem p = problem_of(tests, slow, kind.coulombic_efficiency, weights, held, better);
    Vector x = first_guess(p, ohm, better);
    Solution s = attempt(tests, kind, longest_rest_s, p, x);
    s.held = held;
    if (!best || s.cost < clearly * best->cost) best = std::move(s);
  }
  return *best;
}

}  // namespace rig::cell_fit
