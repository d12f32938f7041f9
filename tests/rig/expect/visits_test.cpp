// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/visits.hpp"

#include <gtest/gtest.h>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

/// Charging current in steps against a limit of 50 A with a delay of 2 s; the gate stays on unless a test says else.
class CurrentSteps : public testing::Test {
 public:
  CurrentSteps() {
    bench_.always("ambient < 200 degC").protection = "charge_overcurrent";
    bench_.source.plant("ambient", [](double) { return 25.0; });
    bench_.limits.settings = {{"charge_ocp", 50}, {"charge_ocp_delay", 2}};
    bench_.source.hold("bms.alarm.charge_overcurrent", 0);
  }
  CurrentSteps& step(double seconds, double current_A) {
    bench_.plant_at(seconds, "port.current", [=](double) { return current_A; });
    return *this;
  }
  ProtectionTimeline run(double seconds = 20) { return bench_.only(seconds).timeline.value(); }
  Bench bench_;
};

TEST_F(CurrentSteps, SettingAndDelayAreThoseOfTheBoard) {
  const ProtectionTimeline timeline = run();
  EXPECT_EQ(timeline.setting, 50);
  EXPECT_EQ(timeline.peak_dimension, scenario::Dimension::current);
  EXPECT_EQ(timeline.delay_s, 2.0);
  bench_.limits.settings.pop_back();
  EXPECT_EQ(run().delay_s, std::nullopt);
}

TEST_F(CurrentSteps, WhatEndsWithTheGateOnIsForgiven) {
  step(1, 50).step(2.5, 40).step(5, 60).step(6.9, 0);
  const ProtectionTimeline timeline = run();
  EXPECT_EQ(timeline.forgiven, 2U);
  EXPECT_EQ(timeline.longest_forgiven_ns, ns(1.9));
  EXPECT_EQ(timeline.trips, 0U);
  EXPECT_EQ(timeline.t_act, -1);
}

TEST_F(CurrentSteps, WhatStillLastsAtTheEndIsNotForgiven) {
  step(1, 60);
  EXPECT_EQ(run().forgiven, 0U);
}

TEST_F(CurrentSteps, ATripIsNotForgiven) {
  step(1, 60);
  bench_.at(3, "charge_gate", 0);
  step(3.001, 0);
  const ProtectionTimeline timeline = run();
  EXPECT_EQ(timeline.trips, 1U);
  EXPECT_EQ(timeline.forgiven, 0U);
  EXPECT_EQ(timeline.t_back, ns(3.001));
  EXPECT_EQ(timeline.t_release, -1);
}

TEST_F(CurrentSteps, ACurrentThatEndsWithTheGateIsATripToo) {
  step(1, 60).step(3, 0);
  bench_.at(3, "charge_gate", 0);
  EXPECT_EQ(run().trips, 1U);
}

TEST_F(CurrentSteps, WithinOnePercentBelowTheLimitIsNear) {
  step(1, 49.4).step(4, 49.6).step(9, 49.4).step(12, 49.51).step(13, 50);
  const ProtectionTimeline timeline = run();
  EXPECT_EQ(timeline.longest_near_ns, ns(5));
  bench_.at(5, "charge_gate", 0).at(11, "charge_gate", 1);
  EXPECT_EQ(run().longest_near_ns, ns(1)) << "with the gate off nothing is borne";
}

TEST_F(CurrentSteps, NearToTheEndOfTheRunCounts) {
  step(4, 49.9);
  EXPECT_EQ(run(10).longest_near_ns, ns(6));
}

TEST_F(CurrentSteps, ReleaseIsTheGateOnAndTheFlagOff) {
  step(1, 60);
  bench_.at(3, "charge_gate", 0).at(3.2, "bms.alarm.charge_overcurrent", 1);
  step(3.001, -20);
  bench_.at(5, "charge_gate", 1).at(7, "charge_gate", 0);  // the other way through the bank, not a release
  bench_.at(9, "charge_gate", 1).at(9.2, "bms.alarm.charge_overcurrent", 0);
  step(10, 60);
  bench_.at(12, "charge_gate", 0);
  const ProtectionTimeline timeline = run();
  EXPECT_EQ(timeline.t_back, ns(3.001));
  EXPECT_EQ(timeline.t_release, ns(9.2));
  EXPECT_EQ(timeline.trips, 2U);
}

TEST(PackVoltages, ASettingOfZeroIsThatOfEachCell) {
  Bench bench;
  bench.always("ambient < 200 degC").protection = "pack_overvoltage";
  bench.source.plant("ambient", [](double) { return 25.0; });
  bench.limits.settings = {{"pack_ovp", 0}, {"cell_ovp", 3.5}, {"cell_ovp_delay", 5}};
  EXPECT_EQ(bench.only(3).timeline->setting, 14.0);
  bench.limits.settings[0].second = 13.9;
  EXPECT_EQ(bench.only(3).timeline->setting, 13.9);
}

TEST(Temperatures, OneKelvinIsNear) {
  Bench bench;
  bench.always("ambient < 200 degC").protection = "charge_undertemperature";
  bench.source.plant("ambient", [](double) { return 25.0; });
  bench.limits.settings = {{"charge_utp", -20}, {"temperature_delay", 2}};
  bench.source.plant("cell[2].temperature", [](double t) { return -15 - t; });
  EXPECT_NEAR(static_cast<double>(bench.only(20).timeline->longest_near_ns), 1e9, 10);
}

}  // namespace
}  // namespace rig::expect::test
