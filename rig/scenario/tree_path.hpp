// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// Puts the scalar `text` where `path` leads from `root`, a scenario: keys parted by '.', entries of a list as [0],
/// [1], … A key that itself holds dots or an index ("cell[3].soc") stands as it is. Of a mapping that is there, a key
/// that is not is added at the end, and so are `settings`, `start` and `trace` themselves. Returns "" or the sentence
/// that says why there is no such place; then nothing was changed.
[[nodiscard]] std::string set_path(Node& root, std::string_view path, const std::string& text);

}  // namespace rig::scenario
