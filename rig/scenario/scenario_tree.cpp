// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/scenario_tree.hpp"

#include <algorithm>

#include "rig/scenario/family.hpp"
#include "rig/scenario/parameters.hpp"
#include "rig/scenario/scenario_file.hpp"
#include "rig/scenario/text.hpp"
#include "rig/scenario/tree_path.hpp"

namespace rig::scenario {

namespace {

std::string set_parameter(std::vector<Node::Entry>& parameters, const std::string& name, const std::string& text) {
  const auto found = std::ranges::find(parameters, name, &Node::Entry::key);
  if (found != parameters.end()) {
    found->value.text = text;
    return {};
  }
  std::vector<std::string> known;
  for (const Node::Entry& one : parameters) {
    if (std::ranges::find(known, one.key) == known.end()) known.push_back(one.key);
  }
  return "parameters." + name + ": no parameter has this name" + (known.empty() ? "" : "; there are " + joined(known));
}

}  // namespace

std::string ScenarioTree::set(const std::string& path, const std::string& text) {
  static const std::string of_parameters = "parameters.";
  std::string complaint = path.starts_with(of_parameters)
                              ? set_parameter(parameters, path.substr(of_parameters.size()), text)
                              : set_path(entry.value, path, text);
  if (complaint.empty()) overrides.emplace_back(path, text);
  return complaint;
}

Node::Entry ScenarioTree::filled(Problems& problems) const {
  return {entry.key, entry.key_position, Filling(parameters, problems).fill(entry.value)};
}

std::vector<ScenarioTree> scenario_trees(const std::filesystem::path& file, Files& files, Problems& problems) {
  std::vector<ScenarioTree> trees;
  try {
    const ScenarioFile content = read_scenario_file(file, files, problems);
    for (const Node::Entry& entry : content.scenarios) add_instances(entry, content, file, trees, problems);
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
