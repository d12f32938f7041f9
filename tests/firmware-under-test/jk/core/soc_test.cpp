// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/soc.hpp"

#include <gtest/gtest.h>

namespace jk::core {
namespace {

constexpr std::uint64_t hour_ns = 3'600'000'000'000;
constexpr std::uint64_t tick_ns = 16'000'000;

Settings of_60Ah(Preset preset = Preset::lifepo4) {
  Settings settings(preset);
  settings.set(Setting::capacity, 60'000);
  return settings;
}

TEST(Soc, OneHourOfSixAmpereIsTenPercentOfSixtyAmpereHours) {
  Soc soc(of_60Ah());
  soc.set_empty();
  soc.count(6000, hour_ns);
  EXPECT_EQ(soc.percent(), 10);
  EXPECT_EQ(soc.remaining_mAh(), 6000);
}

TEST(Soc, DischargingCountsDownAndAddsToTheCycleCapacity) {
  Soc soc(of_60Ah());
  soc.set_full();
  soc.count(-30'000, hour_ns);
  EXPECT_EQ(soc.percent(), 50);
  EXPECT_EQ(soc.discharged_mAh(), 30'000);
}

TEST(Soc, ManyTicksAddUpWithoutLoss) {
  Soc soc(of_60Ah());
  soc.set_full();
  for (std::uint64_t t = 0; t < hour_ns; t += tick_ns) soc.count(-25, tick_ns);
  EXPECT_EQ(soc.remaining_mAh(), 59'975);
}

TEST(Soc, IsRoundedDown) {
  Soc soc(of_60Ah());
  soc.set_full();
  EXPECT_EQ(soc.percent(), 100);
  soc.count(-1000, hour_ns / 1000);  // 1 mAh: 59 999 of 60 000, as the 11.17 log shows
  EXPECT_EQ(soc.percent(), 99);
}

TEST(Soc, IsHeldBetweenEmptyAndFull) {
  Soc soc(of_60Ah());
  soc.set_full();
  soc.count(10'000, hour_ns);
  EXPECT_EQ(soc.percent(), 100);
  soc.set_empty();
  soc.count(-10'000, hour_ns);
  EXPECT_EQ(soc.percent(), 0);
}

TEST(Soc, FullAndEmptyNeedNoFurtherEstimate) {
  Soc full(of_60Ah()), empty(of_60Ah());
  full.set_full();
  empty.set_empty();
  EXPECT_TRUE(full.is_estimated());
  EXPECT_TRUE(empty.is_estimated());
}

TEST(Soc, FirstEstimateFollowsTheOpenCircuitTableOfTheChemistry) {
  const struct {
    Preset preset;
    std::int32_t mV, percent;
  } rows[] = {{Preset::lifepo4, 2154, 0},   {Preset::lifepo4, 3305, 50}, {Preset::lifepo4, 3310, 55},
              {Preset::lifepo4, 3600, 100}, {Preset::li_ion, 3693, 50},  {Preset::li_ion, 2500, 0},
              {Preset::lto, 2260, 50},      {Preset::lto, 2700, 100}};
  for (const auto& row : rows) {
    Soc soc(of_60Ah(row.preset));
    EXPECT_FALSE(soc.is_estimated());
    soc.estimate(row.mV);
    EXPECT_TRUE(soc.is_estimated());
    EXPECT_EQ(soc.percent(), row.percent) << row.mV;
  }
}

}  // namespace
}  // namespace jk::core
