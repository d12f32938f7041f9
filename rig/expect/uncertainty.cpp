// SPDX-License-Identifier: Apache-2.0
// What the uncertainty of readings makes of the figures computed from them: JCGM 100 (GUM), 5.1.2.
#include <algorithm>
#include <cmath>

#include "rig/expect/evaluate.hpp"
#include "rig/expect/literal.hpp"

namespace rig::expect {
namespace {

/// A figure and how much it changes with one reading.
struct Dual {
  double value = 0, slope = 0;

  Dual operator-() const { return {-value, -slope}; }
  Dual& operator+=(const Dual& b) { return *this = {value + b.value, slope + b.slope}; }
  Dual& operator-=(const Dual& b) { return *this = {value - b.value, slope - b.slope}; }
  Dual& operator*=(const Dual& b) { return *this = {value * b.value, slope * b.value + value * b.slope}; }
  Dual& operator/=(const Dual& b) { return *this = {value / b.value, (slope - value / b.value * b.slope) / b.value}; }
  bool operator!=(const Dual& b) const { return value != b.value; }
  bool operator<(const Dual& b) const { return value < b.value; }
  bool operator>(const Dual& b) const { return value > b.value; }
};

}  // namespace

double Program::slope(const double* values, std::uint32_t slot) const {
  const auto reading = [&](std::uint32_t read) { return Dual{values[read], read == slot ? 1.0 : 0.0}; };
  return evaluate<Dual>(reading).slope;
}

double Comparison::standard(const double* values, const Slots& slots) const {
  if (!slots.uncertain()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<std::uint32_t> used = left_.used();
  for (const auto slot : right_.used())
    if (std::find(used.begin(), used.end(), slot) == used.end()) used.push_back(slot);
  double squares = 0;
  for (const auto slot : used) {
    const double slope = right_.slope(values, slot) - left_.slope(values, slot);
    if (slope == 0) continue;
    const double part = slope * slots.standard(slot, values[slot]);
    squares += part * part;
  }
  return std::sqrt(squares);
}

}  // namespace rig::expect
