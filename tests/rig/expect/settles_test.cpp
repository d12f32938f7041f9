// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

const Quantity k3V4{3.4, scenario::Dimension::voltage};

/// Rings around 3.4 V: 100 mV at first, a time constant of 10 s, a period of 4 s.
double ringing(double t) { return 3.4 + 0.1 * std::exp(-t / 10) * std::cos(2 * 3.14159265358979323846 * t / 4); }

/// The last instant at which it is further than `band` away.
double last_outside(double band) {
  double last = 0;
  for (double t = 0; t < 60; t += 1e-5)
    if (std::abs(ringing(t) - 3.4) > band) last = t;
  return last;
}

TEST(Settles, IsReachedWhenTheRingingHasDiedDown) {
  Bench bench;
  bench.settles("cell[1].voltage", k3V4, 0.01, 25);
  bench.source.plant("cell[1].voltage", ringing);
  const auto verdict = bench.only(60);
  EXPECT_EQ(verdict.result, Result::pass) << verdict.reason;
  EXPECT_NEAR(verdict.measured.value, last_outside(0.01), 2e-5);
  EXPECT_NEAR(verdict.margin.value, 25 - last_outside(0.01), 2e-5);
  EXPECT_GT(verdict.occurrences, 5u);
}

TEST(Settles, TooLateFailsAndSaysWhen) {
  Bench bench;
  bench.settles("cell[1].voltage", k3V4, 0.01, 20);
  bench.source.plant("cell[1].voltage", ringing);
  const auto verdict = bench.only(60);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason.find("within 3.4000 V ± 10.00 mV for good only after 2"), 0u) << verdict.reason;
}

TEST(Settles, TheEdgeOfTheBandIsInside) {
  Bench bench;
  bench.settles("bms.cell[1].voltage", k3V4, 0.01, 5);
  bench.source.hold("bms.cell[1].voltage", 3.5);
  bench.at(3, "bms.cell[1].voltage", 3.41);
  EXPECT_EQ(bench.only(10).measured.value, 3);
}

TEST(Settles, ForAtLeastTakesTheFirstStretchThatIsLongEnough) {
  for (const std::int64_t length : {1'999'999'999, 2'000'000'000}) {
    Bench bench;
    bench.settles("bms.cell[1].voltage", k3V4, 0.01, 5).for_at_least_s = 2;
    bench.source.hold("bms.cell[1].voltage", 3.5);
    bench.at(1, "bms.cell[1].voltage", 3.4).at(2, "bms.cell[1].voltage", 3.5).at(4, "bms.cell[1].voltage", 3.4);
    bench.at_ns(4 * kSecond + length, "bms.cell[1].voltage", 3.5);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, length < 2 * kSecond ? Result::fail : Result::pass);
    if (verdict.result == Result::pass) {
      EXPECT_EQ(verdict.measured.value, 4);
    }
  }
}

TEST(Settles, ForAtLeastMayBeFulfilledByTheEndOfTheRun) {
  for (const double end : {4.999999999, 5.0}) {
    Bench bench;
    bench.settles("bms.cell[1].voltage", k3V4, 0.01, 5).for_at_least_s = 2;
    bench.source.hold("bms.cell[1].voltage", 3.5);
    bench.at(3, "bms.cell[1].voltage", 3.4);
    EXPECT_EQ(bench.only(end).result, end < 5 ? Result::fail : Result::pass);
  }
}

TEST(Settles, OfTwoStretchesThatAreLongEnoughTheFirstCounts) {
  Bench bench;
  bench.settles("bms.cell[1].voltage", k3V4, 0.01, 5).for_at_least_s = 2;
  bench.source.hold("bms.cell[1].voltage", 3.5);
  bench.at(3, "bms.cell[1].voltage", 3.4).at(5, "bms.cell[1].voltage", 3.5).at(6, "bms.cell[1].voltage", 3.4);
  EXPECT_EQ(bench.only(10).measured.value, 3);
}

TEST(Settles, OutsideAtTheEndSaysHowFarAndSinceWhen) {
  Bench bench;
  bench.settles("max(cell.voltage)", k3V4, 0.01, 5);
  bench.source.plant("cell[1].voltage", [](double) { return 3.4; });
  bench.plant_at(6, "cell[3].voltage", [](double) { return 3.45; });
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason, "outside of 3.4000 V ± 10.00 mV again since 6.0000 s: cell[3] 50.000 mV off at 10.000 s");
  EXPECT_LT(verdict.margin.value, 0);
}

TEST(Settles, NeverInsideAndNeverKnownFail) {
  Bench bench;
  bench.settles("cell[1].voltage", k3V4, 0.01, 5);
  bench.settles("bms.cell[1].voltage", k3V4, 0.01, 5);
  const auto verdicts = bench.run(10);
  EXPECT_EQ(verdicts[0].reason, "never within 3.4000 V ± 10.00 mV in 10.000 s: 100.00 mV off at 10.000 s");
  EXPECT_EQ(verdicts[1].reason, "never judged: no value was known in the whole window");
}

}  // namespace
}  // namespace rig::expect::test
