// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/model_number.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "rig/scenario/compound.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {

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

std::optional<double> written_number(Fields& fields, const Parameter& p) {
  if (p.required && fields.require(p.key) == nullptr) return std::nullopt;
  const std::optional<Dimension> dimension = dimension_of(p);
  return dimension ? fields.quantity(p.key, *dimension) : compound(fields, p.key, p.unit);
}

std::optional<double> model_number(Fields& fields, const Parameter& p) {
  const std::optional<double> value = written_number(fields, p);
  if (!value || p.allows(*value)) return value;
  const std::optional<Dimension> dimension = dimension_of(p);
  const Node::Entry* entry = fields.take(p.key);
  const auto amount = [&](double x) {
    return dimension ? format({x, *dimension}) : shortest(x) + " " + std::string(p.unit);
  };
  fields.complain(p.key, entry->value.position,
                  "\"" + entry->value.text + "\" lies outside " + amount(p.low) + " to " + amount(p.high));
  return std::nullopt;
}

}  // namespace rig::scenario
