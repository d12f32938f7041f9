// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/crossing.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

namespace rig::expect {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kPi = 3.14159265358979323846;

struct Function : TimeFunction {
  explicit Function(std::function<double(double)> f) : of_seconds(std::move(f)) {}
  double at(std::int64_t t_ns) override {
    ++samples;
    return of_seconds(static_cast<double>(t_ns) * 1e-9);
  }
  std::function<double(double)> of_seconds;
  int samples = 0;
};

Found examined(Function& g, std::int64_t ta, std::int64_t tb, double floor = -kInfinity, double tolerance = 1e-9) {
  const std::int64_t tm = ta + (tb - ta) / 2;
  Found found;
  examine(g, {ta, tm, tb, g.at(ta), g.at(tm), g.at(tb)}, floor, tolerance, found);
  return found;
}

TEST(Crossing, OfAnExponentialIsFoundToANanosecond) {
  Function g([](double t) { return 3.65 - (3.3 + 0.5 * (1 - std::exp(-t / 0.04))); });
  const auto found = examined(g, 0, 250'000'000);
  const double exact_ns = -0.04 * std::log(1 - 0.35 / 0.5) * 1e9;
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_NEAR(static_cast<double>(found.crossings[0].t_ns), exact_ns, 1.01);
  EXPECT_EQ(found.crossings[0].sign, -1);
  EXPECT_TRUE(found.crossings[0].touched_zero);
  EXPECT_LT(g.samples, 40);
}

TEST(Crossing, OfASineAreAllFound) {
  Function g([](double t) { return std::sin(2 * kPi * 5 * t + 0.3); });  // more than a period in the piece
  const auto found = examined(g, 0, 250'000'000);
  ASSERT_EQ(found.crossings.size(), 2u);
  for (int k = 1; k <= 2; ++k) {
    const double exact_ns = (k * kPi - 0.3) / (2 * kPi * 5) * 1e9;
    EXPECT_NEAR(static_cast<double>(found.crossings[static_cast<std::size_t>(k - 1)].t_ns), exact_ns, 1.01);
  }
}

TEST(Crossing, TheNanosecondBeforeStillHasTheOldSign) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> where(0.01, 0.24), steep(0.1, 50.0);
  for (int i = 0; i < 200; ++i) {
    const double root = where(random), k = steep(random);
    Function g([=](double t) { return std::expm1(k * (t - root)); });
    const auto found = examined(g, 0, 250'000'000);
    ASSERT_EQ(found.crossings.size(), 1u);
    const auto t = found.crossings[0].t_ns;
    EXPECT_EQ(sign_of(g.at(t)), found.crossings[0].sign);
    EXPECT_EQ(sign_of(g.at(t - 1)), -1);
  }
}

TEST(Crossing, StatesTheSlope) {
  Function g([](double t) { return 0.0015 * (t - 0.1000000003); });
  const auto found = examined(g, 0, 250'000'000);
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_NEAR(found.crossings[0].slope_per_s, 0.0015, 1e-9);
}

// The ends and the middle are all inside the limit; only the bend of the three samples gives the bump away.
TEST(Crossing, AShortExcursionBetweenTheSamplesIsNotLost) {
  for (const double centre : {0.06, 0.11, 0.19}) {
    Function g([=](double t) { return 1.0 - 1.0001 * std::exp(-std::pow((t - centre) / 0.15, 2)); });
    const auto found = examined(g, 0, 250'000'000);
    ASSERT_EQ(found.crossings.size(), 2u) << centre;
    const double half_s = 0.15 * std::sqrt(std::log(1.0001));
    EXPECT_NEAR(static_cast<double>(found.crossings[0].t_ns), (centre - half_s) * 1e9, 5);
    EXPECT_NEAR(static_cast<double>(found.crossings[1].t_ns), (centre + half_s) * 1e9, 5);
  }
}

TEST(Crossing, AnExcursionOfMicrovoltsForMicrosecondsIsNotLost) {
  // a parabola that dips 2 uV below zero for about 1.3 ms in 250 ms
  Function g([](double t) { return 5.0 * (t - 0.1234567) * (t - 0.1234567) - 2e-6; });
  const auto found = examined(g, 0, 250'000'000);
  ASSERT_EQ(found.crossings.size(), 2u);
  const double half_s = std::sqrt(2e-6 / 5.0);
  EXPECT_NEAR(static_cast<double>(found.crossings[0].t_ns), (0.1234567 - half_s) * 1e9, 2);
  EXPECT_NEAR(static_cast<double>(found.crossings[1].t_ns), (0.1234567 + half_s) * 1e9, 2);
}

TEST(Crossing, AMissByMicrovoltsIsNotACrossing) {
  Function g([](double t) { return 5.0 * (t - 0.1234567) * (t - 0.1234567) + 2e-6; });
  EXPECT_TRUE(examined(g, 0, 250'000'000).crossings.empty());
}

TEST(Crossing, TheLeastValueInsideIsFoundWithinTheTolerance) {
  Function g([](double t) { return 0.5 - t * std::exp(1 - t / 0.03) / 0.03; });  // least -0.5 at t = 0.03
  const auto found = examined(g, 0, 250'000'000, kInfinity, 1e-9);
  EXPECT_NEAR(found.least, -0.5, 2e-9);
  EXPECT_NEAR(static_cast<double>(found.t_least_ns) * 1e-9, 0.03, 1e-5);
}

TEST(Crossing, WhatCannotBeWorseIsNotLookedAt) {
  Function g([](double t) { return 0.5 + (t - 0.1) * (t - 0.1); });
  (void)examined(g, 0, 250'000'000, 0.4);
  EXPECT_EQ(g.samples, 3);
}

TEST(Crossing, AQuietPieceIsSeenFromItsThreeSamples) {
  EXPECT_TRUE(quiet({0, 50, 100, 1.0, 1.1, 1.2}, kInfinity, 1e-9));
  EXPECT_TRUE(quiet({0, 50, 100, 1.0, 0.9, 1.0}, -kInfinity, 1e-9)) << "bends, but keeps away from zero";
  EXPECT_FALSE(quiet({0, 50, 100, 1.0, 0.9, 1.0}, kInfinity, 1e-9)) << "may have its least inside";
  EXPECT_FALSE(quiet({0, 50, 100, 0.09, 0.01, 0.09}, -kInfinity, 1e-9)) << "may touch zero";
  EXPECT_FALSE(quiet({0, 50, 100, 1.0, 0.5, -0.1}, -kInfinity, 1e-9)) << "crosses";
}

TEST(Crossing, RestingOnTheLimitIsNoCrossing) {
  Function g([](double) { return 0.0; });
  EXPECT_TRUE(examined(g, 0, 250'000'000).crossings.empty());
}

TEST(Crossing, LeavingTheLimitIsDatedToTheFirstNanosecond) {
  Function g([](double t) { return t < 0.1 ? 0.0 : t - 0.1; });
  const auto found = examined(g, 0, 250'000'000);
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_EQ(found.crossings[0].t_ns, 100'000'001);
  EXPECT_EQ(found.crossings[0].sign, 1);
  EXPECT_FALSE(found.crossings[0].touched_zero);
}

TEST(Crossing, ANoisySignalIsABrokenPromise) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> noise(-1, 1);
  Function g([&](double) { return noise(random); });
  EXPECT_THROW((void)examined(g, 0, 250'000'000), std::runtime_error);
}

}  // namespace
}  // namespace rig::expect
