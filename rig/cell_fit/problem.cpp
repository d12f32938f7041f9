// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/problem.hpp"

#include <algorithm>

#include "models/math/axis.hpp"
#include "rig/cell_fit/refusal.hpp"
#include "rig/cell_fit/survey.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_fit {
namespace {

constexpr double same_temperature_K = 2;
constexpr double nearest_knots = 0.03;
constexpr std::size_t most_knots = 25;

Branch with_knots(const Branch& branch, const std::vector<double>& more) {
  Branch all = branch;
  all.soc = models::math::merged_knots(branch.soc, more);
  all.voltage_V.clear();
  for (const double soc : all.soc) {
    const Place<double> p = place_of(branch.soc, soc);
    all.voltage_V.push_back(branch.voltage_V[p.i] + (branch.voltage_V[p.i + 1] - branch.voltage_V[p.i]) * p.w);
  }
  return all;
}

/// Values closer than `apart` become their mean.
std::vector<double> thin(std::vector<double> all, double apart) {
  std::sort(all.begin(), all.end());
  std::vector<double> kept;
  for (std::size_t k = 0; k < all.size();) {
    double sum = 0;
    std::size_t end = k;
    while (end < all.size() && all[end] - all[k] < apart) sum += all[end++];
    kept.push_back(sum / static_cast<double>(end - k));
    k = end;
  }
  return kept;
}

std::string journey(double start, const Survey& s) {
  const double end = s.lowest + s.highest < 0 ? s.lowest : s.highest;  // whichever is farther
  return "from soc " + scenario::fixed(100 * start, 0) + " % this test goes to " +
         scenario::fixed(100 * (start + end), 0) + " %";
}

/// Where pulses begin, and the ends of what was visited; inside 0 … 1.
std::vector<double> knots_of(const std::vector<PulseTest>& tests, const std::vector<double>& starts, double capacity) {
  std::vector<double> levels;
  double lowest = 1, highest = 0;
  for (std::size_t t = 0; t < tests.size(); ++t) {
    const Survey s = survey(tests[t].profile, capacity);
    require(starts[t] + s.lowest >= -beyond_the_table && starts[t] + s.highest <= 1 + beyond_the_table,
            tests[t].profile, journey(starts[t], s) + "; another start, or another cell");
    for (const double moved : s.levels()) levels.push_back(starts[t] + moved);
    lowest = std::min(lowest, starts[t] + s.lowest);
    highest = std::max(highest, starts[t] + s.highest);
  }
  double apart = nearest_knots;
  while (thin(levels, apart).size() > most_knots) apart *= 1.5;
  std::vector<double> knots = thin(levels, apart);
  if (knots.front() - lowest > 0.02) knots.insert(knots.begin(), lowest);
  if (highest - knots.back() > 0.02) knots.push_back(highest);
  std::erase_if(knots, [](double soc) { return soc < 0 || soc > 1; });
  require(knots.size() >= 3, tests.front().profile,
          "pulses at fewer than 3 levels between empty and full; " +
              journey(starts.front(), survey(tests.front().profile, capacity)));
  return knots;
}

void group_tests(const std::vector<PulseTest>& tests, const SlowRun& slow, Problem& p) {
  for (const PulseTest& test : tests) p.degC.push_back(test.temperature_degC);
  p.degC = thin(p.degC, same_temperature_K);
  const auto nearest = [&](double degC) {
    std::size_t best = 0;
    for (std::size_t g = 1; g < p.degC.size(); ++g) {
      if (std::abs(p.degC[g] - degC) < std::abs(p.degC[best] - degC)) best = g;
    }
    return best;
  };
  p.slow_group = nearest(slow.temperature_degC);
}

}  // namespace

Problem problem_of(const std::vector<PulseTest>& tests, const SlowRun& slow, double efficiency, const Weights& weights,
                   cell_bench::Held held, const std::vector<double>& starts) {
  Problem p;
  p.weights = weights;
  p.efficiency = efficiency;
  p.soc = knots_of(tests, starts, slow.capacity_Ah);
  p.slow = with_knots(slow.main(), p.soc);
  if (slow.discharge.given() && slow.charge.given()) p.other = with_knots(slow.charge, p.soc);
  group_tests(tests, slow, p);
  for (const PulseTest& test : tests) {
    p.courses.push_back({thinned(test.profile, held, slow.capacity_Ah, weights.share), slow.capacity_Ah, efficiency});
    for (Step& step : p.courses.back().steps) step.degC = test.temperature_degC;
  }
  p.layout = {p.degC.size(), p.soc.size(), tests.size()};
  return p;
}

}  // namespace rig::cell_fit
