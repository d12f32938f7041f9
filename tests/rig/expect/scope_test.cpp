// SPDX-License-Identifier: Apache-2.0
// after: and until: with conditions, between: every stretch.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

class ScopeTest : public testing::Test {
 protected:
  void window(Claim& claim, const char* opens, const char* closes, bool each = false) {
    if (opens != nullptr) claim.opens = bench_.expression(opens);
    if (closes != nullptr) claim.closes = bench_.expression(closes);
    claim.each_stretch = each;
  }
  Bench bench_;
};

TEST_F(ScopeTest, UntilAConditionPHoldsAndMayEndWithIt) {
  for (const double off : {4.0, 3.999999999}) {
    Bench bench;
    bench.always("discharge_fet is on").closes = bench.expression("charge_fet is off");
    bench.at(4, "charge_fet", 0).at(off, "discharge_fet", 0);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, off < 4 ? Result::fail : Result::pass) << verdict.reason;
    EXPECT_EQ(verdict.occurrences, 1u);
  }
}

TEST_F(ScopeTest, UntilMustCome) {
  window(bench_.always("discharge_fet is on"), nullptr, "charge_fet is off");
  const auto verdict = bench_.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "\"charge_fet is off\" never came, from 0 s on");
  EXPECT_EQ(verdict.violations, 1u);
}

TEST_F(ScopeTest, UntilTrueFromTheBeginningIsAnEmptyWindow) {
  window(bench_.always("discharge_fet is on"), nullptr, "charge_fet is on");
  EXPECT_EQ(bench_.only(10).reason.find("judged over an empty window: \"charge_fet is on\""), 0u);
}

TEST_F(ScopeTest, UntilAtTheVeryEndOfTheRunHasCome) {
  window(bench_.always("discharge_fet is on"), nullptr, "charge_fet is off");
  bench_.at(10, "charge_fet", 0);
  EXPECT_EQ(bench_.only(10).result, Result::pass);
}

TEST_F(ScopeTest, AfterAConditionOnlyWhatFollowsCounts) {
  window(bench_.always("discharge_fet is on"), "charge_fet turns off", nullptr);
  bench_.at(1, "discharge_fet", 0).at(2, "discharge_fet", 1).at(4, "charge_fet", 0).at(5, "charge_fet", 1);
  EXPECT_EQ(bench_.only(10).result, Result::pass);
  bench_.at(9, "discharge_fet", 0);
  const auto verdict = bench_.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 1);
}

TEST_F(ScopeTest, AfterWhatNeverCameIsNeverArmed) {
  window(bench_.always("discharge_fet is on"), "charge_fet turns off", nullptr);
  EXPECT_EQ(bench_.only(10).reason, "never armed: \"charge_fet turns off\" never came");
}

/// A sine of 10 s: 3.2 V to 3.4 V; the window is where cell 2 is above 3.35 V.
TEST_F(ScopeTest, OpensAndClosesAtTheCrossingsOfAPlantSignal) {
  const auto sine = [](double t) { return 3.3 + 0.1 * std::sin(2 * 3.14159265358979323846 * t / 10); };
  bench_.source.plant("cell[2].voltage", sine);
  bench_.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.01 * t; });
  window(bench_.always("cell[1].voltage < 3.5 V"), "cell[2].voltage > 3.35 V", "cell[2].voltage < 3.35 V");
  const auto once = bench_.only(30);
  EXPECT_EQ(once.result, Result::pass) << once.reason;
  EXPECT_NEAR(once.measured.value, 3.3 + 0.01 * 25.0 / 6, 1e-8);  // sin = 1/2 again at 150 degrees
  bench_.claims[0].each_stretch = true;
  const auto each = bench_.only(30);
  EXPECT_EQ(each.occurrences, 3u);
  EXPECT_NEAR(each.measured.value, 3.3 + 0.01 * (20 + 25.0 / 6), 1e-8);
  EXPECT_EQ(each.result, Result::fail) << "3.5417 V in the third";
}

TEST_F(ScopeTest, AnExtremumInsideCountsAndOneOutsideDoesNot) {
  const auto bump = [](double centre) {
    return [centre](double t) { return 3.3 + 0.2 * std::exp(-(t - centre) * (t - centre) / 0.5); };
  };
  bench_.source.plant("cell[1].voltage", bump(2));
  bench_.source.plant("cell[2].voltage", bump(4.85));
  bench_.source.plant("cell[3].voltage", [](double t) { return 3.0 + 0.1 * t; });
  window(bench_.always("cell[1].voltage < 3.4 V"), "cell[3].voltage > 3.47 V", "cell[3].voltage > 3.9 V");
  window(bench_.always("cell[2].voltage < 3.9 V"), "cell[3].voltage > 3.47 V", "cell[3].voltage > 3.9 V");
  const auto verdicts = bench_.run(10);
  EXPECT_EQ(verdicts[0].result, Result::pass);
  EXPECT_NEAR(verdicts[1].measured.value, 3.5, 1e-6);
  EXPECT_NEAR(verdicts[1].margin.value, 0.4, 1e-6);
}

TEST_F(ScopeTest, BetweenJudgesEveryStretchAndShowsTheWorst) {
  Claim& claim = bench_.eventually("bms.alarm.any is on", 1.0);
  window(claim, "charge_fet turns off", "charge_fet turns on", true);
  bench_.source.hold("bms.alarm.any", 0);
  for (const double t : {10.0, 20.0, 30.0}) {
    bench_.at(t, "charge_fet", 0).at(t + 5, "charge_fet", 1).at(t + 6, "bms.alarm.any", 0);
  }
  bench_.at(10.5, "bms.alarm.any", 1).at(20.9, "bms.alarm.any", 1).at(30.2, "bms.alarm.any", 1);
  const auto good = bench_.only(40);
  EXPECT_EQ(good.result, Result::pass) << good.reason;
  EXPECT_EQ(good.occurrences, 3u);
  EXPECT_NEAR(good.margin.value, 0.1, 1e-9);
  bench_.at(20.9, "bms.alarm.any", 0).at(21.5, "bms.alarm.any", 1);
  const auto bad = bench_.only(40);
  EXPECT_EQ(bad.result, Result::fail);
  EXPECT_EQ(bad.violations, 1u);
  EXPECT_EQ(
      bad.reason,
      "true only at 21.500 s, 1.5000 s after the begin of the window; limit 1.0000 s, in the stretch from 20.000 s "
      "to 25.000 s (1 of 3 failed)");
}

/// The first stretch fails with a figure, the second without one.
TEST_F(ScopeTest, BetweenAStretchOfWhichNothingIsKnownIsTheWorst) {
  window(bench_.eventually("bms.alarm.any is on", 1.0), "charge_fet turns off", "charge_fet turns on", true);
  bench_.source.hold("bms.alarm.any", 0);
  bench_.at(10, "charge_fet", 0).at(12, "bms.alarm.any", 1).at(13, "bms.alarm.any", kUnknown);
  bench_.at(15, "charge_fet", 1).at(20, "charge_fet", 0).at(25, "charge_fet", 1);
  EXPECT_EQ(bench_.only(40).reason,
            "never judged: no value was known in the whole window, in the stretch from 20.000 s to 25.000 s (2 of 2 "
            "failed)");
}

TEST_F(ScopeTest, BetweenWithoutACompleteStretchFails) {
  window(bench_.always("discharge_fet is on"), "charge_fet turns off", "charge_fet turns on", true);
  EXPECT_EQ(bench_.only(10).reason, "never armed: \"charge_fet turns off\" never came");
  bench_.at(0, "charge_fet", 1).at(4, "charge_fet", 0);
  EXPECT_EQ(bench_.only(10).reason, "\"charge_fet turns on\" never came, from 4.0000 s on");
  bench_.at(5, "charge_fet", 1).at(8, "charge_fet", 0);
  EXPECT_EQ(bench_.only(10).result, Result::pass) << "the last one lasts to the end of the run";
}

TEST_F(ScopeTest, BetweenTheSameInstantsOneEndsWhereTheNextBegins) {
  window(bench_.holds("bms.alarm.any is on", 1), "charge_fet turns off", "charge_fet turns off", true);
  bench_.source.hold("bms.alarm.any", 0);
  for (const double t : {2.0, 4.0, 6.0}) bench_.at(t, "charge_fet", 0).at(t + 1, "charge_fet", 1);
  bench_.at(2.5, "bms.alarm.any", 1);
  const auto verdict = bench_.only(8);
  EXPECT_EQ(verdict.occurrences, 3u);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.margin.value, 0.5, 1e-9);
}

TEST_F(ScopeTest, TimesBoundTheWindowFromOutside) {
  Claim& claim = bench_.always("discharge_fet is on");
  window(claim, "charge_fet is off", "charge_fet is on", true);
  claim.after_s = 5;
  claim.until_s = 9;
  bench_.at(1, "charge_fet", 0).at(2, "charge_fet", 1).at(6, "charge_fet", 0).at(7, "charge_fet", 1);
  bench_.at(8.5, "charge_fet", 0).at(1.5, "discharge_fet", 0).at(1.8, "discharge_fet", 1).at(9, "discharge_fet", 0);
  const auto verdict = bench_.only(10);
  EXPECT_EQ(verdict.result, Result::pass) << verdict.reason;
  EXPECT_EQ(verdict.occurrences, 2u);
}

TEST_F(ScopeTest, WhenArmsInsideAndIsJudgedBehindIt) {
  window(bench_.when("bms.alarm.any turns on", "charge_fet is off", 3), "discharge_fet turns off",
         "discharge_fet turns on", true);
  bench_.source.hold("bms.alarm.any", 0);
  bench_.at(1, "bms.alarm.any", 1).at(2, "bms.alarm.any", 0);  // outside: nobody asks
  bench_.at(10, "discharge_fet", 0).at(11, "bms.alarm.any", 1).at(12, "discharge_fet", 1);
  bench_.at(13, "charge_fet", 0).at(14, "bms.alarm.any", 0).at(15, "bms.alarm.any", 1);
  const auto verdict = bench_.only(30);
  EXPECT_EQ(verdict.result, Result::pass) << verdict.reason;
  EXPECT_EQ(verdict.occurrences, 1u);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 2);
}

TEST_F(ScopeTest, WhatWhenHeldForLongEnoughOnlyBehindTheWindowDoesNotArm) {
  for (const double off : {12.0, 12.000000001}) {
    Bench bench;
    Claim& claim = bench.when("bms.alarm.any is on", "charge_fet is on", 3);
    claim.when_holds_for_s = 2;
    claim.opens = bench.expression("discharge_fet turns off");
    claim.closes = bench.expression("discharge_fet turns on");
    bench.source.hold("bms.alarm.any", 0);
    bench.at(9, "discharge_fet", 0).at(10, "bms.alarm.any", 1).at(off, "discharge_fet", 1);
    EXPECT_EQ(bench.only(30).result, off > 12 ? Result::pass : Result::fail);
  }
}

}  // namespace
}  // namespace rig::expect::test
