// SPDX-License-Identifier: Apache-2.0
// Pieces of the dense output: what a quantity does inside a segment, x = seconds since its start.
#pragma once
#include "models/math/exact.hpp"

namespace models::pack {

/// So well the dense output of a cell follows its RC pairs.
inline constexpr double cubic_within_V = 1e-6;

/// a + b x + c x^2 + d x^3
struct Cubic {
  double a = 0, b = 0, c = 0, d = 0;
  double operator()(double x) const { return a + x * (b + x * (c + x * d)); }
};

/// Through both ends of a segment of length h with their slopes.
[[nodiscard]] inline Cubic cubic(double from, double to, double slope_from, double slope_to, double h) {
  if (h <= 0) return {from, 0, 0, 0};
  const double mean = (to - from) / h;
  return {from, slope_from, (3 * mean - 2 * slope_from - slope_to) / h, (slope_from + slope_to - 2 * mean) / (h * h)};
}

/// What goes from one value towards a settled one with one time constant. Up to half of that a cubic stands for the
/// exponential: it strays by less than the gap / 6000.
class Fade {
 public:
  Fade() = default;
  /// `left` = e^(-h / time constant), what is left of the gap at the end.
  Fade(double from, double to, double left, double h, double per_s) : per_s_(per_s) {
    const double gap = left < 1 ? (from - to) / (1 - left) : 0;
    settled_ = from - gap;
    is_cubic_ = h * per_s <= 0.5;
    if (is_cubic_)
      cubic_ = cubic(from, to, -gap * per_s, -gap * left * per_s, h);
    else
      gap_ = gap;
  }
  [[nodiscard]] double operator()(double x) const {
    return is_cubic_ ? cubic_(x) : settled_ + (x > 0 ? gap_ * math::exp(-x * per_s_) : gap_);
  }

 private:
  Cubic cubic_;
  double settled_ = 0, gap_ = 0, per_s_ = 0;
  bool is_cubic_ = true;
};

/// What follows a ramp with one time constant, dy/dx = (u - y) / tau, u = u(0) + slope x: as a fade beside the ramp.
class Follow {
 public:
  Follow() = default;
  /// `left` = e^(-h / tau), per_s = 1 / tau.
  Follow(double from, double to, double slope, double left, double h, double per_s)
      : beside_(from, to - slope * h, left, h, per_s), slope_(slope) {}
  [[nodiscard]] double operator()(double x) const { return beside_(x) + slope_ * x; }

 private:
  Fade beside_;
  double slope_ = 0;
};

/// Port current in a segment: a ramp, or an exponential of the inductive loop.
struct LoopCurrent {
  bool exponential = false;
  double start_A = 0, slope_A_per_s = 0;
  double settled_A = 0, decaying_A = 0, rate_per_s = 0;  // settled + decaying e^(-rate x)
  [[nodiscard]] double at(double x) const {
    return exponential ? settled_A + decaying_A * math::exp(-rate_per_s * x) : start_A + slope_A_per_s * x;
  }
};

}  // namespace models::pack
