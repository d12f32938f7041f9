// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/reader.hpp"

namespace rig::scenario {

/// Collects the author's mistakes, so that one reading shows them all. A reader that found one goes on with defaults;
/// nothing it produced may be used once there is any.
class Problems {
 public:
  void add(const SourcePosition& position, const std::string& sentence) { list_.emplace_back(position, sentence); }
  void add(const ScenarioError& error) { list_.push_back(error); }
  [[nodiscard]] bool any() const { return !list_.empty(); }
  [[nodiscard]] std::size_t count() const { return list_.size(); }
  /// In order of file, line and column, without repetitions.
  [[nodiscard]] std::vector<ScenarioError> sorted() const;

 private:
  std::vector<ScenarioError> list_;
};

}  // namespace rig::scenario
