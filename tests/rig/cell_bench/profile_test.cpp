// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/profile.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "rig/cell_bench/start.hpp"

namespace rig::cell_bench {
namespace {

using testing::HasSubstr;

Profile pulse(double sign) { return {"x", {0, 1, 2, 3}, {0, 2 * sign, 2 * sign, 0}, {3.7, 3.75, 3.76, 3.71}, {}}; }

/// What is wrong with a file of these bytes; "" when it is read.
std::string mistakes_in(const std::string& bytes) {
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / ("cellrig_profile_test_" + std::to_string(::getpid()) + ".csv");
  std::ofstream(file) << bytes;
  scenario::Problems problems;
  (void)read_profile(file, Positive::charge, problems);
  std::filesystem::remove(file);
  std::string all;
  for (const auto& error : problems.sorted()) all += error.what() + std::string("\n");
  return all;
}

}  // namespace

TEST(Profile, IsReadByNameAndUnit) { EXPECT_EQ(mistakes_in("time_h,current_mA,voltage_mV\n0,1,3\n1,1,4\n"), ""); }

TEST(Profile, WithAColumnTwiceIsRefused) {
  EXPECT_THAT(mistakes_in("time_s,current_A,current_A,voltage_V\n0,1,1,3\n1,1,1,4\n"),
              HasSubstr("csv:1:18  two columns are called \"current_A\""));
}

TEST(Profile, WithTwoColumnsOfOneQuantityIsRefused) {
  EXPECT_THAT(mistakes_in("time_s,current_A,current_mA,voltage_V\n0,1,1,3\n1,1,1,4\n"),
              HasSubstr("columns current_A and current_mA hold one quantity"));
}

TEST(Profile, InKelvinIsRefusedWithItsLine) {
  EXPECT_THAT(mistakes_in("time_s,current_A,voltage_V,temperature_degC\n0,1,3,25\n1,1,4,298.15\n"),
              HasSubstr("csv:3:1  a temperature of 298.15 degC; -60 to 120 degC is accepted"));
}

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
