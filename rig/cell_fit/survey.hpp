// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "rig/cell_bench/profile.hpp"
#include "rig/cell_fit/chemistry.hpp"

namespace rig::cell_fit {

/// A step of the current of a tenth of the largest one or more, within one row.
struct Jump {
  std::size_t row;  // the first under the new current
  double ohm;       // change of voltage over change of current
  double moved;     // state of charge there less that at the start of the file
  bool from_rest;
  double next_s;  // from the row before it to the row after it: what the first moments are seen with
};

/// What a pulse test holds, before anything is fitted.
struct Survey {
  std::vector<Jump> jumps;
  double longest_rest_s = 0;           // after a current
  double lowest = 0, highest = 0;      // state of charge less that at the start
  double typical_ohm = 0;              // middle of the jumps' resistances
  std::vector<double> levels() const;  // `moved` at which pulses begin from rest
};
[[nodiscard]] Survey survey(const cell_bench::Profile& profile, double capacity_Ah);

/// Throws Refusal: voltages that no cell of this kind has, no steps of current, sampling too coarse for the fast pair,
/// no rest long enough for the slow pair, too few levels of charge, more charge moved than the slow run has.
void check(const Survey& survey, const cell_bench::Profile& profile, const Chemistry& chemistry, double capacity_Ah);

}  // namespace rig::cell_fit
