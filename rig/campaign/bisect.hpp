// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <optional>

namespace rig::campaign {

/// Where something begins to happen between two values.
struct Threshold {
  double quiet = 0,
         happens = 0;  // nearest neighbours that were tried: at `quiet` it did not happen, at `happens` it did
  bool found = false;  // false: it happened at `from` already, or not even at `to`
  std::size_t tries = 0;
};

struct Bracket {
  double from = 0, to = 0;  // at `from` it should not happen, at `to` it should; from > to is a falling threshold
  double resolution = 0;    // > 0: |happens - quiet| of the result
  std::optional<double> guess = {};  // where it ought to be
};

/// Bisection, each value tried once. With a guess it first steps out from there, one resolution to each side, then four
/// times as far each time, until one value is quiet and one is not: a threshold where it ought to be takes four tries.
/// Values are whole quarters of the resolution away from `from`, so that they read well.
[[nodiscard]] Threshold find_threshold(const Bracket& bracket, const std::function<bool(double)>& happens_at);

}  // namespace rig::campaign
