// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "models/cell/params.hpp"

namespace models::cell {

/// The factors of one cell (from 0), normally distributed around 1 with the given standard deviations and never beyond
/// three of them: what lies outside is drawn again. A pure function of seed, cell and quantity.
[[nodiscard]] CellSpread drawn(const SpreadParams& sigma, std::uint64_t seed, int cell);

}  // namespace models::cell
