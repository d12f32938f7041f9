// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>

#include "board.h"
#include "firmware-under-test/jk/core/balancer.hpp"

namespace jk::app {

/// The output pins. Writes a pin only when it changes; a write that failed is tried again at the next call.
class Outputs {
 public:
  /// `balance_mA` of a converter rated `rated_mA`; a setting above the rating is held at the rating.
  Outputs(const board_host& host, std::int32_t balance_mA, std::int32_t rated_mA);

  void set_charge_gate(bool is_on);
  void set_discharge_gate(bool is_on);
  /// The cell changes only while the converter stands still.
  void set_converter(const core::BalanceCommand& command);

  [[nodiscard]] bool is_charge_gate_on() const { return is_high(0); }
  [[nodiscard]] bool is_discharge_gate_on() const { return is_high(1); }

 private:
  static constexpr std::uint32_t pin_count = 10;
  [[nodiscard]] bool is_high(std::uint32_t pin) const { return levels_[pin] == 1; }
  bool write(std::uint32_t pin, bool level);
  bool select(const core::BalanceCommand& command);

  const board_host& host_;
  std::uint32_t duty_ppm_;
  std::array<std::int8_t, pin_count> levels_;  // -1 = not yet written
  bool is_duty_set_ = false;
};

}  // namespace jk::app
