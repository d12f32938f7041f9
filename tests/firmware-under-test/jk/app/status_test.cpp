// SPDX-License-Identifier: Apache-2.0
// What the app's status screen shows (JK user manual 5.3.2), and its passwords (5.3.1).
#include <numeric>

#include "tests/firmware-under-test/jk/app/bms_fixture.hpp"

namespace jk::app {
namespace {

using core::Answer;
using core::BalanceState;
using core::Command;
using core::Setting;
using core::Text;
using fake::ms;
using fake::s;

TEST_F(BmsOnFakeBoard, ShowsThePackAsTheSumOfItsCellsAndWhichIsHighestAndLowest) {
  board.set_cell_mV(3, 3400);
  board.set_cell_mV(5, 3200);
  run_for(200 * ms);
  const core::Status& now = status();
  EXPECT_EQ(now.pack_mV, std::accumulate(now.cells_mV.begin(), now.cells_mV.end(), 0));
  EXPECT_NEAR(now.pack_mV, 6 * 3300 + 3400 + 3200, 8);
  EXPECT_EQ(now.highest_cell, 2u);
  EXPECT_EQ(now.lowest_cell, 4u);
}

TEST_F(BmsOnFakeBoard, ShowsACurrentThatIsPositiveWhileCharging) {
  board.set_current_mA(10'000);
  run_for(100 * ms);
  EXPECT_EQ(status().current_mA, 10'000);
  board.set_current_mA(-10'000);
  run_for(100 * ms);
  EXPECT_EQ(status().current_mA, -10'000);
}

TEST_F(BmsOnFakeBoard, ShowsABalanceCurrentThatIsNegativeOutOfACell) {
  board.set_cell_mV(6, 3400);
  run_for(3 * s);
  EXPECT_EQ(status().balance, BalanceState::discharging_high_cell);
  EXPECT_EQ(status().balance_mA, -2000);
  board.adc[29] = 2212;  // the store is full
  run_for(3 * s);
  EXPECT_EQ(status().balance, BalanceState::charging_low_cell);
  EXPECT_EQ(status().balance_mA, 2000);
}

TEST_F(BmsOnFakeBoard, ShowsNoTemperatureWhereNoSensorIsFitted) {
  ASSERT_EQ(change({{Setting::temperature_sensors_disabled, 1}}), Answer::done);
  board.adc[26] = board.adc[27] = 4095;
  run_for(1 * s);
  EXPECT_FALSE(status().t1_ddegC);
  EXPECT_FALSE(status().t2_ddegC);
  EXPECT_TRUE(status().mos_ddegC);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(BmsOnFakeBoard, ANewPasswordTakesTheOldOnesPlace) {
  EXPECT_EQ(bms().set_text(Text::settings_password, "camper"), Answer::needs_password) << "the old one comes first";
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  ASSERT_EQ(bms().set_text(Text::settings_password, "camper"), Answer::done);
  EXPECT_EQ(bms().text(Text::device_password), "1234") << "they are independent";
  run_for(2 * s);
  restart(BOARD_RESET_PIN);
  run_for(soon);
  EXPECT_EQ(bms().authorize("123456"), Answer::needs_password);
  EXPECT_EQ(bms().authorize("camper"), Answer::done);
  EXPECT_EQ(bms().command(Command::factory_reset, 0), Answer::done);
}

}  // namespace
}  // namespace jk::app
