// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

namespace rig::campaign {

/// One run: the level chosen of each factor, from 0.
using Row = std::vector<std::size_t>;

struct Covering {
  std::vector<Row> rows;
  std::size_t pairs = 0;    // of levels of different factors that a run can hold
  std::size_t covered = 0;  // … that some row holds
  double product = 0;       // runs that every combination would take
};

/// Rows in which every pair of levels of two factors occurs together: greedy, each row taking the pairs that are still
/// missing, the same rows every time. Pairs for which `allowed` says no occur in no row and are not counted; it is
/// asked with factors in order. Two factors that exclude each other's levels may leave a third factor's pair out: then
/// covered < pairs, and says so.
[[nodiscard]] Covering cover_pairs(
    const std::vector<std::size_t>& levels,
    const std::function<bool(std::size_t factor_a, std::size_t a, std::size_t factor_b, std::size_t b)>& allowed);

}  // namespace rig::campaign
