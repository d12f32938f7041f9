// SPDX-License-Identifier: Apache-2.0
// A number with a unit. What is read is finite, does not depend on space around it, and reads back the same figure when
// it is written as people see it.
#include <cmath>
#include <string>

#include "rig/scenario/quantity.hpp"
#include "tests/fuzz/fuzz.hpp"

using rig::scenario::Dimension;
using rig::scenario::parse_quantity;
using rig::scenario::Quantity;

namespace {

using tests::fuzz::require;

bool are_same(const Quantity& a, const Quantity& b) { return a.dimension == b.dimension && a.value == b.value; }

void judge_words(const Quantity& quantity) {
  constexpr double small = 1e-3, large = 1e9, half_of_the_last_digit = 5.1e-4;
  const auto again = parse_quantity(rig::scenario::format(quantity));
  require(again && again->dimension == quantity.dimension, "a quantity in words is a quantity of the same dimension");
  const double magnitude = std::fabs(quantity.value);
  if (magnitude < small || magnitude > large) return;
  require(std::fabs(again->value - quantity.value) <= half_of_the_last_digit * magnitude, "four digits are right");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(tests::fuzz::text_of(data, size));
  const auto quantity = parse_quantity(text);
  const auto spaced = parse_quantity(" \t" + text + " ");
  require(quantity.has_value() == spaced.has_value(), "space around a quantity means nothing");
  if (!quantity) return 0;
  require(are_same(*quantity, *spaced), "space around a quantity changes nothing");
  require(std::isfinite(quantity->value), "a quantity is finite");
  require(!rig::scenario::dimension_name(quantity->dimension).empty(), "a dimension has a name");
  require(!rig::scenario::unit_examples(quantity->dimension, quantity->value).empty(), "a dimension has examples");
  judge_words(*quantity);
  return 0;
}
