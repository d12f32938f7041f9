// SPDX-License-Identifier: Apache-2.0
// The strict reader of YAML. Refused: with a place in the file, and never otherwise than by ScenarioError. Accepted:
// every value has its place, a plain scalar stands there letter for letter, keys come once, merged trees keep theirs.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "rig/scenario/tree.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace rig::scenario;

namespace {

using tests::fuzz::require;

std::vector<std::string> lines_of(const std::string& bytes) {
  std::vector<std::string> lines(1);
  for (const char c : bytes) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// From character `column` (counted from 1) on.
std::string_view from_column(std::string_view line, int column) {
  std::size_t at = 0;
  for (int i = 1; i < column && at < line.size(); ++i) {
    do ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U);
  }
  return line.substr(at);
}

class Judge {
 public:
  explicit Judge(const std::string& bytes) : lines_(lines_of(bytes)) {}

  void place(const SourcePosition& at) const {
    require(at.file == "x.yaml" && at.line >= 1 && at.column >= 1, "a place counts from 1");
    require(at.line <= static_cast<int>(lines_.size()), "a place is in the file");
    const auto width = characters(lines_[static_cast<std::size_t>(at.line) - 1]);
    require(at.column <= static_cast<int>(width) + 1, "a place is in its line");
  }

  void tree(const Node& node, int depth = 0) const {
    require(depth <= max_depth, "a tree is not too deep");
    place(node.position);
    if (node.is_scalar() && node.text_offset >= 0) {
      const std::string& line = lines_[static_cast<std::size_t>(node.position.line) - 1];
      require(from_column(line, node.position.column + node.text_offset).starts_with(node.text), "a scalar is there");
    }
    for (const Node& item : node.items) tree(item, depth + 1);
    std::set<std::string> keys;
    for (const Node::Entry& entry : node.entries) {
      place(entry.key_position);
      require(keys.insert(entry.key).second, "a key comes once");
      require(node.find(entry.key) == &entry, "a key is found");
      tree(entry.value, depth + 1);
    }
  }

 private:
  std::vector<std::string> lines_;
};

bool are_same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!are_same(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (a.entries[i].key != b.entries[i].key || !are_same(a.entries[i].value, b.entries[i].value)) return false;
  return true;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(tests::fuzz::text_of(data, size));
  const Judge judge(bytes);
  try {
    const Node tree = parse_tree(bytes, "x.yaml");
    require(tree.is_mapping(), "a file is one mapping");
    judge.tree(tree);
    require(are_same(merged(tree, tree), tree), "a tree over itself is itself");
  } catch (const ScenarioError& error) {
    judge.place(error.position());
    require(!error.sentence().empty(), "a mistake is said");
  }
  return 0;
}
