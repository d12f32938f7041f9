// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/fields.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

/// What `is` of an input or a scan may be.
[[nodiscard]] std::vector<std::string> measured_names();

/// The keys pins, adc, scans, uarts, can, spi of a board file. One number cannot be wired twice; a role
/// stands on one pin (spi_select on several) and has its direction.
void read_wiring(Fields& board, Problems& problems, BoardSpec& spec);

}  // namespace rig::scenario
