// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

const Quantity k40mV{0.040, scenario::Dimension::voltage};

TEST(Holds, PassesWhenOneStretchIsLongEnough) {
  for (const std::int64_t length : {2'999'999'999, 3'000'000'000}) {
    Bench bench;
    bench.holds("charge_fet is off", 3.0);
    bench.at(1, "charge_fet", 0).at(2, "charge_fet", 1).at(4, "charge_fet", 0);
    bench.at_ns(4 * kSecond + length, "charge_fet", 1);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, length < 3 * kSecond ? Result::fail : Result::pass);
    EXPECT_NEAR(verdict.measured.value, static_cast<double>(length) * 1e-9, 1e-12);
    EXPECT_DOUBLE_EQ(verdict.limit.value, 3.0);
    EXPECT_EQ(verdict.t_worst_ns, 4 * kSecond);
    EXPECT_EQ(verdict.occurrences, 2u);
  }
}

TEST(Holds, TwoShortStretchesAreNotALongOne) {
  Bench bench;
  bench.holds("charge_fet is off", 3.0);
  bench.at(1, "charge_fet", 0).at(3, "charge_fet", 1).at_ns(3 * kSecond + 1, "charge_fet", 0).at(5, "charge_fet", 1);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_LT(verdict.margin.value, -0.99);
}

TEST(Holds, OfEqualStretchesTheFirstIsShown) {
  Bench bench;
  bench.holds("charge_fet is off", 3.0);
  bench.at(1, "charge_fet", 0).at(3, "charge_fet", 1).at(4, "charge_fet", 0).at(6, "charge_fet", 1);
  EXPECT_EQ(bench.only(10).t_worst_ns, 1 * kSecond);
}

TEST(Holds, TheRunMayEndWhileItHolds) {
  for (const double end : {9.9, 10.0}) {
    Bench bench;
    bench.holds("charge_fet is off", 3.0);
    bench.at(7, "charge_fet", 0);
    EXPECT_EQ(bench.only(end).result, end < 10 ? Result::fail : Result::pass);
  }
}

TEST(Holds, NeverTrueIsNeverArmed) {
  Bench bench;
  bench.holds("charge_fet is off", 3.0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason.find("never armed"), 0u) << verdict.reason;
}

TEST(Holds, IsCutAtTheEdgesOfTheWindow) {
  Bench bench;
  Claim& claim = bench.holds("charge_fet is off", 3.0);
  claim.after_s = 2.0;
  claim.until_s = 4.5;
  bench.at(1, "charge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.measured.value, 2.5);
}

TEST(Holds, BetweenTwoCrossingsOfASine) {
  Bench bench;
  bench.holds("cell[1].voltage > 3.35 V", 3.3);
  bench.source.plant("cell[1].voltage",
                     [](double t) { return 3.3 + 0.1 * std::sin(2 * 3.14159265358979323846 * t / 10); });
  const auto verdict = bench.only(20);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 10.0 / 3.0, 1e-8);  // asin(1/2): a third of the period
}

double decay(double t) { return 0.170 * std::exp(-t / 3600.0); }

TEST(Converges, TakesAsLongAsTheExponentialSays) {
  Bench bench;
  bench.converges("cell[1].voltage - cell[2].voltage", k40mV, 4 * 3600.0);
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + decay(t); });
  const auto verdict = bench.only(5 * 3600.0);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 3600.0 * std::log(170.0 / 40.0), 1e-6);
  EXPECT_DOUBLE_EQ(verdict.limit.value, 4 * 3600.0);
}

TEST(Converges, TooLateFails) {
  Bench bench;
  bench.converges("cell[1].voltage - cell[2].voltage", k40mV, 3600.0);
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + decay(t); });
  const auto verdict = bench.only(5 * 3600.0);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_NEAR(verdict.margin.value, 3600.0 - 3600.0 * std::log(170.0 / 40.0), 1e-6);
}

TEST(Converges, LeavingAgainCountsFromTheLastEntry) {
  for (const std::int64_t entry : {5'000'000'000, 5'000'000'001}) {
    Bench bench;
    bench.converges("bms.cell[1].voltage", k40mV, 5.0);
    bench.source.hold("bms.cell[1].voltage", 0.1);
    bench.at(2, "bms.cell[1].voltage", 0.03).at(3, "bms.cell[1].voltage", 0.04);
    bench.at_ns(entry, "bms.cell[1].voltage", 0.039);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, entry == 5 * kSecond ? Result::pass : Result::fail);
    EXPECT_EQ(verdict.occurrences, 2u);
  }
}

TEST(Converges, NotBelowAtTheEndFails) {
  Bench bench;
  bench.converges("bms.cell[1].voltage", k40mV, 50.0);
  bench.source.hold("bms.cell[1].voltage", 0.1);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "never below the limit in 10.000 s: 100.00 mV at 10.000 s");
  EXPECT_LT(verdict.margin.value, 0.0);
}

TEST(Converges, StartingBelowIsNeverArmed) {
  Bench bench;
  bench.converges("bms.cell[1].voltage", k40mV, 5.0);
  bench.source.hold("bms.cell[1].voltage", 0.039);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason.find("never armed"), 0u) << verdict.reason;
  bench.at(1, "bms.cell[1].voltage", 0.1).at(2, "bms.cell[1].voltage", 0.03);
  EXPECT_EQ(bench.only(10).reason.find("never armed"), 0u) << "even if it left and came back";
}

}  // namespace
}  // namespace rig::expect::test
