// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {
namespace {

std::uint16_t word_of(std::initializer_list<core::Alarm> alarms) {
  core::Alarms bits = 0;
  for (const core::Alarm alarm : alarms) bits |= core::alarm_bit(alarm);
  return alarm_word(bits);
}

TEST(Alarms4e57, EachAlarmHasTheBitOfTheDocumentOrOfTheCaptureOrNone) {
  using enum core::Alarm;
  const struct {
    core::Alarm alarm;
    unsigned word;
  } rows[] = {
      {low_soc, 0x0001},
      {mos_overtemperature, 0x0002},
      {pack_overvoltage, 0x0004},
      {cell_undervoltage, 0x0008},  // captured
      {pack_undervoltage, 0x0008},
      {charge_overtemperature, 0x0010},
      {discharge_overtemperature, 0x0010},
      {charge_overcurrent, 0x0020},
      {charge_short_circuit, 0x0020},
      {discharge_overcurrent, 0x0040},
      {discharge_short_circuit, 0x0040},
      {discharge_overcurrent_2, 0x0040},
      {discharge_overcurrent_3, 0x0040},
      {short_circuit_release_failed, 0x0040},
      {cell_difference, 0x0080},
      {battery_overtemperature, 0x0100},
      {charge_undertemperature, 0x0200},  // captured
      {discharge_undertemperature, 0x0200},
      {cell_overvoltage, 0x0400},
  };
  core::Alarms listed = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(word_of({row.alarm}), row.word) << static_cast<int>(row.alarm);
    listed |= core::alarm_bit(row.alarm);
  }
  EXPECT_EQ(alarm_word(~listed), 0);
  EXPECT_EQ(alarm_word(0xFFFFFFFF), 0x07FF);
  EXPECT_EQ(word_of({low_soc, cell_overvoltage}), 0x0401);
}

TEST(Status4e57, SaysWhichGateIsOnAndWhetherItBalances) {
  core::Status status;
  EXPECT_EQ(status_word(status), 0x0000);
  status.is_charge_mos_on = true;
  EXPECT_EQ(status_word(status), 0x0001);
  status.is_discharge_mos_on = true;
  EXPECT_EQ(status_word(status), 0x0003);
  status = {};
  status.is_balancing = true;
  EXPECT_EQ(status_word(status), 0x0004);
}

}  // namespace
}  // namespace jk::protocols
