// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/model_number.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "rig/scenario/compound.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {

using models::math::Choice;
using models::math::Parameter;

std::optional<Dimension> dimension_of(const Parameter& parameter) {
  static constexpr std::array<std::pair<std::string_view, Dimension>, 13> known{{{"", Dimension::none},
                                                                                 {"%", Dimension::ratio},
                                                                                 {"A", Dimension::current},
                                                                                 {"V", Dimension::voltage},
                                                                                 {"ohm", Dimension::resistance},
                                                                                 {"s", Dimension::time},
                                                                                 {"W", Dimension::power},
                                                                                 {"J", Dimension::energy},
                                                                                 {"F", Dimension::capacitance},
                                                                                 {"H", Dimension::inductance},
                                                                                 {"Hz", Dimension::frequency},
                                                                                 {"Ah", Dimension::charge},
                                                                                 {"degC", Dimension::temperature}}};
  for (const auto& [unit, dimension] : known) {
    if (unit == parameter.unit) return dimension;
  }
  return std::nullopt;
}

std::string amount_of(const Parameter& p, double value) {
  const std::optional<Dimension> dimension = dimension_of(p);
  if (!dimension) return shortest(value) + " " + p.unit;
  std::string text = format({value, *dimension}, 9);
  const auto end = static_cast<std::size_t>(std::ranges::find(text, ' ') - text.begin());
  const auto point = static_cast<std::size_t>(std::ranges::find(text, '.') - text.begin());
  if (point >= end) return text;
  std::size_t kept = text.find_last_not_of('0', end - 1);
  if (text[kept] == '.') --kept;
  return text.erase(kept + 1, end - kept - 1);
}

bool is_allowed(Fields& fields, const Parameter& p, double value) {
  if (p.allows(value)) return true;
  const Node& node = fields.take(p.key)->value;
  const bool is_below = value < p.low || (p.open && value == p.low);
  const std::string wrong = is_below && p.low == 0
                                ? p.open ? " must be greater than zero" : " must not be negative"
                                : " lies outside " + amount_of(p, p.low) + " to " + amount_of(p, p.high);
  fields.complain(p.key, node.position, in_quotes(node.text) + wrong);
  return false;
}

std::optional<double> model_number(Fields& fields, const Parameter& p) {
  if (p.required && fields.require(p.key) == nullptr) return std::nullopt;
  const std::optional<Dimension> dimension = dimension_of(p);
  const auto value = dimension ? fields.quantity(p.key, *dimension) : compound(fields, p.key, p.unit);
  return value && is_allowed(fields, p, *value) ? value : std::nullopt;
}

std::vector<std::string> words_of(const Choice& choice) {
  std::vector<std::string> words;
  const std::string_view all = choice.words;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t bar = std::min(all.find('|', at), all.size());
    words.emplace_back(all.substr(at, bar - at));
    at = bar + 1;
  }
  return words;
}

std::optional<std::string> chosen(Fields& fields, const Choice& choice) {
  if (choice.required && fields.require(choice.key) == nullptr) return std::nullopt;
  return fields.one_of(choice.key, words_of(choice));
}

Groups open_groups(Fields& top, const std::vector<std::string>& names) {
  Groups groups;
  for (const std::string& name : names) {
    const Node::Entry* entry = top.take(name);
    if (entry != nullptr)
      groups.emplace(name, Fields(entry->value, name, top.problems(), top.place().name + "." + name));
  }
  return groups;
}

void finish(Groups& groups) {
  for (auto& [name, group] : groups) {
    group.text("source");
    group.finish();
  }
}

Fields* ModelReader::place_of(const Parameter& p) const {
  if (*p.group == '\0') return &fields;
  return groups != nullptr && groups->contains(p.group) ? &groups->at(p.group) : nullptr;
}

std::optional<double> ModelReader::read(const Parameter& p) const {
  Fields* const place = place_of(p);
  return place != nullptr ? model_number(*place, p) : std::nullopt;
}

void ModelReader::operator()(const Parameter& p, double& target) const {
  if (const std::optional<double> value = read(p)) target = *value;
}

void ModelReader::operator()(const Parameter& p, int& target) const {
  Fields* const place = place_of(p);
  if (place == nullptr) return;
  if (const auto value = place->whole(p.key, static_cast<int>(p.low), static_cast<int>(p.high)))
    target = *value;
  else if (p.required)
    place->require(p.key);
}

}  // namespace rig::scenario
