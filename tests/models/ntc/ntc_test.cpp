// SPDX-License-Identifier: Apache-2.0
// The shipped curves. Anchors are typed from the makers' tables; the misreadings of a wrong curve from
// docs/models/ntc.md.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>

#include "models/ntc/sensor.hpp"
#include "tests/models/curve.hpp"

using models::ntc::Ntc;
using models::ntc::NtcFault;
using models::ntc::Sensor;

namespace {

std::shared_ptr<const Ntc> shipped(const std::string& name) {
  const tests::Curve curve = tests::curve_of("/scenarios/boards/data/ntc_10k_" + name + ".csv");
  return std::make_shared<const Ntc>(curve.x, curve.y, 10e3);
}

/// What a table shows when its input has this resistance.
double shown_degC(const Ntc& table, double r_ohm) {
  double low = -55, high = 145;
  for (int i = 0; i < 60; ++i) (table.resistance_ohm(0.5 * (low + high)) > r_ohm ? low : high) = 0.5 * (low + high);
  return low;
}

struct Anchor {
  const char* curve;
  double degC, r_ohm;
};
class ShippedCurve : public ::testing::TestWithParam<Anchor> {};
TEST_P(ShippedCurve, PassesThroughItsAnchor) {
  const auto [curve, degC, r_ohm] = GetParam();
  EXPECT_NEAR(shipped(curve)->resistance_ohm(degC), r_ohm, 0.002 * r_ohm);
}
INSTANTIATE_TEST_SUITE_P(Anchors, ShippedCurve,
                         ::testing::Values(Anchor{"b3950", -40, 277.2e3}, Anchor{"b3950", 0, 31.77e3},
                                           Anchor{"b3950", 25, 10e3}, Anchor{"b3950", 60, 2472},
                                           Anchor{"b3950", 100, 674}, Anchor{"b3435", -40, 188.5e3},
                                           Anchor{"b3435", 25, 10e3}, Anchor{"b3435", 60, 3020},
                                           Anchor{"b3435", 100, 975}, Anchor{"b3984", -40, 334.274e3},
                                           Anchor{"b3984", 25, 10e3}, Anchor{"b3984", 105, 582.84}));

TEST(WrongCurve, AB3950SensorReadWithTheB3435TableShowsWhatTheTablesSay) {
  const auto sensor = shipped("b3950"), table = shipped("b3435");
  const std::pair<double, double> shown[] = {{-20, -25.2}, {0, -3.5}, {45, 48.6}, {60, 66.5}, {80, 90.7}};
  for (const auto& [degC, reading] : shown)
    EXPECT_NEAR(shown_degC(*table, sensor->resistance_ohm(degC)), reading, 0.2) << degC;
}

TEST(WrongCurve, AB3435SensorReadWithTheB3950TableShowsTooLittle) {
  const auto sensor = shipped("b3435"), table = shipped("b3950");
  EXPECT_NEAR(shown_degC(*table, sensor->resistance_ohm(60)), 54.6, 0.2);
  EXPECT_NEAR(shown_degC(*table, sensor->resistance_ohm(80)), 71.2, 0.2);
}

TEST(Sensor, IsOpenShortOrOfAnotherType) {
  Sensor sensor(shipped("b3435"));
  EXPECT_NEAR(sensor.ratio(25), 0.5, 1e-4);
  sensor.set_fault(NtcFault::open);
  EXPECT_EQ(sensor.ratio(25), 1);
  sensor.set_fault(NtcFault::shorted);
  EXPECT_EQ(sensor.ratio(25), 0);
  sensor.set_fault(NtcFault::none);
  sensor.set_curve(shipped("b3950"));
  EXPECT_NEAR(sensor.ratio(60), 2472 / (2472 + 10e3), 1e-4);
}

}  // namespace
