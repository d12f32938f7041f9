// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/scenario_tree.hpp"

#include "rig/scenario/tree_path.hpp"

namespace rig::scenario {

std::string ScenarioTree::set(const std::string& path, const std::string& text) {
  std::string complaint = set_path(entry.value, path, text);
  if (complaint.empty()) overrides.emplace_back(path, text);
  return complaint;
}

std::vector<ScenarioTree> scenario_trees(const std::filesystem::path& file, Files& files, Problems& problems) {
  std::vector<ScenarioTree> trees;
  try {
    if (const auto source = files.open_path(file, problems)) {
      for (Node::Entry& entry : parse_tree(*source->bytes, file.generic_string()).entries)
        trees.push_back({std::move(entry), file, {}});
    }
  } catch (const ScenarioError& error) {
    problems.add(error);
  } catch (const std::exception& error) {
    problems.add({file.generic_string(), 1, 1}, std::string("cannot be read: ") + error.what());
  }
  return trees;
}

std::vector<ScenarioTree> scenario_trees(const std::filesystem::path& file, const std::filesystem::path& shipped,
                                         std::vector<ScenarioError>& errors) {
  Problems problems;
  Files files(shipped);
  std::vector<ScenarioTree> trees = scenario_trees(file, files, problems);
  for (ScenarioError& error : problems.sorted()) errors.push_back(std::move(error));
  return problems.any() ? std::vector<ScenarioTree>() : trees;
}

}  // namespace rig::scenario
