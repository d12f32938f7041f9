// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace rig::campaign {

/// The stem of a scenario's files in the output folder: its name where that is a plain file name; otherwise (other
/// characters than letters, digits, '_', '-' and inner '.', or more than 200 bytes) a readable part and 8 hex digits of
/// its hash. Distinct names give distinct stems.
[[nodiscard]] std::string file_stem(const std::string& scenario_name);

}  // namespace rig::campaign
