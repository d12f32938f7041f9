// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "rig/scenario/scenario_file.hpp"
#include "rig/scenario/scenario_tree.hpp"

namespace rig::scenario {

inline constexpr std::size_t largest_family = 1000;

/// Adds what one entry of a file makes: itself, or the instances of its grid `for:`, each with the body of its
/// template and the parameters that ${…} stands for in it.
void add_instances(const Node::Entry& entry, const ScenarioFile& content, const std::filesystem::path& file,
                   std::vector<ScenarioTree>& trees, Problems& problems);

/// "ovp", "3.50 V" -> "ovp_3_50V": letters, digits, _ and - only.
[[nodiscard]] std::string instance_suffix(const std::string& parameter, const std::string& value);

}  // namespace rig::scenario
