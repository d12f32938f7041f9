// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/measurement.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <span>

#include "firmware-under-test/jk/core/ntc_table.hpp"
#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr std::array<std::int32_t, 8> eight_at_3300mV = {2703, 2703, 2703, 2703, 2703, 2703, 2703, 2703};
constexpr std::int32_t pack_at_26V4 = 6600;  // 4 mV a code

constexpr Signals of_a_scan = signal_bit(Signal::cell_max) | signal_bit(Signal::cell_min) |
                              signal_bit(Signal::pack_voltage) | signal_bit(Signal::cell_difference) |
                              signal_bit(Signal::pack_difference) | signal_bit(Signal::cell_count);

Measurement all_benign(std::uint64_t now_ns) {
  Measurement measurement(8);
  measurement.take_scan(eight_at_3300mV, pack_at_26V4, now_ns);
  measurement.take_current(0, now_ns);
  measurement.take_temperatures(2048, 2048, 2048, now_ns);
  measurement.take_comparator(false, now_ns);
  return measurement;
}

Reading reading(const Measurement& measurement, Signal signal) {
  return measurement.readings()[static_cast<std::size_t>(signal)];
}

TEST(Measurement, ACellAtTheEndOfTheRangeIsNotThere) {
  Measurement measurement = all_benign(0);
  std::array<std::int32_t, 8> raw = eight_at_3300mV;
  raw[2] = 4095;
  measurement.take_scan(raw, pack_at_26V4, 1 * s);
  EXPECT_EQ(measurement.cells_present(), 0b1111'1011u);
}

TEST(Measurement, TellsOnceWhatIsNews) {
  Measurement measurement = all_benign(10 * s);
  EXPECT_EQ(measurement.take_news(), all_signals);
  EXPECT_EQ(measurement.take_news(), 0);
  measurement.take_current(40, 11 * s);
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current));
  measurement.take_temperatures(2048, 2048, 2048, 12 * s);
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::box_temperature) | signal_bit(Signal::temperature_difference) |
                                         signal_bit(Signal::battery_max) | signal_bit(Signal::battery_min) |
                                         signal_bit(Signal::mos_temperature));
  measurement.take_comparator(true, 12 * s);
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::short_circuit));
  measurement.age(20 * s);
  EXPECT_FALSE(measurement.is_complete());
  EXPECT_EQ(measurement.take_news(), of_a_scan | signal_bit(Signal::scan_age));
  measurement.age(21 * s);
  EXPECT_EQ(measurement.take_news(), 0u) << "lost once";
  measurement.take_scan(eight_at_3300mV, pack_at_26V4, 21 * s);
  EXPECT_TRUE(measurement.is_complete());
  EXPECT_EQ(measurement.take_news(), of_a_scan | signal_bit(Signal::scan_age));
}

TEST(Measurement, CellCodesAreRoundedToMillivolts) {
  EXPECT_EQ(cell_mV(2949), 3600);  // 3599.85
  EXPECT_EQ(cell_mV(2950), 3601);  // 3601.07
  EXPECT_EQ(cell_mV(2130), 2600);  // 2600.10
  EXPECT_EQ(cell_mV(4094), 4998);
}

TEST(Measurement, ACellOutsideOneToFiveVoltIsUnknown) {
  EXPECT_EQ(cell_mV(819), 1000);
  EXPECT_EQ(cell_mV(818), std::nullopt);
  EXPECT_EQ(cell_mV(0), std::nullopt);
  EXPECT_EQ(cell_mV(4095), std::nullopt);
  EXPECT_EQ(cell_mV(-1), std::nullopt);
}

TEST(Measurement, TheStoreMayBeEmptyButNotAboveRange) {
  EXPECT_EQ(store_mV(0), 0);
  EXPECT_EQ(store_mV(2212), 2700);
  EXPECT_EQ(store_mV(4095), std::nullopt);
  EXPECT_EQ(store_mV(-1), std::nullopt);
}

TEST(Measurement, PortCurrentIs25MilliampereACodeChargingPositive) {
  EXPECT_EQ(port_current_mA(1), 25);
  EXPECT_EQ(port_current_mA(-8000), -200'000);
  EXPECT_EQ(port_current_mA(-32768), -819'200);
}

TEST(Measurement, IsCompleteOnceEverySignalWasMeasured) { EXPECT_TRUE(all_benign(1 * ms).is_complete()); }

TEST(Measurement, IsIncompleteBeforeTheFirstScan) {
  Measurement measurement(8);
  measurement.take_current(0, 0);
  measurement.take_temperatures(2048, 2048, 2048, 0);
  measurement.take_comparator(false, 0);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, FindsTheHighestAndLowestCell) {
  Measurement measurement = all_benign(0);
  auto raw = eight_at_3300mV;
  raw[2] = 2800;
  raw[7] = 2600;
  measurement.take_scan(raw, pack_at_26V4, 5 * ms);
  EXPECT_EQ(measurement.highest_cell(), 2u);
  EXPECT_EQ(measurement.lowest_cell(), 7u);
  EXPECT_EQ(reading(measurement, Signal::cell_max).value, 3418);
  EXPECT_EQ(reading(measurement, Signal::cell_min).value, 3174);
  EXPECT_EQ(reading(measurement, Signal::cell_max).at_ns, 5 * ms);
}

TEST(Measurement, OneImplausibleCellMakesTheScanUnknownAndItsValueStillShows) {
  Measurement measurement = all_benign(0);
  auto raw = eight_at_3300mV;
  raw[3] = 100;
  measurement.take_scan(raw, pack_at_26V4, 0);
  EXPECT_FALSE(measurement.is_complete());
  EXPECT_EQ(measurement.cells_mV()[3], 122);
}

TEST(Measurement, AScanThatLacksACellIsUnknown) {
  Measurement measurement = all_benign(0);
  measurement.take_scan(std::span(eight_at_3300mV).first(7), pack_at_26V4, 0);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, ACodeBelowZeroMakesTheScanUnknownAndShowsAsZero) {
  Measurement measurement = all_benign(0);
  auto raw = eight_at_3300mV;
  raw[3] = -1;
  measurement.take_scan(raw, pack_at_26V4, 0);
  EXPECT_FALSE(measurement.is_complete());
  EXPECT_EQ(measurement.cells_mV()[3], 0);
}

TEST(Measurement, TheComparatorIsZeroOrOneSinceItsRise) {
  Measurement measurement = all_benign(0);
  EXPECT_EQ(reading(measurement, Signal::short_circuit).value, 0);
  measurement.take_comparator(true, 7);
  EXPECT_EQ(reading(measurement, Signal::short_circuit).value, 1);
  EXPECT_EQ(reading(measurement, Signal::short_circuit).at_ns, 7u);
}

TEST(Measurement, ThePackMustBeTheSumOfItsCells) {
  Measurement measurement = all_benign(0);
  EXPECT_EQ(reading(measurement, Signal::pack_voltage).value, 8 * 3300);
  EXPECT_EQ(reading(measurement, Signal::pack_difference).value, 0);
  measurement.take_scan(eight_at_3300mV, pack_at_26V4 - 150, 0);  // 0.6 V less
  EXPECT_EQ(reading(measurement, Signal::pack_difference).value, 600);
  EXPECT_EQ(reading(measurement, Signal::cell_count).value, 0);
  measurement.take_scan(eight_at_3300mV, pack_at_26V4 + 825, 0);  // a cell more
  EXPECT_EQ(reading(measurement, Signal::pack_difference).value, 3300);
  EXPECT_EQ(reading(measurement, Signal::cell_count).value, 1);
}

TEST(Measurement, APackVoltageAtTheEndOfItsConverterOrNoneDisagrees) {
  for (const std::int32_t raw : {-1, 0, 16'383}) {
    Measurement measurement = all_benign(0);
    measurement.take_scan(eight_at_3300mV, raw, 0);
    EXPECT_TRUE(reading(measurement, Signal::pack_difference).is_known) << raw;
    EXPECT_GT(reading(measurement, Signal::pack_difference).value, 26'000) << raw;
    EXPECT_EQ(reading(measurement, Signal::cell_count).value, 1) << raw;
  }
}

TEST(Measurement, APackThatWasNotMeasuredLeavesWhatWasFound) {
  Measurement measurement = all_benign(0);
  measurement.take_scan(eight_at_3300mV, pack_at_26V4 - 150, 0);
  measurement.take_scan(eight_at_3300mV, not_compared, 0);
  EXPECT_EQ(reading(measurement, Signal::pack_difference).value, 600);
  auto raw = eight_at_3300mV;
  raw[3] = 100;
  measurement.take_scan(raw, not_compared, 0);
  EXPECT_FALSE(reading(measurement, Signal::pack_difference).is_known) << "not against cells that cannot be";
}

TEST(Measurement, ALeadThatIsOpenIsAFaultOfItsOwn) {
  Measurement measurement = all_benign(0);
  EXPECT_EQ(measurement.cells_present(), 0xFFu);
  auto raw = eight_at_3300mV;
  raw[3] = 100;
  measurement.take_scan(raw, pack_at_26V4, 5);
  EXPECT_EQ(measurement.cells_present(), 0xF7u);
  EXPECT_EQ(reading(measurement, Signal::cell_leads).value, 1);
  EXPECT_FALSE(reading(measurement, Signal::pack_difference).is_known);
}

TEST(Measurement, ACurrentAtTheEndOfTheRangeIsBelievedOnlyWithTheComparator) {
  Measurement measurement = all_benign(0);
  EXPECT_EQ(reading(measurement, Signal::current_sensor).value, 0);
  for (const std::int32_t end : {32'767, -32'767, -32'768}) {
    measurement.take_comparator(false, 0);
    measurement.take_current(end, 0);
    EXPECT_EQ(reading(measurement, Signal::current_sensor).value, 1) << end;
    measurement.take_comparator(true, 0);
    measurement.take_current(end, 0);
    EXPECT_EQ(reading(measurement, Signal::current_sensor).value, 0) << end;
  }
  measurement.take_current(std::nullopt, 0);
  EXPECT_EQ(reading(measurement, Signal::current_sensor).value, 1);
}

TEST(Measurement, WhatFlowsAgainstAGateThatIsOffIsALeak) {
  Measurement measurement = all_benign(0);
  const auto leaks = [&](std::int32_t mA, bool charge, bool discharge) {
    measurement.take_current(mA / 25, 0);
    measurement.take_gates(charge, discharge, 0);
    return std::pair(reading(measurement, Signal::charge_leak).value,
                     reading(measurement, Signal::discharge_leak).value);
  };
  EXPECT_EQ(leaks(5000, true, true), std::pair(0, 0));
  EXPECT_EQ(leaks(5000, false, true), std::pair(5000, 0));
  EXPECT_EQ(leaks(5000, true, true), std::pair(0, 0)) << "no longer";
  EXPECT_EQ(leaks(5000, true, false), std::pair(0, 0)) << "through the body diode";
  EXPECT_EQ(leaks(-5000, false, true), std::pair(0, 0)) << "through the body diode";
  EXPECT_EQ(leaks(-5000, true, false), std::pair(0, 5000));
}

TEST(Measurement, ACurrentThatIsNotTrustedIsNoLeak) {
  Measurement measurement = all_benign(0);
  const auto leaks = [&](std::optional<std::int32_t> raw, bool is_comparator_high) {
    measurement.take_comparator(is_comparator_high, 0);
    measurement.take_current(raw, 0);
    measurement.take_gates(false, false, 0);
    return reading(measurement, Signal::charge_leak).value + reading(measurement, Signal::discharge_leak).value;
  };
  EXPECT_EQ(leaks(-200, false), 5000);
  EXPECT_EQ(leaks(std::nullopt, false), 0) << "the last sample is not the present current";
  EXPECT_EQ(leaks(-32'768, false), 0);
  EXPECT_EQ(leaks(32'767, false), 0);
  EXPECT_GT(leaks(-32'768, true), 0) << "a short circuit is";
}

TEST(Measurement, TemperatureSensorsAreComparedAndMissedByName) {
  Measurement measurement = all_benign(0);
  measurement.take_temperatures(2048, 1600, 2048, 0);
  EXPECT_EQ(reading(measurement, Signal::box_temperature).value, 250);
  EXPECT_EQ(reading(measurement, Signal::temperature_difference).value, *measurement.t2_ddegC() - 250);
  EXPECT_EQ(reading(measurement, Signal::sensors).value, 0);
  measurement.take_temperatures(4095, 2048, 2048, 0);
  EXPECT_EQ(reading(measurement, Signal::sensors).value, 1);
  EXPECT_FALSE(reading(measurement, Signal::box_temperature).is_known);
  measurement.take_temperatures(2048, 2048, 0, 0);
  EXPECT_EQ(reading(measurement, Signal::sensors).value, 1);
}

TEST(Measurement, BatterySensorsThatAreSwitchedOffCountAs25Degrees) {
  Measurement measurement = all_benign(0);
  measurement.ignore_battery_sensors(true);
  measurement.take_temperatures(4095, 1600, 2048, 0);
  EXPECT_TRUE(measurement.is_complete());
  EXPECT_EQ(reading(measurement, Signal::battery_max).value, 250);
  EXPECT_EQ(reading(measurement, Signal::sensors).value, 0);
  measurement.take_temperatures(1000, 1100, 2048, 0);
  EXPECT_EQ(reading(measurement, Signal::battery_max).value, 250) << "also where they are there";
  measurement.take_temperatures(4095, 1600, 4095, 0);
  EXPECT_EQ(reading(measurement, Signal::sensors).value, 1) << "that of the MOSFETs is not optional";
}

TEST(Measurement, CalibrationIsAGainAndAZero) {
  Measurement measurement = all_benign(0);
  measurement.calibrate({10'000, -20'000, 500});
  measurement.take_scan(eight_at_3300mV, pack_at_26V4, 0);
  EXPECT_EQ(measurement.cells_mV()[0], 3333);
  EXPECT_EQ(reading(measurement, Signal::pack_difference).value, 0);
  measurement.take_current(4000, 0);  // 100 A
  EXPECT_EQ(measurement.current_mA(), 97'510);
  EXPECT_EQ(with_gain(-1500, 1'000), -1502);
  EXPECT_EQ(with_gain(1500, 1'000), 1502);
}

TEST(Measurement, SocAndLeadsAreNewsOnlyWhenTheyChange) {
  Measurement measurement = all_benign(0);
  (void)measurement.take_news();
  measurement.take_soc(50, 1);
  measurement.take_wire_resistance(80, 1);
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::soc) | signal_bit(Signal::wire_resistance));
  measurement.take_soc(50, 2);
  measurement.take_wire_resistance(80, 2);
  EXPECT_EQ(measurement.take_news(), 0u);
}

TEST(Measurement, AScanOf500MsIsTrustedAndAnOlderOneIsNot) {
  Measurement measurement = all_benign(0);
  measurement.age(500 * ms);
  EXPECT_TRUE(measurement.is_complete());
  measurement.age(500 * ms + 1);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, WhileBalancingAScanOf2048MsIsTrustedAndAnOlderOneIsNot) {
  Measurement measurement = all_benign(0);
  measurement.converter_ran(2048 * ms);
  measurement.age(2048 * ms);
  EXPECT_TRUE(measurement.is_complete());
  measurement.converter_ran(2048 * ms + 1);
  measurement.age(2048 * ms + 1);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, AfterBalancingHasStoppedTheNextScanIsDueWithin500Ms) {
  Measurement measurement = all_benign(0);
  measurement.converter_ran(900 * ms);
  measurement.age(1400 * ms);
  EXPECT_TRUE(measurement.is_complete());
  measurement.age(1400 * ms + 1);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, AFailedCurrentSampleIsUnknown) {
  Measurement measurement = all_benign(0);
  measurement.take_current(std::nullopt, 0);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, ASaturatedCurrentCountsAsItsEndValue) {
  Measurement measurement = all_benign(0);
  measurement.take_current(-32768, 0);
  EXPECT_TRUE(measurement.is_complete());
  EXPECT_EQ(reading(measurement, Signal::discharge_current).value, 819'200);
  EXPECT_EQ(reading(measurement, Signal::charge_current).value, -819'200);
}

TEST(Measurement, EachSensorMissingMakesItIncomplete) {
  for (int missing = 0; missing < 3; ++missing) {
    Measurement measurement = all_benign(0);
    measurement.take_temperatures(missing == 0 ? 4095 : 2048, missing == 1 ? 4095 : 2048, missing == 2 ? 4095 : 2048,
                                  0);
    EXPECT_FALSE(measurement.is_complete()) << missing;
  }
}

TEST(Measurement, TheWarmerSensorIsTheMaximumAndTheColderTheMinimum) {
  Measurement measurement = all_benign(0);
  measurement.take_temperatures(2048, 3000, 1000, 0);
  EXPECT_EQ(reading(measurement, Signal::battery_max).value, 250);
  EXPECT_EQ(reading(measurement, Signal::battery_min).value, *ntc_ddegC(3000));
  EXPECT_EQ(reading(measurement, Signal::mos_temperature).value, *ntc_ddegC(1000));
}

}  // namespace
}  // namespace jk::core
