// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/covering.hpp"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

namespace rig::campaign {
namespace {

bool everything(std::size_t, std::size_t, std::size_t, std::size_t) { return true; }

/// Counted from the rows alone.
std::size_t pairs_in(const std::vector<Row>& rows) {
  std::set<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>> pairs;
  for (const Row& row : rows)
    for (std::size_t a = 0; a < row.size(); ++a)
      for (std::size_t b = a + 1; b < row.size(); ++b) pairs.insert({a, row[a], b, row[b]});
  return pairs.size();
}

TEST(PairwiseCovering, HoldsEveryPairOfLevels) {
  const Covering c = cover_pairs({4, 3, 5, 2, 3}, everything);
  EXPECT_EQ(c.pairs, 12u + 20 + 8 + 12 + 15 + 6 + 9 + 10 + 15 + 6);
  EXPECT_EQ(c.covered, c.pairs);
  EXPECT_EQ(pairs_in(c.rows), c.pairs);
  EXPECT_GE(c.rows.size(), 20u);  // 4 x 5
  EXPECT_LE(c.rows.size(), 24u);
  EXPECT_EQ(c.product, 360);
}

TEST(PairwiseCovering, TakesHardlyMoreRunsThanTheTwoWidestFactorsMultiplied) {
  const Covering c = cover_pairs({21, 21, 8, 3}, everything);
  EXPECT_EQ(c.covered, c.pairs);
  EXPECT_LE(c.rows.size(), 450u);
}

TEST(PairwiseCovering, LeavesOutWhatMayNotOccurTogether) {
  const auto allowed = [](std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) {
    return !(fa == 0 && fb == 1 && a == b);
  };
  const Covering c = cover_pairs({5, 5, 3}, allowed);
  EXPECT_EQ(c.pairs, 20u + 15 + 15);
  EXPECT_EQ(c.covered, c.pairs);
  for (const Row& row : c.rows) EXPECT_NE(row[0], row[1]);
}

TEST(PairwiseCovering, SaysWhichPairsNoRunCanHold) {
  const auto allowed = [](std::size_t fa, std::size_t a, std::size_t fb, std::size_t b) {
    return !(fa < 2 && fb == 2 && a == 0 && b == fa);  // 0 of the first and 0 of the second leave the third no level
  };
  const Covering c = cover_pairs({2, 2, 2}, allowed);
  EXPECT_EQ(c.covered + 1, c.pairs);
}

TEST(PairwiseCovering, IsTheSameEveryTime) {
  EXPECT_EQ(cover_pairs({7, 5, 4, 3}, everything).rows, cover_pairs({7, 5, 4, 3}, everything).rows);
}

}  // namespace
}  // namespace rig::campaign
