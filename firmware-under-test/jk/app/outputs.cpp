// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/outputs.hpp"

#include "firmware-under-test/jk/app/pins.hpp"

namespace jk::app {

Outputs::Outputs(const board_host& host) : host_(host) { levels_.fill(-1); }

bool Outputs::write(std::uint32_t pin, bool level) {
  if (levels_[pin] == static_cast<std::int8_t>(level)) return true;
  if (host_.gpio_write(host_.ctx, pin, level ? 1u : 0u) < 0) return is_settled_ = false;
  levels_[pin] = static_cast<std::int8_t>(level);
  return true;
}

void Outputs::write_optional(std::uint32_t pin, bool level) {
  if (level || levels_[pin] == 1) write(pin, level);
}

void Outputs::write_all(const Wishes& wishes, std::uint32_t balance_ppm) {
  is_settled_ = true;
  driven_ = wishes;
  driven_ppm_ = balance_ppm;
  write_optional(pins::precharge, wishes.precharge);
  write(pins::charge_gate, wishes.charge_gate);
  write(pins::discharge_gate, wishes.discharge_gate);
  write_optional(pins::heater, wishes.heater);
  write_optional(pins::buzzer, wishes.buzzer);
  write_optional(pins::led, wishes.led);
  write_optional(pins::dry_contact_1, wishes.dry_1);
  write_optional(pins::dry_contact_2, wishes.dry_2);
  set_converter(wishes.converter, balance_ppm);
}

bool Outputs::select(const core::BalanceCommand& command) {
  bool is_written = write(pins::balance_direction, command.transfer == core::Transfer::store_to_cell);
  for (std::uint32_t i = 0; i < pins::balance_select_bits; ++i) {
    is_written = write(pins::balance_select_0 + i, (command.cell >> i & 1u) != 0) && is_written;
  }
  return is_written;
}

/// The cell changes only while the converter stands still.
void Outputs::set_converter(const core::BalanceCommand& command, std::uint32_t balance_ppm) {
  if (!command.is_running) {
    write(pins::balance_run, false);
    return;
  }
  bool is_selected = is_high(pins::balance_direction) == (command.transfer == core::Transfer::store_to_cell);
  for (std::uint32_t i = 0; i < pins::balance_select_bits; ++i) {
    is_selected = is_selected && is_high(pins::balance_select_0 + i) == ((command.cell >> i & 1u) != 0);
  }
  if (is_selected && is_high(pins::balance_run) && written_ppm_ == balance_ppm) return;
  if (!write(pins::balance_run, false) || !select(command)) return;
  if (written_ppm_ != balance_ppm) {
    if (host_.pwm_write(host_.ctx, pins::balance_current_pwm, balance_ppm) < 0) {
      is_settled_ = false;
      return;
    }
    written_ppm_ = balance_ppm;
  }
  write(pins::balance_run, true);
}

}  // namespace jk::app
