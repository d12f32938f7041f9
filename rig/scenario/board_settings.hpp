// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "rig/scenario/fields.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::scenario {

/// What `unit` of a setting may be.
[[nodiscard]] std::vector<std::string> setting_units();

/// The keys settings and presets of a board file.
void read_board_settings(Fields& board, Problems& problems, BoardSpec& spec);

/// Every setting of the board: its default, then the preset, then the pack (cell_count, capacity), then the scenario's
/// own `settings:`. A value must be a whole number of the firmware's unit. `node` may be null.
[[nodiscard]] std::map<std::string, double> resolve_settings(const Node* node, const BoardSpec& board,
                                                             const PackSpec& pack, Problems& problems);

}  // namespace rig::scenario
