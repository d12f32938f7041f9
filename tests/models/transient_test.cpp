// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

/// 8 cells of 3.25 V and 0.5 mohm that stay as they are; 0.3 mohm of board: 4.3 mohm in all.
PlantParams stiff_pack() {
  auto cell = plain_cell(1e4);
  cell.ocv_V = {{0, 1}, {3.25, 3.25}};
  cell.r1_ohm = cell.r2_ohm = {{-20, 60}, {0, 0}};
  auto params = plain_pack(8, cell);
  params.mos_heat_capacity_J_per_K = 1e9;
  params.charge_bank.junction_K_per_W = params.discharge_bank.junction_K_per_W = 0;
  params.brown_out_V = -1;
  return params;
}
/// That pack at 1 ms, a capacitor at the port just switched on to it through the precharge resistor.
Plant precharging(double ohm, double farad) {
  auto params = stiff_pack();
  params.precharge_ohm = ohm;
  Plant plant(params, 25);
  plant.set_gate(true, true);
  run_to(plant, ns_per_s / 1000);
  plant.port().inverter = models::port::Inverter{0, farad, 5e-3, 0, 100};
  plant.set_precharge(true);
  return plant;
}
constexpr double pack_V = 26, pack_ohm = 8 * 0.5e-3 + 0.3e-3, loop_H = 2e-6;

}  // namespace

TEST(Transient, ALoadOfMilliohmsRisesWithTheLoop) {
  Plant plant(stiff_pack(), 25);
  close_switches(plant);
  plant.port().load = Load{0, 20e-3, 0};
  const std::int64_t start = plant.now_ns();
  const double r = pack_ohm + 20e-3, settled = pack_V / r;
  for (const std::int64_t us : {5, 20, 80, 300, 1000}) {
    run_to(plant, start + us * ns_per_us);
    const double x = static_cast<double>(us) * 1e-6;
    EXPECT_NEAR(-plant.state().loop_A, settled * (1 - std::exp(-x * r / loop_H)), 2e-4 * settled) << us;
  }
}

TEST(Transient, AChargerReachesItsCurrentAsFastAsItsVoltageDrivesTheLoop) {
  Plant plant(stiff_pack(), 25);
  close_switches(plant);
  plant.port().charger = Charger{80, 30, 5e-3};
  const std::int64_t start = plant.now_ns();
  const double r = pack_ohm + 5e-3, settled = 4 / r;
  run_to(plant, start + 20 * ns_per_us);
  EXPECT_NEAR(plant.state().loop_A, settled * (1 - std::exp(-20e-6 * r / loop_H)), 0.02);
  run_to(plant, start + 60 * ns_per_us);
  EXPECT_NEAR(plant.state().loop_A, 80, 1e-6);
}

TEST(Transient, AChargerThatIsTurnedDownGivesItsNewCurrentAtOnce) {
  Plant plant(stiff_pack(), 25);
  close_switches(plant);
  plant.port().charger = Charger{12, 30, 5e-3};
  run_to(plant, plant.now_ns() + ns_per_s);
  ASSERT_NEAR(plant.state().loop_A, 12, 1e-6);
  plant.port().charger->current_A = 5;
  int segments = 0;
  run_to(plant, plant.now_ns() + ns_per_s / 1000, [&](const Plant& p) {
    EXPECT_NEAR(p.port_A(p.horizon_ns()), 5, 1e-6);
    ++segments;
  });
  EXPECT_LT(segments, 10) << "not steps of 20 ns against its limit";
}

TEST(Transient, ALargeCurrentBreaksTheBankDownAndASmallOneDoesNot) {
  for (const double amps : {10.0, 300.0}) {
    Plant plant(stiff_pack(), 25);
    close_switches(plant);
    plant.port().load = Load{amps, 0, 0};
    run_to(plant, plant.now_ns() + ns_per_s);
    plant.set_gate(false, false);
    run_to(plant, plant.now_ns() + 200 * ns_per_us);
    if (amps < 100)  // 1 A/us is what the channel lets through
      EXPECT_EQ(plant.state().avalanche_J, 0);
    else  // L i^2/2, and what the pack adds: the factor Vbr / (Vbr - V)
      EXPECT_NEAR(plant.state().avalanche_J, 0.5 * loop_H * 300 * 300 * 46 / (46 - pack_V + 0.65), 0.02);
    EXPECT_EQ(plant.state().loop_A, 0);
  }
}

TEST(Transient, TheInrushOfADcLinkIsThatOfTheSeriesCircuit) {
  Plant plant(stiff_pack(), 25);
  close_switches(plant);
  plant.port().inverter = models::port::Inverter{0, 2e-3, 5e-3, 0, 100};
  const std::int64_t start = plant.now_ns();
  const double r = pack_ohm + 5e-3, damping = r / (2 * loop_H),
               own = std::sqrt(1 / (loop_H * 2e-3) - damping * damping);
  for (const std::int64_t us : {30, 99, 200, 400, 900}) {
    run_to(plant, start + us * ns_per_us);
    const double x = static_cast<double>(us) * 1e-6;
    const double expected = pack_V / (own * loop_H) * std::exp(-damping * x) * std::sin(own * x);
    EXPECT_NEAR(-plant.state().loop_A, expected, 0.002 * pack_V / (own * loop_H)) << us;
  }
  run_to(plant, start + 20'000 * ns_per_us);
  plant.look_ahead();
  EXPECT_NEAR(plant.link_V(plant.now_ns()), pack_V, 0.01);
}

TEST(Transient, ThePrechargeResistorFillsTheDcLinkWithItsTimeConstant) {
  Plant plant = precharging(10, 2e-3);
  const std::int64_t start = plant.now_ns();
  double peak_A = 0;
  int segments = 0;
  run_to(plant, start + 20'000 * ns_per_us, [&](const Plant& p) {
    peak_A = std::min(peak_A, p.port_A(p.horizon_ns()));
    ++segments;
  });
  plant.look_ahead();
  EXPECT_LT(segments, 500) << "not steps of L/R, 200 ns";
  const double loop_ohm = 10 + 8 * 0.5e-3 + 5e-3;
  EXPECT_NEAR(plant.link_V(plant.now_ns()), pack_V * (1 - std::exp(-0.02 / (loop_ohm * 2e-3))), 1e-3 * pack_V);
  EXPECT_GT(peak_A, -2.7);
}

TEST(Transient, WhatLeavesThePackThroughThePrechargeResistorIsInTheDcLink) {
  Plant plant = precharging(30, 10e-3);
  const double soc = plant.state().cell[0].soc;
  run_to(plant, plant.now_ns() + ns_per_s);
  const double given_As = (soc - plant.state().cell[0].soc) * 1e4 * 3600;
  EXPECT_GT(plant.state().link_V, 24);
  EXPECT_NEAR(given_As, 10e-3 * plant.state().link_V, 1e-5 * given_As);
}

TEST(Transient, TripsAtTheSameInstantWhateverTheLookAhead) {
  std::int64_t first = 0;
  for (const double longest_s : {0.01, 0.1, 2.0}) {
    auto params = plain_pack(8, plain_cell(5));
    params.max_step_s = longest_s;
    params.comparator_A = 90;
    Plant plant(params, 25);
    close_switches(plant);
    plant.port().load = Load{0, 0, 2200};  // the current grows as the pack empties
    while (!plant.comparator()) {
      plant.look_ahead();
      plant.advance_exactly_to(plant.horizon_ns());
      ASSERT_LT(plant.now_ns(), std::int64_t{4} * 3600 * ns_per_s);
    }
    if (first == 0) first = plant.now_ns();
    EXPECT_NEAR(static_cast<double>(plant.now_ns() - first), 0, 2e-6 * static_cast<double>(first)) << longest_s;
  }
}
