// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/parameters.hpp"

#include <algorithm>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

constexpr std::size_t longest_filled = 10'000;  // characters of one value

/// The next ${…} of a text: [begin, end) with its braces; end npos = never closed; begin npos = none.
struct Mention {
  std::size_t begin = std::string_view::npos, end = std::string_view::npos;
  std::string name;
};

Mention next_mention(std::string_view text, std::size_t from) {
  Mention mention;
  mention.begin = text.find("${", from);
  if (mention.begin == std::string_view::npos) return mention;
  const std::size_t close = text.find('}', mention.begin);
  if (close == std::string_view::npos) return mention;
  mention.end = close + 1;
  mention.name = text.substr(mention.begin + 2, close - mention.begin - 2);
  return mention;
}

void collect_from(std::string_view text, std::set<std::string, std::less<>>& names) {
  for (Mention m = next_mention(text, 0); m.end != std::string_view::npos; m = next_mention(text, m.end))
    names.insert(m.name);
}

}  // namespace

bool is_parameter_name(std::string_view word) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_legal = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !word.empty() && is_letter(word.front()) && std::ranges::all_of(word, is_legal);
}

Node Filling::fill(const Node& node) {
  Node result = node;
  if (node.is_scalar() && node.text.find("${") != std::string::npos) {
    Filled filled_text = filled(node.text, node.text_position());
    result.text = std::move(filled_text.text);
    result.splices = std::move(filled_text.splices);
  }
  for (Node& item : result.items) item = fill(item);
  for (Node::Entry& entry : result.entries) {
    entry.value = fill(entry.value);
    if (entry.key.find("${") == std::string::npos) continue;
    const std::string key = filled(entry.key, entry.key_position).text;
    if (const Node::Entry* other = result.find(key))
      problems_.add(entry.key_position, entry.key + " is " + key + " here, which stands on line " +
                                            std::to_string(other->key_position.line) + " already");
    entry.key = key;
  }
  return result;
}

Filling::Filled Filling::filled(const std::string& text, const SourcePosition& position) {
  Filled result;
  std::size_t at = 0;
  for (Mention m = next_mention(text, 0); m.begin != std::string::npos; m = next_mention(text, at)) {
    SourcePosition where = position;
    where.column += static_cast<int>(m.begin);
    if (m.end == std::string::npos) {
      problems_.add(where, "the ${ opened here is never closed; a parameter is written ${name}");
      break;
    }
    result.text += text.substr(at, m.begin - at);
    const std::string value = value_of(m.name, where);
    result.splices.push_back(
        {static_cast<int>(result.text.size()), static_cast<int>(value.size()), static_cast<int>(m.end - m.begin)});
    result.text += value;
    at = m.end;
    if (result.text.size() > longest_filled) {
      problems_.add(where, "with its parameters this is longer than " + std::to_string(longest_filled) + " characters");
      return {};
    }
  }
  result.text += text.substr(at);
  return result;
}

std::string Filling::value_of(const std::string& name, const SourcePosition& position) {
  if (const auto done = values_.find(name); done != values_.end()) return done->second;
  if (!is_parameter_name(name)) {
    problems_.add(position, "${" + name + "}: the name of a parameter is made of letters, digits and _");
    return {};
  }
  const auto found = std::ranges::find(parameters_, name, &Node::Entry::key);
  if (found == parameters_.end()) {
    problems_.add(position, "${" + name + "}: no parameter has this name." + known(name));
    return {};
  }
  if (std::ranges::find(under_way_, name) != under_way_.end()) {
    problems_.add(position, "${" + name + "} names itself: " + joined(under_way_, " -> ") + " -> " + name);
    return {};
  }
  under_way_.push_back(name);
  std::string value = filled(found->value.text, found->value.text_position()).text;
  under_way_.pop_back();
  return values_[name] = std::move(value);
}

std::string Filling::known(const std::string& name) const {
  std::vector<std::string> names;
  for (const Node::Entry& parameter : parameters_) names.push_back(parameter.key);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  const std::vector<std::string> near = nearest_of(name, names);
  return names.empty() ? " None is declared" : near.empty() ? " Known: " + joined(names) : near_text(near);
}

void collect_parameters(const Node& node, std::set<std::string, std::less<>>& names) {
  collect_from(node.text, names);
  for (const Node& item : node.items) collect_parameters(item, names);
  for (const Node::Entry& entry : node.entries) {
    collect_from(entry.key, names);
    collect_parameters(entry.value, names);
  }
}

}  // namespace rig::scenario
