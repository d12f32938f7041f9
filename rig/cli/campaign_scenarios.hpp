// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "rig/scenario/scenario_tree.hpp"

namespace rig::cli {

/// Finds what a campaign file names: NAME of a shipped scenario, PATH or PATH::NAME. A path is relative, without
/// "..", and looked for beside the campaign file, then among the shipped scenarios.
class CampaignScenarios {
 public:
  CampaignScenarios(std::filesystem::path shipped, scenario::Files& files, scenario::Problems& problems)
      : shipped_(std::move(shipped)), files_(files), problems_(problems) {}

  [[nodiscard]] std::vector<scenario::ScenarioTree> find(const std::string& word, const std::filesystem::path& beside,
                                                         std::string& complaint);

  /// A campaign file as people name it: a path, else a path below the shipped scenarios. Empty: there is none.
  [[nodiscard]] static std::filesystem::path campaign_file(const std::string& word,
                                                           const std::filesystem::path& shipped);

 private:
  const std::vector<scenario::ScenarioTree>& trees_of(const std::filesystem::path& file);
  [[nodiscard]] std::vector<scenario::ScenarioTree> shipped_one(const std::string& name, std::string& complaint);

  std::filesystem::path shipped_;
  scenario::Files& files_;
  scenario::Problems& problems_;
  std::map<std::filesystem::path, std::vector<scenario::ScenarioTree>> read_;
};

}  // namespace rig::cli
