// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/survey.hpp"

#include <algorithm>
#include <cmath>

#include "rig/cell_fit/refusal.hpp"
#include "rig/cell_fit/steps.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_fit {
namespace {

using cell_bench::Profile;
using scenario::fixed;
using scenario::shortest;

constexpr double coarsest_s = 10;  // the fast pair's time constant is 1 to 60 s
constexpr double shortest_rest_s = 300;
constexpr std::size_t fewest_levels = 3;
constexpr double least_span = 0.3;

double largest(const Profile& p) {
  double most = 0;
  for (const double i : p.current_A) most = std::max(most, std::abs(i));
  return most;
}

void find_rests(const Profile& p, Survey& s) {
  const double rest_A = 0.01 * largest(p);
  std::size_t from = 0;
  bool loaded_before = false;
  for (std::size_t k = 0; k < p.time_s.size(); ++k) {
    if (std::abs(p.current_A[k]) > rest_A) {
      loaded_before = true;
      from = k + 1;
    } else if (loaded_before) {
      s.longest_rest_s = std::max(s.longest_rest_s, p.time_s[k] - p.time_s[from]);
    }
  }
}

double middle_of(std::vector<double> all) {
  if (all.empty()) return 0;
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
  return all[all.size() / 2];
}

double coarseness(const Survey& s) {
  std::vector<double> all;
  for (const Jump& jump : s.jumps) all.push_back(jump.next_s);
  return middle_of(all);
}

void check_voltages(const Profile& p, const Chemistry& kind) {
  const auto [low, high] = std::minmax_element(p.voltage_V.begin(), p.voltage_V.end());
  require(*low >= kind.lowest_V && *high <= kind.highest_V, p,
          "voltages from " + fixed(*low, 3) + " V to " + fixed(*high, 3) + " V; a cell of " + std::string(kind.name) +
              " stays within " + fixed(kind.lowest_V, 2) + " V and " + fixed(kind.highest_V, 2) + " V");
}

}  // namespace

std::vector<double> Survey::levels() const {
  std::vector<double> all;
  for (const Jump& jump : jumps) {
    if (jump.from_rest) all.push_back(jump.moved);
  }
  return all;
}

Survey survey(const Profile& p, double capacity_Ah) {
  Survey s;
  const double most = largest(p), rest_A = 0.01 * most;
  double moved = 0;
  std::vector<double> ohms;
  for (std::size_t k = 1; k < p.time_s.size(); ++k) {
    const double by_A = p.current_A[k] - p.current_A[k - 1], dt_s = p.time_s[k] - p.time_s[k - 1];
    if (std::abs(by_A) > 0.1 * most) {
      const double ohm = (p.voltage_V[k] - p.voltage_V[k - 1]) / by_A;
      const double next_s = p.time_s[std::min(k + 1, p.time_s.size() - 1)] - p.time_s[k - 1];
      s.jumps.push_back({k, ohm, moved, std::abs(p.current_A[k - 1]) < rest_A, next_s});
      ohms.push_back(ohm);
    }
    moved += 0.5 * (p.current_A[k] + p.current_A[k - 1]) * dt_s / (3600 * capacity_Ah);
    s.lowest = std::min(s.lowest, moved);
    s.highest = std::max(s.highest, moved);
  }
  s.typical_ohm = middle_of(ohms);
  find_rests(p, s);
  return s;
}

void check(const Survey& s, const Profile& p, const Chemistry& kind, double capacity_Ah) {
  check_voltages(p, kind);
  require(largest(p) >= 0.05 * capacity_Ah && !s.jumps.empty() && s.typical_ohm > 0, p,
          "no step of the current; R0 and the pairs need pulses of C/20 or more with an edge within one row");
  require(coarseness(s) <= 2 * coarsest_s, p,
          "rows around a step of the current lie " + shortest(0.5 * coarseness(s)) +
              " s apart; the fast pair needs 10 s or less, better 1 s");
  require(s.longest_rest_s >= shortest_rest_s, p,
          "the longest rest after a current lasts " + shortest(s.longest_rest_s) +
              " s; the slow pair needs 300 s or more, better 1 h");
  require(s.highest - s.lowest <= 1.05, p,
          "moves " + fixed((s.highest - s.lowest) * capacity_Ah, 3) +
              " Ah, but the slow run says that the cell holds " + fixed(capacity_Ah, 3) +
              " Ah: another cell, or not from full to empty");
  const std::vector<double> levels = s.levels();
  const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
  const double span = levels.empty() ? 0 : *high - *low;
  std::size_t apart = levels.empty() ? 0 : 1;
  double last = levels.empty() ? 0 : levels.front();
  for (const double level : levels) {
    if (std::abs(level - last) > 0.03) ++apart, last = level;
  }
  require(apart >= fewest_levels && span >= least_span, p,
          "pulses from rest at " + std::to_string(apart) + " levels of charge over " + fixed(100 * span, 0) +
              " % of the capacity; at least 3 levels over 30 % are needed");
}

}  // namespace rig::cell_fit
