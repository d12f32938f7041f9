// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <limits>

namespace rig::lint {

/// All values from low to high, both included; what is not known is everything.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool is_point() const { return low == high; }
  [[nodiscard]] bool is_bounded() const;  // on both sides
  [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
};

[[nodiscard]] inline Interval point(double value) { return {value, value}; }

/// The smallest interval with every result of an operand of the one and an operand of the other.
[[nodiscard]] Interval operator+(const Interval& a, const Interval& b);
[[nodiscard]] Interval operator*(const Interval& a, const Interval& b);
[[nodiscard]] Interval operator/(const Interval& a, const Interval& b);  // a divisor around 0: everything
[[nodiscard]] Interval operator-(const Interval& a);
[[nodiscard]] Interval magnitude(const Interval& a);
[[nodiscard]] Interval least(const Interval& a, const Interval& b);     // min(x, y)
[[nodiscard]] Interval greatest(const Interval& a, const Interval& b);  // max(x, y)
[[nodiscard]] Interval hull(const Interval& a, const Interval& b);      // both, and what lies between

}  // namespace rig::lint
