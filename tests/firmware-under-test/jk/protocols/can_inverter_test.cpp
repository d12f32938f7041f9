// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_inverter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/protocols/can_bytes.hpp"

namespace jk::protocols::can_inverter {
namespace {

using core::Alarm;
using core::alarm_bit;

// The examples of diyBMS.
TEST(CanInverter, Examples) {
  EXPECT_EQ(dump(limits({580, 100, -100}, 575)), "351# 44 02 64 00 9C FF 3F 02");
  EXPECT_EQ(dump(protections(0, 10)), "359# 00 00 00 00 0A 50 4E");
  EXPECT_EQ(dump(requests({true, true, false, false, false})), "35C# C0 00");
}

TEST(CanInverter, LimitsWithoutDischargeVoltageHaveSixBytes) {
  EXPECT_EQ(dump(limits({272, 1800, 1800})), "351# 10 01 08 07 08 07");
}

TEST(CanInverter, ChargeState) {
  EXPECT_EQ(dump(charge_state(71, 98)), "355# 47 00 62 00");
  EXPECT_EQ(dump(charge_state(71, 98, 7149)), "355# 47 00 62 00 ED 1B");
}

TEST(CanInverter, Measurements) { EXPECT_EQ(dump(measurements(2640, -123, 235)), "356# 50 0A 85 FF EB 00"); }

TEST(CanInverter, RequestsHaveABitEach) {
  EXPECT_EQ(dump(requests({true, false, false, false, false})), "35C# 80 00");
  EXPECT_EQ(dump(requests({false, true, false, false, false})), "35C# 40 00");
  EXPECT_EQ(dump(requests({false, false, true, false, false})), "35C# 20 00");
  EXPECT_EQ(dump(requests({false, false, false, true, false})), "35C# 10 00");
  EXPECT_EQ(dump(requests({false, false, false, false, true})), "35C# 08 00");
}

struct AlarmFrames {
  std::initializer_list<Alarm> alarms;
  const char *protections_359, *alarms_35a;  // bytes 0 ... 3 of both
};

TEST(CanInverter, EachAlarmHasItsPlacesOrNone) {
  using enum Alarm;
  const AlarmFrames rows[] = {
      {{}, "00 00 00 00", "AA AA AA 02"},
      {{cell_overvoltage, pack_overvoltage}, "02 00 00 00", "A5 AA AA 02"},
      {{cell_undervoltage, pack_undervoltage}, "04 00 00 00", "99 AA AA 02"},
      {{discharge_overtemperature, mos_overtemperature, battery_overtemperature}, "08 00 00 00", "69 AA AA 02"},
      {{charge_overtemperature}, "08 00 00 00", "A9 A6 AA 02"},
      {{discharge_undertemperature}, "10 00 00 00", "A9 A9 AA 02"},
      {{charge_undertemperature}, "10 00 00 00", "A9 9A AA 02"},
      {{discharge_overcurrent, discharge_overcurrent_2, discharge_overcurrent_3}, "80 00 00 00", "A9 6A AA 02"},
      {{discharge_short_circuit}, "80 00 00 00", "A9 AA 9A 02"},
      {{short_circuit_release_failed}, "80 00 00 00", "AA AA 9A 02"},
      {{charge_overcurrent}, "00 01 00 00", "A9 AA A9 02"},
      {{charge_short_circuit}, "00 01 00 00", "A9 AA 9A 02"},
      {{cell_count, current_sensor, temperature_sensor}, "00 08 00 00", "A9 AA 6A 02"},
      {{auxiliary_cpu}, "00 08 00 08", "A9 AA 6A 02"},
      {{charge_mos_fault, discharge_mos_fault}, "00 08 00 00", "A9 AA A6 02"},
      {{discharge_on_failed}, "00 08 00 00", "AA AA A6 02"},
      {{cell_difference, low_soc, wire_resistance, temperature_difference, default_password, gps_disconnected,
        current_limiter, gps_lock},
       "00 00 00 00",
       "AA AA AA 02"},
  };
  for (const AlarmFrames& row : rows) {
    for (const Alarm alarm : row.alarms) {
      EXPECT_EQ(dump(protections(alarm_bit(alarm), 1)), std::string("359# ") + row.protections_359 + " 01 50 4E")
          << static_cast<int>(alarm);
      EXPECT_EQ(dump(pair_alarms(alarm_bit(alarm))).substr(0, 16), std::string("35A# ") + row.alarms_35a)
          << static_cast<int>(alarm);
    }
  }
  EXPECT_EQ(dump(pair_alarms(0)), "35A# AA AA AA 02 AA AA AA 02");
}

TEST(CanInverter, WarningsStandInTheSecondWord) {
  for (const Alarm alarm : {Alarm::low_soc, Alarm::temperature_difference, Alarm::wire_resistance}) {
    EXPECT_EQ(dump(pair_alarms(alarm_bit(alarm))), "35A# AA AA AA 02 A9 AA AA 02");
  }
  EXPECT_EQ(dump(pair_alarms(alarm_bit(Alarm::cell_difference))), "35A# AA AA AA 02 AA AA AA 01");
}

TEST(CanInverter, NamesFillTheirFrame) {
  EXPECT_EQ(dump(name(0x35E, "PYLON", ' ')), "35E# 50 59 4C 4F 4E 20 20 20");
  EXPECT_EQ(dump(name(0x382, "JK_B2A8S20P")), "382# 4A 4B 5F 42 32 41 38 53");
  EXPECT_EQ(dump(name(0x371, "")), "371# 00 00 00 00 00 00 00 00");
}

TEST(CanInverter, AVersionIsTwoBytes) {
  EXPECT_EQ(version_code("11.26"), 0x0B1Au);
  EXPECT_EQ(version_code("15"), 0x0F00u);
  EXPECT_EQ(version_code("11.XA"), 0x0B00u);
  EXPECT_EQ(version_code("6.1.3S"), 0x0601u);
  EXPECT_EQ(version_code("H6.X"), 0u);
  EXPECT_EQ(version_code(""), 0u);
}

}  // namespace
}  // namespace jk::protocols::can_inverter
