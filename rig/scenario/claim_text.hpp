// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "rig/scenario/claim.hpp"

namespace rig::scenario {

/// A claim in one line: "when A then B within 5.200 s", "always P", "converges X below 40.00 mV within 4.000 h".
[[nodiscard]] std::string claim_text(const Claim& claim);

}  // namespace rig::scenario
