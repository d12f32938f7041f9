// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/actions.hpp"

namespace rig::scenario {

/// Faults of sensors, sense leads, measuring chain and balancing converter: ntc[n], lead[n], measuring, balancer.
///   ntc       words state = open | short | detached | normal | curve, cell = n; series = the other curve
///   lead      words state = open | normal | resistance | swapped, cell = n (0 = B-); resistance; other
///   measuring words of = one of the table of keys | cell_voltage[n]; offset, gain_error
///   balancer  words state = normal | fault; cell (stuck selector), store_leak
/// False when the key is none of them; problems go to the context.
bool read_sensing_action(const Node::Entry& entry, const ActionContext& context, Action& action);

}  // namespace rig::scenario
