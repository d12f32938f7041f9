// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "rig/cell_bench/profile.hpp"
#include "rig/cell_bench/replay.hpp"

namespace rig::cell_fit {

/// A stretch of rows whose current stays within 2 % of the largest one.
struct Stretch {
  std::size_t first, end;  // rows
  double current_A;        // of its first row
};
[[nodiscard]] std::vector<Stretch> stretches(const cell_bench::Profile& profile);

/// What the fit looks at: from one row to the next one that counts.
struct Step {
  std::size_t row;    // where it ends
  double dt_s;        // 0 for the first
  double mean_A;      // of the charge moved since the row before
  double current_A;   // of the row
  double voltage_V;   // measured
  double degC = 25;   // of the cell
  double weight = 1;  // of its error: root of the number of rows it speaks for, to the power of `share`
};

/// Within a stretch of constant current the rows that count lie 5 % of the time since its beginning apart, and never
/// more than 0.4 % of the capacity: every decade of time counts alike, and an exact exponential passes over the rows
/// between. `share` 0 counts decades of time, 1 counts rows.
[[nodiscard]] std::vector<Step> thinned(const cell_bench::Profile& profile, cell_bench::Held held, double capacity_Ah,
                                        double share);

}  // namespace rig::cell_fit
