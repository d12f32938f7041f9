// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "models/afe/adc.hpp"
#include "models/afe/rc_filter.hpp"

using models::afe::AdcChannel;
using models::afe::AdcParams;
using models::afe::RcFilter;

namespace {

constexpr double pi = 3.14159265358979;
AdcParams ideal_shunt() { return {819.2, 16, true, 0, 0, 0, 0, 0, 0}; }  // lsb 25 mA
double seconds(std::int64_t ns) { return static_cast<double>(ns) * 1e-9; }

}  // namespace

TEST(Chain, OffsetAndGainOfTheBoardAddUp) {
  AdcParams params = ideal_shunt();
  params.offset = 0.5;
  params.gain_error = 0.01;
  AdcChannel channel(params, 1, 0);
  EXPECT_EQ(channel.sample(100), std::lround((100 * 1.01 + 0.5) / 0.025));
}

TEST(Chain, AFaultComesOnTopAndGoesAgain) {
  AdcChannel channel(ideal_shunt(), 1, 0);
  channel.set_error(2, 0.05);
  EXPECT_EQ(channel.sample(100), std::lround((100 * 1.05 + 2) / 0.025));
  channel.set_error(0, 0);
  EXPECT_EQ(channel.sample(100), 4000);
}

TEST(Chain, EverySampleTakesTheNextNoiseOfItsStream) {
  AdcParams params = ideal_shunt();
  params.noise_sigma = 10;
  AdcChannel channel(params, 7, 3);
  models::math::Stream stream(7, 2 * 3 + 1);
  for (int sample = 0; sample < 50; ++sample)
    EXPECT_EQ(channel.sample(0), std::lround(10 / 0.025 * models::math::normal()(stream.next()))) << sample;
}

TEST(Chain, AShuntDriftsWith50PpmPerKelvinFrom25DegC) {
  AdcParams params = ideal_shunt();
  params.drift_per_K = 50e-6;
  AdcChannel channel(params, 1, 0);
  EXPECT_TRUE(channel.drifts());
  EXPECT_EQ(channel.sample(500, 25), 20000);
  EXPECT_EQ(channel.sample(500, 85), std::lround(500 * (1 + 50e-6 * 60) / 0.025));
}

TEST(Chain, ASampleEach20MsTakes100HzRippleForADirectCurrent) {
  AdcChannel channel(ideal_shunt(), 1, 0);
  const auto amps = [](double t) { return 100 + 40 * std::sin(2 * pi * 100 * t + 1.0); };
  for (int i = 0; i < 50; ++i) EXPECT_NEAR(channel.sample(amps(0.02 * i)) * 0.025, 100 + 40 * std::sin(1.0), 0.03);
}

TEST(RcFilter, AStepArrivesAsOneMinusAnExponential) {
  const RcFilter filter(2e-3, 1.0, 0);
  for (const std::int64_t t : {500'000, 2'000'000, 10'000'000})
    EXPECT_NEAR(filter.at(t, [](std::int64_t) { return 3.0; }), 3 - 2 * std::exp(-seconds(t) / 2e-3), 1e-7);
}

TEST(RcFilter, ARampLagsByItsTimeConstant) {
  const RcFilter filter(5e-3, 0, 0);
  EXPECT_NEAR(filter.at(1'000'000'000, [](std::int64_t t) { return 10 * seconds(t); }), 10 * (1 - 5e-3), 1e-6);
}

TEST(RcFilter, RippleIsAttenuatedAsTheTransferFunctionSays) {
  const double tau = 5e-3, w = 2 * pi * 100;
  const auto ripple = [&](std::int64_t t) { return std::sin(w * seconds(t)); };
  RcFilter filter(tau, 0, 0);
  filter.keep(300'000'000, ripple);  // settled
  const double t = 0.3037;
  EXPECT_NEAR(filter.at(303'700'000, ripple), std::sin(w * t - std::atan(w * tau)) / std::sqrt(1 + w * w * tau * tau),
              1e-6);
}

TEST(RcFilter, KeepingItOftenChangesNothing) {
  const auto input = [](std::int64_t t) { return std::cos(30 * seconds(t)); };
  RcFilter often(3e-3, 1, 0);
  const RcFilter never(3e-3, 1, 0);
  for (std::int64_t t = 0; t < 50'000'000; t += 700'000) often.keep(t, input);
  EXPECT_NEAR(often.at(50'000'000, input), never.at(50'000'000, input), 1e-7);
}
