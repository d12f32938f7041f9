// SPDX-License-Identifier: Apache-2.0
// What ends heating: the heater takes its current from the pack.
#include "tests/firmware-under-test/jk/app/bms_fixture.hpp"

namespace jk::app {
namespace {

using core::Alarm;
using core::Answer;
using core::Command;
using core::Setting;
using fake::ms;
using fake::s;

/// A charger stands at the port of a board at -25 degC, whose charge gate is open.
class Heating : public BmsOnFakeBoard {
 protected:
  static constexpr std::uint32_t ntc_1 = 26, ntc_2 = 27, ntc_mos = 28, pack = 25, current = 24;
  static constexpr std::int32_t code_below_minus_20 = 3600, code_at_40 = 1430, code_above_90 = 350;

  Heating() {
    change({{Setting::heating_enabled, 1}, {Setting::discharge_utp, -390}});
    board.adc[ntc_1] = board.adc[ntc_2] = code_below_minus_20;
    run_for(3 * s);
    set_port_above_pack_mV(1000);
    run_for(1 * s);
  }
  void SetUp() override { ASSERT_TRUE(heats()); }
  bool heats() { return board.level(heater_pin) && status().is_heating; }
  /// A charger whose current flows, and limits that would heat a hot battery.
  void charge_at_40_degC() {
    ASSERT_EQ(change({{Setting::heating_start, 600}, {Setting::heating_stop, 600}}), Answer::done);
    board.adc[ntc_1] = board.adc[ntc_2] = code_at_40;
    board.set_current_mA(5'000);
    run_for(3 * s);
    ASSERT_TRUE(heats());
  }
  struct Limit {
    Setting trip, release;
    Alarm alarm;
  };
  bool is_off() { return !board.level(heater_pin) && !status().is_heating; }
};

TEST_F(Heating, EndsWithAnEmptyCell) {
  board.set_cell_mV(3, 2590);
  set_port_above_pack_mV(1000);
  run_for(4900 * ms);
  EXPECT_TRUE(heats()) << "before the delay";
  run_for(200 * ms);
  ASSERT_TRUE(has(Alarm::cell_undervoltage));
  EXPECT_TRUE(is_off());
  ASSERT_EQ(bms().command(Command::emergency_start, 0), Answer::done);
  run_for(1 * s);
  ASSERT_TRUE(board.level(discharge_pin));
  EXPECT_TRUE(is_off()) << "an emergency is for the load";
  board.set_cell_mV(3, 3100);
  set_port_above_pack_mV(1000);
  run_for(1 * s);
  EXPECT_TRUE(heats()) << "released";
}

TEST_F(Heating, EndsWithAnEmptyPack) {
  ASSERT_EQ(change({{Setting::pack_uvp, 26'000}}), Answer::done);
  set_all_cells_mV(3240);
  set_port_above_pack_mV(1000);
  run_for(6 * s);
  ASSERT_TRUE(has(Alarm::pack_undervoltage));
  EXPECT_TRUE(is_off());
}

TEST_F(Heating, EndsBelowThePowerOffVoltageThoughTheChargerKeepsTheBoardOn) {
  ASSERT_EQ(change({{Setting::cell_uvp_delay, 0}}), Answer::done);
  set_all_cells_mV(2490);
  set_port_above_pack_mV(1000);
  run_for(1 * s);
  ASSERT_FALSE(bms().is_silent());
  EXPECT_TRUE(is_off());
}

TEST_F(Heating, EndsWithTheBoard) {
  ASSERT_EQ(bms().command(Command::shut_down, 0), Answer::done);
  run_for(16 * ms);
  EXPECT_TRUE(is_off());
  run_for(5 * s);
  EXPECT_TRUE(is_off()) << "a charger of 1 V above the pack does not wake it";
}

TEST_F(Heating, EndsWithAHotMosfet) {
  board.adc[ntc_mos] = code_above_90;
  run_for(3 * s);
  ASSERT_TRUE(has(Alarm::mos_overtemperature));
  EXPECT_TRUE(is_off());
}

TEST_F(Heating, EndsWithABatteryThatIsTooHotForEitherDirection) {
  charge_at_40_degC();
  for (const auto& [trip, release, alarm] :
       {Limit{Setting::charge_otp, Setting::charge_otpr, Alarm::charge_overtemperature},
        Limit{Setting::discharge_otp, Setting::discharge_otpr, Alarm::discharge_overtemperature}}) {
    ASSERT_TRUE(heats());
    ASSERT_EQ(change({{trip, 380}, {release, 370}}), Answer::done);
    run_for(1800 * ms);
    EXPECT_TRUE(heats()) << "before the delay";
    board.set_current_mA(0);  // the charger is seen at the port for two seconds more
    run_for(400 * ms);
    EXPECT_EQ(status().alarms, core::alarm_bit(alarm));
    EXPECT_TRUE(is_off());
    ASSERT_EQ(change({{trip, 600}, {release, 550}}), Answer::done);
    board.set_current_mA(5'000);
    run_for(1 * s);
  }
}

TEST_F(Heating, EndsWithAHotBox) {
  charge_at_40_degC();
  ASSERT_EQ(change({{Setting::box_otp, 400}, {Setting::box_otpr, 400}}), Answer::done);
  board.adc[ntc_1] = board.adc[ntc_2] = code_at_40 - 50;
  run_for(1800 * ms);
  EXPECT_TRUE(heats());
  board.set_current_mA(0);
  run_for(400 * ms);
  EXPECT_EQ(status().alarms, core::alarm_bit(Alarm::battery_overtemperature));
  EXPECT_TRUE(is_off());
}

TEST_F(Heating, EndsWithAShortCircuit) {
  const std::uint64_t now = board.now_ns();
  board.comparator(now + 1 * ms, true);
  board.comparator(now + 5 * ms, false);
  run_for(5 * ms);
  EXPECT_TRUE(is_off());
  run_for(10 * s);
  EXPECT_TRUE(is_off());
}

TEST_F(Heating, EndsWithAMeasurementThatIsLost) {
  board.scans_end = false;
  run_for(700 * ms);
  EXPECT_TRUE(is_off());
  board.scans_end = true;
  run_for(1 * s);
  EXPECT_TRUE(heats());
  board.adc[1] = -1;
  run_for(200 * ms);
  EXPECT_TRUE(is_off());
}

TEST_F(Heating, EndsWithASensorThatIsOpenOrWrong) {
  board.adc[ntc_2] = 4095;
  run_for(200 * ms);
  EXPECT_TRUE(is_off());
  board.adc[ntc_2] = code_below_minus_20;
  run_for(1 * s);
  EXPECT_TRUE(heats());
  board.adc[pack] += 500;  // 2 V
  run_for(3 * s);
  EXPECT_TRUE(is_off());
  board.adc[pack] -= 500;
  run_for(1 * s);
  EXPECT_TRUE(heats());
  board.adc[current] = -32'768;
  run_for(3 * s);
  ASSERT_TRUE(has(Alarm::current_sensor));
  EXPECT_TRUE(is_off());
}

}  // namespace
}  // namespace jk::app
