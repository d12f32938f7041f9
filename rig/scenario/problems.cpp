// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/problems.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace rig::scenario {

ScenarioError::ScenarioError(const SourcePosition& position, const std::string& sentence)
    : std::runtime_error(position.file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column) +
                         "  " + sentence),
      position_(position),
      sentence_(sentence) {}

std::vector<ScenarioError> Problems::sorted() const {
  std::vector<ScenarioError> result = list_;
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
