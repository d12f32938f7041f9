// SPDX-License-Identifier: Apache-2.0
// Settings, memory and life of the board.
#include <algorithm>
#include <utility>

#include "tests/firmware-under-test/jk/app/bms_fixture.hpp"

namespace jk::app {
namespace {

using core::Alarm;
using core::Answer;
using core::Command;
using core::Setting;
using core::Text;
using fake::ms;
using fake::s;
using fake::us;

TEST_F(BmsOnFakeBoard, AWriteIsInForceAtOnceAndARefusedOneChangesNothing) {
  EXPECT_EQ(change({{Setting::charge_enabled, 0}}), Answer::done);
  run_for(32 * ms);
  EXPECT_FALSE(board.level(charge_pin));
  EXPECT_TRUE(board.level(discharge_pin));
  const core::Settings before = bms().settings();
  EXPECT_EQ(change({{Setting::charge_enabled, 1}, {Setting::cell_ovp, 5000}}), Answer::out_of_range);
  EXPECT_EQ(change({{Setting::charge_enabled, 1}, {Setting::cell_ovp, 3400}}), Answer::against_order);
  EXPECT_EQ(change({{Setting::cell_count, 9}}), Answer::out_of_range) << "more than this board has";
  EXPECT_EQ(bms().settings(), before);
  EXPECT_EQ(change({{Setting::charge_enabled, 0}}), Answer::done) << "as it is";
}

TEST_F(BmsOnFakeBoard, SettingsAndTextsOutliveARestart) {
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}, {Setting::cell_ovpr, 3450}}), Answer::done);
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  ASSERT_EQ(bms().set_text(Text::user_data, "camper"), Answer::done);
  run_for(2 * s);
  restart(BOARD_RESET_WATCHDOG);
  run_for(soon);
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3550);
  EXPECT_EQ(bms().text(Text::user_data), "camper");
  EXPECT_EQ(status().power_ons, 2u);
  EXPECT_FALSE(bms().set_text(Text::user_data, "x") == Answer::done) << "a restart closes what was open";
}

TEST_F(BmsOnFakeBoard, TheRevisionIsAnotherOneAfterEachChangeOfASettingOrText) {
  std::uint32_t last = bms().revision();
  const auto is_another = [&] { return std::exchange(last, bms().revision()) != bms().revision(); };
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  EXPECT_TRUE(is_another());
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  ASSERT_NE(bms().set_text(Text::user_data, "camper"), Answer::done);
  EXPECT_FALSE(is_another()) << "all is as it was";
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  ASSERT_EQ(bms().set_text(Text::user_data, "camper"), Answer::done);
  EXPECT_TRUE(is_another());
  ASSERT_EQ(bms().command(Command::preset_li_ion, 0), Answer::done);
  EXPECT_TRUE(is_another());
}

TEST_F(BmsOnFakeBoard, TheChargeAndTheCountersOutliveARestart) {
  ASSERT_EQ(change({{Setting::soc_0, 3310}}), Answer::done);  // 0 %
  run_for(4 * s);
  ASSERT_EQ(status().soc_percent, 0);
  ASSERT_EQ(change({{Setting::soc_0, 0}}), Answer::done);
  board.set_current_mA(100'000);
  run_for(700 * s);  // 19.4 of 100 Ah
  EXPECT_EQ(status().soc_percent, 19);
  restart(BOARD_RESET_PIN);
  run_for(soon);
  EXPECT_GE(status().soc_percent, 15) << "as it was kept at 10 minutes";
  EXPECT_LE(status().soc_percent, 19);
  EXPECT_GE(status().run_time_s, 599u);
}

TEST_F(BmsOnFakeBoard, AFactoryResetNeedsThePassword) {
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  EXPECT_EQ(bms().command(Command::factory_reset, 0), Answer::needs_password);
  EXPECT_EQ(bms().set_text(Text::user_data, "x"), Answer::needs_password);
  EXPECT_EQ(bms().command(Command::set_run_time, 0), Answer::needs_password);
  EXPECT_EQ(bms().authorize("1234"), Answer::needs_password) << "that one opens the radio";
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  EXPECT_EQ(bms().set_text(Text::user_data, "seventeen letters"), Answer::out_of_range);
  EXPECT_EQ(bms().command(Command::factory_reset, 0), Answer::done);
  run_for(100 * ms);
  EXPECT_EQ(board.resets, 1u);
  restart(BOARD_RESET_SOFTWARE);
  run_for(soon);
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3600);
}

TEST_F(BmsOnFakeBoard, TheButtonHeldFromTheStartResetsToFactory) {
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  run_for(2 * s);
  restart(BOARD_RESET_POWER_ON);
  board.set_level(button_pin, 1);
  run_for(6900 * ms);
  EXPECT_EQ(board.resets, 0u);
  run_for(500 * ms);
  EXPECT_EQ(board.resets, 1u);
  board.set_level(button_pin, 0);
  restart(BOARD_RESET_SOFTWARE);
  run_for(soon);
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3600);
}

TEST_F(BmsOnFakeBoard, ARestartIsDoneByTheController) {
  EXPECT_EQ(bms().command(Command::restart, 0), Answer::done);
  run_for(20 * ms);
  EXPECT_EQ(board.resets, 1u);
}

TEST_F(BmsOnFakeBoard, PresetsMoveWhatTheAppendixLists) {
  EXPECT_EQ(bms().command(Command::preset_lto, 0), Answer::done);
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 2700);
  EXPECT_EQ(bms().command(Command::preset_li_ion, 0), Answer::done);
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 4200);
  EXPECT_EQ(bms().command(Command::preset_lifepo4, 0), Answer::done);
  ASSERT_EQ(change({{Setting::soc_100, 3500}}), Answer::done);
  EXPECT_EQ(bms().command(Command::preset_lto, 0), Answer::against_order) << "soc_100 is above its cell_ovp";
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3600);
}

TEST_F(BmsOnFakeBoard, PowerOffIsLeftByAChargerFiveVoltAboveAndNotBefore) {
  set_all_cells_mV(2490);
  run_for(10 * s);
  ASSERT_TRUE(both_gates_are_off());
  EXPECT_TRUE(bms().is_silent());
  set_all_cells_mV(2700);
  run_for(10 * s);
  EXPECT_TRUE(both_gates_are_off()) << "recovered, but still off";
  set_port_above_pack_mV(4900);
  run_for(2 * s);
  EXPECT_TRUE(bms().is_silent());
  set_port_above_pack_mV(5100);
  run_for(2 * s);
  EXPECT_FALSE(bms().is_silent());
  EXPECT_TRUE(board.level(charge_pin));
  EXPECT_FALSE(board.level(discharge_pin)) << "cell under-voltage stands until its release";
}

TEST_F(BmsOnFakeBoard, AChargerKeepsABoardOnBelowItsPowerOffVoltage) {
  set_all_cells_mV(2490);
  run_for(10 * s);
  ASSERT_TRUE(bms().is_silent());
  set_port_above_pack_mV(6000);
  run_for(1 * s);
  board.set_current_mA(5'000);
  run_for(60 * s);
  EXPECT_FALSE(bms().is_silent());
  EXPECT_TRUE(board.level(charge_pin));
  board.set_current_mA(0);
  set_port_above_pack_mV(0);
  run_for(10 * s);
  EXPECT_TRUE(bms().is_silent()) << "unplugged too early";
}

TEST_F(BmsOnFakeBoard, ShutDownIsSilentUntilTheButton) {
  EXPECT_EQ(bms().command(Command::shut_down, 0), Answer::done);
  run_for(1 * s);
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_TRUE(bms().is_silent());
  board.set_level(button_pin, 1);
  run_for(1 * s);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(BmsOnFakeBoard, ABoardThatIsActivatedByAChargerWaitsForItOnce) {
  board.nv.assign(board.nv.size(), 0xFF);
  core::Settings settings(core::Preset::lifepo4);
  settings.set(Setting::activation_by_charger, 1);
  board.restart();
  start(settings, BOARD_RESET_POWER_ON);
  run_for(5 * s);
  EXPECT_TRUE(both_gates_are_off());
  set_port_above_pack_mV(5100);
  run_for(1 * s);
  EXPECT_TRUE(both_gates_are_on());
  set_port_above_pack_mV(0);
  run_for(2 * s);
  board.restart();
  start(settings, BOARD_RESET_POWER_ON);
  run_for(5 * s);
  EXPECT_TRUE(both_gates_are_on()) << "it has run before";
}

TEST_F(BmsOnFakeBoard, AnEmergencyOverridesUnderVoltageForItsTime) {
  ASSERT_EQ(change({{Setting::emergency_duration, 1}}), Answer::done);
  set_all_cells_mV(2590);
  run_for(10 * s);
  ASSERT_FALSE(board.level(discharge_pin));
  EXPECT_EQ(bms().command(Command::emergency_start, 0), Answer::done);
  run_for(1 * s);
  EXPECT_TRUE(board.level(discharge_pin));
  EXPECT_TRUE(has(Alarm::cell_undervoltage)) << "the alarm stands";
  EXPECT_EQ(status().emergency_s, 59);
  run_for(60 * s);
  EXPECT_FALSE(board.level(discharge_pin));
  EXPECT_EQ(bms().command(Command::emergency_start, 0), Answer::done);
  EXPECT_EQ(bms().command(Command::emergency_stop, 0), Answer::done);
  run_for(1 * s);
  EXPECT_FALSE(board.level(discharge_pin));
}

TEST_F(BmsOnFakeBoard, TheButtonStartsAnEmergencyWhereItMay) {
  const auto press = [&] {
    board.set_level(button_pin, 1);
    run_for(200 * ms);
    board.set_level(button_pin, 0);
    run_for(200 * ms);
  };
  press();
  EXPECT_EQ(status().emergency_s, 0);
  ASSERT_EQ(change({{Setting::emergency_button, 1}}), Answer::done);
  press();
  EXPECT_EQ(status().emergency_s, 1800);
}

TEST_F(BmsOnFakeBoard, SleepsAndIsWokenByAClient) {
  ASSERT_EQ(change({{Setting::smart_sleep_enabled, 1}, {Setting::smart_sleep_time, 0}, {Setting::sleep_wait, 5}}),
            Answer::done);
  run_for(6 * s);
  EXPECT_TRUE(status().is_asleep);
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_EQ(bms().command(Command::activate, 0), Answer::done);
  run_for(200 * ms);
  EXPECT_FALSE(status().is_asleep);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(BmsOnFakeBoard, PrechargesBeforeTheDischargeGate) {
  ASSERT_EQ(change({{Setting::precharge_time, 5}, {Setting::discharge_enabled, 0}}), Answer::done);
  run_for(100 * ms);
  ASSERT_FALSE(board.level(discharge_pin));
  ASSERT_EQ(change({{Setting::discharge_enabled, 1}}), Answer::done);
  run_for(1 * s);
  EXPECT_TRUE(board.level(precharge_pin));
  EXPECT_FALSE(board.level(discharge_pin));
  EXPECT_TRUE(status().is_precharging);
  board.set_current_mA(-2'000);  // through the precharge path: no leak
  run_for(5 * s);
  EXPECT_FALSE(board.level(precharge_pin));
  EXPECT_TRUE(board.level(discharge_pin));
  EXPECT_FALSE(has(Alarm::discharge_mos_fault));
}

TEST_F(BmsOnFakeBoard, ADischargeBankWhoseDiodeCarriesChargeIsOnAtOnce) {
  ASSERT_EQ(change({{Setting::precharge_time, 30}}), Answer::done);
  set_all_cells_mV(2550);
  run_for(6 * s);
  ASSERT_FALSE(board.level(discharge_pin));
  board.set_current_mA(100'000);
  run_for(16 * ms);
  EXPECT_TRUE(board.level(discharge_pin)) << "nothing to precharge: the charger holds the port";
  EXPECT_FALSE(board.level(precharge_pin));
  set_all_cells_mV(3100);
  run_for(1 * s);
  ASSERT_FALSE(has(Alarm::cell_undervoltage));
  EXPECT_TRUE(board.level(discharge_pin)) << "it stays on with the release";
  set_all_cells_mV(2550);
  run_for(6 * s);
  EXPECT_TRUE(board.level(discharge_pin));
  board.set_current_mA(0);
  run_for(16 * ms);
  EXPECT_FALSE(board.level(discharge_pin));
  set_all_cells_mV(3100);
  run_for(1 * s);
  EXPECT_FALSE(board.level(discharge_pin)) << "now a load may wait";
  EXPECT_TRUE(board.level(precharge_pin));
}

TEST_F(BmsOnFakeBoard, NoDiodeIsSparedWhileBothBanksAreHeldOff) {
  ASSERT_EQ(change({{Setting::charge_enabled, 0}, {Setting::discharge_enabled, 0}}), Answer::done);
  run_for(100 * ms);
  for (const std::int32_t mA : {-50'000, 50'000}) {
    board.set_current_mA(mA);
    run_for(100 * ms);
    EXPECT_TRUE(both_gates_are_off()) << mA;
  }
}

TEST_F(BmsOnFakeBoard, HeatsAColdBatteryOnTheCharger) {
  ASSERT_EQ(change({{Setting::heating_enabled, 1}}), Answer::done);
  for (const std::uint32_t ntc : {26u, 27u}) board.adc[ntc] = 3600;  // colder than -20 degC
  run_for(1 * s);
  EXPECT_FALSE(board.level(heater_pin));
  run_for(3 * s);
  set_port_above_pack_mV(1000);  // the charge gate is open in the cold
  run_for(1 * s);
  EXPECT_TRUE(board.level(heater_pin));
  EXPECT_TRUE(status().is_heating);
}

}  // namespace
}  // namespace jk::app
