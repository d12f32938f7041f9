// SPDX-License-Identifier: Apache-2.0
// Faults, calibration, access and outputs of the board.
#include <algorithm>
#include <utility>

#include "tests/firmware-under-test/jk/app/bms_fixture.hpp"

namespace jk::app {
namespace {

using core::Alarm;
using core::Answer;
using core::Command;
using core::Diagnosis;
using core::Setting;
using fake::ms;
using fake::s;
using fake::us;

TEST_F(BmsOnFakeBoard, AShortCircuitHasTheDirectionOfItsCurrent) {
  const std::pair<std::int32_t, Alarm> rows[] = {{-750'000, Alarm::discharge_short_circuit},
                                                 {750'000, Alarm::charge_short_circuit}};
  for (const auto& [mA, alarm] : rows) {
    const std::uint64_t t = board.now_ns() + 100 * s;
    board.at(t, [this, mA = mA] { board.set_current_mA(mA); });
    board.comparator(t, true);
    board.at(t + 1520 * us, [this] { board.set_current_mA(0); });
    board.comparator(t + 1520 * us, false);
    board.run_until(t + 1 * s);
    EXPECT_TRUE(has(alarm)) << mA;
    EXPECT_TRUE(both_gates_are_off());
    const core::ReleaseTimers left = status().release;
    EXPECT_EQ(mA < 0 ? left.discharge_scp_s : left.charge_scp_s, 60);
    EXPECT_EQ(mA < 0 ? left.charge_scp_s : left.discharge_scp_s, 0);
    board.run_until(t + 70 * s);
  }
}

TEST_F(BmsOnFakeBoard, AShortThatIsBackSoonAfterItsReleaseHasNotBeenReleased) {
  board.comparator(2 * s, true);
  board.run_until(5 * s);
  EXPECT_FALSE(has(Alarm::short_circuit_release_failed));
  board.run_until(65 * s);  // released at 62 s, tripped again at once
  EXPECT_TRUE(has(Alarm::short_circuit_release_failed));
  board.comparator(70 * s, false);
  board.run_until(131 * s);
  EXPECT_TRUE(has(Alarm::short_circuit_release_failed)) << "released 9 s ago";
  board.run_until(135 * s);
  EXPECT_FALSE(has(Alarm::short_circuit_release_failed));
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(BmsOnFakeBoard, AStuckBankIsFoundAndStaysFound) {
  ASSERT_EQ(change({{Setting::charge_enabled, 0}}), Answer::done);
  run_for(100 * ms);
  board.set_current_mA(5'000);
  run_for(1900 * ms);
  EXPECT_FALSE(has(Alarm::charge_mos_fault));
  run_for(500 * ms);
  EXPECT_TRUE(has(Alarm::charge_mos_fault));
  board.set_current_mA(0);
  run_for(100 * s);
  EXPECT_TRUE(has(Alarm::charge_mos_fault));
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_TRUE(board.level(led_pin));
}

TEST_F(BmsOnFakeBoard, ABrokenCurrentSensorIsNoStuckBankAndNoCharge) {
  const std::int32_t soc_percent = status().soc_percent, usual = board.adc[24];
  for (const std::int32_t end : {-32'768, 32'767}) {
    board.adc[24] = end;
    run_for(60 * s);
    EXPECT_TRUE(has(Alarm::current_sensor)) << end;
    EXPECT_TRUE(both_gates_are_off()) << end;
    board.adc[24] = usual;
    run_for(120 * s);  // beyond the release of over-current
    EXPECT_FALSE(has(Alarm::charge_mos_fault) || has(Alarm::discharge_mos_fault)) << end;
    EXPECT_TRUE(both_gates_are_on()) << end;
    EXPECT_EQ(status().soc_percent, soc_percent) << end;
  }
}

TEST_F(BmsOnFakeBoard, AWrongNumberOfCellsIsRefusedFromTheStart) {
  board.adc[25] = 9 * 3300 / 4;
  restart(BOARD_RESET_PIN);
  run_for(10 * s);
  EXPECT_TRUE(has(Alarm::cell_count));
  EXPECT_EQ(board.last_edge_ns(charge_pin, 1) < soon, true) << "not since the restart";
  EXPECT_TRUE(both_gates_are_off());
}

TEST_F(BmsOnFakeBoard, APackVoltageAtTheEndOfItsConverterOpensBothGatesAfterItsDelay) {
  for (const std::int32_t raw : {-1, 0, 16'383}) {
    const std::int32_t usual = board.adc[25];
    board.adc[25] = raw;
    run_for(1900 * ms);
    EXPECT_TRUE(both_gates_are_on()) << raw;
    run_for(1 * s);
    EXPECT_TRUE(both_gates_are_off()) << raw;
    EXPECT_TRUE(has(Alarm::cell_count)) << raw;
    board.adc[25] = usual;
    run_for(1 * s);
    EXPECT_TRUE(both_gates_are_on()) << raw;
  }
}

TEST_F(BmsOnFakeBoard, AnotherNumberOfCellsIsMeasuredAnewBeforeAnythingConducts) {
  board.set_cell_mV(8, 3400);
  board.set_cell_mV(7, 3200);
  run_for(1 * s);
  ASSERT_EQ(status().highest_cell, 7u);
  board.adc[25] = 4 * 3300 / 4;
  ASSERT_EQ(change({{Setting::cell_count, 4}, {Setting::soc_0, 2700}}), Answer::done);
  EXPECT_LT(status().highest_cell, status().cells_mV.size());
  EXPECT_LT(status().lowest_cell, status().cells_mV.size());
  EXPECT_EQ(bms().command(Command::calibrate_voltage, 13'200), Answer::not_now);
  run_for(16 * ms);
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_EQ(status().diagnosis, core::Diagnosis::initialising);
  run_for(1 * s);
  EXPECT_TRUE(both_gates_are_on());
  board.adc[25] = 8 * 3300 / 4;
  ASSERT_EQ(change({{Setting::cell_count, 8}}), Answer::done);
  run_for(1 * s);
  EXPECT_TRUE(both_gates_are_on());
  EXPECT_EQ(status().highest_cell, 7u);
  EXPECT_GT(status().soc_percent, 0) << "cells not yet measured are not empty ones";
}

TEST_F(BmsOnFakeBoard, CalibrationMovesTheGains) {
  EXPECT_EQ(bms().command(Command::calibrate_voltage, 26'664), Answer::done);  // of 26.400 V
  run_for(200 * ms);
  EXPECT_NEAR(status().pack_mV, 26'664, 8);
  EXPECT_EQ(bms().command(Command::calibrate_voltage, 26'400), Answer::done);
  run_for(200 * ms);
  EXPECT_NEAR(status().pack_mV, 26'400, 8);
  EXPECT_EQ(bms().command(Command::calibrate_voltage, 40'000), Answer::out_of_range);

  board.set_current_mA(250);
  run_for(200 * ms);
  EXPECT_EQ(bms().command(Command::calibrate_current, 0), Answer::done);
  run_for(200 * ms);
  EXPECT_EQ(status().current_mA, 0);
  EXPECT_EQ(bms().command(Command::calibrate_current, 10'000), Answer::not_now) << "nothing flows";
  board.set_current_mA(-10'000 + 250);
  run_for(200 * ms);
  EXPECT_EQ(bms().command(Command::calibrate_current, -11'000), Answer::done);
  run_for(200 * ms);
  EXPECT_NEAR(status().current_mA, -11'000, 2);
  EXPECT_EQ(bms().command(Command::calibrate_current, -20'000), Answer::out_of_range);
  board.set_current_mA(-10'000 + 250);
  EXPECT_EQ(bms().command(Command::calibrate_current, 0), Answer::out_of_range) << "10 A are no zero";
}

TEST_F(BmsOnFakeBoard, NothingIsCalibratedAgainstAnUnknownMeasurement) {
  board.adc[26] = 4095;
  run_for(1 * s);
  EXPECT_EQ(bms().command(Command::calibrate_voltage, 26'400), Answer::not_now);
  EXPECT_EQ(bms().command(Command::calibrate_current, 0), Answer::not_now);
}

TEST_F(BmsOnFakeBoard, TheClockRunsOnAndTheRunTimeCanBeSet) {
  EXPECT_EQ(bms().command(Command::set_clock, 180'000'000), Answer::done);
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  EXPECT_EQ(bms().command(Command::set_run_time, 5000), Answer::done);
  EXPECT_EQ(bms().command(Command::set_run_time, -1), Answer::out_of_range);
  run_for(10 * s);
  EXPECT_EQ(status().clock_s, 180'000'010u);
  EXPECT_EQ(status().run_time_s, 5010u);
}

TEST_F(BmsOnFakeBoard, WrongPasswordsAreLimited) {
  for (int n = 0; n < 4; ++n) EXPECT_EQ(bms().authorize("0000"), Answer::needs_password);
  EXPECT_EQ(bms().authorize("0000"), Answer::locked);
  EXPECT_EQ(bms().authorize("123456"), Answer::locked);
  run_for(61 * s);
  EXPECT_EQ(bms().authorize("123456"), Answer::done);
  EXPECT_GE(bms().log().count(), 6u);
}

TEST_F(BmsOnFakeBoard, ALeadWithTooMuchIsRefusedByTheBalancer) {
  ASSERT_EQ(change({{Setting::wire_resistance_limit, 100}}), Answer::done);
  board.set_cell_mV(6, 3400);
  // While the converter takes from cell 6 it shows 400 mV less: 200 mohm at 2 A.
  std::uint64_t t = board.now_ns();
  for (; !board.level(run_pin) && t < 3 * s; t += 4 * ms) board.run_until(t);
  for (; t < 3 * s; t += 4 * ms) {
    const bool is_loaded = board.level(run_pin) && board.level(select_pin) && board.level(select_pin + 2);
    board.set_cell_mV(6, is_loaded ? 3000 : 3400);
    board.run_until(t);
  }
  EXPECT_TRUE(has(Alarm::wire_resistance));
  EXPECT_NEAR(status().wire_mohm[5], 200, 2);
  EXPECT_EQ(status().wire_alarms, 1u << 5);
  EXPECT_FALSE(status().is_balancing);
  EXPECT_TRUE(both_gates_are_on()) << "a warning for them";
  board.set_cell_mV(6, 3400);
  board.run_until(t + 620 * s);  // tried again after 10 minutes
  EXPECT_FALSE(has(Alarm::wire_resistance));
  EXPECT_TRUE(status().is_balancing);
}

TEST_F(BmsOnFakeBoard, ASettingThatChangesBreaksTheSelfTestOff) {
  board.set_cell_mV(6, 3400);
  const std::uint64_t before = board.now_ns();
  while (!board.level(run_pin) && board.now_ns() < before + 1 * s) run_for(1 * ms);
  ASSERT_TRUE(board.level(run_pin));
  ASSERT_EQ(change({{Setting::balance_current, 0}}), Answer::done);
  run_for(16 * ms);
  EXPECT_FALSE(board.level(run_pin)) << "the scan under load would take 64 ms";
  run_for(10 * s);
  EXPECT_FALSE(board.level(run_pin)) << "nothing to balance with";
  EXPECT_EQ(status().wire_mohm[0], 0) << "nothing was learned";
  ASSERT_EQ(change({{Setting::balance_current, 2000}}), Answer::done);
  run_for(2 * s);
  EXPECT_TRUE(status().is_balancing) << "after a new self-test";
}

TEST_F(BmsOnFakeBoard, TheSelfTestEndsWithTheTickInWhichAProtectionBeginsToWait) {
  board.set_cell_mV(6, 3400);
  const std::uint64_t before = board.now_ns();
  while (!board.level(run_pin) && board.now_ns() < before + 1 * s) run_for(1 * ms);
  ASSERT_TRUE(board.level(run_pin));
  board.set_current_mA(250'000);
  run_for(16 * ms);  // the scan under load would take 64 ms
  EXPECT_FALSE(board.level(run_pin));
}

TEST_F(BmsOnFakeBoard, TheDiagnosisSaysWhenAFullPackIsNotBalanced) {
  ASSERT_EQ(change({{Setting::balance_enabled, 0}, {Setting::soc_100, 3400}}), Answer::done);
  board.set_cell_mV(6, 3400);
  run_for(4 * s);
  ASSERT_EQ(status().soc_percent, 100);
  run_for(280 * s);
  EXPECT_EQ(status().diagnosis, Diagnosis::none);
  run_for(30 * s);
  EXPECT_EQ(status().diagnosis, Diagnosis::balancing_inactive);
  ASSERT_EQ(change({{Setting::balance_enabled, 1}}), Answer::done);
  run_for(5 * s);
  EXPECT_EQ(status().diagnosis, Diagnosis::none);
}

TEST_F(BmsOnFakeBoard, TheDiagnosisSaysWhenTheMasterIsGone) {
  run_for(100 * s);
  EXPECT_EQ(status().diagnosis, Diagnosis::none) << "there has been none";
  bms().heard_client();
  run_for(59 * s);
  EXPECT_EQ(status().diagnosis, Diagnosis::none);
  run_for(2 * s);
  EXPECT_EQ(status().diagnosis, Diagnosis::no_master);
}

TEST_F(BmsOnFakeBoard, RemoteLocksOpenTheirGate) {
  ASSERT_EQ(change({{Setting::gps_lock_discharge, 1}}), Answer::done);
  run_for(100 * ms);
  EXPECT_FALSE(board.level(discharge_pin));
  EXPECT_TRUE(board.level(charge_pin));
  EXPECT_TRUE(has(Alarm::gps_lock));
  ASSERT_EQ(change({{Setting::gps_lock_discharge, 0}, {Setting::gps_lock_charge, 1}}), Answer::done);
  run_for(100 * ms);
  EXPECT_TRUE(board.level(discharge_pin));
  EXPECT_FALSE(board.level(charge_pin));
}

TEST_F(BmsOnFakeBoard, OutputsFollowTheirTriggers) {
  ASSERT_EQ(change({{Setting::buzzer_trigger, 12},
                    {Setting::buzzer_on, 1},
                    {Setting::dry_1_trigger, 12},
                    {Setting::dry_1_on, 1},
                    {Setting::dry_contact_intermittent, 1}}),
            Answer::done);
  run_for(200 * ms);
  EXPECT_TRUE(board.level(buzzer_pin));
  EXPECT_TRUE(status().is_buzzer_on);
  board.edges.clear();
  run_for(10 * s);
  const auto pulses = std::count_if(board.edges.begin(), board.edges.end(),
                                    [](const fake::Edge& edge) { return edge.pin == dry_1_pin && edge.level == 1; });
  EXPECT_EQ(pulses, 5);
  ASSERT_EQ(change({{Setting::buzzer_trigger, 0}, {Setting::dry_1_trigger, 0}}), Answer::done);
  run_for(200 * ms);
  EXPECT_FALSE(board.level(buzzer_pin));
}

TEST_F(BmsOnFakeBoard, EventsAreLogged) {
  const std::uint32_t before = bms().log().count();
  set_all_cells_mV(2590);
  run_for(10 * s);
  EXPECT_GT(bms().log().count(), before);
  EXPECT_EQ(status().events_logged, bms().log().count());
}

}  // namespace
}  // namespace jk::app
