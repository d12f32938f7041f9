// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <initializer_list>

#include "tests/firmware-under-test/jk/app/app_fixture.hpp"

namespace jk::app {

/// The board's mind through the whole App on a fake board, one second after the start.
class BmsOnFakeBoard : public AppOnFakeBoard {
 protected:
  static constexpr std::uint64_t soon = 1 * fake::s;
  static constexpr std::uint32_t precharge_pin = 10, heater_pin = 11, buzzer_pin = 12, led_pin = 13, dry_1_pin = 14,
                                 button_pin = 16;

  BmsOnFakeBoard() { board.run_until(soon); }
  Bms& bms() { return app->bms(); }
  const core::Status& status() { return bms().status(); }
  bool has(core::Alarm alarm) { return (status().alarms & core::alarm_bit(alarm)) != 0; }
  void run_for(std::uint64_t ns) { board.run_until(board.now_ns() + ns); }
  core::Answer change(std::initializer_list<core::SettingChange> changes) {
    return bms().change({changes.begin(), changes.size()});
  }
  void set_all_cells_mV(std::int32_t mV) {
    for (std::uint32_t cell = 1; cell <= 8; ++cell) board.set_cell_mV(cell, mV);
  }
  void set_port_above_pack_mV(std::int32_t mV) { board.adc[30] = board.adc[25] / 2 + mV / 8; }
};

}  // namespace jk::app
