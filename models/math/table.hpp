// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace models::math {

/// A function given by points, linear between them and continued with the end slopes outside.
/// x strictly increasing, at least two points; otherwise std::invalid_argument says which.
/// Look-up costs a few ns: a uniform index leads to the segment.
class Table {
 public:
  Table() = default;
  Table(std::vector<double> x, std::vector<double> y) : x_(std::move(x)), y_(std::move(y)) { build(); }

  struct Point {
    double value, slope;
  };
  [[nodiscard]] Point at(double x) const {
    const std::size_t i = segment(x);
    return {y_[i] + slope_[i] * (x - x_[i]), slope_[i]};
  }
  [[nodiscard]] double operator()(double x) const {
    const std::size_t i = segment(x);
    return y_[i] + slope_[i] * (x - x_[i]);
  }
  /// A straight piece: value0 + slope x for left <= x <= right; the end pieces go on for ever.
  struct Piece {
    double left, right, value0, slope;
  };
  [[nodiscard]] std::size_t pieces() const { return slope_.size(); }
  [[nodiscard]] std::size_t piece_at(double x) const { return segment(x); }
  [[nodiscard]] Piece piece(std::size_t i) const {
    return {i == 0 ? -1e300 : x_[i], i + 1 == slope_.size() ? 1e300 : x_[i + 1], y_[i] - slope_[i] * x_[i], slope_[i]};
  }
  [[nodiscard]] bool empty() const { return x_.empty(); }
  [[nodiscard]] const std::vector<double>& x() const { return x_; }
  [[nodiscard]] const std::vector<double>& y() const { return y_; }
  /// Slopes used below the first and above the last point, instead of those of the end segments.
  void set_end_slopes(double below, double above) {
    x_.insert(x_.begin(), x_.front() - 1.0);
    y_.insert(y_.begin(), y_.front() - below);
    x_.push_back(x_.back() + 1.0);
    y_.push_back(y_.back() + above);
    build();
  }

 private:
  [[nodiscard]] std::size_t segment(double x) const {
    const double position = (x - first_) * per_bucket_;
    if (!(position > 0)) return 0;
    if (position >= static_cast<double>(bucket_.size() - 1)) return slope_.size() - 1;
    std::size_t i = bucket_[static_cast<std::size_t>(position)];
    while (x >= x_[i + 1]) ++i;
    return i;
  }
  void build() {
    if (x_.size() < 2 || x_.size() != y_.size()) throw std::invalid_argument("a table needs at least two points");
    slope_.clear();
    for (std::size_t i = 0; i + 1 < x_.size(); ++i) {
      if (!(x_[i + 1] > x_[i])) {
        throw std::invalid_argument("a table needs increasing x; point " + std::to_string(i + 2) +
                                    " does not increase");
      }
      slope_.push_back((y_[i + 1] - y_[i]) / (x_[i + 1] - x_[i]));
    }
    const std::size_t buckets = 4 * x_.size();
    first_ = x_.front();
    per_bucket_ = static_cast<double>(buckets) / (x_.back() - x_.front());
    bucket_.assign(buckets + 1, static_cast<std::uint32_t>(slope_.size() - 1));
    std::size_t i = 0;
    for (std::size_t b = 0; b <= buckets;
         ++b) {  // the segment that holds the lower edge of the bucket, rounding allowed for
      const double edge = first_ + static_cast<double>(b) / per_bucket_;
      while (i + 1 < slope_.size() && x_[i + 1] <= edge) ++i;
      bucket_[b] = static_cast<std::uint32_t>(i > 0 ? i - 1 : 0);
    }
  }

  std::vector<double> x_, y_, slope_;
  std::vector<std::uint32_t> bucket_;
  double first_ = 0, per_bucket_ = 0;
};

}  // namespace models::math
