// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/tree_path.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

/// "[2].rest" -> 2 and ".rest".
struct ListStep {
  std::size_t index = 0;
  std::string_view rest;
};

std::optional<ListStep> list_step(std::string_view path) {
  const std::size_t close = path.find(']');
  if (!path.starts_with('[') || close == std::string_view::npos) return std::nullopt;
  ListStep step{0, path.substr(close + 1)};
  const auto [end, error] = std::from_chars(path.data() + 1, path.data() + close, step.index);
  if (error != std::errc{} || end != path.data() + close) return std::nullopt;
  if (!step.rest.empty() && step.rest.front() != '.' && step.rest.front() != '[') return std::nullopt;
  return step;
}

bool is_made_when_absent(std::string_view key) { return key == "settings" || key == "start" || key == "trace"; }

/// "charger.current" and "do[3]" lead through something; "cell[3].soc" and "run_for" are keys.
bool is_a_way_down(std::string_view first, std::string_view rest) {
  if (first.starts_with("do[") || first.starts_with("expect[")) return true;
  return first != rest && !first.ends_with(']');
}

class PathSetter {
 public:
  PathSetter(std::string_view path, const std::string& text) : path_(path), text_(text) {}

  std::string set(Node& root) {
    if (path_.empty()) return "an empty path; a place in a scenario is due, such as settings.cell_ovp";
    return in(root, path_);
  }

 private:
  std::string in(Node& node, std::string_view rest) {
    if (rest.empty()) return put(node);
    if (node.is_sequence()) return in_list(node, rest);
    if (node.is_mapping()) return in_mapping(node, rest.starts_with('.') ? rest.substr(1) : rest);
    return said(" leads beyond " + before(rest) + ", which is \"" + node.text + "\"");
  }

  std::string put(Node& node) {
    if (node.is_sequence()) return said(" is a list; name one of its entries, such as " + std::string(path_) + "[0]");
    if (node.is_mapping() && text_ != "off") return said(" is a mapping; name one of its keys" + keys_of(node));
    Node scalar;
    scalar.position = node.position;
    scalar.text = text_;
    node = std::move(scalar);
    return {};
  }

  std::string in_list(Node& node, std::string_view rest) {
    const auto step = list_step(rest);
    const std::string list = before(rest);
    if (!step) return said(" needs the number of an entry behind " + list + ", such as " + list + "[0]");
    if (step->index < node.items.size()) return in(node.items[step->index], step->rest);
    if (node.items.empty()) return said(": " + list + " is empty");
    return said(": the last entry is " + list + "[" + std::to_string(node.items.size() - 1) + "]");
  }

  // The longest key that the path goes on with: keys may hold dots and brackets themselves.
  std::string in_mapping(Node& node, std::string_view rest) {
    Node::Entry* longest = nullptr;
    for (Node::Entry& entry : node.entries) {
      const bool fits = rest == entry.key || (rest.starts_with(entry.key) &&
                                              (rest[entry.key.size()] == '.' || rest[entry.key.size()] == '['));
      if (fits && (longest == nullptr || entry.key.size() > longest->key.size())) longest = &entry;
    }
    if (longest != nullptr) return in(longest->value, rest.substr(longest->key.size()));
    return add(node, rest);
  }

  std::string add(Node& node, std::string_view rest) {
    if (rest.empty()) return said(" ends with a dot");
    const std::string_view first = rest.substr(0, rest.find('.'));
    Node::Entry entry{std::string(rest), node.position, {}};
    entry.value.position = node.position;
    if (is_made_when_absent(first) && first.size() < rest.size()) {
      entry.key = first;
      entry.value.kind = Node::Kind::mapping;
      if (std::string complaint = in(entry.value, rest.substr(first.size())); !complaint.empty()) return complaint;
    } else if (is_a_way_down(first, rest)) {
      return said(": there is no " + std::string(first) + " here" + keys_of(node));
    } else {
      entry.value.text = text_;
    }
    node.entries.push_back(std::move(entry));
    return {};
  }

  static std::string keys_of(const Node& node) {
    std::vector<std::string> keys;
    for (const Node::Entry& entry : node.entries) keys.push_back(entry.key);
    return keys.empty() ? "; it is empty" : "; there are " + joined(keys);
  }

  [[nodiscard]] std::string before(std::string_view rest) const {
    return std::string(path_.substr(0, path_.size() - rest.size()));
  }
  [[nodiscard]] std::string said(const std::string& what) const { return std::string(path_) + what; }

  std::string_view path_;
  const std::string& text_;
};

}  // namespace

std::string set_path(Node& root, std::string_view path, const std::string& text) {
  Node changed = root;
  std::string complaint = PathSetter(path, text).set(changed);
  if (complaint.empty()) root = std::move(changed);
  return complaint;
}

}  // namespace rig::scenario
