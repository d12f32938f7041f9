// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/ntc_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "firmware-under-test/jk/core/measurement.hpp"

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

}  // namespace
}  // namespace jk::core
