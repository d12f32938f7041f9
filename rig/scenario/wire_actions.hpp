// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/actions.hpp"

namespace rig::scenario {

/// Actions of clients, and faults of the wires between them and the board (Action::target: values, words).
///   send   words to = jk_4e57 | jk_modbus, bytes; [baud]               another speed than the board's
///   poll   every [address baud]                                         off = every 0
///   flood  words to = jk_4e57 | jk_modbus | can, [bytes]; load [id]     id of CAN; without bytes random ones; off =
///   load 0 line   words of = jk_4e57 | jk_modbus | can; noise loss delay, cut 0 or 1; what is not given is sound
/// False: the key is none of them.
[[nodiscard]] bool read_wire_action(const Node::Entry& entry, const ActionContext& context, Action& action);

}  // namespace rig::scenario
