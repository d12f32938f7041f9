// SPDX-License-Identifier: Apache-2.0
// The guard band: what a bench with uncertainty may say of a claim. Every expected figure is a closed form.
#include "rig/expect/decision_rule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

using scenario::Dimension;
using ::testing::EndsWith;
using ::testing::HasSubstr;

/// 10 mV and 10 ms with k = 2, nothing of other quantities.
Bench measured(std::vector<scenario::Uncertainty> stated = {{Dimension::voltage, 0.010, 0, 2, "c"},
                                                            {Dimension::time, 0.010, 0, 2, "c"}}) {
  Bench bench;
  bench.limits.uncertainty.stated = std::move(stated);
  return bench;
}

std::string word_of(const Verdict& verdict) { return std::string(result_word(verdict.result)); }

/// All four cells have 3.3 V.
Verdict of_value(const std::string& text) {
  Bench bench = measured();
  bench.always(text);
  return bench.only(10);
}

/// The fet falls so long after the alarm; 5 s are allowed.
Verdict of_delay(double delay_s, std::optional<double> not_before_s = {}) {
  Bench bench = measured();
  bench.source.hold("bms.alarm.cell_overvoltage", 0);
  bench.when("bms.alarm.cell_overvoltage turns on", "charge_fet is off", 5).not_before_s = not_before_s;
  bench.at(10, "bms.alarm.cell_overvoltage", 1).at(10 + delay_s, "charge_fet", 0);
  return bench.only(60);
}

TEST(DecisionRule, AtTheLimitAndOneUncertaintyFromItTheLimitItselfDecides) {
  struct Row {
    double margin;
    const char *less_equal, *less;
  };
  for (const Row& row :
       {Row{+0.0200, "pass", "pass"}, Row{+0.0100, "pass", "conditional_pass"},
        Row{+0.0099, "conditional_pass", "conditional_pass"}, Row{0, "conditional_pass", "conditional_fail"},
        Row{-0.0001, "conditional_fail", "conditional_fail"}, Row{-0.0100, "conditional_fail", "fail"},
        Row{-0.0101, "fail", "fail"}}) {
    for (const char* is : {"<=", ">="})
      EXPECT_EQ(result_word(decided(row.margin, 0.01, is, 3.65)), row.less_equal) << row.margin;
    for (const char* is : {"<", ">"}) EXPECT_EQ(result_word(decided(row.margin, 0.01, is, 3.65)), row.less);
  }
}

TEST(DecisionRule, WhatIsEqualIsNeverSureAndWhatIsUnequalMayBe) {
  EXPECT_EQ(decided(0, 0.01, "==", 1), Result::conditional_pass);
  EXPECT_EQ(decided(-0.01, 0.01, "==", 1), Result::conditional_fail);
  EXPECT_EQ(decided(-0.02, 0.01, "==", 1), Result::fail);
  EXPECT_EQ(decided(0, 0.01, "!=", 1), Result::conditional_fail);
  EXPECT_EQ(decided(0.01, 0.01, "!=", 1), Result::conditional_pass);
  EXPECT_EQ(decided(0.02, 0.01, "!=", 1), Result::pass);
}

TEST(DecisionRule, AValueIsJudgedAtTheBordersOfItsGuardBand) {
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.320 V")), "pass");
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.310 V")), "pass");
  EXPECT_EQ(word_of(of_value("cell[1].voltage < 3.310 V")), "conditional_pass");
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.309 V")), "conditional_pass");
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.300 V")), "conditional_pass");
  EXPECT_EQ(word_of(of_value("cell[1].voltage < 3.300 V")), "conditional_fail");
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.291 V")), "conditional_fail");
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.290 V")), "conditional_fail");
  EXPECT_EQ(word_of(of_value("cell[1].voltage < 3.290 V")), "fail");
  EXPECT_EQ(word_of(of_value("cell[1].voltage <= 3.289 V")), "fail");
  EXPECT_EQ(word_of(of_value("cell[1].voltage >= 3.305 V")), "conditional_fail");
}

TEST(DecisionRule, ADelayIsJudgedAtTheBordersOfItsGuardBand) {
  EXPECT_EQ(word_of(of_delay(4.980)), "pass");
  EXPECT_EQ(word_of(of_delay(4.990)), "pass");
  EXPECT_EQ(word_of(of_delay(4.990001)), "conditional_pass");
  EXPECT_EQ(word_of(of_delay(5.000)), "conditional_pass");
  EXPECT_EQ(word_of(of_delay(5.000000001)), "conditional_fail");
  EXPECT_EQ(word_of(of_delay(5.010)), "conditional_fail");
  EXPECT_EQ(word_of(of_delay(5.010000001)), "conditional_fail") << "a billionth of the limit is the same figure";
  EXPECT_EQ(word_of(of_delay(5.010001)), "fail");
  EXPECT_EQ(word_of(of_delay(1.005, 1.0)), "conditional_pass") << "too early would be as bad";
  EXPECT_EQ(word_of(of_delay(0.995, 1.0)), "conditional_fail");
}

TEST(DecisionRule, AConditionalResultNamesTheUncertainty) {
  EXPECT_EQ(of_value("cell[1].voltage < 3.305 V").reason, "the limit lies inside the uncertainty of 10.00 mV (k = 2)");
  const Verdict outside = of_value("cell[1].voltage < 3.295 V");
  EXPECT_THAT(outside.reason, HasSubstr("3.3000 V at 0 s, limit < 3.2950 V"));
  EXPECT_THAT(outside.reason, EndsWith("; the limit lies inside the uncertainty of 10.00 mV (k = 2)"));
  EXPECT_NEAR(outside.margin.value, -0.005, 1e-12) << "the margin is that to the limit itself";
  EXPECT_EQ(of_value("cell[1].voltage < 3.9 V").reason, "");
}

TEST(DecisionRule, AFigureOfSeveralReadingsHasTheRootOfTheirSquares) {
  const auto expanded = [](const char* text) { return of_value(text).expanded.value_or(-1); };
  EXPECT_NEAR(expanded("cell[1].voltage < 3.9 V"), 0.010, 1e-12);
  EXPECT_NEAR(expanded("cell[1].voltage - cell[2].voltage < 1 V"), 0.010 * std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(expanded("cell[1].voltage < cell[2].voltage + 1 V"), 0.010 * std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(expanded("mean(cell.voltage) < 3.9 V"), 0.005, 1e-12);
  EXPECT_NEAR(expanded("sum(cell.voltage) < 15 V"), 0.020, 1e-12);
  EXPECT_NEAR(expanded("max(cell.voltage) < 3.9 V"), 0.010, 1e-12);
  EXPECT_NEAR(expanded("abs(-2 * cell[1].voltage) < 8 V"), 0.020, 1e-12);
  EXPECT_NEAR(expanded("cell[1].voltage - mean(cell.voltage) < 1 V"), 0.010 * std::sqrt(0.75), 1e-12)
      << "cell 1 stands on both sides: 3/4 of it, and 1/4 of each of three others";
  EXPECT_NEAR(expanded("cell[1].voltage / cell[2].voltage < 1.5"), 0.010 / 3.3 * std::sqrt(2.0), 1e-12);
}

/// a / b: u² = (u_a / b)² + (a u_b / b²)²; and a / (a + b), where a stands above and below the line:
/// u² = (b u_a / (a + b)²)² + (a u_b / (a + b)²)². With a = 3.6 V, b = 3.0 V and an expanded 10 mV for each.
TEST(DecisionRule, AQuotientIsAsUncertainAsItsDividendAndItsDivisor) {
  const auto expanded = [](const char* text) {
    Bench bench = measured();
    bench.source.plant("cell[1].voltage", [](double) { return 3.6; });
    bench.source.plant("cell[2].voltage", [](double) { return 3.0; });
    bench.always(text);
    return bench.only(10).expanded.value_or(-1);
  };
  const double a = 3.6, b = 3.0, u = 0.010;
  EXPECT_NEAR(expanded("cell[1].voltage / cell[2].voltage < 1.5"), std::hypot(u / b, a * u / (b * b)), 1e-12);
  EXPECT_NEAR(expanded("cell[1].voltage / (cell[1].voltage + cell[2].voltage) < 1"),
              std::hypot(b * u, a * u) / ((a + b) * (a + b)), 1e-12);
}

TEST(DecisionRule, ThePartsOfAStatementAddUpWhateverTheFactorItIsStatedWith) {
  Bench bench = measured({{Dimension::voltage, 0.012, 0.001, 3, "c"}});
  bench.always("cell[1].voltage < 3.9 V");
  EXPECT_NEAR(bench.only(10).expanded.value_or(-1), (0.012 + 0.001 * 3.3) / 3 * 2, 1e-12);
}

/// 1 mV a second: 10 mV are 10 s.
TEST(DecisionRule, ACrossingIsAsUncertainAsItsQuantityThroughItsSlope) {
  Bench bench = measured({{Dimension::voltage, 0.010, 0, 2, "c"}, {Dimension::time, 3, 0, 2, "c"}});
  bench.source.plant("cell[3].voltage", [](double t) { return 3.55 + 0.001 * t; });
  bench.when("cell[3].voltage >= 3.60 V", "charge_fet is off", 20);
  bench.at(60, "charge_fet", 0);
  const Verdict verdict = bench.only(100);
  EXPECT_NEAR(verdict.measured.value, 10, 1e-6);
  EXPECT_NEAR(verdict.expanded.value_or(-1), std::sqrt(10.0 * 10.0 + 3.0 * 3.0), 1e-4);
  EXPECT_EQ(word_of(verdict), "conditional_pass") << "10 s are left, 10.44 s are uncertain";
}

TEST(DecisionRule, TheClockCountsInPartsOfTheTimeToo) {
  Bench bench = measured({{Dimension::time, 0.001, 100e-6, 2, "c"}});
  bench.holds("charge_fet is on", 20);
  bench.at(30, "charge_fet", 0);
  EXPECT_NEAR(bench.only(60).expanded.value_or(-1), 0.001 + 100e-6 * 30, 1e-12);
}

TEST(DecisionRule, EveryKindOfTimeGetsItsBand) {
  Bench bench = measured();
  bench.eventually("charge_fet is off", 10.005);
  bench.holds("charge_fet is on", 9.995);
  bench.holds("charge_fet is on", 10.005);
  bench.at(10, "charge_fet", 0);
  const auto verdicts = bench.run(20);
  EXPECT_EQ(word_of(verdicts[0]), "conditional_pass");
  EXPECT_EQ(word_of(verdicts[1]), "conditional_pass");
  EXPECT_EQ(word_of(verdicts[2]), "conditional_fail");
}

TEST(DecisionRule, SettlingAndConvergingHaveTheUncertaintyOfTheirCrossing) {
  Bench bench = measured({{Dimension::voltage, 0.010, 0, 2, "c"}, {Dimension::time, 0.001, 0, 2, "c"}});
  bench.source.plant("cell[1].voltage", [](double t) { return 3.7 - 0.002 * t; });
  bench.converges("cell[1].voltage", {3.6, Dimension::voltage}, 53);
  bench.settles("cell[1].voltage", {3.5, Dimension::voltage}, 0.1, 53);
  for (const Verdict& verdict : bench.run(100)) {
    EXPECT_NEAR(verdict.measured.value, 50, 1e-3);
    EXPECT_NEAR(verdict.expanded.value_or(-1), 5, 1e-3);
    EXPECT_EQ(word_of(verdict), "conditional_pass");
  }
}

TEST(DecisionRule, AStateHasNoFigureUntilItIsViolated) {
  const auto off_for = [](double seconds) {
    Bench bench = measured();
    bench.always("discharge_fet is on");
    if (seconds > 0) bench.at(10, "discharge_fet", 0).at(10 + seconds, "discharge_fet", 1);
    return bench.only(20);
  };
  EXPECT_EQ(word_of(off_for(0)), "pass");
  EXPECT_FALSE(off_for(0).expanded.has_value());
  EXPECT_EQ(word_of(off_for(0.005)), "conditional_fail");
  EXPECT_EQ(word_of(off_for(0.020)), "fail");
}

TEST(DecisionRule, WhatTheBoardReportsIsReadAndNotMeasured) {
  Bench bench = measured();
  bench.source.hold("bms.cell[1].voltage", 3.3);
  bench.always("bms.cell[1].voltage < 3.301 V");
  bench.always("abs(bms.cell[1].voltage - cell[1].voltage) < 5 mV");
  const auto verdicts = bench.run(10);
  EXPECT_EQ(word_of(verdicts[0]), "pass");
  EXPECT_FALSE(verdicts[0].expanded.has_value());
  EXPECT_EQ(word_of(verdicts[1]), "conditional_pass") << "the other side is measured";
}

TEST(DecisionRule, AQuantityWithoutAStatementIsDecidedByTheLimitAlone) {
  Bench bench = measured();
  bench.source.plant("port.current", [](double) { return 1.0; });
  bench.always("port.current < 1.000001 A");
  bench.always("port.current < 0.999999 A");
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.001 * t; });
  bench.source.plant("port.current", [](double t) { return 0.9 + 0.01 * t; });
  bench.when("port.current >= 1 A", "charge_fet is off", 5);
  bench.at(14.999, "charge_fet", 0);
  const auto verdicts = bench.run(20);
  for (const Verdict& verdict : verdicts) EXPECT_FALSE(verdict.expanded.has_value());
  EXPECT_EQ(word_of(verdicts[2]), "pass") << "1 ms left, 10 ms uncertain, but nobody said how well 1 A is known";
}

TEST(DecisionRule, WhatFailsForAnotherReasonStaysAFail) {
  Bench bench = measured();
  bench.when("cell[1].voltage > 3.9 V", "charge_fet is off", 5);  // never armed
  bench.when("charge_fet turns off", "discharge_fet is off", 5);  // the run ends
  bench.always("cell[1].voltage < 3.305 V").closes = bench.expression("discharge_fet is off");
  bench.at(18, "charge_fet", 0);
  for (const Verdict& verdict : bench.run(20)) EXPECT_EQ(word_of(verdict), "fail") << verdict.reason;
}

/// 20 mV and 3 K are left. In resolutions the temperature is nearer; in uncertainties the voltage is.
TEST(DecisionRule, OfUnlikeComparisonsTheOneNearestInUncertaintiesIsShown) {
  Bench bench = measured({{Dimension::voltage, 0.030, 0, 2, "c"}, {Dimension::temperature, 1, 0, 2, "c"}});
  bench.always("cell[1].voltage < 3.32 V and mos.temperature < 33 degC");
  const Verdict verdict = bench.only(10);
  EXPECT_EQ(word_of(verdict), "conditional_pass");
  EXPECT_EQ(verdict.measured.dimension, Dimension::voltage);
  bench.limits.uncertainty = {};
  EXPECT_EQ(bench.only(10).measured.dimension, Dimension::temperature) << "or the test shows nothing";
}

TEST(DecisionRule, InSimulationNothingIsUncertain) {
  Bench bench;
  bench.always("cell[1].voltage <= 3.3 V");
  const Verdict verdict = bench.only(10);
  EXPECT_EQ(word_of(verdict), "pass");
  EXPECT_FALSE(verdict.expanded.has_value());
  EXPECT_GT(verdict.resolution, 0);
}

}  // namespace
}  // namespace rig::expect::test
