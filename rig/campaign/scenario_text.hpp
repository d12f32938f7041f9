// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "rig/scenario/scenario_tree.hpp"

namespace rig::campaign {

/// A scenario file that says what the tree says, under this name. `comment` stands above it, a line for each.
[[nodiscard]] std::string scenario_text(const scenario::ScenarioTree& tree, const std::string& name,
                                        const std::vector<std::string>& comment);

/// Writes it to `file`, and beside it every file that the tree found beside its own, so that the file stands alone.
/// Throws std::runtime_error (path, reason).
void write_scenario(const scenario::ScenarioTree& tree, const std::string& name,
                    const std::vector<std::string>& comment, const std::filesystem::path& file, scenario::Files& files);

}  // namespace rig::campaign
