// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace models::math {

/// Strictly increasing knots and a quick way from x to the segment that holds it: a uniform index, a few ns.
/// One knot is allowed: then every x lies on it. No knot, or knots that do not increase: std::invalid_argument.
class Axis {
 public:
  Axis() : Axis(std::vector<double>{0.0}) {}
  explicit Axis(std::vector<double> knots);

  /// x = knot[i] + w (knot[i + 1] - knot[i])
  struct Place {
    std::size_t i;
    double w;
  };
  /// w in 0 … 1: outside the knots the end values hold.
  [[nodiscard]] Place clamped(double x) const {
    if (!(x > knots_.front())) return {0, 0};
    if (x >= knots_.back()) return knots_.size() == 1 ? Place{0, 0} : Place{knots_.size() - 2, 1};
    return inside(x);
  }
  /// w below 0 or above 1 outside the knots: the end segments go on.
  [[nodiscard]] Place open(double x) const {
    if (knots_.size() == 1) return {0, 0};
    const std::size_t i = x < knots_.front() ? 0 : x >= knots_.back() ? knots_.size() - 2 : inside(x).i;
    return {i, (x - knots_[i]) * per_width_[i]};
  }
  [[nodiscard]] std::size_t size() const { return knots_.size(); }
  [[nodiscard]] const std::vector<double>& knots() const { return knots_; }

 private:
  [[nodiscard]] Place inside(double x) const {  // first < x < last
    std::size_t i = bucket_[static_cast<std::size_t>((x - knots_.front()) * per_bucket_)];
    while (x >= knots_[i + 1]) ++i;
    return {i, (x - knots_[i]) * per_width_[i]};
  }

  std::vector<double> knots_, per_width_;
  std::vector<std::uint32_t> bucket_;
  double per_bucket_ = 0;
};

/// Every knot of both, in order; knots closer than 1e-12 of the whole range count as one.
[[nodiscard]] std::vector<double> merged_knots(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace models::math
