// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstring>

namespace models::math {

/// Two doubles side by side, as every x86-64 computes them: each lane rounds as it would alone.
using Two = double __attribute__((vector_size(16)));

using Mask = decltype(Two{} < Two{});  // lanes of 0 or -1

/// From and to an address that is a multiple of 16.
[[nodiscard]] inline Two two(const double* from) {
  Two t;
  std::memcpy(&t, __builtin_assume_aligned(from, 16), sizeof t);
  return t;
}
inline void put(double* to, Two t) { std::memcpy(__builtin_assume_aligned(to, 16), &t, sizeof t); }
/// The same to any address.
inline void put_anywhere(double* to, Two t) { std::memcpy(to, &t, sizeof t); }

[[nodiscard]] inline Two both(double x) { return Two{x, x}; }
[[nodiscard]] inline bool any(Mask m) { return (m[0] | m[1]) != 0; }
[[nodiscard]] inline Two smaller(Two a, Two b) { return a < b ? a : b; }
[[nodiscard]] inline Two larger(Two a, Two b) { return a > b ? a : b; }
[[nodiscard]] inline double sum(Two t) { return t[0] + t[1]; }

}  // namespace models::math
