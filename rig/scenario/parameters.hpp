// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/problems.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// Letters, digits and _, not beginning with a digit.
[[nodiscard]] bool is_parameter_name(std::string_view word);

/// Puts values in place of ${name}, in scalars and in keys. A value may name other parameters. What is not declared,
/// names itself in a circle, or is not written as ${name} is a problem where it stands.
class Filling {
 public:
  /// Name and value; of two with one name the first counts.
  Filling(const std::vector<Node::Entry>& parameters, Problems& problems)
      : parameters_(parameters), problems_(problems) {}

  [[nodiscard]] Node fill(const Node& node);

 private:
  struct Filled {
    std::string text;
    std::vector<Node::Splice> splices;
  };
  Filled filled(const std::string& text, const SourcePosition& position);
  std::string value_of(const std::string& name, const SourcePosition& position);
  [[nodiscard]] std::string known(const std::string& name) const;

  const std::vector<Node::Entry>& parameters_;
  Problems& problems_;
  std::map<std::string, std::string, std::less<>> values_;  // of those that were asked for
  std::vector<std::string> under_way_;
};

/// Every name that stands as ${name} in a node, its keys included.
void collect_parameters(const Node& node, std::set<std::string, std::less<>>& names);

}  // namespace rig::scenario
