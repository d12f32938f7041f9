// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {
namespace {

using core::Preset;
using core::Protections;
using core::Reading;
using core::Readings;
using core::Settings;
using core::Signal;

Readings all_benign() {
  Readings readings{};
  for (Reading& reading : readings) reading = {0, true, 0};
  readings[static_cast<std::size_t>(Signal::cell_max)].value = 3300;
  readings[static_cast<std::size_t>(Signal::cell_min)].value = 3300;
  return readings;
}

std::uint16_t word_after(const Settings& settings, Signal signal, std::int32_t value) {
  Readings readings = all_benign();
  readings[static_cast<std::size_t>(signal)].value = value;
  Protections protections(settings);
  protections.update(readings, 0);  // the first reading trips at once
  return alarm_word(protections, {});
}

TEST(Alarms4e57, EachProtectionSetsTheBitOfTheDocumentOrOfTheCapture) {
  const Settings settings(Preset::lifepo4);
  EXPECT_EQ(word_after(settings, Signal::cell_max, 3300), 0x0000);
  EXPECT_EQ(word_after(settings, Signal::cell_max, 3700), 0x0400);
  EXPECT_EQ(word_after(settings, Signal::cell_min, 2500), 0x0008);  // captured
  EXPECT_EQ(word_after(settings, Signal::charge_current, 300'000), 0x0020);
  EXPECT_EQ(word_after(settings, Signal::discharge_current, 300'000), 0x0040);
  EXPECT_EQ(word_after(settings, Signal::short_circuit, 1), 0x0040);
  EXPECT_EQ(word_after(settings, Signal::battery_max, 650), 0x0010);
  EXPECT_EQ(word_after(settings, Signal::battery_min, -250), 0x0200);  // captured
  EXPECT_EQ(word_after(settings, Signal::mos_temperature, 800), 0x0002);
}

TEST(Alarms4e57, ChargeAndDischargeTemperatureShareABit) {
  for (const core::Setting lenient : {core::Setting::charge_otp, core::Setting::discharge_otp}) {
    Settings settings(Preset::lifepo4);
    settings.set(lenient, 900);
    EXPECT_EQ(word_after(settings, Signal::battery_max, 650), 0x0010);
  }
  for (const core::Setting lenient : {core::Setting::charge_utp, core::Setting::discharge_utp}) {
    Settings settings(Preset::lifepo4);
    settings.set(lenient, -350);
    EXPECT_EQ(word_after(settings, Signal::battery_min, -250), 0x0200);
  }
}

TEST(Alarms4e57, WarningsHaveTheirBits) {
  const Protections protections{Settings(Preset::lifepo4)};
  EXPECT_EQ(alarm_word(protections, {.is_soc_low = true}), 0x0001);
  EXPECT_EQ(alarm_word(protections, {.is_cell_difference_high = true}), 0x0080);
}

TEST(Status4e57, SaysWhichGateIsOnAndWhetherItBalances) {
  EXPECT_EQ(status_word({.is_charge_gate_on = true}), 0x0001);
  EXPECT_EQ(status_word({.is_discharge_gate_on = true}), 0x0002);
  EXPECT_EQ(status_word({.is_balancing = true}), 0x0004);
  EXPECT_EQ(status_word({}), 0x0000);
}

std::uint16_t word_of(std::initializer_list<core::Alarm> alarms) {
  core::Alarms bits = 0;
  for (const core::Alarm alarm : alarms) bits |= core::alarm_bit(alarm);
  return alarm_word_4e57(bits);
}

TEST(AlarmWord4e57, EachAlarmHasTheBitOfTheDocumentOrOfTheCaptureOrNone) {
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
  EXPECT_EQ(alarm_word_4e57(~listed), 0);
  EXPECT_EQ(alarm_word_4e57(0xFFFFFFFF), 0x07FF);
  EXPECT_EQ(word_of({low_soc, cell_overvoltage}), 0x0401);
}

TEST(StatusWord4e57, SaysWhichGateIsOnAndWhetherItBalances) {
  core::Status status;
  EXPECT_EQ(status_word_4e57(status), 0x0000);
  status.is_charge_mos_on = true;
  EXPECT_EQ(status_word_4e57(status), 0x0001);
  status.is_discharge_mos_on = true;
  EXPECT_EQ(status_word_4e57(status), 0x0003);
  status = {};
  status.is_balancing = true;
  EXPECT_EQ(status_word_4e57(status), 0x0004);
}

}  // namespace
}  // namespace jk::protocols
