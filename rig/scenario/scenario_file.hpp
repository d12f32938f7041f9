// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "rig/scenario/files.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// The keys of a file that are no scenarios.
inline constexpr const char* file_keys[] = {"include", "parameters", "templates", "invariants"};

/// A file and what it takes over from those that it includes. Scenarios of included files are left there.
struct ScenarioFile {
  std::vector<Node::Entry> scenarios;           // of the file itself
  std::vector<Node::Entry> parameters;          // name and value; its own first, then those of what it includes
  std::vector<Node::Entry> templates;           // name and body
  std::vector<Node> invariants;                 // claims
  std::vector<std::filesystem::path> included;  // files, in order
};

/// Includes resolved, names and shapes checked; a circle of includes is a problem. Throws as parse_tree does.
[[nodiscard]] ScenarioFile read_scenario_file(const std::filesystem::path& file, Files& files, Problems& problems);

}  // namespace rig::scenario
