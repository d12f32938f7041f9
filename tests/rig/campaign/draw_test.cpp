// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/draw.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "rig/scenario/quantity.hpp"

namespace rig::campaign {
namespace {

using Kind = Distribution::Kind;

Distribution law(Kind kind, double a, double b, double c = 0) {
  Distribution d;
  d.kind = kind;
  d.a = a;
  d.b = b;
  d.c = c;
  return d;
}

TEST(Draw, NormalQuantilesAreThoseOfTheTables) {
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-13);
  EXPECT_NEAR(normal_quantile(0.00135), -2.999976992703402, 1e-7);
  EXPECT_NEAR(normal_quantile(1e-9), -5.997807015008182, 1e-8);
}

TEST(Draw, QuantileAndShareAreEachOthersInverse) {
  for (const Distribution& d : {law(Kind::normal, 98, 0.5), law(Kind::uniform, 10, 40), law(Kind::lognormal, 3, 0.2),
                                law(Kind::triangular, 1, 5, 2)}) {
    for (const double p : {0.001, 0.1, 0.25, 0.5, 0.9, 0.999}) EXPECT_NEAR(d.share_below(d.quantile(p)), p, 1e-12);
  }
}

TEST(Draw, MomentsOfTenThousandDrawsAreThoseOfTheLaw) {
  struct Case {
    Distribution d;
    double mean, sigma;
  };
  const double s2 = 0.2 * 0.2;
  for (const Case& c :
       {Case{law(Kind::normal, 98, 0.5), 98, 0.5},
        {law(Kind::uniform, 10, 40), 25, 30 / std::sqrt(12)},
        {law(Kind::triangular, 1, 5, 2), 8.0 / 3, std::sqrt((1 + 25 + 4 - 5 - 2 - 10) / 18.0)},
        {law(Kind::lognormal, 3, 0.2), 3 * std::exp(s2 / 2), 3 * std::exp(s2 / 2) * std::sqrt(std::exp(s2) - 1)}}) {
    double sum = 0, square = 0;
    constexpr int runs = 10000;
    for (int run = 0; run < runs; ++run) {
      const double value = scenario::parse_quantity(drawn(c.d, 7, 0, static_cast<std::size_t>(run)))->value;
      sum += value;
      square += value * value;
    }
    const double mean = sum / runs;
    EXPECT_NEAR(mean, c.mean, 4 * c.sigma / 100);
    EXPECT_NEAR(std::sqrt(square / runs - mean * mean), c.sigma, 0.04 * c.sigma);
  }
}

TEST(Draw, ARunDrawsTheSameWhateverTheOthersDo) {
  const Distribution d = law(Kind::normal, 98, 0.5);
  const std::string seventh = drawn(d, 7, 0, 6);
  std::vector<std::string> others;
  for (std::size_t run = 0; run < 20; ++run) others.push_back(drawn(d, 7, 0, run));
  EXPECT_EQ(drawn(d, 7, 0, 6), seventh);
  EXPECT_EQ(others[6], seventh);
  EXPECT_NE(drawn(d, 7, 1, 6), seventh) << "another place";
  EXPECT_NE(drawn(d, 8, 0, 6), seventh) << "another seed";
  EXPECT_NE(seed_of_run(7, 6), seed_of_run(7, 5));
}

TEST(Draw, WhatWouldLieOutsideIsDrawnFromInside) {
  Distribution d = law(Kind::normal, 98, 2);
  d.least = 97;
  d.most = 100;
  d.unit = "%";
  for (std::size_t run = 0; run < 2000; ++run) {
    const auto value = scenario::parse_quantity(drawn(d, 1, 0, run));
    ASSERT_TRUE(value);
    EXPECT_EQ(value->dimension, scenario::Dimension::ratio);
    EXPECT_GE(value->value, 0.97);
    EXPECT_LE(value->value, 1.0);
  }
}

}  // namespace
}  // namespace rig::campaign
