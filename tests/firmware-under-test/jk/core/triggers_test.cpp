// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/triggers.hpp"

#include <gtest/gtest.h>

namespace jk::core {
namespace {

constexpr std::array<std::int32_t, 4> cells = {3300, 3310, 3280, 3300};

Status healthy() {
  Status status;
  status.cells_mV = cells;
  status.highest_cell = 1;
  status.lowest_cell = 2;
  status.pack_mV = 13'190;
  status.current_mA = 10'000;
  status.soc_percent = 60;
  status.t1_ddegC = 250;
  status.t2_ddegC = 240;
  status.mos_ddegC = 300;
  return status;
}

Settings trigger_at(std::int32_t code, std::int32_t on, std::int32_t off) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::dry_1_trigger, code);
  settings.set(Setting::dry_1_on, on);
  settings.set(Setting::dry_1_off, off);
  return settings;
}

TEST(TriggerTest, GoesOnAtItsValueAndOffBeyondTheOther) {
  Status status = healthy();
  const Settings settings = trigger_at(9, 100, 95);
  Trigger trigger;
  const auto at = [&](std::int32_t ddegC) {
    status.mos_ddegC = ddegC;
    return trigger.update(dry_1_trigger, settings, status);
  };
  EXPECT_FALSE(at(999));
  EXPECT_TRUE(at(1000));
  EXPECT_TRUE(at(950));
  EXPECT_FALSE(at(949));
  EXPECT_FALSE(at(980));
  EXPECT_FALSE(trigger.is_on());
}

TEST(TriggerTest, NoughtIsAValueWhereTheOtherIsNone) {
  Status status = healthy();
  Trigger into_discharge, out_of_it;
  status.current_mA = 0;
  EXPECT_TRUE(into_discharge.update(dry_1_trigger, trigger_at(6, 0, -5), status));
  EXPECT_FALSE(out_of_it.update(dry_1_trigger, trigger_at(6, 5, 0), status));
  status.current_mA = -6000;
  EXPECT_FALSE(into_discharge.update(dry_1_trigger, trigger_at(6, 0, -5), status));
}

TEST(TriggerTest, EachCodeWatchesItsOwnValue) {
  const struct {
    std::int32_t code, on_now, off_now;  // values at which it is on, and not yet, for the healthy state
  } rows[] = {{1, 60, 59},  {2, 13'190, 13'191}, {3, 13'190, 13'189}, {4, 3310, 3311}, {5, 3280, 3279}, {6, 10, 11},
              {7, -10, -9}, {8, 25, 26},         {9, 30, 31},         {11, 24, 23},    {13, 60, 61}};
  for (const auto& row : rows) {
    Trigger on, off;
    EXPECT_TRUE(on.update(dry_1_trigger, trigger_at(row.code, row.on_now, row.on_now), healthy())) << row.code;
    EXPECT_FALSE(off.update(dry_1_trigger, trigger_at(row.code, row.off_now, row.off_now), healthy())) << row.code;
  }
}

TEST(TriggerTest, WithoutValuesItFollowsTheAlarm) {
  const struct {
    std::int32_t code;
    Alarm alarm;
  } rows[] = {{1, Alarm::low_soc},
              {2, Alarm::pack_overvoltage},
              {3, Alarm::pack_undervoltage},
              {4, Alarm::cell_overvoltage},
              {5, Alarm::cell_undervoltage},
              {6, Alarm::charge_overcurrent},
              {7, Alarm::discharge_overcurrent},
              {8, Alarm::discharge_overtemperature},
              {9, Alarm::mos_overtemperature},
              {10, Alarm::wire_resistance},
              {11, Alarm::charge_undertemperature},
              {14, Alarm::discharge_mos_fault}};
  for (const auto& row : rows) {
    Trigger trigger;
    Status status = healthy();
    EXPECT_FALSE(trigger.update(dry_1_trigger, trigger_at(row.code, 0, 0), status)) << row.code;
    status.alarms = alarm_bit(row.alarm);
    EXPECT_TRUE(trigger.update(dry_1_trigger, trigger_at(row.code, 0, 0), status)) << row.code;
  }
}

TEST(TriggerTest, CodeZeroIsOffAndCodeTwelveIsAClientsSwitch) {
  Trigger trigger;
  Status status = healthy();
  status.alarms = alarms_on_the_wire;
  EXPECT_FALSE(trigger.update(dry_1_trigger, trigger_at(0, 0, 0), status));
  EXPECT_FALSE(trigger.update(dry_1_trigger, trigger_at(12, 0, 0), status));
  EXPECT_TRUE(trigger.update(dry_1_trigger, trigger_at(12, 1, 0), status));
}

TEST(TriggerTest, AMissingSensorCountsAsZeroDegrees) {
  Status status = healthy();
  status.t1_ddegC = status.t2_ddegC = status.mos_ddegC = std::nullopt;
  for (const std::int32_t code : {8, 9, 11}) {
    Trigger trigger;
    EXPECT_EQ(trigger.update(dry_1_trigger, trigger_at(code, 1, 1), status), code == 11) << code;
  }
}

TEST(TriggerTest, ThreeOutputsHaveSettingsOfTheirOwn) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::buzzer_trigger, 12);
  settings.set(Setting::buzzer_on, 1);
  Trigger buzzer, dry_2;
  EXPECT_TRUE(buzzer.update(buzzer_trigger, settings, healthy()));
  EXPECT_FALSE(dry_2.update(dry_2_trigger, settings, healthy()));
}

TEST(DiagnosisTest, OneLineSaysTheMostUrgent) {
  constexpr std::array<std::int32_t, 4> high = {3300, 3651, 3280, 3300}, low = {3300, 3310, 1999, 3300};
  DiagnosisView view;
  view.is_measured = true;
  Status status = healthy();
  EXPECT_EQ(diagnose(status, view), Diagnosis::none);
  view.is_master_lost = true;
  EXPECT_EQ(diagnose(status, view), Diagnosis::no_master);
  view.is_balancing_idle = true;
  EXPECT_EQ(diagnose(status, view), Diagnosis::balancing_inactive);
  view.holds_a_gate = true;
  EXPECT_EQ(diagnose(status, view), Diagnosis::other_protection);
  status.t2_ddegC = -101;
  EXPECT_EQ(diagnose(status, view), Diagnosis::temperature_sensor);
  status.cells_mV = low;
  EXPECT_EQ(diagnose(status, view), Diagnosis::cell_undervoltage);
  status.cells_mV = high;
  EXPECT_EQ(diagnose(status, view), Diagnosis::cell_overvoltage);
  view.is_measured = false;
  EXPECT_EQ(diagnose(status, view), Diagnosis::initialising);
  status.alarms = 1;
  EXPECT_EQ(diagnose(status, view), Diagnosis::cell_overvoltage) << "what is known to be wrong comes first";
}

TEST(DiagnosisTest, LimitsAreThoseOfTheCodes) {
  constexpr std::array<std::int32_t, 4> at = {3300, 3650, 2000, 3300}, over = {3300, 3651, 2000, 3300};
  DiagnosisView view;
  view.is_measured = true;
  Status status = healthy();
  status.cells_mV = at;
  status.t1_ddegC = -100;
  status.t2_ddegC = 600;
  EXPECT_EQ(diagnose(status, view), Diagnosis::none);
  status.cells_mV = over;
  EXPECT_EQ(diagnose(status, view), Diagnosis::cell_overvoltage);
  status.current_mA = 0;
  EXPECT_EQ(diagnose(status, view), Diagnosis::none) << "while charging only";
  status.t2_ddegC = 601;
  EXPECT_EQ(diagnose(status, view), Diagnosis::temperature_sensor);
  status.t1_ddegC = std::nullopt;
  status.t2_ddegC = 600;
  EXPECT_EQ(diagnose(status, view), Diagnosis::temperature_sensor);
  status.cells_mV = {};
  EXPECT_EQ(diagnose(status, view), Diagnosis::temperature_sensor);
}

}  // namespace
}  // namespace jk::core
