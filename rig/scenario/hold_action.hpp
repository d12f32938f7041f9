// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/actions.hpp"

namespace rig::scenario {

/// hold: {"cell[3].voltage": 3.601 V}   an ideal source in the place of cell 3; `off` gives the cell back
///   target hold; values cell[3].voltage, or words cell[3].voltage = off; of `hold: off`, all cells, values off = 1
/// What is held is imposed and says nothing of a pack, so that only a scenario labelled `threshold` may do it.
void read_hold_action(const Node::Entry& entry, const ActionContext& context, Action& action);

/// "cell[3].voltage" -> 3; 0 when it is no cell of the pack that can be held.
[[nodiscard]] int held_cell(const std::string& signal, int cells);

/// Signals that the actions impose, with the prefix of their board, each once, in order of time.
[[nodiscard]] std::vector<std::string> imposed_by(const Scenario& scenario);

/// A hold in a scenario without the label `threshold`.
void refuse_hold(const Scenario& scenario, Problems& problems);

}  // namespace rig::scenario
