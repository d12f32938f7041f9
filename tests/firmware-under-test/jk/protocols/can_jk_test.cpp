// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_jk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/protocols/can_bytes.hpp"

// The examples of the documents, byte for byte; what they leave out is 0.
namespace jk::protocols::can_jk {
namespace {

using core::Alarm;
using core::alarm_bit;

TEST(CanJk, BatteryState) {
  EXPECT_EQ(dump(battery_state({275, 567, 51, 100})), "2F4# 13 01 D7 11 33 00 64 00");
  EXPECT_EQ(dump(battery_state({0, -4001, 0, 0})), "2F4# 00 00 00 00 00 00 00 00");
  EXPECT_EQ(dump(battery_state({70'000, 70'000, 100, 70'000})), "2F4# FF FF FF FF 64 00 FF FF");
}

TEST(CanJk, CellVoltages) { EXPECT_EQ(dump(cell_voltages({2700, 2450, 5, 8})), "4F4# 8C 0A 05 92 09 08 00 00"); }

TEST(CanJk, CellTemperatures) {
  EXPECT_EQ(dump(cell_temperatures({22, -3, 13, 6, 1})), "5F4# 48 06 2F 01 3F 00 00 00");
  EXPECT_EQ(dump(cell_temperatures({300, -60, 0, 1, 1})), "5F4# FF 01 00 01 32 00 00 00");
  EXPECT_EQ(dump(no_cell_temperatures()), "5F4# FF 00 FF 00 FF 00 00 00");
}

TEST(CanJk, AlarmInfo) {
  Levels levels{};
  levels[static_cast<std::size_t>(Warning::cell_overvoltage)] = Level::general;
  levels[static_cast<std::size_t>(Warning::pack_undervoltage)] = Level::serious;
  levels[static_cast<std::size_t>(Warning::low_soc)] = Level::important;
  EXPECT_EQ(dump(alarm_info(levels)), "7F4# 43 00 20 00 00 00 00 00");
  levels = {};
  levels[static_cast<std::size_t>(Warning::internal_communication)] = Level::general;
  EXPECT_EQ(dump(alarm_info(levels)), "7F4# 00 00 00 30 00 00 00 00");
}

TEST(CanJk, EachAlarmHasItsPlaceInAlarmInfoOrNone) {
  using enum Alarm;
  const struct {
    Alarm alarm;
    const char* frame;
  } rows[] = {
      {cell_overvoltage, "7F4# 01 00 00 00 00 00 00 00"},
      {cell_undervoltage, "7F4# 04 00 00 00 00 00 00 00"},
      {pack_overvoltage, "7F4# 10 00 00 00 00 00 00 00"},
      {pack_undervoltage, "7F4# 40 00 00 00 00 00 00 00"},
      {cell_difference, "7F4# 00 03 00 00 00 00 00 00"},
      {discharge_overcurrent, "7F4# 00 04 00 00 00 00 00 00"},
      {discharge_overcurrent_2, "7F4# 00 04 00 00 00 00 00 00"},
      {discharge_overcurrent_3, "7F4# 00 04 00 00 00 00 00 00"},
      {discharge_short_circuit, "7F4# 00 04 00 00 00 00 00 00"},
      {short_circuit_release_failed, "7F4# 00 04 00 00 00 00 00 00"},
      {charge_overcurrent, "7F4# 00 10 00 00 00 00 00 00"},
      {charge_short_circuit, "7F4# 00 10 00 00 00 00 00 00"},
      {charge_overtemperature, "7F4# 00 40 00 00 00 00 00 00"},
      {discharge_overtemperature, "7F4# 00 40 00 00 00 00 00 00"},
      {mos_overtemperature, "7F4# 00 40 00 00 00 00 00 00"},
      {battery_overtemperature, "7F4# 00 40 00 00 00 00 00 00"},
      {charge_undertemperature, "7F4# 00 00 01 00 00 00 00 00"},
      {discharge_undertemperature, "7F4# 00 00 01 00 00 00 00 00"},
      {temperature_difference, "7F4# 00 00 0C 00 00 00 00 00"},
      {low_soc, "7F4# 00 00 30 00 00 00 00 00"},
      {gps_disconnected, "7F4# 00 00 00 0C 00 00 00 00"},
      {auxiliary_cpu, "7F4# 00 00 00 10 00 00 00 00"},
  };
  core::Alarms listed = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(dump(alarm_info(levels_of(alarm_bit(row.alarm)))), row.frame) << static_cast<int>(row.alarm);
    EXPECT_TRUE(is_any(levels_of(alarm_bit(row.alarm))));
    listed |= alarm_bit(row.alarm);
  }
  EXPECT_FALSE(is_any(levels_of(~listed)));
}

TEST(CanJk, BatteryCapacities) {
  EXPECT_EQ(dump(capacities({300, 400, 1000, 100})), "18F128F4# 2C 01 90 01 E8 03 64 00");
  EXPECT_EQ(dump(capacities({65'536, 65'535, 70'000, 70'000})), "18F128F4# FF FF FF FF FF FF FF FF");
}

TEST(CanJk, AllTemperatures) {
  EXPECT_EQ(dump(all_temperatures({22, 21, 30, no_sensor_degC, no_sensor_degC})), "18F228F4# 07 48 47 50 FF FF 00 00");
  EXPECT_EQ(dump(all_temperatures({no_sensor_degC, -50, 204, -60, 0})), "18F228F4# 1E FF 00 FE 00 32 00 00");
}

TEST(CanJk, Errors) {
  EXPECT_EQ(dump(errors(0)), "18F328F4# 00 00 00 00 00 00 00 00");
  EXPECT_EQ(dump(errors(alarm_bit(Alarm::wire_resistance))), "18F328F4# 01 00 00 04 00 00 00 00");
  EXPECT_EQ(dump(errors(alarm_bit(Alarm::discharge_mos_fault))), "18F328F4# 00 00 02 04 00 00 00 00");
  EXPECT_EQ(dump(errors(alarm_bit(Alarm::low_soc) | alarm_bit(Alarm::gps_disconnected))),
            "18F328F4# 00 00 00 00 00 00 00 00");
}

TEST(CanJk, Information) {
  EXPECT_EQ(dump(information(200, 2600, 100)), "18F428F4# C8 00 00 00 28 0A 64 00");
  EXPECT_EQ(dump(information(0x12345678, -7720, 79)), "18F428F4# 78 56 34 12 00 00 4F 00");
}

TEST(CanJk, SwitchStates) {
  EXPECT_EQ(dump(switches({true, false, true, true, true, true})), "18F528F4# 3D 00 00 00 00 00 00 00");
  EXPECT_EQ(dump(switches({false, true, false, false, false, false})), "18F528F4# 02 00 00 00 00 00 00 00");
}

TEST(CanJk, CellsInGroupsOfFour) {
  const std::int32_t cells[] = {3757, 3755, 3747, 3750, 3700, 3701};
  EXPECT_EQ(dump(cell_group(0, cells)), "18E028F4# AD 0E AB 0E A3 0E A6 0E");
  EXPECT_EQ(dump(cell_group(1, cells)), "18E128F4# 74 0E 75 0E 00 00 00 00");
}

TEST(CanJk, ChargeRequestIsBigEndian) {
  EXPECT_EQ(dump(charge_request({840, 200, false, false})), "1806E5F4# 03 48 00 C8 00 00 00 00");
  EXPECT_EQ(dump(charge_request({252, 0, true, true})), "1806E5F4# 00 FC 00 00 01 01 00 00");
}

}  // namespace
}  // namespace jk::protocols::can_jk
