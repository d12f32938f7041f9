// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/campaign_scenarios.hpp"

#include <algorithm>

#include "rig/cli/nearest.hpp"
#include "rig/cli/places.hpp"
#include "rig/cli/selection.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using scenario::ScenarioTree;

bool looks_like_a_path(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(".yaml") || word.ends_with(".yml");
}

bool leaves_its_folder(const fs::path& path) {
  return path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end();
}

std::vector<std::string> names_of(const std::vector<ScenarioTree>& trees) {
  std::vector<std::string> names;
  for (const ScenarioTree& tree : trees) names.push_back(tree.entry.key);
  return names;
}

std::vector<ScenarioTree> called(const std::vector<ScenarioTree>& trees, const std::string& name) {
  std::vector<ScenarioTree> found;
  std::ranges::copy_if(trees, std::back_inserter(found), [&](const ScenarioTree& t) { return t.entry.key == name; });
  return found;
}

}  // namespace

const std::vector<ScenarioTree>& CampaignScenarios::trees_of(const fs::path& file) {
  const auto known = read_.find(file);
  if (known != read_.end()) return known->second;
  return read_[file] = scenario::scenario_trees(for_people(file), files_, problems_);
}

std::vector<ScenarioTree> CampaignScenarios::shipped_one(const std::string& name, std::string& complaint) {
  std::vector<std::string> names;
  std::error_code unused;
  for (const fs::path& file :
       fs::is_directory(shipped_, unused) ? scenario_files_below(shipped_) : std::vector<fs::path>()) {
    const std::vector<ScenarioTree>& trees = trees_of(file);
    if (auto found = called(trees, name); !found.empty()) return found;
    for (const std::string& other : names_of(trees)) names.push_back(other);
  }
  complaint = "no shipped scenario is called " + name + "." + near_text(name, names);
  return {};
}

std::vector<ScenarioTree> CampaignScenarios::find(const std::string& word, const fs::path& beside,
                                                  std::string& complaint) {
  const std::size_t colons = word.rfind("::");
  const std::string path = word.substr(0, colons);
  if (colons == std::string::npos && !looks_like_a_path(word)) return shipped_one(word, complaint);
  if (leaves_its_folder(path)) {
    complaint = path + " leaves its folder; a path is relative and has no \"..\"";
    return {};
  }
  for (const fs::path& folder : {beside.empty() ? fs::path(".") : beside, shipped_}) {
    std::error_code unused;
    if (!fs::is_regular_file(folder / path, unused)) continue;
    const std::vector<ScenarioTree>& trees = trees_of((folder / path).lexically_normal());
    if (colons == std::string::npos) return trees;
    auto found = called(trees, word.substr(colons + 2));
    if (found.empty())
      complaint = path + " has no scenario " + word.substr(colons + 2) + "." +
                  near_text(word.substr(colons + 2), names_of(trees));
    return found;
  }
  complaint = path + " exists neither beside this file nor in the shipped scenarios";
  return {};
}

fs::path CampaignScenarios::campaign_file(const std::string& word, const fs::path& shipped) {
  std::error_code unused;
  if (fs::is_regular_file(word, unused)) return for_people(word);
  if (fs::is_regular_file(shipped / word, unused) && !leaves_its_folder(word)) return for_people(shipped / word);
  return {};
}

}  // namespace rig::cli
