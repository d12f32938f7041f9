// SPDX-License-Identifier: Apache-2.0
#include "reports/render/moment.hpp"

#include <gtest/gtest.h>

#include "reports/render/picture.hpp"

namespace reports {
namespace {

constexpr std::int64_t s = 1'000'000'000, us = 1'000;

trace::Trace every_second(int rows) {
  trace::Trace trace;
  trace.header.signals = {{"cell[1].voltage", "V", 1e-6, false},
                          {"cell[2].voltage", "V", 1e-6, false},
                          {"bms.cell[2].voltage", "V", 1e-3, false},
                          {"charge_gate", "", 1, true}};
  trace.columns.resize(3);
  for (int row = 0; row < rows; ++row) {
    trace.row_t_ns.push_back(row * s);
    for (auto& column : trace.columns) column.push_back(3.3);
  }
  return trace;
}

ScenarioResult lasting(double seconds) {
  ScenarioResult one;
  one.simulated_s = seconds;
  return one;
}

ClaimResult delay(double measured_s, double limit_s, std::int64_t t_worst_ns) {
  ClaimResult claim;
  claim.result = measured_s <= limit_s ? "pass" : "fail";
  claim.measured = Value{measured_s, "s", ""};
  claim.limit = Value{limit_s, "s", ""};
  claim.margin = Value{limit_s - measured_s, "s", ""};
  claim.t_worst_ns = t_worst_ns;
  return claim;
}

TEST(Moment, OfAProtectionIsItsTimelineAndTwoSeconds) {
  ClaimResult claim = delay(5, 5.2, 605 * s);
  claim.timeline = Timeline{600 * s, 605 * s + s / 5, 605 * s, 605 * s + 40 * us, {}};
  const Moment moment = moment_of(lasting(1200), claim, every_second(1200));
  EXPECT_EQ(moment.t0, 598 * s);
  EXPECT_EQ(moment.t1, 607 * s + s / 5);
  EXPECT_EQ(moment.origin, 600 * s);
  EXPECT_EQ(moment.origin_name, "t_cross");
}

TEST(Moment, OfAShortCircuitHasItsOwnScaleAndLeavesTheLateFlagOut) {
  ClaimResult claim = delay(1.5e-3, 1.6e-3, s + 1500 * us);
  claim.timeline = Timeline{s, s + s / 4, s + 1500 * us, s + 1540 * us, {}};
  const Moment moment = moment_of(lasting(3), claim, every_second(3));
  EXPECT_EQ(moment.t0, s - 770 * us);
  EXPECT_EQ(moment.t1, s + 2310 * us);
}

TEST(Moment, OfAProtectionThatNeverActedReachesToTheWorstMoment) {
  ClaimResult claim = delay(20, 5.2, 605 * s);
  claim.timeline = Timeline{600 * s, -1, -1, -1, {}};
  const Moment moment = moment_of(lasting(1200), claim, every_second(1200));
  EXPECT_LE(moment.t0, 600 * s);
  EXPECT_GE(moment.t1, 605 * s + 2 * s);
}

TEST(Moment, OfADelayRunsFromItsBeginningAndMarksTheLimit) {
  const trace::Trace trace = every_second(100);
  const auto late = duration_of(delay(7, 5, 47 * s), trace, 100 * s);
  ASSERT_TRUE(late.has_value());
  EXPECT_EQ(late->from, 40 * s);
  EXPECT_EQ(late->to, 45 * s);
}

TEST(Moment, OfADelayThatNeverEndedTakesTheWorstMomentForTheLimit) {
  // armed at 40 s, limit 5 s, run ends at 100 s: measured 60 s, worst moment 45 s
  const auto never = duration_of(delay(60, 5, 45 * s), every_second(100), 100 * s);
  ASSERT_TRUE(never.has_value());
  EXPECT_EQ(never->from, 40 * s);
  EXPECT_EQ(never->to, 45 * s);
}

TEST(Moment, OfAViolationIsItsWholeStretch) {
  const auto violation = duration_of(delay(30, 0, 45 * s), every_second(100), 100 * s);
  ASSERT_TRUE(violation.has_value());
  EXPECT_TRUE(violation->violation);
  EXPECT_EQ(violation->from, 45 * s);
  EXPECT_EQ(violation->to, 75 * s);
}

TEST(Moment, OfAFigureOrALowerLimitIsNoDuration) {
  ClaimResult lower = delay(12, 10, 45 * s);
  lower.margin->number = 2;
  EXPECT_FALSE(duration_of(lower, every_second(100), 100 * s).has_value());
  ClaimResult age = delay(0.2, 1, 45 * s);
  age.signals = {"bms.poll_age"};
  trace::Trace trace = every_second(100);
  EXPECT_TRUE(duration_of(age, trace, 100 * s).has_value());
  trace.header.signals.push_back({"bms.poll_age", "s", 1e-3, true});
  EXPECT_FALSE(duration_of(age, trace, 100 * s).has_value());
}

TEST(Moment, WidensUntilThereAreRowsAndNeverLeavesTheRun) {
  ClaimResult claim;
  claim.t_worst_ns = 99 * s;
  const Moment moment = moment_of(lasting(100), claim, every_second(100));
  EXPECT_EQ(moment.t1, 100 * s);
  EXPECT_LE(moment.t0, 93 * s);
  EXPECT_GE(moment.t0, 0);
}

TEST(Moment, OfAClaimWithoutAnyMomentIsTheWholeRun) {
  const Moment moment = moment_of(lasting(100), ClaimResult{}, every_second(100));
  EXPECT_EQ(moment.t0, 0);
  EXPECT_EQ(moment.t1, 100 * s);
  EXPECT_EQ(moment.origin_name, "start of the run");
}

TEST(Picture, ForbidsTheSideOfTheLimitWhereTheMarginIsNegative) {
  ClaimResult claim;
  claim.signals = {"cell.voltage"};
  claim.limit = Value{3.8, "V", "3.800 V"};
  claim.measured = Value{3.6, "V", ""};
  claim.margin = Value{0.2, "V", ""};
  const auto forbidden = [&] {
    return picture_of(lasting(100), claim, every_second(100)).panels.at(0).levels.at(0).forbidden;
  };
  EXPECT_EQ(forbidden(), 1);
  claim.margin->number = -0.2;
  EXPECT_EQ(forbidden(), -1);
  claim.measured->number = 3.9;
  EXPECT_EQ(forbidden(), 1);
  claim.margin->number = 0.1;
  EXPECT_EQ(forbidden(), -1);
}

TEST(Picture, ShowsTheTruthBehindAReportedValueAndTheOtherCellsAsContext) {
  ClaimResult claim;
  claim.text = "when bms.cell[2].voltage >= 3600 mV then charge_gate is off within 5.2 s";
  claim.signals = {"bms.cell[2].voltage", "charge_gate"};
  const Picture picture = picture_of(lasting(100), claim, every_second(100));
  ASSERT_EQ(picture.panels.size(), 1u);
  const auto& curves = picture.panels[0].curves;
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_TRUE(curves[0].context);
  EXPECT_FALSE(curves[1].context);
  EXPECT_FALSE(curves[1].stepped);
  EXPECT_TRUE(curves[2].stepped);
  ASSERT_EQ(picture.panels[0].levels.size(), 1u);  // 5.2 s is no voltage
  EXPECT_DOUBLE_EQ(picture.panels[0].levels[0].value, 3.6);
  ASSERT_EQ(picture.strips.size(), 1u);
}

trace::Trace of_two_boards() {
  trace::Trace trace = every_second(10);
  trace.header.signals.clear();
  for (const char* board : {"a.", "b."}) {
    trace.header.signals.push_back({board + std::string("cell[1].voltage"), "V", 1e-6, false});
    trace.header.signals.push_back({board + std::string("port.current"), "A", 1e-3, false});
    trace.header.signals.push_back({board + std::string("bms.cell[1].voltage"), "V", 1e-3, false});
    trace.header.signals.push_back({board + std::string("charge_gate"), "", 1, true});
  }
  trace.columns.resize(6, trace.columns.front());
  return trace;
}

std::vector<std::string> drawn(const Picture& picture) {
  std::vector<std::string> names;
  for (const Panel& panel : picture.panels) {
    for (const Curve& curve : panel.curves) names.push_back(curve.name);
  }
  for (const Strip& strip : picture.strips) names.push_back(strip.name);
  return names;
}

TEST(Picture, OfSeveralBoardsShowsTheOneThatTheClaimSpeaksOf) {
  ClaimResult of_b;
  of_b.signals = {"b.charge_gate"};
  EXPECT_EQ(drawn(picture_of(lasting(9), of_b, of_two_boards())),
            (std::vector<std::string>{"b.cell[1].voltage", "b.port.current", "b.charge_gate"}));
  ClaimResult reported;
  reported.signals = {"a.bms.cell[1].voltage"};
  EXPECT_EQ(
      drawn(picture_of(lasting(9), reported, of_two_boards())),
      (std::vector<std::string>{"a.cell[1].voltage", "a.bms.cell[1].voltage", "a.port.current", "a.charge_gate"}));
}

}  // namespace
}  // namespace reports
