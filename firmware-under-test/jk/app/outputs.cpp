// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/outputs.hpp"

#include "firmware-under-test/jk/app/pins.hpp"

namespace jk::app {
namespace {

std::uint32_t duty_ppm(std::int32_t balance_mA, std::int32_t rated_mA) {
  constexpr std::int64_t full_ppm = 1'000'000;
  if (balance_mA >= rated_mA) return full_ppm;
  return static_cast<std::uint32_t>(balance_mA * full_ppm / rated_mA);
}

}  // namespace

Outputs::Outputs(const board_host& host, std::int32_t balance_mA, std::int32_t rated_mA)
    : host_(host), duty_ppm_(duty_ppm(balance_mA, rated_mA)) {
  levels_.fill(-1);
}

bool Outputs::write(std::uint32_t pin, bool level) {
  if (levels_[pin] == static_cast<std::int8_t>(level)) return true;
  if (host_.gpio_write(host_.ctx, pin, level ? 1u : 0u) < 0) return false;
  levels_[pin] = static_cast<std::int8_t>(level);
  return true;
}

void Outputs::set_charge_gate(bool is_on) { write(pins::charge_gate, is_on); }

void Outputs::set_discharge_gate(bool is_on) { write(pins::discharge_gate, is_on); }

bool Outputs::select(const core::BalanceCommand& command) {
  bool is_written = write(pins::balance_direction, command.transfer == core::Transfer::store_to_cell);
  for (std::uint32_t i = 0; i < pins::balance_select_bits; ++i) {
    is_written = write(pins::balance_select_0 + i, (command.cell >> i & 1u) != 0) && is_written;
  }
  return is_written;
}

void Outputs::set_converter(const core::BalanceCommand& command) {
  if (!command.is_running) {
    write(pins::balance_run, false);
    return;
  }
  bool is_selected = is_high(pins::balance_direction) == (command.transfer == core::Transfer::store_to_cell);
  for (std::uint32_t i = 0; i < pins::balance_select_bits; ++i) {
    is_selected = is_selected && is_high(pins::balance_select_0 + i) == ((command.cell >> i & 1u) != 0);
  }
  if (is_selected && is_high(pins::balance_run)) return;
  if (!write(pins::balance_run, false) || !select(command)) return;
  if (!is_duty_set_) is_duty_set_ = host_.pwm_write(host_.ctx, pins::balance_current_pwm, duty_ppm_) >= 0;
  if (is_duty_set_) write(pins::balance_run, true);
}

}  // namespace jk::app
