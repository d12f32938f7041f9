// SPDX-License-Identifier: Apache-2.0
#include "models/cell/spread.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace models::cell {
namespace {

constexpr SpreadParams lot{0.02, 0.05, 0.2};

TEST(Spread, HasTheStandardDeviationsThatWereAskedFor) {
  double square[3] = {}, sum[3] = {};
  constexpr int count = 20000;
  for (int k = 0; k < count; ++k) {
    const CellSpread one = drawn(lot, 7, k);
    const double off[3] = {one.capacity - 1, one.resistance - 1, one.self_discharge - 1};
    for (int q = 0; q < 3; ++q) sum[q] += off[q], square[q] += off[q] * off[q];
  }
  constexpr double truncated = 0.9866;  // standard deviation of a normal distribution cut at 3
  const double sigma[3] = {lot.capacity, lot.resistance, lot.self_discharge};
  for (int q = 0; q < 3; ++q) {
    EXPECT_NEAR(sum[q] / count, 0, 0.03 * sigma[q]);
    EXPECT_NEAR(std::sqrt(square[q] / count), truncated * sigma[q], 0.02 * sigma[q]);
  }
}

TEST(Spread, NeverLeavesThreeStandardDeviations) {
  for (int k = 0; k < 100000; ++k) EXPECT_LE(std::abs(drawn(lot, 7, k).capacity - 1), 0.06);
}

TEST(Spread, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(drawn(lot, 7, 3).capacity, drawn(lot, 7, 3).capacity);
  EXPECT_NE(drawn(lot, 7, 3).capacity, drawn(lot, 8, 3).capacity);
  EXPECT_NE(drawn(lot, 7, 3).capacity, drawn(lot, 7, 4).capacity);
}

TEST(Spread, OfNothingIsExactlyOne) {
  const CellSpread one = drawn({}, 7, 3);
  EXPECT_EQ(one.capacity, 1);
  EXPECT_EQ(one.resistance, 1);
  EXPECT_EQ(one.self_discharge, 1);
}

}  // namespace
}  // namespace models::cell
