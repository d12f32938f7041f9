// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/support.hpp"

using models::mosfet::Bank;
using models::mosfet::BankParams;
using namespace tests;

namespace {

Plant charging(double amps = 50) {
  Plant plant(plain_pack(), 25);
  close_switches(plant);
  plant.port().charger = Charger{amps, 40, 5e-3};
  run_to(plant, plant.now_ns() + ns_per_s);
  return plant;
}

double current_after_gate_off(Plant& plant, std::int64_t wait_ns) {
  plant.set_gate(true, false);
  run_to(plant, plant.now_ns() + wait_ns);
  plant.look_ahead();
  return plant.port_A(plant.now_ns());
}

}  // namespace

TEST(BankWithAFault, StuckOnKeepsConducting) {
  Plant plant = charging();
  plant.set_bank_fault(true, BankFault::stuck_on);
  EXPECT_EQ(current_after_gate_off(plant, ns_per_s), 50);
  EXPECT_TRUE(plant.charge_fet());
}

TEST(BankWithAFault, StuckOffEndsTheCurrentAtOnceAndLeavesTheDiode) {
  Plant plant = charging();
  plant.set_bank_fault(true, BankFault::stuck_off);
  run_to(plant, plant.now_ns() + 50 * ns_per_us);
  plant.look_ahead();
  EXPECT_EQ(plant.port_A(plant.now_ns()), 0);
  plant.port().charger.reset();
  plant.port().load = Load{20, 0, 0};
  settle(plant);
  EXPECT_NEAR(plant.port_A(plant.now_ns()), -20, 1e-9);
  EXPECT_GT(plant.pack_V(plant.now_ns()) - plant.port_V(plant.now_ns()), 0.65);
}

TEST(BankWithAFault, OneDeadOfTwelveRaisesTheResistanceByAnEleventh) {
  Bank bank({});
  const double healthy = bank.on_ohm(25);
  bank.set_fault(BankFault::one_dead);
  EXPECT_NEAR(bank.on_ohm(25), healthy * 12 / 11, 1e-12);
  EXPECT_NEAR(bank.avalanche_rating_J(), 4.0 * 11 / 12, 1e-12);
}

TEST(BankWithAFault, ASlowGateOpensAHundredTimesLater) {
  Plant plant = charging();
  plant.set_bank_fault(true, BankFault::slow_gate);
  EXPECT_EQ(current_after_gate_off(plant, 499 * ns_per_us), 50);
  run_to(plant, plant.now_ns() + 501 * ns_per_us);  // delay 500 us, half of the fall of 1 ms
  plant.look_ahead();
  EXPECT_NEAR(plant.port_A(plant.now_ns()), 25, 0.1);
}

TEST(BankWithAFault, ALeakingBankLetsMilliamperesThrough) {
  Plant plant = charging();
  plant.set_bank_fault(true, BankFault::leaking);
  (void)current_after_gate_off(plant, 1000 * ns_per_us);
  run_to(plant, plant.now_ns() + ns_per_s / 10);
  plant.look_ahead();
  const double over_V = 40 - plant.pack_V(plant.now_ns());
  EXPECT_NEAR(plant.port_A(plant.now_ns()), over_V / 500, 1e-4);
}

TEST(Junction, StandsAboveThePlateByThePowerOfTheBank) {
  Plant plant = charging(200);
  run_to(plant, plant.now_ns() + ns_per_s);
  plant.look_ahead();
  const std::int64_t now = plant.now_ns();
  EXPECT_NEAR(plant.junction_degC(true, now) - plant.mos_degC(now), 200 * 200 * 90e-6 * 0.6 / 12, 0.01);
}

TEST(Junction, HeatsInMillisecondsWhileTheDiodeConducts) {
  Plant plant = charging(200);
  plant.set_gate(false, false);  // the charging current goes through the diode of the other bank
  run_to(plant, plant.now_ns() + 5 * ns_per_us);
  const double before_K = plant.state().junction_K[1];
  run_to(plant, plant.now_ns() + 8'000 * ns_per_us);
  const double settled_K = 200 * (0.65 + 200 * 1e-3) * 0.6 / 12;
  EXPECT_NEAR(plant.state().junction_K[1], settled_K + (before_K - settled_K) * std::exp(-1), 0.05);
}
