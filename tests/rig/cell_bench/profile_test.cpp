// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/profile.hpp"

#include <gtest/gtest.h>

#include "rig/cell_bench/start.hpp"

namespace rig::cell_bench {
namespace {

Profile pulse(double sign) { return {"x", {0, 1, 2, 3}, {0, 2 * sign, 2 * sign, 0}, {3.7, 3.75, 3.76, 3.71}, {}}; }

}  // namespace

TEST(Signs, AgreeWhenTheVoltageRisesWithTheCurrent) {
  EXPECT_GT(agreement_of_signs(pulse(1)), 0);
  EXPECT_LT(agreement_of_signs(pulse(-1)), 0);
}

TEST(Signs, OfAConstantCurrentComeFromTheWholeTravel) {
  EXPECT_GT(agreement_of_signs({"x", {0, 1, 2}, {-1, -1, -1}, {3.7, 3.6, 3.5}, {}}), 0);
  EXPECT_LT(agreement_of_signs({"x", {0, 1, 2}, {1, 1, 1}, {3.7, 3.6, 3.5}, {}}), 0);
}

TEST(Start, TakesAnyOfItsThreeWords) {
  std::vector<std::string> mistakes;
  const Start start = parse_start("soc=97% T=5degC", mistakes);
  EXPECT_TRUE(mistakes.empty());
  EXPECT_DOUBLE_EQ(start.soc.value(), 0.97);
  EXPECT_DOUBLE_EQ(start.temperature_degC.value(), 5);
  EXPECT_FALSE(start.hysteresis.has_value());
}

TEST(Start, RefusesWhatItDoesNotKnow) {
  std::vector<std::string> mistakes;
  (void)parse_start("soc=2 T=5 x=1", mistakes);
  EXPECT_EQ(mistakes.size(), 3U);
}

TEST(Score, StandsInEitherOrder) {
  std::vector<std::string> mistakes;
  const Score score = parse_score("soc=0.97..0.10", mistakes);
  EXPECT_DOUBLE_EQ(score.low, 0.10);
  EXPECT_DOUBLE_EQ(score.high, 0.97);
  (void)parse_score("0.97", mistakes);
  EXPECT_EQ(mistakes.size(), 1U);
}

}  // namespace rig::cell_bench
