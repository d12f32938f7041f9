// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>

#include "board.h"
#include "firmware-under-test/jk/app/bms.hpp"

namespace jk::app {

/// The output pins. Writes a pin only when it changes; a write that failed is tried again at the next call. What is off
/// at a start (everything but gates and converter) is not written before it is first wanted: a board need not have it.
class Outputs {
 public:
  explicit Outputs(const board_host& host);

  /// `balance_ppm`: share of the converter's rated current.
  void drive(const Wishes& wishes, std::uint32_t balance_ppm) {
    if (!is_settled_ || balance_ppm != driven_ppm_ || !(wishes == driven_)) write_all(wishes, balance_ppm);
  }
  [[nodiscard]] bool is_charge_gate_on() const { return is_high(0); }
  [[nodiscard]] bool is_discharge_gate_on() const { return is_high(1); }

 private:
  static constexpr std::uint32_t pin_count = 16;
  [[nodiscard]] bool is_high(std::uint32_t pin) const { return levels_[pin] == 1; }
  void write_all(const Wishes& wishes, std::uint32_t balance_ppm);
  bool write(std::uint32_t pin, bool level);
  void write_optional(std::uint32_t pin, bool level);
  bool select(const core::BalanceCommand& command);
  void set_converter(const core::BalanceCommand& command, std::uint32_t balance_ppm);

  const board_host& host_;
  std::array<std::int8_t, pin_count> levels_;  // -1 = not yet written
  std::uint32_t written_ppm_ = UINT32_MAX;
  Wishes driven_;
  std::uint32_t driven_ppm_ = 0;
  bool is_settled_ = false;  // what was wished last stands at the pins
};

}  // namespace jk::app
