// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rig/scenario/files.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/scenario.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// A scenario before it is read: its name and its body, that of its template included, in which ${name} still stands
/// for parameters. What a search or a sweep varies is set here; read_scenario() then checks it as if it had been
/// written so.
struct ScenarioTree {
  Node::Entry entry;
  std::filesystem::path file;
  std::string template_name;                    // of which it is an instance; a family without one: its name; or ""
  std::vector<Node::Entry> parameters;          // of two with one name the first counts
  std::vector<std::filesystem::path> included;  // files, in order
  std::vector<Node> invariants;                 // of the file and of those
  std::vector<std::pair<std::string, std::string>> overrides;  // path and text of every set(), in order; in the hash

  /// Sets the value at `path`: "settings.cell_ovp", "start.cell[3].soc", "do[0].charger.current" (entries of a list
  /// count from 0), "boards.a.settings.cell_ovp", "run_for", or of a parameter: "parameters.ovp". A last key that is
  /// not there yet is added. Returns "" or the sentence that says why there is no such place; then nothing was changed.
  [[nodiscard]] std::string set(const std::string& path, const std::string& text);

  /// Name and body with the value in place of every ${name}.
  [[nodiscard]] Node::Entry filled(Problems& problems) const;
};

/// Every scenario of a file as a tree. Mistakes go to `problems`; never throws for bad input.
[[nodiscard]] std::vector<ScenarioTree> scenario_trees(const std::filesystem::path& file, Files& files,
                                                       Problems& problems);
[[nodiscard]] std::vector<ScenarioTree> scenario_trees(const std::filesystem::path& file,
                                                       const std::filesystem::path& shipped,
                                                       std::vector<ScenarioError>& errors);

/// The scenario that a tree describes; nullopt after any problem was said. `files` keeps what was read for the next.
[[nodiscard]] std::optional<Scenario> read_scenario(const ScenarioTree& tree, Files& files, Problems& problems);
[[nodiscard]] std::optional<Scenario> read_scenario(const ScenarioTree& tree, Files& files,
                                                    std::vector<ScenarioError>& errors);

}  // namespace rig::scenario
