// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

Plant charged(PlantParams params, Charger charger) {
  Plant plant(std::move(params), 25);
  close_switches(plant);
  plant.port().charger = charger;
  return plant;
}

double total_ohm(const PlantParams& p, int n) {  // at 25 degC
  return n * (0.5e-3 + p.busbar_ohm) + p.shunt_ohm + p.copper_ohm + p.charge_bank.on_ohm + p.discharge_bank.on_ohm;
}

}  // namespace

TEST(Plant, PackVoltageIsTheSumOfItsCellsAtTheStartOfEverySegment) {
  for (const bool measured : {false, true}) {
    Plant plant(plain_pack(), 25);
    close_switches(plant);
    if (measured)
      plant.port().set_profile({{0, 1000}, {-50, -100}});
    else
      plant.port().load = Load{100, 0, 0};
    for (int segment = 0; segment < 20; ++segment) {
      plant.look_ahead();
      double sum = 0;
      for (int k = 0; k < plant.cells(); ++k) sum += plant.cell_V(k, plant.now_ns());
      ASSERT_NEAR(plant.pack_V(plant.now_ns()), sum, 1e-9) << measured << segment;
      plant.advance_exactly_to(plant.horizon_ns());
    }
  }
}

TEST(Plant, CountsExactlyTheChargeOfAConstantCurrent) {
  Plant plant = charged(plain_pack(), {84, 40, 5e-3});
  settle(plant);
  const std::int64_t start = plant.now_ns();
  const double soc = plant.state().cell[0].soc;
  run_to(plant, start + 600 * ns_per_s);
  for (int k = 0; k < 8; ++k)
    EXPECT_NEAR(plant.state().cell[static_cast<std::size_t>(k)].soc, soc + 84 * 600 / (3600.0 * 280), 1e-12);
}

TEST(Plant, TakesTheCurrentOfAResistorFromTheWholeLoop) {
  auto params = plain_pack();
  params.mos_heat_capacity_J_per_K = 1e9;
  params.charge_bank.junction_K_per_W = params.discharge_bank.junction_K_per_W = 0;
  Plant plant(params, 25);
  close_switches(plant);
  plant.port().load = Load{0, 0.5, 0};
  settle(plant);
  EXPECT_NEAR(plant.port_A(plant.now_ns()), -8 * 3.25 / (0.5 + total_ohm(params, 8)), 1e-3);  // 20 ms on
  EXPECT_NEAR(plant.port_V(plant.now_ns()), 0.5 * -plant.port_A(plant.now_ns()), 1e-6);
}

TEST(Plant, DrawsConstantPowerAtTheSaggingPort) {
  Plant plant(plain_pack(), 25);
  close_switches(plant);
  plant.port().load = Load{0, 0, 2000};
  settle(plant);
  EXPECT_NEAR(plant.port_V(plant.now_ns()) * -plant.port_A(plant.now_ns()), 2000, 1e-4);
}

TEST(Plant, TapersInConstantVoltageAlongTheClosedForm) {
  // Linear OCV and no RC: E(q) = E0 + q/C, so i(t) = (V - E0)/R e^(-t/(R C))
  auto cell = plain_cell(10);
  cell.r1_ohm = cell.r2_ohm = {{-20, 60}, {0, 0}};
  cell.heat_capacity_J_per_K = 1e12;
  auto params = plain_pack(8, cell);
  params.mos_heat_capacity_J_per_K = 1e12;
  params.charge_bank.junction_K_per_W = params.discharge_bank.junction_K_per_W = 0;
  Plant plant = charged(params, {1000, 26.4, 5e-3});
  settle(plant);
  const std::int64_t start = plant.now_ns();
  const double r = total_ohm(params, 8) + 5e-3, c = 3600 * 10 / (8 * 0.5), first = plant.port_A(start);
  double worst = 0;
  run_to(plant, start + 120 * ns_per_s, [&](const Plant& p) {
    for (const std::int64_t t : {p.now_ns(), (p.now_ns() + p.horizon_ns()) / 2, p.horizon_ns()}) {
      const double x = static_cast<double>(t - start) * 1e-9;
      worst = std::max(worst, std::abs(p.port_A(t) - first * std::exp(-x / (r * c))));
    }
  });
  EXPECT_LT(worst, 1e-4 * first);
}

TEST(Plant, GoesFromConstantCurrentToConstantVoltageAtTheRightCharge) {
  auto cell = plain_cell(10);
  cell.r1_ohm = cell.r2_ohm = {{-20, 60}, {0, 0}};
  auto params = plain_pack(8, cell);
  params.mos_heat_capacity_J_per_K = 1e12;
  Plant plant = charged(params, {20, 26.8, 5e-3});
  const std::int64_t start = plant.now_ns();
  double last_full = 0;
  run_to(plant, start + 600 * ns_per_s, [&](const Plant& p) {
    if (p.port_A(p.horizon_ns()) > 19.999) last_full = static_cast<double>(p.horizon_ns() - start) * 1e-9;
  });
  const double rise_V = 26.8 - 20 * (5e-3 + total_ohm(params, 8)) - 26;
  EXPECT_NEAR(last_full, rise_V / (8 * 0.5) * 3600 * 10 / 20, 0.05);
  EXPECT_LT(plant.state().loop_A, 19);
}

TEST(Plant, GivesAllVoltagesAtOnceAsItGivesThemOneByOne) {
  Plant plant = charged(plain_pack(), {84, 40, 5e-3});
  plant.look_ahead();
  const std::int64_t t = (plant.now_ns() + plant.horizon_ns()) / 2;
  double all[9];
  plant.voltages(t, all);
  for (int k = 0; k < 8; ++k) EXPECT_DOUBLE_EQ(all[k], plant.cell_V(k, t));
  EXPECT_DOUBLE_EQ(all[8], plant.pack_V(t));
}

namespace {

/// Half an hour of a measured current through a pack whose parameters move (`entropy`, of 0 V/K) or not.
Plant driven(bool entropy) {
  auto cell = plain_cell(10);
  cell.ocv_V = {{0, 0.3, 0.45, 0.5, 0.55, 1}, {3.0, 3.2, 3.25, 3.3, 3.31, 3.6}};
  if (entropy) cell.dudt_V_per_K = {{0, 1}, {0, 0}};
  Plant plant(plain_pack(8, cell), 25);
  close_switches(plant);
  models::port::Profile profile;
  for (int i = 0; i <= 1800; ++i) {
    profile.time_s.push_back(i);
    profile.current_A.push_back(i % 7 == 0 ? 20 : i % 5 == 0 ? -30 : 4 * (i % 3) - 8);
  }
  plant.port().set_profile(profile);
  return plant;
}

}  // namespace

TEST(Plant, OfConstantParametersGivesWithTheShortWayWhatTheLongWayGives) {
  Plant quick = driven(false), slow = driven(true);
  double worst_V = 0, worst_degC = 0, worst_plate_degC = 0, worst_bead_degC = 0;
  for (std::int64_t t = ns_per_s; t < 1800 * ns_per_s; t += 370 * ns_per_s / 1000) {
    double a[9], b[9];
    for (Plant* p : {&quick, &slow}) {
      if (p->needs_look_ahead()) p->look_ahead();
      while (p->horizon_ns() < t) {
        p->advance_exactly_to(p->horizon_ns());
        p->look_ahead();
      }
      p->voltages(t, p == &quick ? a : b);
    }
    for (int k = 0; k < 9; ++k) worst_V = std::max(worst_V, std::abs(a[k] - b[k]));
    worst_V = std::max(worst_V, std::abs(quick.cell_V(3, t) - a[3]));
    worst_V = std::max(worst_V, std::abs(quick.port_V(t) - slow.port_V(t)));
    worst_degC = std::max(worst_degC, std::abs(quick.cell_degC(3, t) - slow.cell_degC(3, t)));
    worst_plate_degC = std::max(worst_plate_degC, std::abs(quick.mos_degC(t) - slow.mos_degC(t)));
    for (int s = 0; s < 3; ++s)
      worst_bead_degC = std::max(worst_bead_degC, std::abs(quick.bead_degC(s, t) - slow.bead_degC(s, t)));
  }
  EXPECT_LT(worst_plate_degC, 4e-6);
  EXPECT_LT(worst_bead_degC, 1.1e-5);
  EXPECT_LT(worst_V, 1e-8);
  EXPECT_LT(worst_degC, 0.02);  // the short way integrates the heat of a ramp, the long way takes its mean current
}

TEST(Plant, OfConstantParametersGoesBackToAnInstantInsideTheShortWay) {
  Plant whole = driven(false), cut = driven(false);
  run_to(whole, 100 * ns_per_s);
  run_to(cut, 50 * ns_per_s + 300'000'000);
  cut.set_ambient(25);
  run_to(cut, 100 * ns_per_s);
  for (std::size_t k = 0; k < 8; ++k) EXPECT_NEAR(cut.state().cell[k].soc, whole.state().cell[k].soc, 1e-12);
  EXPECT_NEAR(cut.state().cell[2].v1_V, whole.state().cell[2].v1_V, 1e-12);
}

TEST(Plant, BlockedDirectionCarriesNothingAndTheOtherGoesThroughTheDiode) {
  auto params = plain_pack();
  Plant plant(params, 25);
  close_switches(plant);
  plant.set_gate(true, false);  // charge bank off
  plant.port().charger = Charger{50, 40, 5e-3};
  run_to(plant, plant.now_ns() + ns_per_s);
  plant.look_ahead();
  EXPECT_EQ(plant.port_A(plant.now_ns()), 0);
  EXPECT_NEAR(plant.port_V(plant.now_ns()), 40, 1e-6);  // the charger's open voltage
  plant.port().charger.reset();
  plant.port().load = Load{50, 0, 0};
  settle(plant);
  EXPECT_EQ(plant.port_A(plant.now_ns()), -50);
  const double drop = plant.pack_V(plant.now_ns()) - plant.port_V(plant.now_ns());
  EXPECT_NEAR(drop, 0.65 + 50 * (1e-3 + 90e-6 + 120e-6), 1e-4);
}

TEST(Plant, OpensAfterTheGateDelayAndLetsAnImposedCurrentFallLinearly) {
  Plant plant = charged(plain_pack(), {80, 40, 5e-3});
  run_to(plant, plant.now_ns() + ns_per_s);
  const std::int64_t gate = plant.now_ns();
  plant.set_gate(true, false);
  run_to(plant, gate + 5 * ns_per_us);
  EXPECT_FALSE(plant.charge_fet());
  plant.look_ahead();
  EXPECT_NEAR(plant.port_A(gate + 10 * ns_per_us), 40, 1e-6);
  run_to(plant, gate + 15 * ns_per_us);
  plant.look_ahead();
  EXPECT_EQ(plant.port_A(plant.now_ns()), 0);
}

TEST(Plant, RollsBackToAnEventWithTheSameResultAsAShortStep) {
  auto params = plain_pack();
  params.max_step_s = 2;
  Plant ahead = charged(params, {84, 27.5, 5e-3}), plain = charged(params, {84, 27.5, 5e-3});
  run_to(ahead, 10 * ns_per_s);
  run_to(plain, 10 * ns_per_s);
  ahead.look_ahead();
  const std::int64_t t = ahead.now_ns() + (ahead.horizon_ns() - ahead.now_ns()) / 3;
  const double sampled = ahead.cell_V(2, t);
  ahead.advance_exactly_to(t);
  ahead.look_ahead();
  EXPECT_NEAR(ahead.cell_V(2, t), sampled, 1e-8);  // dense output and exact step agree
  run_to(ahead, 60 * ns_per_s);
  run_to(plain, 60 * ns_per_s);
  for (std::size_t k = 0; k < 8; ++k) {
    EXPECT_NEAR(ahead.state().cell[k].soc, plain.state().cell[k].soc, 1e-10);
    EXPECT_NEAR(ahead.state().cell[k].v1_V, plain.state().cell[k].v1_V, 1e-8);
  }
}

TEST(Plant, SamplesAgreeWithFineStepsInsideEverySegment) {
  Plant plant = charged(plain_pack(), {84, 27.5, 5e-3});
  auto fine_params = plain_pack();
  fine_params.max_step_s = 0.01;
  Plant fine = charged(fine_params, {84, 27.5, 5e-3});
  settle(plant);
  settle(fine);
  double worst = 0;
  run_to(plant, 200 * ns_per_s, [&](const Plant& p) {
    const std::int64_t t = p.now_ns() + (p.horizon_ns() - p.now_ns()) * 7 / 11;
    if (t > 200 * ns_per_s) return;
    run_to(fine, t);
    fine.look_ahead();
    for (int k = 0; k < 8; ++k) worst = std::max(worst, std::abs(p.cell_V(k, t) - fine.cell_V(k, t)));
  });
  EXPECT_LT(worst, 2e-6);
}

TEST(Plant, FollowsAMeasuredProfileThroughEveryCorner) {
  Plant plant(plain_pack(), 25);
  close_switches(plant);
  const double start_s = static_cast<double>(plant.now_ns()) * 1e-9;
  plant.port().set_profile({{0, 1, 3, 4}, {0, 10, -20, 0}, false, start_s});
  const std::int64_t start = plant.now_ns();
  run_to(plant, start + 2 * ns_per_s);
  plant.look_ahead();
  EXPECT_NEAR(plant.port_A(plant.now_ns()), -5, 1e-6);
  run_to(plant, start + 10 * ns_per_s);
  const double moved_As = 5 - 10 - 10;  // triangle areas: 5; (10-20)/2*2; -10
  EXPECT_NEAR(plant.state().cell[0].soc, 0.5 + moved_As / (3600 * 280), 1e-12);
}

TEST(Plant, HoldsAProfileThatIsMarkedHeld) {
  Plant plant(plain_pack(), 25);
  close_switches(plant);
  plant.port().set_profile({{0, 1, 3}, {0, 10, 0}, true, static_cast<double>(plant.now_ns()) * 1e-9});
  const std::int64_t start = plant.now_ns();
  run_to(plant, start + 5 * ns_per_s);
  EXPECT_NEAR(plant.state().cell[0].soc, 0.5 + 20 / (3600.0 * 280), 1e-12);
}

TEST(Plant, MovesEnergyFromTheHighCellToTheStoreAndOnToTheLowOne) {
  Plant plant(plain_pack(), 25);
  plant.set_converter({true, false, 2, 1});
  run_to(plant, 20 * ns_per_s);
  const auto& s = plant.state();
  EXPECT_NEAR(s.cell[2].soc, 0.5 - 2 * 20 / (3600.0 * 280), 1e-12);
  EXPECT_NEAR(s.store_J, 0.5 * 60 + 0.67 * 2 * 20 * 3.249, 0.1);
  plant.set_converter({true, true, 5, 1});
  run_to(plant, 60 * ns_per_s);
  EXPECT_GT(plant.state().cell[5].soc, 0.5);
  EXPECT_NEAR(plant.state().store_J, 0.5 * 60 * 0.81, 1e-3);  // stopped by itself at 0.9 of the lower voltage
}

TEST(Plant, TheBmsLivesFromThePack) {
  auto params = plain_pack();
  params.supply_current_A = 0.025;
  Plant plant(params, 25);
  run_to(plant, 3600 * ns_per_s);
  for (std::size_t k = 0; k < 8; ++k) EXPECT_NEAR(plant.state().cell[k].soc, 0.5 - 0.025 / 280, 1e-12);
}

TEST(Plant, BeadLagsItsCellByOneTimeConstant) {
  auto params = plain_pack();
  Plant plant(params, 25);
  for (auto& s : plant.state_for_start().cell) s.temperature_degC = 45;
  auto hot = plain_cell();
  run_to(plant, 12 * ns_per_s);
  EXPECT_NEAR(plant.state().bead_degC[0], 45 - 20 * std::exp(-1.0), 0.05);
}

TEST(Plant, SupplySupervisorFollowsTheLead) {
  Plant plant(plain_pack(), 25);
  run_to(plant, ns_per_s);
  EXPECT_TRUE(plant.supplied());
  plant.set_supply_lead(false);
  plant.look_ahead();
  EXPECT_EQ(plant.event(), PlantEvent::supply_fails);
  EXPECT_EQ(plant.horizon_ns(), plant.now_ns());
  plant.advance_exactly_to(plant.horizon_ns());
  EXPECT_FALSE(plant.supplied());
}

TEST(Plant, RefusesParametersThatCannotBeAndTimesThatWereNotComputed) {
  auto params = plain_pack();
  params.spread.clear();
  EXPECT_THROW(Plant(params, 25), std::invalid_argument);
  Plant plant(plain_pack(), 25);
  EXPECT_THROW(plant.advance_exactly_to(5), std::logic_error);
}
