// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "models/afe/adc.hpp"
#include "models/mosfet/bank.hpp"
#include "models/ntc/ntc.hpp"
#include "models/port/port.hpp"

using models::afe::AdcChannel;
using models::port::Path;
using models::port::Port;

TEST(Ntc, PassesThroughItsRowsAndBetweenThemLikeBeta) {
  const models::ntc::Ntc ntc({-20, 25, 60}, {67790, 10000, 3020}, 10000);
  EXPECT_NEAR(ntc.resistance_ohm(25), 10000, 1);
  EXPECT_NEAR(ntc.ratio(25), 0.5, 1e-5);
  const double beta = std::log(10000 / 3020.0) / (1 / 298.15 - 1 / 333.15);
  EXPECT_NEAR(ntc.resistance_ohm(45), 10000 * std::exp(beta * (1 / 318.15 - 1 / 298.15)), 1);
}

TEST(Adc, QuantisesToTheNearestCodeAndClampsAtItsEnds) {
  AdcChannel ideal({5, 12, false, 0, 0, 0}, 1, 0);
  EXPECT_EQ(ideal.sample(2.5), 2048);
  EXPECT_EQ(ideal.sample(2.5 + 0.49 * 5 / 4096), 2048);
  EXPECT_EQ(ideal.sample(2.5 + 0.51 * 5 / 4096), 2049);
  EXPECT_EQ(ideal.sample(-1), 0);
  EXPECT_EQ(ideal.sample(6), 4095);
  AdcChannel bipolar({819.2, 16, true, 0, 0, 0}, 1, 0);
  EXPECT_EQ(bipolar.sample(-10), -400);
  EXPECT_EQ(bipolar.sample(10), 400);
  EXPECT_EQ(bipolar.sample(-900), -32768);
}

TEST(Adc, KeepsOffsetAndGainAndDrawsNoiseAnew) {
  AdcChannel a({5, 24, false, 1e-3, 5e-4, 4e-4}, 9, 3), b({5, 24, false, 1e-3, 5e-4, 4e-4}, 9, 3);
  double sum = 0, squares = 0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const std::int32_t code = a.sample(3);
    EXPECT_EQ(code, b.sample(3));  // same seed and channel, same codes
    const double volts = code * a.lsb() - 3;
    sum += volts;
    squares += volts * volts;
  }
  const double mean = sum / n;
  EXPECT_NEAR(std::sqrt(squares / n - mean * mean), 4e-4, 1e-5);
  EXPECT_LT(std::abs(mean), 4e-3);
  EXPECT_NE(mean, 0);
}

TEST(Bank, ChangesAfterItsDelayAndForgetsAPulseThatWasTooShort) {
  models::mosfet::Bank bank({});
  bank.gate(true, 1000);
  EXPECT_EQ(bank.due_ns(), 1000 + 200'000);
  bank.gate(false, 50'000);  // back before the channel conducted
  EXPECT_EQ(bank.due_ns(), models::mosfet::Bank::never);
  bank.gate(true, 60'000);
  EXPECT_FALSE(bank.settle(259'999));
  EXPECT_TRUE(bank.settle(260'000));
  EXPECT_TRUE(bank.conducts());
  bank.gate(false, 300'000);
  EXPECT_TRUE(bank.settle(305'000));
}

TEST(Port, SolvesTwoSourcesAndALoadAtOnce) {
  Port port;
  port.at(0);
  port.charger = models::port::Charger{10, 30, 0.1};
  port.load = models::port::Load{0, 5, 0};
  Path open{0.05, 0.05, 0, 0, true, true};
  const double i = models::port::solve_current(port, open, 26, {}), v = 26 + 0.05 * i;
  EXPECT_NEAR(i, 10 - v / 5, 1e-9);  // charger in current limit
  port.charger->current_A = 1000;
  const double j = models::port::solve_current(port, open, 26, {}), w = 26 + 0.05 * j;
  EXPECT_NEAR(j, (30 - w) / 0.1 - w / 5, 1e-9);  // in voltage limit
}

TEST(Port, BlocksADirectionAndNeedsTheDiodeDropForTheOther) {
  Port port;
  port.at(0);
  port.charger = models::port::Charger{10, 26.3, 0.1};
  Path through_diode{0.05, 0.05, 0.65, 0, true, false};
  EXPECT_EQ(models::port::solve_current(port, through_diode, 26, {}), 0);  // 0.3 V do not open it
  port.charger->voltage_V = 28;
  EXPECT_GT(models::port::solve_current(port, through_diode, 26, {}), 1);
}

TEST(Port, IsIdleWhereWhatHangsOnItIsInBalance) {
  const auto idle_V = [](const Port& port) { return models::port::idle_voltage(port, 26, {}); };
  constexpr double within_V = 1e-10;
  Port port;
  EXPECT_EQ(idle_V(port), 26) << "nothing hangs on it";
  port.charger = models::port::Charger{84, 32.1};
  EXPECT_NEAR(idle_V(port), 32.1, within_V);
  port.load = models::port::Load{0, 5, 0};
  EXPECT_NEAR(idle_V(port), 32.1 * 5 / 5.005, within_V);
  port.charger->current_A = 2;
  EXPECT_NEAR(idle_V(port), 10, within_V) << "2 A through 5 ohm";
  port.load = models::port::Load{3, 0, 0};
  EXPECT_NEAR(idle_V(port), 0.5 * 2 / 3, within_V) << "the load fades below 0.5 V";
  port.charger->current_A = 0;
  EXPECT_NEAR(idle_V(port), 0, within_V);
  port.load.reset();
  port.charger = models::port::Charger{10, 30};
  port.charger->reversed = true;
  EXPECT_NEAR(idle_V(port), 0, within_V);
  port.charger->reversed = false;
  port.short_circuit = models::port::Short{1e-3};
  EXPECT_NEAR(idle_V(port), 10e-3, within_V);
  port.charger.reset();
  port.short_circuit.reset();
  port.set_profile({{0, 10}, {5, 5}});
  port.at(1);
  EXPECT_NEAR(idle_V(port), 1000, within_V) << "all that the source behind a profile has";
}
