// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/board_model.hpp"

#include <charconv>

namespace jk::app {
namespace {

/// Takes digits and the letter after them off the front; 0 when they are not there, or above 999.
std::int32_t take_number(std::string_view& text, char letter) {
  constexpr std::int32_t largest = 999;
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || value > largest || digits >= text.size() || text[digits] != letter) return 0;
  text.remove_prefix(digits + 1);
  return value;
}

}  // namespace

BoardModel board_model(std::string_view name) {
  constexpr std::int32_t largest_balance_A = 15;
  BoardModel model;
  model.name = name;
  std::string_view rest = name;
  if (!rest.starts_with("JK-") && !rest.starts_with("JK_")) return model;
  rest.remove_prefix(3);
  model.has_inverter_ports = rest.starts_with("PB");
  if (!rest.starts_with("B") && !model.has_inverter_ports) return model;
  rest.remove_prefix(model.has_inverter_ports ? 2 : 1);
  const std::int32_t balance_A = take_number(rest, 'A');
  const std::int32_t cells = take_number(rest, 'S');
  const std::int32_t tens_of_A = take_number(rest, 'P');
  if (balance_A <= 0 || balance_A > largest_balance_A || cells <= 0 || tens_of_A <= 0) return model;
  model.balance_mA = balance_A * 1000;
  model.max_cells = static_cast<std::uint32_t>(cells);
  model.continuous_A = tens_of_A * 10;
  return model;
}

}  // namespace jk::app
