// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "models/math/exact.hpp"
#include "models/math/noise.hpp"
#include "models/math/table.hpp"

namespace math = models::math;

namespace {

/// Distance of `got` from the true value (80-bit library function), in units of the last place of the true value.
double ulps(double got, long double truth) {
  const double near = static_cast<double>(truth);
  const double ulp = std::nextafter(std::abs(near), std::numeric_limits<double>::infinity()) - std::abs(near);
  return static_cast<double>(std::abs(static_cast<long double>(got) - truth) / static_cast<long double>(ulp));
}

}  // namespace

TEST(Exp, IsWithinOneUlpOverItsWholeRange) {
  double worst = 0;
  for (std::uint64_t i = 0; i < 2'000'000; ++i) {
    const double u = static_cast<double>(math::random_bits(7, 1, i) >> 11) * 0x1p-53;
    const double x = i % 2 == 0 ? -700 + 1400 * u : -2 + 4 * u;
    worst = std::max(worst, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(Exp, HasItsEndsRight) {
  EXPECT_EQ(math::exp(0.0), 1.0);
  EXPECT_EQ(math::exp(-1e6), 0.0);
  EXPECT_EQ(math::exp(710), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(math::exp(std::nan(""))));
}

TEST(Log, IsWithinOneUlpOverItsWholeRange) {
  double worst = 0;
  for (std::uint64_t i = 0; i < 2'000'000; ++i) {
    const double u = static_cast<double>(math::random_bits(7, 2, i) >> 11) * 0x1p-53;
    const double x = i % 3 == 0   ? std::ldexp(1 + u, static_cast<int>(i % 2000) - 1000)
                     : i % 3 == 1 ? 0.5 + 1.5 * u
                                  : 1 + 1e-5 * (u - 0.5);
    if (x == 1) continue;
    worst = std::max(worst, ulps(math::log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
  EXPECT_EQ(math::log(1.0), 0.0);
  EXPECT_TRUE(std::isnan(math::log(0.0)));
}

TEST(Erfc, IsWithin1e13OfItselfOverItsWholeRange) {
  double worst = 0;
  for (int i = -60'000; i <= 260'000; ++i) {
    const double x = 1e-4 * i;
    const long double truth = std::erfc(static_cast<long double>(x));
    worst = std::max(worst, static_cast<double>(std::abs((math::erfc(x) - truth) / truth)));
  }
  EXPECT_LT(worst, 1e-13);
  EXPECT_EQ(math::erfc(0.0), 1.0);
  EXPECT_EQ(math::erfc(40), 0.0);
  EXPECT_EQ(math::erfc(-40), 2.0);
  EXPECT_TRUE(std::isnan(math::erfc(std::nan(""))));
}

TEST(Table, IsLinearBetweenItsPointsAndContinuesWithTheEndSlopes) {
  const math::Table t({0, 0.1, 1, 5}, {0, 1, 2, -2});
  EXPECT_DOUBLE_EQ(t(0.05), 0.5);
  EXPECT_DOUBLE_EQ(t(0.1), 1);
  EXPECT_DOUBLE_EQ(t(3), 0);
  EXPECT_DOUBLE_EQ(t(-0.1), -1);
  EXPECT_DOUBLE_EQ(t(7), -4);
  EXPECT_DOUBLE_EQ(t.at(3).slope, -1);
}

TEST(Table, FindsEverySegmentOfAnUnevenGrid) {
  std::vector<double> x, y;
  double at = -3;
  for (std::uint64_t i = 0; i < 300; ++i) {
    at += 1e-6 + static_cast<double>(math::random_bits(1, 3, i) % 1000) * (i % 7 == 0 ? 1e-2 : 1e-5);
    x.push_back(at);
    y.push_back(at * at);
  }
  const math::Table t(x, y);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    for (const double w : {0.0, 0.25, 0.999}) {
      EXPECT_NEAR(t(x[i] + w * (x[i + 1] - x[i])), y[i] + w * (y[i + 1] - y[i]), 1e-9) << i;
    }
  }
}

TEST(Table, IsMadeOfStraightPiecesOfWhichTheOuterGoOn) {
  const math::Table t({0, 1, 3}, {10, 12, 11});
  ASSERT_EQ(t.pieces(), 2u);
  EXPECT_EQ(t.piece_at(-5), 0u);
  EXPECT_EQ(t.piece_at(1), 1u);
  EXPECT_EQ(t.piece_at(9), 1u);
  EXPECT_EQ(t.piece(0).right, 1);
  EXPECT_EQ(t.piece(1).left, 1);
  EXPECT_LT(t.piece(0).left, -1e100);
  EXPECT_GT(t.piece(1).right, 1e100);
  for (const double x : {-5.0, 0.5, 1.5, 9.0}) {
    const auto p = t.piece(t.piece_at(x));
    EXPECT_DOUBLE_EQ(p.value0 + p.slope * x, t(x)) << x;
  }
}

TEST(Table, RefusesPointsThatDoNotIncrease) {
  EXPECT_THROW(math::Table({0, 1, 1}, {0, 1, 2}), std::invalid_argument);
  EXPECT_THROW(math::Table({0}, {0}), std::invalid_argument);
}

TEST(Normal, HasZeroMeanUnitSigmaAndTheRightTails) {
  const int n = 1'000'000;
  double sum = 0, squares = 0;
  int beyond_one = 0, beyond_two = 0;
  for (int i = 0; i < n; ++i) {
    const double x = math::normal()(math::random_bits(42, 5, static_cast<std::uint64_t>(i)));
    sum += x;
    squares += x * x;
    beyond_one += std::abs(x) > 1;
    beyond_two += std::abs(x) > 2;
  }
  EXPECT_NEAR(sum / n, 0, 0.004);
  EXPECT_NEAR(std::sqrt(squares / n), 1, 0.005);
  EXPECT_NEAR(beyond_one / double{n}, 0.3173, 0.002);
  EXPECT_NEAR(beyond_two / double{n}, 0.0455, 0.001);
}

TEST(Noise, DependsOnSeedStreamAndCounterAlone) {
  EXPECT_EQ(math::random_bits(1, 2, 3), math::random_bits(1, 2, 3));
  EXPECT_NE(math::random_bits(1, 2, 3), math::random_bits(1, 2, 4));
  EXPECT_NE(math::random_bits(1, 2, 3), math::random_bits(1, 3, 3));
  EXPECT_NE(math::random_bits(1, 2, 3), math::random_bits(2, 2, 3));
}

TEST(Noise, AStreamGivesItsNumbersInTheirOrder) {
  math::Stream stream(7, 2);
  for (std::uint64_t counter = 0; counter < 5; ++counter) EXPECT_EQ(stream.next(), math::random_bits(7, 2, counter));
}
