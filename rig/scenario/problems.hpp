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
  /// Those of one instance of a template; its name stands behind what concerns the instance.
  void add_all(const Problems& others, const std::string& instance);
  [[nodiscard]] bool any() const { return count() > 0; }
  [[nodiscard]] std::size_t count() const { return list_.size() + of_instances_.size(); }
  /// In order of file, line and column, without repetitions; what several instances have in common is said once.
  [[nodiscard]] std::vector<ScenarioError> sorted() const;

 private:
  struct OfInstance {
    ScenarioError error;
    std::string instance;
  };
  std::vector<ScenarioError> list_;
  std::vector<OfInstance> of_instances_;
};

}  // namespace rig::scenario
