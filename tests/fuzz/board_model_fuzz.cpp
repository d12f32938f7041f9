// SPDX-License-Identifier: Apache-2.0
// The name of a JK board. A name that is understood is told again by what was read of it; leading zeros aside.
#include <string>

#include "firmware-under-test/jk/app/board_model.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

std::string without_leading_zeros(std::string_view name) {
  std::string text;
  for (const char letter : name) {
    const bool is_first_digit = text.empty() || text.back() < '0' || text.back() > '9';
    if (letter == '0' && is_first_digit) continue;
    text += letter;
  }
  return text;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using tests::fuzz::require;
  const std::string_view name = tests::fuzz::text_of(data, size);
  const jk::app::BoardModel model = jk::app::board_model(name);
  require(model.name == name, "a model keeps its name");
  if (model.balance_mA == 0) return 0;
  require(model.balance_mA > 0 && model.max_cells > 0 && model.continuous_A > 0, "a board has cells and currents");
  const std::string told = std::string(model.has_inverter_ports ? "PB" : "B") +
                           std::to_string(model.balance_mA / 1000) + "A" + std::to_string(model.max_cells) + "S" +
                           std::to_string(model.continuous_A / 10) + "P";
  require(without_leading_zeros(name.substr(3)).starts_with(told), "a name is read as it is written");
  return 0;
}
