// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

TEST(Eventually, PassesAtTheLastNanosecondAndFailsOneLater) {
  for (const std::int64_t t : {5 * kSecond, 5 * kSecond + 1}) {
    Bench bench;
    bench.eventually("charge_fet is off", 5);
    bench.at_ns(t, "charge_fet", 0).at(6, "charge_fet", 1).at(8, "charge_fet", 0);
    const auto verdict = bench.only(10);
    EXPECT_EQ(verdict.result, t == 5 * kSecond ? Result::pass : Result::fail);
    EXPECT_EQ(verdict.t_worst_ns, t);
    EXPECT_DOUBLE_EQ(verdict.limit.value, 5);
    EXPECT_EQ(verdict.limit_is, "<=");
    EXPECT_NEAR(verdict.margin.value, static_cast<double>(5 * kSecond - t) * 1e-9, 1e-12);
  }
}

TEST(Eventually, FindsTheCrossingOfAPlantSignal) {
  Bench bench;
  bench.eventually("cell[1].voltage > 3.5 V", 4);
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.06 * t; });
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::pass);
  EXPECT_NEAR(verdict.measured.value, 10.0 / 3, 1e-8);
}

TEST(Eventually, AnInstantIsEnough) {
  Bench bench;
  bench.eventually("charge_fet turns on", 5);
  bench.at(1, "charge_fet", 0).at(3, "charge_fet", 1);
  EXPECT_EQ(bench.only(10).measured.value, 3);
}

TEST(Eventually, CountsFromTheStartOfItsWindow) {
  Bench bench;
  bench.eventually("charge_fet is off", 2).after_s = 3;
  bench.at(1, "charge_fet", 0).at(2, "charge_fet", 1).at(4.5, "charge_fet", 0);
  EXPECT_DOUBLE_EQ(bench.only(10).measured.value, 1.5);
}

TEST(Eventually, NeverTrueSaysHowNearItCame) {
  Bench bench;
  bench.eventually("cell[1].voltage > 3.5 V", 5);
  bench.source.plant("cell[1].voltage", [](double t) { return 3.3 + 0.01 * t; });
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_EQ(verdict.reason,
            "not true until the end of the window, 10.000 s after its begin: came nearest with 3.4000 V at 10.000 s, "
            "100.0 mV from 3.5000 V");
  EXPECT_DOUBLE_EQ(verdict.margin.value, -5);
  EXPECT_EQ(verdict.t_worst_ns, 5 * kSecond);
}

TEST(Eventually, NeverKnownIsNeverJudged) {
  Bench bench;
  bench.eventually("bms.cell[1].voltage > 3.5 V", 5);
  EXPECT_EQ(bench.only(10).reason, "never judged: no value was known in the whole window");
}

TEST(Eventually, AWindowThatEndsTooEarlyIsNoPass) {
  Bench bench;
  bench.eventually("charge_fet is off", 5).closes = bench.expression("discharge_fet is off");
  bench.at(3, "discharge_fet", 0);
  const auto verdict = bench.only(10);
  EXPECT_EQ(verdict.result, Result::fail);
  EXPECT_DOUBLE_EQ(verdict.margin.value, -2);
  EXPECT_EQ(verdict.limit_is, "");
}

}  // namespace
}  // namespace rig::expect::test
