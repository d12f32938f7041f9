// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/shrink.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "rig/campaign/sweep.hpp"
#include "rig/scenario/quantity.hpp"
#include "rig/scenario/text.hpp"

namespace rig::campaign {
namespace {

constexpr std::size_t most_tries = 3000;

using scenario::Node;
using scenario::ScenarioTree;

Node* value_of(Node& node, const char* key) {
  const auto found = std::ranges::find(node.entries, key, &Node::Entry::key);
  return found == node.entries.end() ? nullptr : &found->value;
}

class Shrinker {
 public:
  Shrinker(ScenarioTree tree, std::size_t claim, const StillFails& still_fails)
      : tree_(std::move(tree)), still_fails_(still_fails) {
    keep_only(claim);
  }

  Shrunk run() {
    for (bool better = true; better && tried_ < most_tries;) {
      better = fewer_actions();
      better = fewer_keys("settings") || better;
      better = fewer_keys("start") || better;
      better = shorter() || better;
      better = rounder_numbers(tree_.entry.value) || better;
    }
    return {std::move(tree_), tried_};
  }

 private:
  /// The other claims say nothing about this one.
  void keep_only(std::size_t claim) {
    Node* const claims = value_of(tree_.entry.value, "expect");
    if (claims == nullptr || claims->items.empty()) return;
    const Node one = claims->items[claim < claims->items.size() ? claim : 0];
    claims->items = {one};
  }

  /// Takes the first of them that fails.
  bool take(std::vector<ScenarioTree> candidates) {
    if (candidates.empty()) return false;
    const std::vector<bool> fails = still_fails_(candidates);
    tried_ += candidates.size();
    const auto first = std::ranges::find(fails, true);
    if (first == fails.end()) return false;
    tree_ = std::move(candidates[static_cast<std::size_t>(first - fails.begin())]);
    return true;
  }

  template <class Part>
  static void erase(std::vector<Part>& parts, std::size_t from, std::size_t to) {
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(from), parts.begin() + static_cast<std::ptrdiff_t>(to));
  }

  /// ddmin over the entries of a list or a mapping: leaves out halves, then quarters, …, then single ones.
  template <class Parts>
  bool ddmin(const char* key, Parts parts) {
    bool better = false;
    for (std::size_t pieces = 2;;) {
      Node* const node = value_of(tree_.entry.value, key);
      const std::size_t size = node != nullptr ? (node->*parts).size() : 0;
      if (size == 0) return better;
      pieces = std::min(pieces, size);
      std::vector<ScenarioTree> candidates;
      for (std::size_t piece = 0; piece < pieces; ++piece) {
        candidates.push_back(tree_);
        Node& body = candidates.back().entry.value;
        erase(value_of(body, key)->*parts, piece * size / pieces, (piece + 1) * size / pieces);
        std::erase_if(body.entries, [&](const Node::Entry& e) { return e.key == key && (e.value.*parts).empty(); });
      }
      if (take(std::move(candidates))) {
        better = true;
        pieces = std::max<std::size_t>(2, pieces - 1);
      } else if (pieces == size) {
        return better;
      } else {
        pieces *= 2;
      }
    }
  }
  bool fewer_actions() { return ddmin("do", &Node::items); }
  bool fewer_keys(const char* key) { return ddmin(key, &Node::entries); }

  bool set_first_that_fails(const std::vector<std::string>& texts, const std::function<Node*(ScenarioTree&)>& place) {
    std::vector<ScenarioTree> candidates;
    for (const std::string& text : texts) {
      candidates.push_back(tree_);
      place(candidates.back())->text = text;
    }
    return take(std::move(candidates));
  }

  bool shorter() {
    const auto run_for = [](ScenarioTree& tree) { return value_of(tree.entry.value, "run_for"); };
    bool better = false;
    for (bool goes_on = true; goes_on; better = better || goes_on) {
      const Node* const now = run_for(tree_);
      const auto time = now != nullptr ? scenario::parse_quantity(now->text) : std::nullopt;
      if (!time || time->value < 1e-3) return better;
      std::vector<std::string> texts;
      for (const double part : {0.1, 0.25, 0.5, 0.75, 0.9})
        texts.push_back(scenario::format({time->value * part, scenario::Dimension::time}, 2));
      std::erase_if(texts,
                    [&](const std::string& text) { return scenario::parse_quantity(text)->value >= time->value; });
      goes_on = set_first_that_fails(texts, run_for);
    }
    return better;
  }

  /// Every number below `node` of the body, found again in each candidate by the way that leads to it.
  bool rounder_numbers(const Node& body) {
    std::vector<std::vector<std::size_t>> ways;
    std::vector<std::size_t> way;
    for (std::size_t i = 0; i < body.entries.size(); ++i) {
      const std::string& key = body.entries[i].key;
      if (key == "about" || key == "board" || key == "pack" || key == "shows" || key == "labels" || key == "expect" ||
          key == "run_for")
        continue;
      way = {i};
      collect(body.entries[i].value, way, ways);
    }
    bool better = false;
    for (const auto& one : ways) {
      const std::string text = at(tree_.entry.value, one)->text;
      better = set_first_that_fails(rounder(text), [&](ScenarioTree& t) { return at(t.entry.value, one); }) || better;
    }
    return better;
  }
  static void collect(const Node& node, std::vector<std::size_t>& way, std::vector<std::vector<std::size_t>>& ways) {
    if (node.is_scalar()) {
      if (rounder(node.text).empty()) return;
      ways.push_back(way);
      return;
    }
    const std::size_t size = node.is_mapping() ? node.entries.size() : node.items.size();
    for (std::size_t i = 0; i < size; ++i) {
      way.push_back(i);
      collect(node.is_mapping() ? node.entries[i].value : node.items[i], way, ways);
      way.pop_back();
    }
  }
  static Node* at(Node& node, const std::vector<std::size_t>& way) {
    Node* found = &node;
    for (const std::size_t i : way) found = found->is_mapping() ? &found->entries[i].value : &found->items[i];
    return found;
  }

  ScenarioTree tree_;
  const StillFails& still_fails_;
  std::size_t tried_ = 0;
};

}  // namespace

std::vector<std::string> rounder(const std::string& text) {
  std::vector<std::string> texts;
  const auto exact = scenario::parse_quantity(text);
  if (!exact || exact->value == 0) return texts;
  const std::size_t end = text.find_first_not_of("-+.0123456789eE");
  const std::string number = text.substr(0, end), unit = end == std::string::npos ? "" : text.substr(end);
  const double value = std::strtod(number.c_str(), nullptr);
  for (int digits = 1; digits < 9; ++digits) {
    char shown[40];
    std::snprintf(shown, sizeof shown, "%.*e", digits - 1, value);
    const double rounded = std::strtod(shown, nullptr);
    const std::string shorter = scenario::shortest(rounded) + unit;
    if (rounded == value) break;
    if (texts.empty() || texts.back() != shorter) texts.push_back(shorter);
  }
  return texts;
}

Shrunk shrink(ScenarioTree tree, std::size_t claim, const StillFails& still_fails) {
  return Shrinker(std::move(tree), claim, still_fails).run();
}

}  // namespace rig::campaign
