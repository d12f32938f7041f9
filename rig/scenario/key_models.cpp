// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "rig/scenario/key_tables.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario::key_table {
namespace {

using models::math::Choice;
using models::math::Parameter;

/// Numbers that people would write, in the base unit.
std::vector<double> usual(const Parameter& p) {
  switch (dimension_of(p).value_or(Dimension::none)) {
    case Dimension::ratio:
      return {0.01, 0.1, 1};
    case Dimension::temperature:
      return {25, 130};
    case Dimension::inductance:
      return {2e-6};
    default:
      return {1, 10, 0.1, 0.01, 1e-3, 1e-6};
  }
}

/// What people would write first: the default, else a usual number inside of the range.
std::string example_of(const Parameter& p, double standard) {
  if (standard != 0 && p.allows(standard)) return amount_of(p, standard);
  for (const double one : usual(p)) {
    if (p.allows(one)) return amount_of(p, one);
  }
  return amount_of(p, p.high);
}

}  // namespace

Key of(const Choice& c) {
  const std::vector<std::string> words = words_of(c);
  Key key = named(c.key, c.meaning, words.empty() ? "" : words.front());
  key.words = words;
  if (words.empty()) key.kind = Key::Kind::file;
  if (words == std::vector<std::string>{"no", "yes"} || words == std::vector<std::string>{"off", "on"})
    key = key.or_words("on|off|yes|no");
  key.is_required = c.required;
  return key;
}

Key of(const Parameter& p, double standard, bool is_whole) {
  Key key = named(p.key, p.meaning, example_of(p, standard));
  const std::optional<Dimension> dimension = dimension_of(p);
  key.kind = is_whole ? Key::Kind::whole : Key::Kind::quantity;
  key.dimension = dimension.value_or(Dimension::none);
  if (!dimension) key.unit = p.unit;
  key.is_required = p.required;
  return key.in(p.low, p.high, p.open);
}

std::vector<Key> all_of(const std::vector<std::vector<Key>>& lists) {
  std::vector<Key> all;
  for (const std::vector<Key>& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

std::vector<Key> shown(std::vector<Key> keys, std::string_view name, const char* example) {
  const auto found = std::ranges::find(keys, name, &Key::name);
  if (found != keys.end()) found->example = example;
  return keys;
}

}  // namespace rig::scenario::key_table
