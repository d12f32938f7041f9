// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/math/exact.hpp"

namespace models::cell {

/// Response of  z dy/dx = … : what a first-order lag makes of its input over one step, z = step / time constant.
///   y(1) = e y(0) + b0 p1 + b1 p2 + b2 p3   for an input  b0 + b1 x + b2 x^2,  x = 0 … 1 over the step
/// p(n+1) is the integral over x of z x^n e^(-z (1 - x)). For small z by series, so that nothing cancels.
struct Decay {
  double z = -1, e = 1, p1 = 0, p2 = 0, p3 = 0;

  void set(double step_over_tau) {
    if (step_over_tau == z) return;
    z = step_over_tau;
    if (z < 0.5) {
      p3 = z * (1.0 / 3) * tail();
      p2 = 0.5 * z * (1 - p3);
      p1 = z * (1 - p2);
      e = 1 - p1;
    } else {
      e = math::exp(-z);
      p1 = 1 - e;
      p2 = 1 - p1 / z;
      p3 = 1 - 2 * p2 / z;
    }
  }

 private:
  /// 1 - z/4 (1 - z/5 (1 - …)), to 1e-16
  [[nodiscard]] double tail() const {
    double t = z < 0.02 ? 1 - z * (1.0 / 9) : 1 - z * (1.0 / 14) * (1 - z * (1.0 / 15));
    if (z >= 0.02) {
      t = 1 - z * (1.0 / 11) * (1 - z * (1.0 / 12) * (1 - z * (1.0 / 13) * t));
      t = 1 - z * (1.0 / 9) * (1 - z * (1.0 / 10) * t);
    }
    t = 1 - z * (1.0 / 7) * (1 - z * (1.0 / 8) * t);
    return 1 - z * (1.0 / 4) * (1 - z * (1.0 / 5) * (1 - z * (1.0 / 6) * t));
  }
};

/// e^-x for the small arguments of one step, by series; by the exponential otherwise.
[[nodiscard]] inline double decay(double x) {
  if (x > 1e-3) return math::exp(-x);
  return 1 - x * (1 - x * (1.0 / 2) * (1 - x * (1.0 / 3) * (1 - x * (1.0 / 4) * (1 - x * (1.0 / 5)))));
}

}  // namespace models::cell
