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

Soc half_of_the_48Ah_it_learned() {
  Soc soc(of_60Ah());
  soc.set_empty();
  soc.count(48'000, hour_ns);
  soc.set_full();
  soc.count(-24'000, hour_ns);
  return soc;
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

TEST(Soc, LearnsTheFullCapacityFromEmptyToFull) {
  Soc soc(of_60Ah());
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 60'000);
  soc.count(-50'000, hour_ns);
  soc.set_empty();  // earlier than the counter says
  EXPECT_EQ(soc.full_mAh(), 60'000) << "learned only when it is full again";
  soc.count(51'000, hour_ns);
  soc.count(-3'000, hour_ns);
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 48'000);
  EXPECT_EQ(soc.soh_percent(), 80);
  EXPECT_EQ(soc.percent(), 100);
  soc.count(-24'000, hour_ns);
  EXPECT_EQ(soc.percent(), 50);
}

TEST(Soc, LearnsNothingFromHalfACycleOrFromNonsense) {
  Soc soc(of_60Ah());
  soc.set_full();
  soc.count(-30'000, hour_ns);
  soc.count(20'000, hour_ns);
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 60'000);
  soc.count(-4'000, hour_ns);
  soc.count(54'000, hour_ns);  // would be a sound capacity, but nothing was emptied
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 60'000);
  soc.set_empty();
  soc.count(17'999, hour_ns);  // below 30 %
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 60'000);
  soc.count(-60'000, hour_ns);
  soc.set_empty();
  soc.count(78'001, hour_ns);  // above 130 %
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 60'000);
}

TEST(Soc, SohIsAtMostAHundred) {
  Soc soc(of_60Ah());
  soc.set_empty();
  soc.count(66'000, hour_ns);
  soc.set_full();
  EXPECT_EQ(soc.full_mAh(), 66'000);
  EXPECT_EQ(soc.soh_percent(), 100);
}

TEST(Soc, ACycleIsOneTimeThatThePackBecameFull) {
  Soc soc(of_60Ah());
  soc.set_full();
  soc.set_full();
  EXPECT_EQ(soc.cycles(), 1u);
  soc.count(-3'000, hour_ns);  // 95 %
  soc.set_full();
  EXPECT_EQ(soc.cycles(), 1u);
  soc.count(-3'001, hour_ns);
  soc.set_full();
  EXPECT_EQ(soc.cycles(), 2u);
}

TEST(Soc, ThroughputCountsBothWays) {
  Soc soc(of_60Ah());
  soc.set_full();
  soc.count(-30'000, hour_ns);
  soc.count(10'000, hour_ns);
  EXPECT_EQ(soc.discharged_mAh(), 30'000);
  EXPECT_EQ(soc.throughput_mAh(), 40'000);
}

TEST(Soc, RemembersOverARestart) {
  Soc before(of_60Ah());
  before.set_empty();
  before.count(48'000, hour_ns);
  before.set_full();
  before.count(-12'000, hour_ns);
  Soc after(of_60Ah());
  after.resume(before.memory());
  EXPECT_TRUE(after.is_estimated());
  EXPECT_EQ(after.percent(), 75);
  EXPECT_EQ(after.full_mAh(), 48'000);
  EXPECT_EQ(after.cycles(), 1u);
  SocMemory mad;
  mad.charge_mAus = -1;
  after.resume(mad);
  EXPECT_EQ(after.remaining_mAh(), 0);
}

TEST(Soc, AnotherDesignCapacityForgetsWhatWasLearnedAndKeepsTheShare) {
  Soc soc = half_of_the_48Ah_it_learned();
  Settings larger = of_60Ah();
  soc.set_limits(larger);
  EXPECT_EQ(soc.full_mAh(), 48'000) << "nothing has changed";
  larger.set(Setting::capacity, 100'000);
  soc.set_limits(larger);
  EXPECT_EQ(soc.full_mAh(), 100'000);
  EXPECT_EQ(soc.percent(), 50);
}

TEST(Soc, AMemoryOfAnotherDesignCapacityKeepsTheShareAndForgetsWhatWasLearned) {
  const Soc before = half_of_the_48Ah_it_learned();
  Settings larger = of_60Ah();
  larger.set(Setting::capacity, 100'000);
  Soc after(larger);
  after.resume(before.memory());
  EXPECT_EQ(after.percent(), 50);
  EXPECT_EQ(after.full_mAh(), 100'000);
  SocMemory old = before.memory();
  old.design_mAus = 0;
  after.resume(old);
  EXPECT_EQ(after.full_mAh(), 48'000) << "what it was counted against is not known";
}

}  // namespace
}  // namespace jk::core
