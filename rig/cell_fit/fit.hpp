// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "models/cell/params.hpp"
#include "rig/cell_bench/replay.hpp"
#include "rig/cell_fit/chemistry.hpp"
#include "rig/cell_fit/solution.hpp"

namespace rig::cell_fit {

/// Ten percent of the state of charge.
struct Band {
  double low = 0, high = 0;
  cell_bench::Errors voltage_V;
};

struct Fitted {
  Solution solution;
  models::cell::CellParams cell;
  std::vector<cell_bench::Replay> replays;  // of the real cell with these parameters: of each test, from its start
  cell_bench::Errors voltage_V, slow_V;     // over all tests; along the slow run
  std::vector<Band> bands;                  // over all tests, from full to empty
};

/// Checks, fits, replays. Throws Refusal when the data cannot identify the model, before or after fitting.
[[nodiscard]] Fitted fit(const std::vector<PulseTest>& tests, const cell_bench::Profile& slow_profile,
                         const SlowRun& slow, const Chemistry& chemistry, const Weights& weights = {});

}  // namespace rig::cell_fit
