// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/keys.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// Reads the entries of one mapping, key by key. Every getter says what is wrong in `problems` and then gives nullopt
/// or leaves the target alone, so that the rest of the file is still looked at. finish() refuses what nobody asked for.
/// A getter throws std::logic_error for a key that is not in the table of keys, or that is something else there.
class Fields {
 public:
  /// `what` names the mapping in messages: "start", "charger"; `place` in the table of keys: "scenario.start".
  Fields(const Node& node, std::string what, Problems& problems, std::string_view place);

  [[nodiscard]] bool has(std::string_view key) const { return node_.find(key) != nullptr; }
  [[nodiscard]] const SourcePosition& position() const { return node_.position; }
  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] const Place& place() const { return *place_; }
  [[nodiscard]] Problems& problems() const { return problems_; }

  /// The entry, marked as read; nullptr when absent.
  const Node::Entry* take(std::string_view key);
  /// The same; absence is a problem.
  const Node::Entry* require(std::string_view key);
  /// The entry of a key that is none here, marked as read: for a sentence of its own. nullptr when absent.
  const Node::Entry* skip(std::string_view key);
  /// Entries not yet read, in order; for mappings whose keys are names.
  std::vector<const Node::Entry*> take_rest();

  std::optional<std::string> text(std::string_view key);
  std::optional<double> quantity(std::string_view key, Dimension dimension);
  std::optional<double> positive(std::string_view key, Dimension dimension);      // > 0
  std::optional<double> not_negative(std::string_view key, Dimension dimension);  // >= 0
  std::optional<int> whole(std::string_view key, int smallest, int largest);
  std::optional<bool> yes_no(std::string_view key);
  std::optional<std::string> one_of(std::string_view key);  // the words of the table
  std::optional<std::string> one_of(std::string_view key, const std::vector<std::string>& words);
  std::vector<std::string> texts(std::string_view key);  // a list of texts, or one text

  /// Keys that are legal elsewhere: only for what finish() proposes.
  void know(std::initializer_list<const char*> keys) { asked_.insert(keys.begin(), keys.end()); }
  /// Every unread key is unknown: says so with the nearest known names.
  void finish();

  void complain(std::string_view key, const SourcePosition& position, const std::string& sentence);

 private:
  std::optional<double> checked(std::string_view key, Dimension dimension, double smallest, bool open,
                                const char* words);

  const Node& node_;
  std::string what_;
  Problems& problems_;
  const Place* place_;
  std::set<std::string, std::less<>> read_, asked_;
};

/// Value of a scalar node with the unit of `dimension`; the problem is said with `key` in front.
[[nodiscard]] std::optional<double> quantity_of(const Node& node, std::string_view key, Dimension dimension,
                                                Problems& problems);
[[nodiscard]] std::optional<bool> bit_of(const Node& node, std::string_view key, Problems& problems);  // on/off, yes/no
[[nodiscard]] std::optional<std::string> word_of(const Node& node, std::string_view key,
                                                 const std::vector<std::string>& words, Problems& problems);

}  // namespace rig::scenario
