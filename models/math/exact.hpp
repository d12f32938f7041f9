// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstdint>

namespace models::math {

/// e^x, within 1 ulp, the same bits on every x86-64: only + - * and bit moves, no fused multiply-add, no libm.
/// Results below 2^-1022 are 0; x > 709.78 gives +infinity; NaN gives NaN.
[[nodiscard]] inline double exp(double x) {
  if (!(x > -708.0)) return x != x ? x : 0.0;
  if (x > 709.782712893384) return x * 1e308 * 1e308;
  constexpr double log2e = 1.4426950408889634074, ln2_hi = 6.93147180369123816490e-01,
                   ln2_lo = 1.90821492927058770002e-10;
  const double scaled = x * log2e;
  const auto k = static_cast<std::int64_t>(scaled + (scaled >= 0 ? 0.5 : -0.5));
  const double kd = static_cast<double>(k);
  const double hi = x - kd * ln2_hi, lo = kd * ln2_lo;  // hi is exact: ln2_hi has 32 trailing zero bits
  const double r = hi - lo;
  const double r_error = (hi - r) - lo;
  // Taylor series of (e^r - 1 - r) / r^2 for |r| <= ln2 / 2; the first neglected term is below 2^-60
  const double q =
      1.0 / 2 +
      r * (1.0 / 6 +
           r * (1.0 / 24 +
                r * (1.0 / 120 +
                     r * (1.0 / 720 +
                          r * (1.0 / 5040 +
                               r * (1.0 / 40320 + r * (1.0 / 362880 + r * (1.0 / 3628800 +
                                                                           r * (1.0 / 39916800 +
                                                                                r * (1.0 / 479001600 +
                                                                                     r * (1.0 / 6227020800.0)))))))))));
  const double p = 1.0 + (r + (r * r * q + r_error));
  const std::int64_t half = k / 2;  // two factors, so that 2^k itself may leave the range of one
  const double a = std::bit_cast<double>(static_cast<std::uint64_t>(half + 1023) << 52);
  const double b = std::bit_cast<double>(static_cast<std::uint64_t>(k - half + 1023) << 52);
  return p * a * b;
}

/// Natural logarithm, within 1 ulp for normal x > 0, the same bits on every x86-64. x <= 0 gives NaN.
[[nodiscard]] inline double log(double x) {
  if (!(x > 0)) return std::bit_cast<double>(0x7ff8000000000000ULL);
  constexpr double ln2_hi = 6.93147180369123816490e-01, ln2_lo = 1.90821492927058770002e-10;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  std::int64_t k = static_cast<std::int64_t>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
  if (m > 1.41421356237309504880) {
    m *= 0.5;
    ++k;
  }
  const double kd = static_cast<double>(k), f = m - 1.0, s = f / (2.0 + f), z = s * s, half_square = 0.5 * f * f;
  // ln(1+f) = f - f^2/2 + s (f^2/2 + R),  R = 2 (z/3 + z^2/5 + …): the large terms stay exact
  const double r =
      2.0 * z *
      (1.0 / 3 +
       z * (1.0 / 5 +
            z * (1.0 / 7 +
                 z * (1.0 / 9 +
                      z * (1.0 / 11 + z * (1.0 / 13 + z * (1.0 / 15 + z * (1.0 / 17 + z * (1.0 / 19 + z / 21)))))))));
  return kd * ln2_hi - ((half_square - (s * (half_square + r) + kd * ln2_lo)) - f);
}

/// 2/sqrt(pi) times the integral of exp(-t^2) from x to infinity, within 1e-13 of itself, the same bits on every
/// x86-64. NaN gives NaN.
[[nodiscard]] inline double erfc(double x) {
  if (x < 0) return 2.0 - erfc(-x);
  constexpr double root_pi = 1.77245385090551602730;
  const double square = x * x;
  if (x < 1.5) {  // erf = 2x/sqrt(pi) e^(-x^2) (1 + 2x^2/3 + (2x^2)^2/(3*5) + …)
    double term = 1.0, sum = 1.0;
    for (int n = 1; term > 1e-18 * sum; ++n) {
      term *= 2.0 * square / (2 * n + 1);
      sum += term;
    }
    return 1.0 - 2.0 * x / root_pi * exp(-square) * sum;
  }
  double below = x;  // sqrt(pi) e^(x^2) erfc = 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …
  for (int n = 160; n > 0; --n) below = x + 0.5 * n / below;
  return exp(-square) / (root_pi * below);
}

}  // namespace models::math
