// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/interval.hpp"

#include <algorithm>
#include <cmath>

namespace rig::lint {
namespace {

/// 0 times anything is 0: a bound that is infinite is never reached.
double product(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }

}  // namespace

bool Interval::is_bounded() const { return std::isfinite(low) && std::isfinite(high); }

Interval operator+(const Interval& a, const Interval& b) { return {a.low + b.low, a.high + b.high}; }

Interval operator-(const Interval& a) { return {-a.high, -a.low}; }

Interval operator*(const Interval& a, const Interval& b) {
  const auto [least, most] =
      std::minmax({product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)});
  return {least, most};
}

Interval operator/(const Interval& a, const Interval& b) {
  if (b.contains(0)) return {};
  return a * Interval{1 / b.high, 1 / b.low};
}

Interval magnitude(const Interval& a) {
  const double most = std::max(std::abs(a.low), std::abs(a.high));
  return {a.contains(0) ? 0 : std::min(std::abs(a.low), std::abs(a.high)), most};
}

Interval least(const Interval& a, const Interval& b) { return {std::min(a.low, b.low), std::min(a.high, b.high)}; }
Interval greatest(const Interval& a, const Interval& b) { return {std::max(a.low, b.low), std::max(a.high, b.high)}; }
Interval hull(const Interval& a, const Interval& b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

}  // namespace rig::lint
