// SPDX-License-Identifier: Apache-2.0
// bms.* is unknown until the first reply on the wire.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

TEST(Unknown, AlwaysJudgesOnlyTheKnownTime) {
  Bench bench;
  bench.always("abs(bms.cell[3].voltage - cell[3].voltage) < 8 mV");
  bench.at(0.3, "bms.cell[3].voltage", 3.305);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 0.005, 1e-12);
  EXPECT_NEAR(verdict.margin.value, 0.003, 1e-12);
}

TEST(Unknown, AlwaysThatWasNeverKnownIsNoPass) {
  for (const char* text : {"bms.cell[3].voltage < 3.65 V", "bms.balancing is off", "max(bms.cell.voltage) < 3.65 V"}) {
    Bench bench;
    bench.always(text);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, Result::fail) << text;
    EXPECT_EQ(verdict.reason.find("never judged"), 0u) << verdict.reason;
    EXPECT_TRUE(std::isnan(verdict.measured.value));
  }
}

TEST(Unknown, NeverThatWasNeverKnownIsNoPass) {
  Bench bench;
  bench.never("bms.alarm.cell_overvoltage");
  EXPECT_EQ(bench.only(10).reason.find("never judged"), 0u);
}

TEST(Unknown, DoesNotArm) {
  Bench bench;
  bench.when("bms.cell[3].voltage < 3.65 V", "charge_fet is on", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: nothing was known of its condition");
}

TEST(Unknown, DoesNotSatisfy) {
  Bench bench;
  bench.when("charge_gate turns off", "not bms.charge_mos", 1.0);
  bench.at(2.0, "charge_gate", 0);
  EXPECT_EQ(bench.only(10).result, Result::fail);
}

TEST(Unknown, AFirstValueThatIsTrueArmsAtThatInstant) {
  Bench bench;
  bench.when("bms.cell[3].voltage >= 3.60 V", "charge_fet is off", 1.0);
  bench.at(0.3, "bms.cell[3].voltage", 3.7).at(0.8, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 0.5, 1e-12);
}

TEST(Unknown, TheFirstStateOfABitIsNoEdge) {
  Bench bench;
  bench.when("bms.alarm.cell_overvoltage turns on", "charge_fet is on", 1.0);
  bench.at(0.3, "bms.alarm.cell_overvoltage", 1);
  EXPECT_EQ(bench.only(10).reason, "never armed: its condition never came true");
}

TEST(Unknown, AChangeDuringASilenceIsAnEdgeWhenFirstSeen) {
  Bench bench;
  bench.when("bms.alarm.cell_overvoltage turns on", "charge_fet is on", 1.0);
  bench.at(0.3, "bms.alarm.cell_overvoltage", 0).at(2.0, "bms.alarm.cell_overvoltage", kUnknown);
  bench.at(5.0, "bms.alarm.cell_overvoltage", 1);
  EXPECT_EQ(bench.only(10).occurrences, 1u);
}

TEST(Unknown, IsAGapInHolds) {
  Bench bench;
  bench.holds("bms.balancing", 3.0);
  bench.at(1, "bms.balancing", 1)
      .at(3, "bms.balancing", kUnknown)
      .at(3.5, "bms.balancing", 1)
      .at(5.5, "bms.balancing", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 2.0);
}

TEST(Unknown, IsNotBelowInConverges) {
  Bench bench;
  bench.converges("bms.cell[1].voltage", {0.04, scenario::Dimension::voltage}, 5.0);
  bench.at(0.3, "bms.cell[1].voltage", 0.1).at(2, "bms.cell[1].voltage", 0.03).at(8, "bms.cell[1].voltage", kUnknown);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "unknown at the end of the window");
}

TEST(Unknown, AndIsFalseWhenTheKnownSideIs) {
  Bench bench;
  bench.always("bms.cell[1].voltage < 3.65 V and charge_fet is on");
  bench.at(5.0, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 5.0);
}

TEST(Unknown, OrIsTrueWhenTheKnownSideIs) {
  Bench bench;
  bench.always("bms.cell[1].voltage < 3.65 V or charge_fet is on");
  EXPECT_EQ(bench.only(10).result, Result::pass);
}

TEST(Unknown, WhileWithAnUnknownGateIsNotJudged) {
  Bench bench;
  bench.always("charge_fet is on").while_ = bench.expression("bms.charge_mos");
  bench.at(1.0, "charge_fet", 0).at(2.0, "charge_fet", 1).at(3.0, "bms.charge_mos", 1);
  EXPECT_EQ(bench.only(10).result, Result::pass);
}

TEST(Unknown, AFigureFromTheWireEqualsTheSameFigureInTheFile) {
  Bench bench;  // 3655 * 0.001 and 3.655 differ in the last bit
  bench.always("bms.cell[1].voltage <= 3.655 V");
  bench.always("bms.cell[1].voltage <= 3.655 V").then.op = scenario::Expression::Op::equal;
  bench.always("bms.cell[1].voltage < 3.655 V");
  bench.at(0.3, "bms.cell[1].voltage", 3655 * 0.001);
  ASSERT_NE(3655 * 0.001, 3.655);
  const auto verdicts = bench.run(10);
  EXPECT_EQ(verdicts[0].result, Result::pass);
  EXPECT_EQ(verdicts[0].margin.value, 0.0);
  EXPECT_EQ(verdicts[1].result, Result::pass);
  EXPECT_EQ(verdicts[2].result, Result::fail);
}

}  // namespace
}  // namespace rig::expect::test
