// SPDX-License-Identifier: Apache-2.0
// Which side of the limit is the good one, for each kind of claim.
#include <gtest/gtest.h>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

std::string side_of(const char* text, bool never = false) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double) { return 3.3; });
  bench.source.plant("balancer.cell", [](double) { return 1; });
  bench.source.hold("charge_fet", 1);
  if (never)
    bench.never(text);
  else
    bench.always(text);
  return bench.only(10).limit_is;
}

TEST(LimitIs, WhatTheComparisonAsksOfTheSideWithSignals) {
  EXPECT_EQ(side_of("cell[1].voltage < 3.65 V"), "<");
  EXPECT_EQ(side_of("cell[1].voltage <= 3.65 V"), "<=");
  EXPECT_EQ(side_of("cell[1].voltage > 3.65 V"), ">");
  EXPECT_EQ(side_of("cell[1].voltage >= 3.65 V"), ">=");
  EXPECT_EQ(side_of("balancer.cell == 2"), "==");
  EXPECT_EQ(side_of("balancer.cell != 2"), "!=");
  EXPECT_EQ(side_of("3.65 V > cell[1].voltage"), "<") << "said the other way round";
}

TEST(LimitIs, TheOppositeForWhatMustNeverBe) {
  EXPECT_EQ(side_of("cell[1].voltage > 3.65 V", true), "<=");
  EXPECT_EQ(side_of("not cell[1].voltage < 3.65 V"), ">=");
}

TEST(LimitIs, NoTimeAtAllForABit) { EXPECT_EQ(side_of("charge_fet is on"), "<="); }

/// The condition at 10 s, its consequence `delay_s` later; true for `stay_s`.
Verdict reaction(double delay_s, std::optional<double> not_before_s, std::optional<double> stay_s = {},
                 double for_s = 0) {
  Bench bench;
  bench.source.hold("charge_fet", 1);
  bench.source.hold("bms.cell[3].voltage", 3.4);
  auto& claim = bench.when("bms.cell[3].voltage >= 3.60 V", "charge_fet is off", 5);
  claim.not_before_s = not_before_s;
  claim.for_at_least_s = stay_s;
  bench.at(10, "bms.cell[3].voltage", 3.6).at(10 + delay_s, "charge_fet", 0);
  if (for_s > 0) bench.at(10 + delay_s + for_s, "charge_fet", 1);
  return bench.only(60);
}

TEST(LimitIs, TheMostOfADelayAndTheLeastOfWhatMustNotBeBefore) {
  EXPECT_EQ(reaction(3, {}).limit_is, "<=");
  EXPECT_EQ(reaction(4.9, 1.0).limit_is, "<=") << "the nearer one";
  EXPECT_EQ(reaction(1.1, 1.0).limit_is, ">=");
  EXPECT_EQ(reaction(3, 1.0).limit_is, "<=") << "in the very middle";
  EXPECT_EQ(reaction(0.5, 1.0).limit_is, ">=") << "too early";
  EXPECT_EQ(reaction(7, 1.0).limit_is, "<=") << "too late";
  EXPECT_EQ(reaction(100, {}).limit_is, "<=") << "never";
}

TEST(LimitIs, TheLeastOfATimeThatSomethingMustStay) {
  EXPECT_EQ(reaction(3, {}, 10, 2).limit_is, ">=") << "broke";
  EXPECT_EQ(reaction(3, {}, 100).limit_is, ">=") << "the run ended";
  Bench bench;
  bench.source.hold("charge_fet", 1);
  bench.holds("charge_fet is on", 5);
  EXPECT_EQ(bench.only(10).limit_is, ">=");
}

/// Falls by 10 mV a second from 3.6 V; its limit is 3.5 V.
Verdict converging(double within_s, double end_s) {
  Bench bench;
  bench.source.plant("cell[1].voltage", [](double t) { return 3.6 - 0.01 * t; });
  bench.converges("cell[1].voltage", {3.5, scenario::Dimension::voltage}, within_s);
  return bench.only(end_s);
}

TEST(LimitIs, TheMostOfTheTimeToConverge) { EXPECT_EQ(converging(30, 60).limit_is, "<="); }

/// Cell 3 rises through its limit at 10 s, and nothing comes of it.
Verdict cut_short(double within_s, double end_s) {
  Bench bench;
  bench.source.hold("charge_fet", 1);
  bench.source.hold("bms.cell[3].voltage", 3.4);
  bench.when("bms.cell[3].voltage >= 3.60 V", "charge_fet is off", within_s);
  bench.at(10, "bms.cell[3].voltage", 3.6);
  return bench.only(end_s);
}

TEST(LimitIs, NotSaidOfAReactionThatTheEndOfTheRunCutShort) {
  const Verdict verdict = cut_short(5.2, 13);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.measured.value, 3.0);
  EXPECT_EQ(verdict.limit.value, 5.2);
  EXPECT_EQ(verdict.limit_is, "") << "3 s <= 5.2 s is true, and the claim fails";
  EXPECT_EQ(cut_short(3, 13).limit_is, "") << "to the very end";
  EXPECT_EQ(cut_short(2.9, 13).limit_is, "<=") << "overdue";
}

TEST(LimitIs, NotSaidOfConvergingThatTheEndOfTheRunCutShort) {
  EXPECT_EQ(converging(30, 8).result, Result::fail);
  EXPECT_EQ(converging(30, 8).limit_is, "");
  EXPECT_EQ(converging(8, 8).limit_is, "") << "to the very end";
  EXPECT_EQ(converging(5, 8).limit_is, "<=") << "overdue";
}

TEST(LimitIs, WhereItIsSaidItHoldsExactlyWhenTheClaimPasses) {
  const Verdict verdicts[] = {reaction(3, {}),         reaction(4.9, 1.0), reaction(1.1, 1.0),   reaction(0.5, 1.0),
                              reaction(7, 1.0),        reaction(100, {}),  reaction(3, {}, 100), reaction(3, {}, 10, 2),
                              reaction(3, {}, 10, 11), cut_short(5.2, 13), cut_short(3, 13),     cut_short(2.9, 13),
                              converging(30, 8),       converging(8, 8),   converging(5, 8),     converging(30, 60),
                              converging(9, 60)};
  int said = 0;
  for (const Verdict& verdict : verdicts) {
    if (verdict.limit_is.empty()) continue;
    ++said;
    const bool holds = verdict.limit_is == "<=" ? verdict.measured.value <= verdict.limit.value
                                                : verdict.measured.value >= verdict.limit.value;
    EXPECT_EQ(holds, verdict.result == Result::pass) << verdict.reason;
  }
  EXPECT_EQ(said, 13) << "all but the four cut short";
}

TEST(LimitIs, SaidToOfWhatNeverArmed) {
  Bench bench;
  bench.when("charge_fet is off", "charge_gate is off", 1);
  bench.source.hold("charge_fet", 1);
  EXPECT_EQ(bench.only(10).limit_is, "<=");
}

/// Cell 3 rises to its limit first; cell 2 falls below the other limit last.
TEST(WorstElement, IsNamedForATimeToo) {
  Bench bench;
  bench.source.hold("charge_fet", 1);
  bench.source.plant("cell[3].voltage", [](double t) { return 3.3 + 0.01 * t; });
  bench.source.plant("cell[2].voltage", [](double t) { return 3.5 - 0.01 * t; });
  bench.when("max(cell.voltage) >= 3.55 V", "charge_fet is off", 5);
  bench.when("charge_fet turns off", "min(cell.voltage) < 3.25 V", 5);
  bench.eventually("max(cell.voltage) > 3.52 V", 30);
  bench.converges("cell[2].voltage - min(cell.voltage)", {0.1, scenario::Dimension::voltage}, 30);
  bench.when("cell[3].voltage >= 3.55 V", "charge_fet is off", 5);
  bench.when("charge_fet turns off", "discharge_fet is off", 5);
  bench.at(26, "charge_fet", 0).at(27, "discharge_fet", 0);
  const auto verdicts = bench.run(30);
  EXPECT_EQ(verdicts[0].worst_element, "cell[3]");
  EXPECT_EQ(verdicts[1].worst_element, "") << "never came, and no cell is to blame at the arming";
  EXPECT_EQ(verdicts[2].worst_element, "cell[3]");
  EXPECT_EQ(verdicts[3].worst_element.substr(0, 4), "cell");
  EXPECT_EQ(verdicts[4].worst_element, "cell[3]") << "the only one that the claim names";
  EXPECT_EQ(verdicts[5].worst_element, "") << "bits have none";
}

}  // namespace
}  // namespace rig::expect::test
