// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/life.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr std::uint64_t hour = 3600 * s;
constexpr LifeInputs idle{3300, 0, 0, true, false, false};

LifeInputs with_charger(std::int32_t above_mV, bool is_gate_on = false) {
  LifeInputs inputs = idle;
  inputs.port_above_pack_mV = above_mV;
  inputs.is_charge_gate_on = is_gate_on;
  return inputs;
}
LifeInputs with_button() {
  LifeInputs inputs = idle;
  inputs.is_button_pressed = true;
  return inputs;
}
Settings sleepy() {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::smart_sleep_enabled, 1);
  return settings;  // below 3.500 V, 24 h, 10 s
}

TEST(Life, PowerOffEndsWithAChargerFiveVoltAboveThePack) {
  Life life{Settings(Preset::lifepo4)};
  EXPECT_FALSE(life.update(idle, 0));
  EXPECT_EQ(life.mode(), Mode::running);
  LifeInputs empty = idle;
  empty.is_power_off_tripped = true;
  EXPECT_FALSE(life.update(empty, 1 * s));
  EXPECT_EQ(life.mode(), Mode::off);
  EXPECT_FALSE(life.update(with_charger(4999), 2 * s));
  EXPECT_EQ(life.mode(), Mode::off);
  life.activate();
  EXPECT_EQ(life.mode(), Mode::off) << "no client wakes a board that is off";
  EXPECT_TRUE(life.update(with_charger(5000), 3 * s));
  EXPECT_EQ(life.mode(), Mode::running);
}

TEST(Life, AShutDownEndsWithTheButton) {
  Life life{Settings(Preset::lifepo4)};
  life.update(with_button(), 0);
  life.shut_down();
  EXPECT_FALSE(life.update(with_button(), 1 * s)) << "still held";
  EXPECT_FALSE(life.update(idle, 2 * s));
  EXPECT_TRUE(life.update(with_button(), 3 * s));
  EXPECT_EQ(life.mode(), Mode::running);
}

TEST(Life, ABoardThatWaitsForItsFirstChargerIsOff) {
  Life life(Settings(Preset::lifepo4), true);
  EXPECT_EQ(life.mode(), Mode::off);
  EXPECT_TRUE(life.update(with_charger(5000), 0));
}

TEST(Life, AChargerIsSeenByItsVoltageOrItsCurrentAndMissedAfterTwoSeconds) {
  Life life{Settings(Preset::lifepo4)};
  life.update(with_charger(499), 10 * s);
  EXPECT_FALSE(life.is_charger_plugged());
  life.update(with_charger(500), 11 * s);
  EXPECT_TRUE(life.is_charger_plugged());
  life.update(idle, 13 * s - 1);
  EXPECT_TRUE(life.is_charger_plugged());
  life.update(idle, 13 * s);
  EXPECT_FALSE(life.is_charger_plugged());
  life.update(with_charger(500, true), 14 * s);
  EXPECT_FALSE(life.is_charger_plugged()) << "with the gate on the voltage says nothing";
  LifeInputs charging = idle;
  charging.current_mA = 500;
  life.update(charging, 15 * s);
  EXPECT_TRUE(life.is_charger_plugged());
}

TEST(Life, SleepsAfterADayWithoutCurrent) {
  Life life(sleepy());
  EXPECT_EQ(life.sleep_s(0), 86'400u);
  life.update(idle, 0);
  life.update(idle, 12 * hour);
  EXPECT_EQ(life.sleep_s(12 * hour), 43'200u);
  life.update(idle, 24 * hour + 10 * s - 1);
  EXPECT_EQ(life.mode(), Mode::running);
  life.update(idle, 24 * hour + 10 * s);
  EXPECT_EQ(life.mode(), Mode::asleep);
  EXPECT_EQ(life.sleep_s(24 * hour + 10 * s), 0u);
}

TEST(Life, CurrentAHighCellOrTheSwitchKeepItAwake) {
  const struct {
    std::int32_t lowest_mV, current_mA;
    bool is_enabled, sleeps;
  } rows[] = {{3499, 499, true, true},  {3499, -499, true, true},  {3500, 0, true, false},
              {3499, 500, true, false}, {3499, -500, true, false}, {3300, 0, false, false}};
  for (const auto& row : rows) {
    Settings settings = sleepy();
    settings.set(Setting::smart_sleep_enabled, row.is_enabled);
    Life life(settings);
    LifeInputs inputs = idle;
    inputs.lowest_mV = row.lowest_mV;
    inputs.current_mA = row.current_mA;
    life.update(inputs, 0);
    life.update(inputs, 25 * hour);
    EXPECT_EQ(life.mode() == Mode::asleep, row.sleeps) << row.lowest_mV << ' ' << row.current_mA;
  }
}

TEST(Life, ABreakStartsTheSleepTimerAnew) {
  Life life(sleepy());
  LifeInputs used = idle;
  used.current_mA = -5000;
  life.update(idle, 0);
  life.update(used, 23 * hour);
  life.update(idle, 24 * hour);
  life.update(idle, 47 * hour);
  EXPECT_EQ(life.mode(), Mode::running);
}

TEST(Life, AChargerTheButtonOrAClientWakeIt) {
  for (int how = 0; how < 3; ++how) {
    Life life(sleepy());
    life.update(idle, 0);
    life.update(idle, 25 * hour);
    ASSERT_EQ(life.mode(), Mode::asleep);
    life.update(idle, 26 * hour);
    ASSERT_EQ(life.mode(), Mode::asleep);
    if (how == 0) life.update(with_charger(500), 27 * hour);
    if (how == 1) life.update(with_button(), 27 * hour);
    if (how == 2) life.activate();
    EXPECT_EQ(life.mode(), Mode::running) << how;
    EXPECT_EQ(life.sleep_s(27 * hour), 86'400u) << how;
  }
}

TEST(Life, AnEmergencyCountsDown) {
  Life life{Settings(Preset::lifepo4)};  // 30 min
  EXPECT_FALSE(life.is_emergency(0));
  EXPECT_EQ(life.emergency_s(0), 0);
  life.start_emergency(100 * s);
  EXPECT_TRUE(life.is_emergency(100 * s));
  EXPECT_EQ(life.emergency_s(100 * s), 1800);
  EXPECT_EQ(life.emergency_s(1899 * s + 1), 1);
  EXPECT_FALSE(life.is_emergency(1900 * s));
  life.start_emergency(2000 * s);
  life.stop_emergency();
  EXPECT_FALSE(life.is_emergency(2000 * s));
}

TEST(Life, TheButtonHeldForSevenSecondsFromTheStartResetsToFactory) {
  Life held{Settings(Preset::lifepo4)};
  held.update(with_button(), 100 * s);
  held.update(with_button(), 107 * s - 1);
  EXPECT_FALSE(held.take_factory_reset());
  held.update(with_button(), 107 * s);
  EXPECT_TRUE(held.take_factory_reset());
  EXPECT_FALSE(held.take_factory_reset()) << "once";
  held.update(with_button(), 120 * s);
  EXPECT_FALSE(held.take_factory_reset());

  Life let_go{Settings(Preset::lifepo4)};
  let_go.update(with_button(), 0);
  let_go.update(idle, 3 * s);
  let_go.update(with_button(), 4 * s);
  let_go.update(with_button(), 20 * s);
  EXPECT_FALSE(let_go.take_factory_reset());
}

TEST(Life, APressIsToldOnceWhileTheBoardRuns) {
  Life life{Settings(Preset::lifepo4)};
  life.update(idle, 0);
  EXPECT_FALSE(life.take_press());
  life.update(with_button(), 1 * s);
  life.update(with_button(), 2 * s);
  EXPECT_TRUE(life.take_press());
  EXPECT_FALSE(life.take_press());
  life.update(idle, 3 * s);
  life.shut_down();
  life.update(with_button(), 4 * s);
  EXPECT_FALSE(life.take_press()) << "this one wakes it";
}

TEST(PrechargeTest, TheGateFollowsItsTime) {
  Precharge precharge;
  EXPECT_TRUE(precharge.update(true, false, 0)) << "none set";
  EXPECT_FALSE(precharge.is_running());
  EXPECT_FALSE(precharge.update(false, false, 1 * s));
  precharge.set_time(5 * s);
  EXPECT_FALSE(precharge.update(true, false, 10 * s));
  EXPECT_TRUE(precharge.is_running());
  EXPECT_FALSE(precharge.update(true, false, 15 * s - 1));
  EXPECT_TRUE(precharge.update(true, false, 15 * s));
  EXPECT_FALSE(precharge.is_running());
  EXPECT_TRUE(precharge.update(true, false, 16 * s));
  EXPECT_FALSE(precharge.update(false, false, 17 * s));
  EXPECT_FALSE(precharge.update(true, false, 18 * s)) << "begins anew";
  EXPECT_FALSE(precharge.update(false, false, 19 * s));
  EXPECT_FALSE(precharge.is_running());
}

TEST(PrechargeTest, NothingIsPrechargedWhereACurrentFlowsAlready) {
  Precharge precharge;
  precharge.set_time(5 * s);
  EXPECT_TRUE(precharge.update(true, true, 10 * s));
  EXPECT_FALSE(precharge.is_running());
  EXPECT_TRUE(precharge.update(true, false, 11 * s)) << "on is on";
  EXPECT_FALSE(precharge.update(false, false, 12 * s));
  EXPECT_FALSE(precharge.update(true, false, 13 * s));
  EXPECT_TRUE(precharge.update(true, true, 14 * s));
  EXPECT_FALSE(precharge.is_running());
}

TEST(HeaterTest, HeatsFromStartToStopWhileAChargerIsThere) {
  Settings settings(Preset::lifepo4);
  Heater heater;
  EXPECT_FALSE(heater.update(settings, true, -300)) << "switched off";
  settings.set(Setting::heating_enabled, 1);  // -20 to -10 degC
  EXPECT_FALSE(heater.update(settings, true, -199));
  EXPECT_FALSE(heater.update(settings, false, -200));
  EXPECT_TRUE(heater.update(settings, true, -200));
  EXPECT_TRUE(heater.update(settings, true, -101));
  EXPECT_TRUE(heater.is_on());
  EXPECT_FALSE(heater.update(settings, true, -100));
  EXPECT_TRUE(heater.update(settings, true, -250));
  EXPECT_FALSE(heater.update(settings, true, std::nullopt));
}

}  // namespace
}  // namespace jk::core
