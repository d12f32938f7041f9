// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "rig/scenario/files.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/scenario.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// The name of the file, at the root of a tree of scenarios, whose `invariants:` are armed in every run.
inline constexpr const char* invariants_file = "invariants.yaml";

/// The one nearest to a scenario file, in its folder or one above it, but not above one that holds .git.
[[nodiscard]] std::optional<std::filesystem::path> invariants_above(const std::filesystem::path& file);

/// The claims that hold in every run of the scenario, for each of its boards: those of the shipped tree, of the tree
/// that its file stands in, and of the file with what it includes (`own`); of two with one name the later one.
/// ${name} stands for a setting of the board. Left out: those that the labels or settings of the scenario exclude,
/// and of the shipped ones those that name a setting which the board does not have.
[[nodiscard]] std::vector<Claim> read_invariants(const Scenario& scenario, const std::vector<Node>& own,
                                                 const std::vector<Node::Entry>& parameters, Files& files,
                                                 Problems& problems);

}  // namespace rig::scenario
