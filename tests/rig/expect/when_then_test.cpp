// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

/// charge_fet falls this many nanoseconds after the limit was reached at 10 s.
Verdict reaction_after(std::int64_t delay_ns, double within_s = 5.2) {
  Bench bench;
  bench.source.hold("bms.cell[3].voltage", 3.4);
  bench.when("bms.cell[3].voltage >= 3.60 V", "charge_fet is off", within_s);
  bench.at(10, "bms.cell[3].voltage", 3.6).at_ns(10 * kSecond + delay_ns, "charge_fet", 0);
  return bench.only(60);
}

TEST(WhenThen, PassesInTimeWithTheTimeLeftAsMargin) {
  const auto verdict = reaction_after(5'020'000'000);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 5.02);
  EXPECT_DOUBLE_EQ(verdict.limit.value, 5.2);
  EXPECT_NEAR(verdict.margin.value, 0.18, 1e-12);
  EXPECT_NEAR(*verdict.margin_ratio, 0.18 / 5.2, 1e-12);
  EXPECT_EQ(verdict.t_worst_ns, 15'020'000'000);
  EXPECT_EQ(verdict.occurrences, 1u);
  EXPECT_EQ(verdict.violations, 0u);
  EXPECT_EQ(verdict.reason, "");
}

TEST(WhenThen, ExactlyAtTheLimitPasses) {
  const auto verdict = reaction_after(5'200'000'000);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.reason, "");
  EXPECT_EQ(verdict.margin.value, 0.0);
}

TEST(WhenThen, OneNanosecondLaterFails) {
  const auto verdict = reaction_after(5'200'000'001);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_NEAR(verdict.margin.value, -1e-9, 1e-15);
  EXPECT_EQ(verdict.violations, 1u);
}

TEST(WhenThen, ConditionThatNeverBecomesTrueIsNeverArmed) {
  Bench bench;
  bench.when("cell[1].voltage > 3.65 V", "charge_fet is off", 1);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_THAT(verdict.reason, testing::StartsWith("never armed"));
  EXPECT_EQ(verdict.occurrences, 0u);
  EXPECT_TRUE(std::isnan(verdict.measured.value));
  EXPECT_DOUBLE_EQ(verdict.limit.value, 1.0);
}

TEST(NeverArmed, SaysHowNearThePlantCame) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double t) { return t < 6 ? 3.3 + 0.05 * t : 3.6 - 0.1 * (t - 6); });
  bench.when("cell[1].voltage >= 3.65 V", "charge_fet is off", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: came nearest with 3.6000 V at 6.0000 s, 50.00 mV from 3.6500 V");
}

TEST(NeverArmed, SaysHowNearTheTelemetryCame) {
  Bench bench;
  bench.when("bms.soc < 20 %", "charge_fet is off", 1);
  bench.at(1, "bms.soc", 0.40).at(3, "bms.soc", 0.25).at(5, "bms.soc", 0.60);
  EXPECT_EQ(bench.only(10).reason, "never armed: came nearest with 25.000 % at 3.0000 s, 5.000 % from 20.000 %");
}

TEST(NeverArmed, ATemperatureIsShortByKelvins) {
  Bench bench;
  bench.when("mos.temperature > 75 degC", "charge_fet is off", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: came nearest with 30.000 degC at 0 s, 45.00 K from 75.000 degC");
}

TEST(NeverArmed, LooksOnlyIntoItsWindow) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.1 * t; });
  Claim& claim = bench.when("cell[1].voltage > 3.65 V", "charge_fet is off", 1);
  claim.after_s = 1;
  claim.until_s = 2;
  EXPECT_THAT(bench.only(10).reason, testing::HasSubstr("nearest with 3.4"));
}

TEST(NeverArmed, ToldWhenTheConditionDidNotLast) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double t) { return t < 5 ? 3.3 + 0.1 * t : 3.8 - 0.1 * (t - 5); });
  bench.when("cell[1].voltage > 3.7 V", "charge_fet is off", 1).when_holds_for_s = 5;
  EXPECT_EQ(bench.only(10).reason, "never armed: its condition was true at 5.0000 s, but never for 5.0000 s");
}

TEST(NeverArmed, ToldWhenTheConditionLastedPastTheWindow) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double t) { return t < 3 ? 3.3 : 3.8; });
  Claim& claim = bench.when("cell[1].voltage > 3.7 V", "charge_fet is off", 1);
  claim.when_holds_for_s = 5;
  claim.until_s = 6;
  EXPECT_EQ(
      bench.only(10).reason,
      "never armed: its condition had held for 5.0000 s only at 8.0000 s, behind the end of its window at 6.0000 s");
}

TEST(NeverArmed, WhatBeganBehindTheWindowIsNotLate) {
  Bench bench;
  Claim& claim = bench.when("bms.alarm.any is on", "charge_fet is off", 1);
  claim.when_holds_for_s = 1;
  claim.until_s = 4;
  bench.source.hold("bms.alarm.any", 0);
  bench.at(5, "bms.alarm.any", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: its condition never came true");
}

TEST(NeverArmed, ToldWhenNothingWasKnown) {
  Bench bench;
  bench.when("bms.soc < 20 %", "charge_fet is off", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: nothing was known of its condition");
}

TEST(NeverArmed, IsAllThereIsToSayOfAConditionOfSeveralParts) {
  Bench bench;
  bench.when("cell[1].voltage > 3.65 V and charge_fet is on", "charge_fet is off", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: its condition never came true");
}

TEST(WhenThen, TrueAtTheStartArms) {
  Bench bench;
  bench.when("charge_gate is on", "charge_fet is off", 3);
  bench.at(2.5, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 2.5);
}

TEST(WhenThen, AlreadySatisfiedCountsAsNoDelay) {
  Bench bench;
  bench.when("charge_gate is off", "charge_fet is on", 1);
  bench.at(9.9, "charge_gate", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.measured.value, 0.0);
}

TEST(WhenThen, TimeRunsFromTheRisingEdgeNotFromTheFallingOne) {
  Bench bench;
  bench.when("charge_gate is off", "charge_fet is off", 2);
  bench.at(4.0, "charge_gate", 0).at(5.0, "charge_gate", 1).at(6.5, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 2.5);
}

TEST(WhenThen, EachOccurrenceIsJudgedAndTheWorstIsShown) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet turns off", 1.0);
  bench.at(1.0, "charge_gate", 0).at(1.2, "charge_fet", 0);  // 0.2 s
  bench.at(2.0, "charge_gate", 1).at(2.1, "charge_fet", 1);
  bench.at(3.0, "charge_gate", 0).at(4.3, "charge_fet", 0);  // 1.3 s
  bench.at(5.0, "charge_gate", 1).at(5.1, "charge_fet", 1);
  bench.at(6.0, "charge_gate", 0).at(6.5, "charge_fet", 0);  // 0.5 s
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.occurrences, 3u);
  EXPECT_EQ(verdict.violations, 1u);
  EXPECT_NEAR(verdict.measured.value, 1.3, 1e-12);
  EXPECT_EQ(verdict.t_worst_ns, 4'300'000'000);
}

TEST(WhenThen, OccurrencesThatWaitTogetherAreAllCounted) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 2.0);
  for (const double t : {1.0, 2.0, 3.0, 8.0}) bench.at(t, "charge_gate", 0).at(t + 0.5, "charge_gate", 1);
  bench.at(9.0, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.occurrences, 4u);
  EXPECT_EQ(verdict.violations, 3u);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 8.0);
}

TEST(WhenThen, ARunThatEndsTooEarlyIsNoPass) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 5.2);
  bench.at(9.7, "charge_gate", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "the run ended 300.00 ms after it armed");
  EXPECT_DOUBLE_EQ(verdict.measured.value, 0.3);
  EXPECT_NEAR(verdict.margin.value, -4.9, 1e-12) << "the time that was missing";
  EXPECT_EQ(verdict.violations, 1u);
}

TEST(WhenThen, ARunThatEndsAtTheDeadlineIsNoPassEither) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 0.3);
  bench.at(9.7, "charge_gate", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_LT(verdict.margin.value, 0.0);
}

TEST(WhenThen, SatisfiedAtTheLastInstantIsAPass) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 0.3);
  bench.at(9.7, "charge_gate", 0).at(10.0, "charge_fet", 0);
  EXPECT_EQ(bench.only(10).result, Result::pass);
}

TEST(WhenThen, NotTrueToTheEndShowsHowLongWasWaited) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 1.0);
  bench.at(2.0, "charge_gate", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 8.0);
  EXPECT_DOUBLE_EQ(verdict.margin.value, -7.0);
  EXPECT_EQ(verdict.t_worst_ns, 3 * kSecond);
  EXPECT_EQ(verdict.reason, "not true until the end of the run, 8.0000 s after it armed at 2.0000 s; limit 1.0000 s");
}

TEST(WhenThen, EdgesAreTrueOnlyAtTheirInstant) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet turns off", 1.0);
  bench.at(1.0, "charge_fet", 0).at(2.0, "charge_gate", 0);  // already off: does not turn off again
  EXPECT_EQ(bench.only(10).result, Result::fail);
}

TEST(WhenThen, EdgesOfOneInstantMeet) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet turns off", 1.0);
  bench.at(2.0, "charge_gate", 0).at(2.0, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.measured.value, 0.0);
}

TEST(WhenThen, WhatTheRunStartsWithIsNoEdge) {
  Bench bench;
  bench.when("charge_gate turns on", "charge_fet is on", 1.0);
  EXPECT_EQ(bench.only(10).reason, "never armed: its condition never came true");
}

TEST(NotBefore, TooEarlyFailsAndOnTimePasses) {
  for (const std::int64_t delay : {1'999'999'999, 2'000'000'000}) {
    Bench bench;
    bench.when("charge_gate turns off", "charge_fet is off", 5.0).not_before_s = 2.0;
    bench.at(1.0, "charge_gate", 0).at_ns(kSecond + delay, "charge_fet", 0);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, delay < 2 * kSecond ? Result::fail : Result::pass);
    EXPECT_EQ(verdict.reason.empty(), verdict.result == Result::pass) << verdict.reason;
    EXPECT_DOUBLE_EQ(verdict.limit.value, 2.0) << "the nearer of the two limits";
    EXPECT_NEAR(verdict.margin.value, static_cast<double>(delay) * 1e-9 - 2.0, 1e-15);
  }
}

TEST(NotBefore, ShowsTheUpperLimitWhenThatIsNearer) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 5.0).not_before_s = 2.0;
  bench.at(1.0, "charge_gate", 0).at(5.5, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_DOUBLE_EQ(verdict.limit.value, 5.0);
  EXPECT_DOUBLE_EQ(verdict.margin.value, 0.5);
}

TEST(ForAtLeast, MustStayTrueThatLong) {
  for (const std::int64_t stays : {2'999'999'999, 3'000'000'000}) {
    Bench bench;
    bench.when("charge_gate turns off", "charge_fet is off", 1.0).for_at_least_s = 3.0;
    bench.at(1.0, "charge_gate", 0).at(1.5, "charge_fet", 0).at_ns(1'500'000'000 + stays, "charge_fet", 1);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, stays < 3 * kSecond ? Result::fail : Result::pass);
    EXPECT_DOUBLE_EQ(verdict.limit.value, stays < 3 * kSecond ? 3.0 : 1.0);
  }
}

TEST(ForAtLeast, AnEdgeMeansTheStateAfterIt) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet turns off", 1.0).for_at_least_s = 3.0;
  bench.at(1.0, "charge_gate", 0).at(1.5, "charge_fet", 0).at(5.0, "charge_fet", 1);
  EXPECT_EQ(bench.only(10).result, Result::pass);
}

TEST(ForAtLeast, ChatterIsAViolationEvenIfItSettlesInTime) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 5.0).for_at_least_s = 2.0;
  bench.at(1.0, "charge_gate", 0).at(1.1, "charge_fet", 0).at(1.2, "charge_fet", 1).at(1.3, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_NEAR(verdict.measured.value, 0.1, 1e-12);
}

TEST(ForAtLeast, ARunThatEndsTooEarlyIsNoPass) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet is off", 1.0).for_at_least_s = 3.0;
  bench.at(7.0, "charge_gate", 0).at(7.5, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "the run ended 2.5000 s after it became true");
}

TEST(WhenHoldsFor, ArmsOnlyAfterThatTimeAndCountsFromThere) {
  Bench bench;
  bench.when("charge_gate is off", "charge_fet is off", 1.0).when_holds_for_s = 2.0;
  bench.at(1.0, "charge_gate", 0).at(2.0, "charge_gate", 1);  // too short
  bench.at(4.0, "charge_gate", 0).at(6.75, "charge_fet", 0);  // arms at 6 s
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.occurrences, 1u);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 0.75);
}

TEST(WhenHoldsFor, ExactlyThatLongArmsAndOneNanosecondLessDoesNot) {
  for (const std::int64_t length : {1'999'999'999, 2'000'000'000}) {
    Bench bench;
    bench.when("charge_gate is off", "charge_fet is on", 1.0).when_holds_for_s = 2.0;
    bench.at(1.0, "charge_gate", 0).at_ns(kSecond + length, "charge_gate", 1);
    EXPECT_EQ(bench.only(10).occurrences, length < 2 * kSecond ? 0u : 1u);
  }
}

TEST(WhenHoldsFor, WhatHappenedWhileItHeldIsSeenInOrder) {
  Bench bench;  // charge_fet is off only before the claim arms at 3 s, and again too late
  bench.when("charge_gate is off", "charge_fet is off", 1.0).when_holds_for_s = 2.0;
  bench.at(1.0, "charge_gate", 0).at(1.5, "charge_fet", 0).at(2.5, "charge_fet", 1).at(4.5, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 1.5);
}

TEST(WhenThen, OfEqualDelaysTheFirstIsShown) {
  Bench bench;
  bench.when("charge_gate turns off", "charge_fet turns off", 2);
  for (const double t : {2.0, 6.0}) {
    bench.at(t, "charge_gate", 0).at(t + 1, "charge_fet", 0);
    bench.at(t + 2, "charge_gate", 1).at(t + 3, "charge_fet", 1);
  }
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.occurrences, 2u);
  EXPECT_EQ(verdict.t_worst_ns, 3 * kSecond);
}

/// Both ends are crossings: 1 uV on 1 mV/s is 1 ms, on 2 mV/s half of it.
TEST(WhenThen, ADelayBetweenTwoCrossingsIsAsCoarseAsBothTogether) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.001 * t; });
  bench.source.plant("cell[2].voltage", [](double t) { return 3.3 - 0.002 * t; });
  bench.when("cell[1].voltage > 3.305 V", "cell[2].voltage < 3.285 V", 5);
  const auto verdict = bench.only(10);
  EXPECT_NEAR(verdict.measured.value, 2.5, 1e-5);
  EXPECT_NEAR(verdict.resolution, 1e-3 + 0.5e-3, 1e-6);
}

TEST(WhenThen, OnlyEdgesInsideTheWindowArmButJudgementGoesOn) {
  Bench bench;
  Claim& claim = bench.when("charge_gate turns off", "charge_fet turns off", 1.0);
  claim.after_s = 2.0;
  claim.until_s = 5.0;
  bench.at(1.0, "charge_gate", 0).at(1.5, "charge_gate", 1);
  bench.at(4.5, "charge_gate", 0).at(4.7, "charge_gate", 1).at(5.4, "charge_fet", 0);
  bench.at(5.0, "charge_gate", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.occurrences, 1u);
  EXPECT_NEAR(verdict.measured.value, 0.9, 1e-12);
}

TEST(WhenThen, APlantCrossingIsDatedBetweenTheChanges) {
  Bench bench;
  bench.when("max(cell.voltage) >= 3.60 V", "charge_fet is off", 5.2);
  bench.source.plant("cell[3].voltage", [](double t) { return 3.3 + 0.4 * (1 - std::exp(-t / 20.0)); });
  const double t_cross = -20.0 * std::log(1 - 0.3 / 0.4);
  bench.at(t_cross + 5.0, "charge_fet", 0);
  const auto verdict = bench.only(60);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 5.0, 5e-9);
}

TEST(WhenThen, StatesHowExactlyTheInstantsAreKnown) {
  Bench bench;
  bench.limits.telemetry_wire_s = 0.025;
  bench.source.hold("bms.alarm.cell_overvoltage", 0);
  bench.when("charge_gate turns off", "charge_fet turns off", 1.0);
  bench.when("charge_gate turns off", "bms.alarm.cell_overvoltage", 1.0);
  bench.when("cell[1].voltage >= 3.35 V", "charge_fet is off", 8.0);
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.0015 * t * 10; });
  bench.at(4.0, "charge_gate", 0).at(4.1, "charge_fet", 0).at(4.2, "bms.alarm.cell_overvoltage", 1);
  const auto verdicts = bench.run(10);
  EXPECT_DOUBLE_EQ(verdicts[0].resolution, 1e-6);
  EXPECT_DOUBLE_EQ(verdicts[1].resolution, 0.025);
  EXPECT_NEAR(verdicts[2].resolution, 1e-6 / 0.015, 1e-9) << "1 uV on a slope of 15 mV/s";
}

}  // namespace
}  // namespace rig::expect::test
