// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/compound.hpp"

#include <string>

#include "rig/scenario/text.hpp"

namespace rig::scenario {

std::optional<double> compound(Fields& fields, std::string_view key, std::string_view unit) {
  const Node::Entry* entry = fields.take(key);
  if (entry == nullptr) return std::nullopt;
  std::string_view text = entry->value.is_scalar() ? trimmed(entry->value.text) : std::string_view();
  if (text.ends_with(unit)) {
    text.remove_suffix(unit.size());
    const std::optional<Quantity> number = parse_quantity(text);
    if (number && number->dimension == Dimension::none && number->value >= 0) return number->value;
  }
  fields.complain(key, entry->value.position,
                  "\"" + entry->value.text + "\" must be a number >= 0 with the unit " + std::string(unit) +
                      ", such as 70 " + std::string(unit));
  return std::nullopt;
}

std::optional<double> require_compound(Fields& fields, std::string_view key, std::string_view unit) {
  return fields.require(key) == nullptr ? std::nullopt : compound(fields, key, unit);
}

}  // namespace rig::scenario
