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

// Typed from the TDK NTCG163JX103DT1S table (foxBMS 2): resistance at every fifth degree.
struct MakerRow {
  int degC;
  double ohm;
};
constexpr MakerRow maker[] = {
    {-40, 188500}, {-35, 144300}, {-30, 111300}, {-25, 86560}, {-20, 67790}, {-15, 53460}, {-10, 42450}, {-5, 33930},
    {0, 27280},    {5, 22070},    {10, 17960},   {15, 14700},  {20, 12090},  {25, 10000},  {30, 8312},   {35, 6942},
    {40, 5826},    {45, 4911},    {50, 4158},    {55, 3536},   {60, 3019},   {65, 2588},   {70, 2227},   {75, 1924},
    {80, 1668},    {85, 1451},    {90, 1267},    {95, 1110},   {100, 975},   {105, 860},   {110, 760},   {115, 674},
    {120, 599},    {125, 534},    {130, 478},    {135, 428},   {140, 385},   {145, 346},   {150, 313}};

constexpr std::array<std::int32_t, 8> eight_at_3300mV = {2703, 2703, 2703, 2703, 2703, 2703, 2703, 2703};

Measurement all_benign(std::uint64_t now_ns) {
  Measurement measurement(8);
  measurement.take_scan(eight_at_3300mV, now_ns);
  measurement.take_current(0, now_ns);
  measurement.take_temperatures(2048, 2048, 2048, now_ns);
  measurement.take_comparator(false, now_ns);
  return measurement;
}

Reading reading(const Measurement& measurement, Signal signal) {
  return measurement.readings()[static_cast<std::size_t>(signal)];
}

TEST(Measurement, TellsOnceWhatIsNews) {
  Measurement measurement = all_benign(10 * s);
  EXPECT_EQ(measurement.take_news(), all_signals);
  EXPECT_EQ(measurement.take_news(), 0);
  measurement.take_current(40, 11 * s);
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current));
  measurement.take_temperatures(2048, 2048, 2048, 12 * s);
  EXPECT_EQ(measurement.take_news(),
            signal_bit(Signal::battery_max) | signal_bit(Signal::battery_min) | signal_bit(Signal::mos_temperature));
  measurement.take_comparator(true, 12 * s);
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::short_circuit));
  measurement.age(20 * s);
  EXPECT_FALSE(measurement.is_complete());
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::cell_max) | signal_bit(Signal::cell_min));
  measurement.age(21 * s);
  EXPECT_EQ(measurement.take_news(), 0) << "lost once";
  measurement.take_scan(eight_at_3300mV, 21 * s);
  EXPECT_TRUE(measurement.is_complete());
  EXPECT_EQ(measurement.take_news(), signal_bit(Signal::cell_max) | signal_bit(Signal::cell_min));
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

TEST(Ntc, TableHoldsTheMakersRowsExactly) {
  for (const MakerRow& row : maker) {
    EXPECT_EQ(ntc_resistance_dohm[static_cast<std::size_t>(row.degC + 40)], 10 * static_cast<std::uint32_t>(row.ohm))
        << row.degC;
  }
}

TEST(Ntc, BetweenTheMakersRowsLogResistanceIsLinear) {
  for (std::size_t k = 0; k + 1 < std::size(maker); ++k) {
    for (int d = 1; d < 5; ++d) {
      const double ohm = maker[k].ohm * std::pow(maker[k + 1].ohm / maker[k].ohm, d / 5.0);
      EXPECT_NEAR(ntc_resistance_dohm[static_cast<std::size_t>(maker[k].degC + d + 40)], 10 * ohm, 0.51)
          << maker[k].degC + d;
    }
  }
}

TEST(Ntc, CodeOfEachMakersRowReadsItsTemperatureWithinTheCodesStep) {
  for (std::size_t k = 1; k + 1 < std::size(maker); ++k) {
    const double code = 4096 * maker[k].ohm / (maker[k].ohm + 10000);
    const double next = 4096 * maker[k + 1].ohm / (maker[k + 1].ohm + 10000);
    const double half_code_ddegC = 0.5 * 50 / (code - next);
    const auto ddegC = ntc_ddegC(static_cast<std::int32_t>(std::lround(code)));
    ASSERT_TRUE(ddegC);
    EXPECT_NEAR(*ddegC, 10 * maker[k].degC, 1.5 + 1.2 * half_code_ddegC) << maker[k].degC;
  }
}

TEST(Ntc, TenKiloohmIs25Degrees) { EXPECT_EQ(ntc_ddegC(2048), 250); }

TEST(Ntc, NeverReadsWarmerForAHigherCode) {
  std::int32_t last = *ntc_ddegC(125);
  for (std::int32_t raw = 126; raw <= 3889; ++raw) {
    const auto ddegC = ntc_ddegC(raw);
    ASSERT_TRUE(ddegC) << raw;
    EXPECT_LE(*ddegC, last) << raw;
    last = *ddegC;
  }
}

TEST(Ntc, AnOpenOrShortedSensorIsUnknown) {
  EXPECT_EQ(ntc_ddegC(4095), std::nullopt);
  EXPECT_EQ(ntc_ddegC(4096), std::nullopt);
  EXPECT_EQ(ntc_ddegC(3890), std::nullopt);  // 188.8 kohm, colder than the table
  EXPECT_NE(ntc_ddegC(3889), std::nullopt);
  EXPECT_EQ(ntc_ddegC(0), std::nullopt);
  EXPECT_EQ(ntc_ddegC(-1), std::nullopt);
  EXPECT_EQ(ntc_ddegC(124), std::nullopt);  // 312.2 ohm, warmer than the table
  EXPECT_NE(ntc_ddegC(125), std::nullopt);
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
  measurement.take_scan(raw, 5 * ms);
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
  measurement.take_scan(raw, 0);
  EXPECT_FALSE(measurement.is_complete());
  EXPECT_EQ(measurement.cells_mV()[3], 122);
}

TEST(Measurement, AScanThatLacksACellIsUnknown) {
  Measurement measurement = all_benign(0);
  measurement.take_scan(std::span(eight_at_3300mV).first(7), 0);
  EXPECT_FALSE(measurement.is_complete());
}

TEST(Measurement, ACodeBelowZeroMakesTheScanUnknownAndShowsAsZero) {
  Measurement measurement = all_benign(0);
  auto raw = eight_at_3300mV;
  raw[3] = -1;
  measurement.take_scan(raw, 0);
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
