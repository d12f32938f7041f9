// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace models::pack {

/// No ramp of the loop current is divided further.
inline constexpr std::int64_t shortest_ns = 1000;

/// How well the ramp that is assumed in a segment holds, against the solved loop in its middle: 1e-5 of the current and
/// 0.1 mA.
[[nodiscard]] inline double agreement_A(double solved_A, double assumed_A) {
  return 1e-4 + 1e-5 * std::max(std::abs(solved_A), std::abs(assumed_A));
}

/// How near its settled value a loop current is settled; after a roll-back to the middle of a ramp, how well that
/// holds.
[[nodiscard]] inline double settled_within_A(double target_A, bool rolled_back) {
  const double size = std::max(1.0, std::abs(target_A));
  return rolled_back ? 2e-4 + 2e-5 * size : 1e-6 * size;
}

}  // namespace models::pack
