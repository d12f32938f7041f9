// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/bisect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace rig::campaign {
namespace {

struct Asked {
  Threshold found;
  std::vector<double> values;
};

Asked ask(const Bracket& bracket, double at) {
  Asked asked;
  const bool rising = bracket.to > bracket.from;
  asked.found = find_threshold(bracket, [&](double value) {
    asked.values.push_back(value);
    return rising ? value >= at : value <= at;
  });
  return asked;
}

TEST(Bisection, EndsWithNeighboursNoFurtherApartThanTheResolution) {
  for (const double at : {3.4501, 3.5, 3.60123, 3.7499}) {
    const Threshold t = ask({3.45, 3.75, 0.0005, {}}, at).found;
    EXPECT_TRUE(t.found);
    EXPECT_GE(t.happens, at);
    EXPECT_LT(t.quiet, at);
    EXPECT_LE(t.happens - t.quiet, 0.0005 * 1.0001);
  }
}

TEST(Bisection, FindsAFallingThreshold) {
  const Threshold t = ask({3.2, 2.5, 0.0005, 2.8}, 2.8031).found;
  EXPECT_TRUE(t.found);
  EXPECT_LE(t.happens, 2.8031);
  EXPECT_GT(t.quiet, 2.8031);
}

TEST(Bisection, TakesFourTriesWhereTheThresholdOughtToBe) {
  EXPECT_LE(ask({3.45, 3.80, 0.0005, 3.6}, 3.60).found.tries, 4u);
  EXPECT_LE(ask({3.45, 3.80, 0.0005, 3.6}, 3.6003).found.tries, 4u);
}

TEST(Bisection, TakesAtMostSixteenTriesWhereverItIs) {
  for (double at = 3.4505; at < 3.8; at += 0.0007) {
    const Asked asked = ask({3.45, 3.80, 0.0005, 3.6}, at);
    EXPECT_LE(asked.found.tries, 16u) << at;
    EXPECT_NEAR(asked.found.happens, at, 0.0005);
  }
}

TEST(Bisection, TriesNoValueTwice) {
  std::vector<double> values = ask({3.45, 3.80, 0.0005, 3.6}, 3.637).values;
  std::ranges::sort(values);
  EXPECT_EQ(std::ranges::adjacent_find(values), values.end());
}

TEST(Bisection, SaysThatThereIsNone) {
  EXPECT_FALSE(ask({3.45, 3.80, 0.0005, 3.6}, 4.0).found.found);
  EXPECT_FALSE(ask({3.45, 3.80, 0.0005, 3.6}, 3.0).found.found);
  EXPECT_FALSE(ask({3.45, 3.80, 0.0005, {}}, 4.0).found.found);
}

TEST(Bisection, AGuessOutsideOfTheBracketCostsNothingButTries) {
  EXPECT_NEAR(ask({3.45, 3.80, 0.0005, 9.0}, 3.7).found.happens, 3.7, 0.0005);
  EXPECT_NEAR(ask({3.45, 3.80, 0.0005, 1.0}, 3.7).found.happens, 3.7, 0.0005);
}

}  // namespace
}  // namespace rig::campaign
