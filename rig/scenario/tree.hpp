// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rig/scenario/reader.hpp"

namespace rig::scenario {

/// One value of a YAML file with the exact place where it stands.
struct Node {
  enum class Kind { scalar, sequence, mapping };
  struct Entry;

  Kind kind = Kind::scalar;
  SourcePosition position;  // of the value: a scalar's first character (its quote, when quoted)
  std::string text;         // scalar
  int text_offset = 0;      // columns from `position` to text[0]; -1 when the text is not one piece of the line
  struct Splice {
    int at = 0, length = 0, in_source = 0;  // characters `length` of `text` from `at` on stand there for `in_source`
  };
  std::vector<Splice> splices;  // parameters whose values stand in `text`, in order
  std::vector<Node> items;      // sequence
  std::vector<Entry> entries;   // mapping, in order of the file

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
  [[nodiscard]] const Entry* find(std::string_view key) const;  // mapping; nullptr when absent
  /// Where text[0] stands; and where, in the file, a place of the text is that was counted from there.
  [[nodiscard]] SourcePosition text_position() const;
  [[nodiscard]] SourcePosition in_source(SourcePosition of_text) const;
};

struct Node::Entry {
  std::string key;
  SourcePosition key_position;
  Node value;
};

/// Whether they say the same, wherever they stand.
[[nodiscard]] bool are_same(const std::vector<Node::Entry>& a, const std::vector<Node::Entry>& b);

inline constexpr std::size_t max_file_bytes = 1 << 20;
inline constexpr int max_depth = 64;

/// Reads one YAML document strictly: one mapping at the top; no duplicate keys, anchors, aliases, tags, directives,
/// empty values or control characters; UTF-8, at most 1 MB and 64 levels. `file` is the name for messages. Throws
/// ScenarioError with line and column counted from 1 in characters.
[[nodiscard]] Node parse_tree(const std::string& bytes, const std::string& file);

/// `base` with the entries of `over` in place of its own; mappings are merged key by key, all else is replaced.
[[nodiscard]] Node merged(const Node& base, const Node& over);

}  // namespace rig::scenario
