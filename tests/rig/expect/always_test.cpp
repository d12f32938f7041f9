// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

TEST(Always, PassesWithTheSmallestDistanceToTheLimit) {
  Bench bench;
  bench.always("max(cell.voltage) < 3.80 V");
  bench.source.plant("cell[3].voltage", [](double t) { return 3.7 - 0.1 * (t - 4.321) * (t - 4.321); });
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.reason, "");
  EXPECT_NEAR(verdict.measured.value, 3.7, 1e-8);
  EXPECT_EQ(verdict.measured.dimension, scenario::Dimension::voltage);
  EXPECT_DOUBLE_EQ(verdict.limit.value, 3.8);
  EXPECT_NEAR(verdict.margin.value, 0.1, 1e-8);
  ASSERT_TRUE(verdict.margin_ratio);
  EXPECT_NEAR(*verdict.margin_ratio, 0.1 / 3.8, 1e-8);
  EXPECT_NEAR(static_cast<double>(verdict.t_worst_ns), 4.321e9, 1e6);
  EXPECT_EQ(verdict.worst_element, "cell[3]");
  EXPECT_DOUBLE_EQ(verdict.resolution, 1e-6);
  EXPECT_EQ(verdict.occurrences, 1u);
  EXPECT_EQ(verdict.violations, 0u);
}

TEST(Always, FailsWithTheDeepestViolationAndCountsAll) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V");
  bench.source.plant("cell[1].voltage", [](double t) {
    return 3.6 + 0.06 * std::exp(-(t - 2) * (t - 2)) + 0.10 * std::exp(-(t - 8) * (t - 8));
  });
  const auto verdict = bench.only(12);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.violations, 2u);
  EXPECT_NEAR(verdict.measured.value, 3.70, 1e-8);
  EXPECT_NEAR(verdict.margin.value, -0.05, 1e-8);
  EXPECT_NEAR(static_cast<double>(verdict.t_worst_ns), 8e9, 1e6);
  EXPECT_EQ(verdict.worst_element, "cell[1]") << "the only one that the claim names";
  EXPECT_NE(verdict.reason.find(", limit < 3.6500 V; violated for"), std::string::npos) << verdict.reason;
}

TEST(Always, StrictFailsAtTheLimitAndOrEqualPasses) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V");
  bench.always("cell[1].voltage <= 3.65 V");
  bench.always("cell[1].voltage > 3.65 V");
  bench.always("cell[1].voltage >= 3.65 V");
  bench.source.plant("cell[1].voltage", [](double) { return 3.65; });
  const auto verdicts = bench.run(3);
  EXPECT_EQ(verdicts[0].result, Result::fail);
  EXPECT_EQ(verdicts[1].result, Result::pass);
  EXPECT_EQ(verdicts[2].result, Result::fail);
  EXPECT_EQ(verdicts[3].result, Result::pass);
  for (const auto& verdict : verdicts) EXPECT_EQ(verdict.margin.value, 0.0);
}

TEST(Always, TheLimitMayStandOnTheLeft) {
  Bench bench;
  bench.always("3.65 V > cell[1].voltage");
  const auto verdict = bench.only(1);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 3.3);
  EXPECT_DOUBLE_EQ(verdict.limit.value, 3.65);
  EXPECT_NEAR(verdict.margin.value, 0.35, 1e-12);
}

TEST(Always, AnExcursionShorterThanTheIntervalIsSeen) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V");
  // 0.4 mV over the limit for some 20 ms in the middle of an interval of 2 s
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6504 - 4.0 * (t - 0.9137) * (t - 0.9137); });
  const auto verdict = bench.only(2, 2.0);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_NEAR(verdict.margin.value, -0.0004, 1e-8);
}

TEST(Always, AFastTransientAfterAJumpIsSeen) {
  Bench bench;
  bench.always("port.current > -500 A");
  bench.plant_at(1.0, "port.current", [](double t) {  // two time constants, 2 ms and 1 ms: peak -500.3 A after 1.4 ms
    return -2001.2 * (std::exp(-(t - 1) / 0.002) - std::exp(-(t - 1) / 0.001)) - 2;
  });
  const auto verdict = bench.only(1.3);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_NEAR(verdict.measured.value, -502.3, 1e-3);
  EXPECT_NEAR(static_cast<double>(verdict.t_worst_ns), 1e9 + 0.002 * std::log(2.0) * 1e9, 2e4);
}

TEST(Always, BothSidesOfAJumpAreJudged) {
  Bench bench;
  bench.always("port.current < 100 A");
  bench.source.plant("port.current", [](double t) { return 110 * t; });  // 99 A just before the jump
  bench.plant_at(0.9, "port.current", [](double) { return 20.0; });
  bench.plant_at(1.5, "port.current", [](double t) { return t < 1.5 + 1e-12 ? 101.0 : 101.0 - 200 * (t - 1.5); });
  const auto verdict = bench.only(2);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 101.0);
  EXPECT_EQ(verdict.t_worst_ns, 1'500'000'000);
}

TEST(Always, OverABitIsMeasuredInTime) {
  Bench bench;
  bench.always("discharge_fet is on");
  bench.at(3.0, "discharge_fet", 0)
      .at(3.5, "discharge_fet", 1)
      .at(6.0, "discharge_fet", 0)
      .at(8.25, "discharge_fet", 1);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 2.25);
  EXPECT_EQ(verdict.measured.dimension, scenario::Dimension::time);
  EXPECT_EQ(verdict.limit.value, 0.0);
  EXPECT_DOUBLE_EQ(verdict.margin.value, -2.25);
  EXPECT_FALSE(verdict.margin_ratio);
  EXPECT_EQ(verdict.t_worst_ns, 6 * kSecond);
  EXPECT_EQ(verdict.violations, 2u);
  EXPECT_DOUBLE_EQ(verdict.resolution, 1e-6);
  EXPECT_EQ(verdict.reason, "false for 2.2500 s from 6.0000 s on, the longest of 2 times");
}

TEST(Always, OverABitThatNeverFallsPassesWithNoTimeViolated) {
  Bench bench;
  bench.always("discharge_fet is on");
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.measured.value, 0.0);
  EXPECT_EQ(verdict.margin.value, 0.0);
}

TEST(Always, AViolationAtTheVeryLastInstantCounts) {
  Bench bench;
  bench.always("discharge_fet is on");
  bench.at(10.0, "discharge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.measured.value, 1e-9) << "an instant counts as a nanosecond";
  EXPECT_EQ(verdict.margin.value, -1e-9);
  EXPECT_EQ(verdict.t_worst_ns, 10 * kSecond);
}

TEST(Always, OfEqualViolationsTheFirstIsShown) {
  Bench bench;
  bench.always("discharge_fet is on");
  bench.always("bms.cell[1].voltage < 3.5 V");
  bench.source.hold("bms.cell[1].voltage", 3.4);
  for (const double t : {2.0, 6.0}) {
    bench.at(t, "discharge_fet", 0).at(t + 1, "discharge_fet", 1);
    bench.at(t, "bms.cell[1].voltage", 3.6).at(t + 1, "bms.cell[1].voltage", 3.4);
  }
  for (const Verdict& verdict : bench.run(10)) {
    EXPECT_EQ(verdict.violations, 2u);
    EXPECT_EQ(verdict.t_worst_ns, 2 * kSecond) << verdict.reason;
  }
}

TEST(Always, TheComparisonThatDecidedGivesTheMargin) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V and mos.temperature < 90 degC");
  bench.always("cell[1].voltage < 3.65 V or mos.temperature < 90 degC");
  bench.always("charge_fet is on and mos.temperature < 90 degC");
  bench.always("charge_fet is on or mos.temperature < 20 degC");
  bench.source.plant("mos.temperature", [](double t) { return 80 + t; });
  const auto verdicts = bench.run(12);
  EXPECT_EQ(verdicts[0].result, Result::fail);
  EXPECT_NEAR(verdicts[0].measured.value, 92.0, 1e-9);
  EXPECT_NEAR(verdicts[0].margin.value, -2.0, 1e-9);
  EXPECT_EQ(verdicts[0].margin.dimension, scenario::Dimension::temperature_difference);
  EXPECT_FALSE(verdicts[0].margin_ratio) << "degrees Celsius have no zero to relate to";
  EXPECT_EQ(verdicts[1].result, Result::pass);
  EXPECT_NEAR(verdicts[1].margin.value, 0.35, 1e-9);
  EXPECT_EQ(verdicts[2].result, Result::fail);
  EXPECT_NEAR(verdicts[2].measured.value, 92.0, 1e-9);
  EXPECT_EQ(verdicts[3].result, Result::pass);
  EXPECT_EQ(verdicts[3].limit.dimension, scenario::Dimension::time) << "the bit decided throughout";
}

TEST(Always, ABitThatMakesAnOrTrueLeavesNoDistance) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V or charge_fet is on");
  bench.always("charge_fet is on or cell[1].voltage < 3.65 V");
  for (const Verdict& verdict : bench.run(10)) {
    EXPECT_EQ(verdict.result, Result::pass);
    EXPECT_EQ(verdict.measured.dimension, scenario::Dimension::time);
    EXPECT_EQ(verdict.limit_is, "<=");
  }
}

/// 0 A against -100 A: as far away as the limit is from zero.
TEST(Always, AMarginIsAShareOfTheLimitsMagnitude) {
  Bench bench;
  bench.always("port.current > -100 A");
  const auto verdict = bench.only(10);
  EXPECT_DOUBLE_EQ(verdict.margin.value, 100);
  EXPECT_DOUBLE_EQ(verdict.margin_ratio.value_or(0), 1);
}

TEST(Always, AmongSeveralTheOneNearestToItsLimitIsShown) {
  for (const char* text : {"cell[1].voltage < 3.65 V and cell[2].voltage < 3.65 V",
                           "cell[2].voltage < 3.65 V and cell[1].voltage < 3.65 V"}) {
    for (const double voltage : {3.6, 3.7}) {
      Bench bench;
      bench.always(text);
      bench.source.plant("cell[2].voltage", [=](double) { return voltage; });
      bench.source.plant("cell[1].voltage", [=](double) { return voltage - 0.04; });
      const auto verdict = bench.only(5);
      EXPECT_EQ(verdict.result, voltage < 3.65 ? Result::pass : Result::fail);
      EXPECT_DOUBLE_EQ(verdict.measured.value, voltage) << text;
    }
  }
}

TEST(Always, TwoComparisonsThatChangeTogetherLeaveNoGap) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V or cell[1].voltage >= 3.65 V");
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6 + 0.0137 * t; });
  EXPECT_EQ(bench.only(10).result, Result::pass);
}

TEST(Never, EqualOnAContinuousSignalFailsWhenItPassesThrough) {
  Bench bench;
  bench.never("cell[1].voltage <= 3.65 V").then.op = scenario::Expression::Op::equal;
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6 + 0.0137 * t; });
  EXPECT_EQ(bench.only(10).result, Result::fail);
}

TEST(Never, FailsWhenTheThingHappens) {
  Bench bench;
  bench.never("max(cell.voltage) > 3.65 V");
  bench.source.plant("cell[2].voltage", [](double t) { return 3.6 + 0.01 * t; });
  const auto verdict = bench.only(8);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_NEAR(verdict.measured.value, 3.68, 1e-9);
  EXPECT_NEAR(verdict.margin.value, -0.03, 1e-9);
  EXPECT_EQ(verdict.worst_element, "cell[2]");
}

TEST(Never, PassesWhenItDoesNot) {
  Bench bench;
  bench.never("max(cell.voltage) > 3.65 V");
  const auto verdict = bench.only(8);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.margin.value, 0.35, 1e-9);
}

TEST(Never, OverABitSaysForHowLongItWasTrue) {
  Bench bench;
  bench.never("charge_fet is on and discharge_fet is off");
  bench.at(2.0, "discharge_fet", 0).at(43.3, "charge_fet", 0);
  const auto verdict = bench.only(60);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "true for 41.300 s from 2.0000 s on");
}

TEST(While, OnlyTheTimeInsideIsJudged) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V").while_ = bench.expression("charge_fet is on");
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6 + 0.01 * t; });  // 3.65 V at 5 s
  bench.at(4.0, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 3.64, 1e-9);
  EXPECT_EQ(verdict.t_worst_ns, 4 * kSecond);
}

TEST(While, EachIntervalIsAnOccurrence) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V").while_ = bench.expression("charge_fet is on");
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6 + 0.01 * t; });
  bench.at(4.0, "charge_fet", 0).at(6.0, "charge_fet", 1).at(7.0, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.occurrences, 2u);
  EXPECT_EQ(verdict.violations, 1u);
  EXPECT_NEAR(verdict.measured.value, 3.67, 1e-9);
}

TEST(While, AGateThatOpensInsideAnIntervalIsExact) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V").while_ = bench.expression("cell[2].voltage < 3.35 V");
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6 + 0.01 * t; });    // 3.65 V at 5 s
  bench.source.plant("cell[2].voltage", [](double t) { return 3.3 + 0.0101 * t; });  // gate shuts at 4.9505 s
  EXPECT_EQ(bench.only(10).result, Result::pass);
  bench.source.plant("cell[2].voltage", [](double t) { return 3.3 + 0.0099 * t; });  // gate shuts at 5.0505 s
  EXPECT_EQ(bench.only(10).result, Result::fail);
}

TEST(While, NeverTrueIsNeverArmed) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V").while_ = bench.expression("charge_fet is off");
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason.find("never armed"), 0u) << verdict.reason;
  EXPECT_TRUE(std::isnan(verdict.measured.value));
}

TEST(Window, ViolationsOutsideDoNotCount) {
  Bench bench;
  Claim& claim = bench.always("cell[1].voltage < 3.65 V");
  claim.after_s = 2.0;
  claim.until_s = 5.0;
  bench.source.plant("cell[1].voltage", [](double t) { return 3.64 + (t < 1.9 || t > 5.1 ? 0.1 : 0.0) + 0.001 * t; });
  const auto verdict = bench.only(10, 0.1);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_EQ(verdict.t_worst_ns, 5 * kSecond);
  EXPECT_NEAR(verdict.measured.value, 3.645, 1e-12);
}

TEST(Window, BeginsWithItsFirstInstantAndEndsBeforeItsLast) {
  for (const double wrong_until : {2.0, 2.000000001}) {
    Bench bench;
    bench.always("charge_fet is on").after_s = 2.0;
    bench.at(0, "charge_fet", 0).at(wrong_until, "charge_fet", 1);
    EXPECT_EQ(bench.only(10).result, wrong_until == 2.0 ? Result::pass : Result::fail) << wrong_until;
  }
  for (const double wrong_from : {5.0, 4.999999999}) {
    Bench bench;
    bench.always("charge_fet is on").until_s = 5.0;
    bench.at(wrong_from, "charge_fet", 0);
    EXPECT_EQ(bench.only(10).result, wrong_from == 5.0 ? Result::pass : Result::fail) << wrong_from;
  }
}

TEST(Window, EmptyFails) {
  Bench bench;
  bench.always("cell[1].voltage < 3.65 V").after_s = 10.0;
  Claim& crossed = bench.always("cell[1].voltage < 3.65 V");
  crossed.after_s = 5.0;
  crossed.until_s = 5.0;
  bench.when("charge_fet is on", "charge_fet is on", 1).after_s = 11.0;
  for (const auto& verdict : bench.run(10)) {
    EXPECT_EQ(verdict.result, Result::fail);
    EXPECT_EQ(verdict.reason, "judged over an empty window");
    EXPECT_TRUE(std::isnan(verdict.margin.value));
  }
}

TEST(Window, CountsFromTheStartOfTheRun) {
  Bench bench;
  bench.always("charge_fet is on").after_s = 2.0;
  bench.at(100.0, "charge_fet", 0).at(101.5, "charge_fet", 1);
  EXPECT_EQ(bench.run(110, 2.0, 100.0).at(0).result, Result::pass);
}

}  // namespace
}  // namespace rig::expect::test
