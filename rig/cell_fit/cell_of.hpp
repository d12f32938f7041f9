// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/cell/params.hpp"
#include "rig/cell_fit/chemistry.hpp"
#include "rig/cell_fit/solution.hpp"

namespace rig::cell_fit {

/// The parameters that a cell file with this solution holds, rounded as the file rounds them (six digits).
[[nodiscard]] models::cell::CellParams cell_of(const Solution& solution, double capacity_Ah,
                                               const Chemistry& chemistry);

/// A number as it stands in the file.
[[nodiscard]] double rounded(double value);

}  // namespace rig::cell_fit
