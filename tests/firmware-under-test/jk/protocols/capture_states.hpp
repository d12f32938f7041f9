// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "tests/firmware-under-test/jk/protocols/fake_device.hpp"

/// The boards of the captured frames, as the publishers of the captures decoded them.
namespace jk::protocols {

inline FakeDevice board_of_b2() {
  using S = core::Setting;
  FakeDevice board;
  constexpr core::SettingChange decoded[] = {
      {S::smart_sleep, 3300},
      {S::cell_uvp, 2650},
      {S::cell_uvpr, 2710},
      {S::cell_ovp, 3650},
      {S::cell_ovpr, 3498},
      {S::balance_trigger, 5},
      {S::soc_100, 3499},
      {S::soc_0, 2700},
      {S::rcv, 3500},
      {S::rfv, 3400},
      {S::power_off, 2500},
      {S::charge_ocp, 150'000},
      {S::charge_ocp_delay, 30'000},
      {S::charge_ocp_release, 60'000},
      {S::discharge_ocp, 150'000},
      {S::discharge_ocp_delay, 30'000},
      {S::discharge_ocp_release, 60'000},
      {S::scp_release, 5000},
      {S::balance_current, 2000},
      {S::charge_otp, 600},
      {S::charge_otpr, 550},
      {S::discharge_otp, 600},
      {S::discharge_otpr, 550},
      {S::charge_utp, -100},
      {S::charge_utpr, -50},
      {S::mos_otp, 1000},
      {S::mos_otpr, 800},
      {S::cell_count, 8},
      {S::charge_enabled, 1},
      {S::discharge_enabled, 1},
      {S::balance_enabled, 1},
      {S::capacity, 220'000},
      {S::scp_delay, 1500},
      {S::balance_start, 3350},
      {S::device_address, 1},
      {S::precharge_time, 5},
      {S::port_is_rs485, 0},
      {S::display_always_on, 1},
      {S::smart_sleep_enabled, 1},
      {S::timed_store, 1},
      {S::float_mode, 1},
      {S::heating_start, 600},
      {S::heating_stop, 500},
      {S::smart_sleep_time, 24},
      {S::discharge_utp, 0},
      {S::discharge_utpr, 0},
  };
  for (const auto& [setting, value] : decoded) board.set.set(setting, value);
  return board;
}

inline FakeDevice board_of_b3() {
  FakeDevice board;
  board.cells_mV = {3357, 3357, 3357, 3356, 3356, 3357, 3356, 3356};
  core::Status& state = board.state;
  state.cells_present = 0xFF;
  state.highest_cell = 4;
  state.lowest_cell = 0;
  state.wire_mohm = {66, 66, 78, 82, 87, 87, 100, 102};
  state.pack_mV = 26'852;
  state.current_mA = 17'841;
  state.current_sensor_mV = 47;
  state.mos_ddegC = state.t5_ddegC = 300;
  state.t1_ddegC = 296;
  state.t2_ddegC = 294;
  state.t3_ddegC = state.t4_ddegC = 286;
  state.soc_percent = 88;
  state.remaining_mAh = 193'465;
  state.full_mAh = 220'000;
  state.cycles = 101;
  state.cycle_capacity_mAh = 22'418'400;
  state.run_time_s = 13'503'354;
  state.is_charge_mos_on = state.is_discharge_mos_on = true;
  state.uptime_ms = 54'200;
  state.clock_s = 149'756'397;
  state.sleep_s = 86'400;
  board.set.set(core::Setting::voltage_calibration, -236);
  return board;
}

inline FakeDevice board_of_b6() {
  FakeDevice board;
  board.cells_mV = {3287, 3291, 3285, 3327, 3328, 3285, 3284, 3296};
  core::Status& state = board.state;
  state.cells_present = 0xFF;
  state.highest_cell = 3;
  state.lowest_cell = 5;
  state.wire_mohm = {51, 51, 50, 50, 50, 50, 49, 50};
  state.pack_mV = 26'381;
  state.mos_ddegC = 361;
  state.t1_ddegC = 297;
  state.t2_ddegC = 298;
  state.is_balancing = true;
  state.balance = core::BalanceState::discharging_high_cell;
  state.balance_mA = -2019;
  state.soc_percent = 69;
  state.remaining_mAh = 69'554;
  state.full_mAh = 100'000;
  state.cycle_capacity_mAh = 46;
  state.run_time_s = 10'989;
  state.is_charge_mos_on = state.is_discharge_mos_on = true;
  state.heater_mA = -7720;
  state.uptime_ms = 10'989'200;
  board.set.set(core::Setting::current_calibration, -73'000);
  board.set.set(core::Setting::voltage_calibration, 3655);
  return board;
}

inline FakeDevice board_of_b7() {
  FakeDevice board;
  board.cells_mV = {3215, 3284, 3231, 3295, 3295, 3215, 3215, 3296};
  core::Status& state = board.state;
  state.cells_present = 0xFF;
  state.highest_cell = 4;
  state.lowest_cell = 0;
  state.wire_mohm = {52, 51, 51, 51, 50, 50, 50, 50};
  state.pack_mV = 26'043;
  state.mos_ddegC = 309;
  state.t1_ddegC = 283;
  state.t2_ddegC = 295;
  state.alarms = core::alarm_bit(core::Alarm::cell_overvoltage);
  state.is_balancing = true;
  state.balance = core::BalanceState::discharging_high_cell;
  state.balance_mA = -2080;
  state.soc_percent = 100;
  state.remaining_mAh = state.full_mAh = 60'000;
  state.cycle_capacity_mAh = 8;
  state.run_time_s = 198'710;
  state.is_discharge_mos_on = true;
  state.heater_mA = -7713;
  state.uptime_ms = 24'110'600;
  board.set.set(core::Setting::current_calibration, -30'000);
  board.set.set(core::Setting::voltage_calibration, 3655);
  return board;
}

}  // namespace jk::protocols
