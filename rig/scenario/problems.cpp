// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/problems.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace rig::scenario {

ScenarioError::ScenarioError(const SourcePosition& position, const std::string& sentence)
    : std::runtime_error(position.file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column) +
                         "  " + sentence),
      position_(position),
      sentence_(sentence) {}

void Problems::add_all(const Problems& others, const std::string& instance) {
  for (const ScenarioError& error : others.list_) {
    if (instance.empty()) {
      list_.push_back(error);
    } else {
      of_instances_.push_back({error, instance});
    }
  }
}

std::vector<ScenarioError> Problems::sorted() const {
  std::vector<ScenarioError> result = list_;
  std::map<std::string, std::size_t> times;
  for (const OfInstance& one : of_instances_) ++times[one.error.what()];
  for (const OfInstance& one : of_instances_) {
    const std::size_t number = std::exchange(times[one.error.what()], 0);
    if (number == 0) continue;
    const std::string others = number == 1 ? "" : " and " + std::to_string(number - 1) + " more";
    result.emplace_back(one.error.position(), one.error.sentence() + " (in " + one.instance + others + ")");
  }
  const auto key = [](const ScenarioError& e) {
    return std::tuple(std::string_view(e.position().file), e.position().line, e.position().column,
                      std::string_view(e.what()));
  };
  std::stable_sort(result.begin(), result.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  return result;
}

}  // namespace rig::scenario
