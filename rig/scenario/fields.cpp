// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/fields.hpp"

#include <cmath>
#include <stdexcept>

#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

const char* kind_name(const Node& node) {
  return node.is_sequence() ? "a list" : node.is_mapping() ? "a mapping" : "a text";
}

void check_dimension(const Key& key, Dimension dimension) {
  const bool is_a_time = dimension == Dimension::time && key.kind == Key::Kind::moment;
  const bool is_right = key.kind == Key::Kind::amount || is_a_time ||
                        (key.kind == Key::Kind::whole && dimension == Dimension::none) ||
                        (key.kind == Key::Kind::quantity && key.dimension == dimension);
  if (!is_right) throw std::logic_error(key.name + " is not " + with_article(dimension) + " in the table of keys");
}

}  // namespace

std::optional<double> quantity_of(const Node& node, std::string_view key, Dimension dimension, Problems& problems) {
  const std::string prefix = std::string(key) + ": ";
  if (!node.is_scalar()) {
    problems.add(node.position, prefix + with_article(dimension) + " is due, such as " + unit_examples(dimension, 1) +
                                    "; this is " + kind_name(node));
    return std::nullopt;
  }
  const std::optional<Quantity> read = parse_quantity(node.text);
  if (read && read->dimension == dimension) return read->value;
  problems.add(node.position, prefix + unit_complaint(node.text, dimension));
  return std::nullopt;
}

std::optional<bool> bit_of(const Node& node, std::string_view key, Problems& problems) {
  if (node.is_scalar() && (node.text == "on" || node.text == "yes")) return true;
  if (node.is_scalar() && (node.text == "off" || node.text == "no")) return false;
  problems.add(node.position, std::string(key) + ": " + (node.is_scalar() ? in_quotes(node.text) : kind_name(node)) +
                                  " is neither on nor off");
  return std::nullopt;
}

std::optional<std::string> word_of(const Node& node, std::string_view key, const std::vector<std::string>& words,
                                   Problems& problems) {
  if (node.is_scalar()) {
    for (const std::string& word : words) {
      if (node.text == word) return word;
    }
  }
  problems.add(node.position, std::string(key) + ": " + (node.is_scalar() ? in_quotes(node.text) : kind_name(node)) +
                                  " is not one of " + joined(words));
  return std::nullopt;
}

Fields::Fields(const Node& node, std::string what, Problems& problems, std::string_view place)
    : node_(node), what_(std::move(what)), problems_(problems), place_(&place_of(place)) {
  if (!node.is_mapping()) {
    problems.add(node.position, what_ + ": a mapping (key: value) is due; this is " + kind_name(node));
  }
}

const Node::Entry* Fields::take(std::string_view key) {
  static_cast<void>(place_->at(key));
  asked_.emplace(key);
  const Node::Entry* entry = node_.find(key);
  if (entry != nullptr) read_.emplace(key);
  return entry;
}

const Node::Entry* Fields::skip(std::string_view key) {
  const Node::Entry* entry = node_.find(key);
  if (entry != nullptr) read_.emplace(key);
  return entry;
}

const Node::Entry* Fields::require(std::string_view key) {
  const Node::Entry* entry = take(key);
  if (entry == nullptr && node_.is_mapping())
    problems_.add(node_.position, what_ + ": " + std::string(key) + " is missing");
  return entry;
}

std::vector<const Node::Entry*> Fields::take_rest() {
  std::vector<const Node::Entry*> rest;
  for (const Node::Entry& entry : node_.entries) {
    if (read_.emplace(entry.key).second) rest.push_back(&entry);
  }
  return rest;
}

std::optional<std::string> Fields::text(std::string_view key) {
  const Node::Entry* entry = take(key);
  if (entry == nullptr) return std::nullopt;
  if (entry->value.is_scalar() && !trimmed(entry->value.text).empty()) return entry->value.text;
  complain(key, entry->value.position,
           std::string("a text is due; this is ") + (entry->value.is_scalar() ? "empty" : kind_name(entry->value)));
  return std::nullopt;
}

std::optional<double> Fields::quantity(std::string_view key, Dimension dimension) {
  check_dimension(place_->at(key), dimension);
  const Node::Entry* entry = take(key);
  return entry == nullptr ? std::nullopt : quantity_of(entry->value, key, dimension, problems_);
}

std::optional<double> Fields::checked(std::string_view key, Dimension dimension, double smallest, bool open,
                                      const char* words) {
  const std::optional<double> value = quantity(key, dimension);
  if (!value || *value > smallest || (!open && *value == smallest)) return value;
  complain(key, node_.find(key)->value.position, in_quotes(node_.find(key)->value.text) + " " + words);
  return std::nullopt;
}

std::optional<double> Fields::positive(std::string_view key, Dimension dimension) {
  return checked(key, dimension, 0, true, "must be greater than zero");
}

std::optional<double> Fields::not_negative(std::string_view key, Dimension dimension) {
  return checked(key, dimension, 0, false, "must not be negative");
}

std::optional<int> Fields::whole(std::string_view key, int smallest, int largest) {
  const std::optional<double> value = quantity(key, Dimension::none);
  if (!value) return std::nullopt;
  if (*value == std::floor(*value) && *value >= smallest && *value <= largest) return static_cast<int>(*value);
  complain(key, node_.find(key)->value.position,
           in_quotes(node_.find(key)->value.text) + " is not a whole number from " + std::to_string(smallest) + " to " +
               std::to_string(largest));
  return std::nullopt;
}

std::optional<bool> Fields::yes_no(std::string_view key) {
  const Node::Entry* entry = take(key);
  return entry == nullptr ? std::nullopt : bit_of(entry->value, key, problems_);
}

std::optional<std::string> Fields::one_of(std::string_view key) { return one_of(key, place_->at(key).words); }

std::optional<std::string> Fields::one_of(std::string_view key, const std::vector<std::string>& words) {
  const Node::Entry* entry = take(key);
  return entry == nullptr ? std::nullopt : word_of(entry->value, key, words, problems_);
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const Node::Entry* entry = take(key);
  if (entry == nullptr) return {};
  if (entry->value.is_scalar()) return {entry->value.text};
  std::vector<std::string> result;
  for (const Node& item : entry->value.items) {
    if (item.is_scalar()) {
      result.push_back(item.text);
    } else {
      complain(key, item.position, std::string("a text is due; this is ") + kind_name(item));
    }
  }
  if (entry->value.is_mapping()) complain(key, entry->value.position, "a list of texts is due; this is a mapping");
  return result;
}

void Fields::finish() {
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const Node::Entry& entry : node_.entries) {
    if (read_.contains(entry.key)) continue;
    const std::vector<std::string> near = nearest_of(entry.key, known);
    problems_.add(entry.key_position, what_ + ": " + entry.key + " is not a key here." +
                                          (near.empty() ? " Known: " + joined(known) : near_text(near)));
  }
}

void Fields::complain(std::string_view key, const SourcePosition& position, const std::string& sentence) {
  problems_.add(position, std::string(key) + ": " + sentence);
}

}  // namespace rig::scenario
