// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <vector>

#include "models/cell/cell.hpp"
#include "rig/cell_bench/errors.hpp"
#include "rig/cell_bench/profile.hpp"
#include "rig/cell_bench/start.hpp"

namespace rig::cell_bench {

/// When the current of a row flows: from the row before up to it, or from it up to the next.
enum class Held { before, after };

struct Replay {
  models::cell::CellState start, end;
  bool soc_was_fitted = false;
  Held held = Held::before;
  Errors voltage_V, temperature_degC;           // temperature: no rows when it was not measured
  std::vector<models::cell::CellState> states;  // at each row
  std::vector<double> model_V;
};

/// Drives one cell open loop with the measured current; the voltage of a row is that under its own current. Files do
/// not say when the current of a row flows, so both are tried and the one with the smaller RMS error is kept. The
/// surroundings keep the start's temperature. Where the start leaves soc open it is the one with the least RMS error of
/// all rows (a grid of 2 %, then Brent's method).
[[nodiscard]] Replay replay(std::shared_ptr<const models::cell::CellType> type, const Profile& profile,
                            const Start& start, const Score& score);

}  // namespace rig::cell_bench
