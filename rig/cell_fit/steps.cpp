// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/steps.hpp"

#include <algorithm>
#include <cmath>

namespace rig::cell_fit {
namespace {

using cell_bench::Held;
using cell_bench::Profile;

/// Charge that has flowed when each row is reached, As.
std::vector<double> counted(const Profile& p, Held held) {
  std::vector<double> sum{0};
  for (std::size_t k = 1; k < p.time_s.size(); ++k)
    sum.push_back(sum.back() + p.current_A[held == Held::before ? k : k - 1] * (p.time_s[k] - p.time_s[k - 1]));
  return sum;
}

}  // namespace

std::vector<Stretch> stretches(const Profile& p) {
  double largest = 0;
  for (const double i : p.current_A) largest = std::max(largest, std::abs(i));
  std::vector<Stretch> all;
  for (std::size_t k = 0; k < p.time_s.size(); ++k) {
    if (all.empty() || std::abs(p.current_A[k] - all.back().current_A) > 0.02 * largest)
      all.push_back({k, k, p.current_A[k]});
    all.back().end = k + 1;
  }
  return all;
}

std::vector<Step> thinned(const Profile& p, Held held, double capacity_Ah, double share) {
  const std::vector<double> charge_As = counted(p, held);
  std::vector<Step> steps;
  std::size_t last = 0;
  const auto take = [&](std::size_t k) {
    const double dt_s = p.time_s[k] - p.time_s[last];
    const double mean_A = dt_s > 0 ? (charge_As[k] - charge_As[last]) / dt_s : 0;
    const double rows = std::max(1.0, static_cast<double>(k - last));
    steps.push_back({k, dt_s, mean_A, p.current_A[k], p.voltage_V[k], 25, std::pow(rows, 0.5 * share)});
    last = k;
  };
  for (const Stretch& s : stretches(p)) {
    const double since = s.first == 0 ? p.time_s[0] : p.time_s[s.first - 1];
    for (std::size_t k = s.first; k < s.end; ++k) {
      const bool edge = k <= s.first + 1 || k + 1 == s.end;
      const bool late = k + 1 < s.end && p.time_s[k + 1] - p.time_s[last] > 0.05 * (p.time_s[k] - since);
      const bool moved = std::abs(charge_As[k] - charge_As[last]) > 0.004 * 3600 * capacity_Ah;
      if (edge || late || moved) take(k);
    }
  }
  return steps;
}

}  // namespace rig::cell_fit
