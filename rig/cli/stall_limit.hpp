// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace rig::cli {

/// CELLRIG_STALL_LIMIT_S: host seconds without progress until a run counts as hung; default 600.
[[nodiscard]] double stall_limit_s(std::vector<std::string>& mistakes);

}  // namespace rig::cli
