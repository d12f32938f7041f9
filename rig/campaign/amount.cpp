// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/amount.hpp"

#include "rig/scenario/text.hpp"

namespace rig::campaign {

using scenario::Dimension;
using scenario::in_quotes;

namespace {

/// A difference of temperatures stands beside temperatures.
bool is_alike(Dimension a, Dimension b) {
  const auto plain = [](Dimension d) { return d == Dimension::temperature_difference ? Dimension::temperature : d; };
  return plain(a) == plain(b);
}

}  // namespace

double Amount::unit_size() const {
  const auto one = scenario::parse_quantity("1 " + unit);
  return one ? one->value : 1;
}

std::string Amount::text(double in_this_unit) const {
  return scenario::shortest(in_this_unit) + (unit.empty() ? "" : " " + unit);
}

std::optional<Amount> amount_of(const scenario::Node& node, std::string_view key, scenario::Problems& problems) {
  const std::string prefix = std::string(key) + ": ";
  const auto quantity = node.is_scalar() ? scenario::parse_quantity(node.text) : std::nullopt;
  if (!quantity) {
    problems.add(node.position, prefix + (node.is_scalar() ? in_quotes(node.text) : std::string("this")) +
                                    " is not a quantity; a number with its unit is due, such as 3.65 V");
    return std::nullopt;
  }
  Amount amount;
  amount.quantity = *quantity;
  amount.position = node.position;
  const std::string_view text = scenario::trimmed(node.text);
  const std::size_t end = quantity->dimension == Dimension::none ? text.size() : text.find_last_of("0123456789.") + 1;
  amount.unit = scenario::trimmed(text.substr(end));
  amount.number = quantity->value / amount.unit_size();
  return amount;
}

std::optional<Amount> amount_of(const scenario::Node& node, std::string_view key, const Amount& like,
                                scenario::Problems& problems) {
  auto amount = amount_of(node, key, problems);
  if (!amount) return amount;
  if (!is_alike(amount->quantity.dimension, like.quantity.dimension)) {
    problems.add(node.position, std::string(key) + ": " + scenario::unit_complaint(node.text, like.quantity.dimension));
    return std::nullopt;
  }
  amount->unit = like.unit;
  amount->number = amount->quantity.value / like.unit_size();
  return amount;
}

}  // namespace rig::campaign
