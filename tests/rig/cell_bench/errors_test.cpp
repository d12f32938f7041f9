// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/errors.hpp"

#include <gtest/gtest.h>

namespace rig::cell_bench {
namespace {

TEST(ErrorSum, KeepsTheWorstByItsSizeWithSignAndTime) {
  ErrorSum sum;
  sum.add(1, 10);
  sum.add(-3, 20);
  sum.add(2, 30);
  EXPECT_EQ(sum.errors().worst, -3);
  EXPECT_EQ(sum.errors().worst_at_s, 20);
}

TEST(ErrorSum, IsTheRootOfTheMeanSquare) {
  ErrorSum sum;
  sum.add(3, 0);
  sum.add(-4, 1);
  EXPECT_EQ(sum.errors().rows, 2u);
  EXPECT_DOUBLE_EQ(sum.errors().rms * sum.errors().rms, 12.5);
}

}  // namespace
}  // namespace rig::cell_bench
