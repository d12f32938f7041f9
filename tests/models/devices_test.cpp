// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/math/wave.hpp"
#include "tests/models/support.hpp"

using models::port::Inverter;
using models::port::Motor;
using namespace tests;

namespace {

Plant closed(PlantParams params = plain_pack()) {
  Plant plant(std::move(params), 25);
  close_switches(plant);
  return plant;
}

double port_A(Plant& plant, std::int64_t t) {
  run_to(plant, t);
  plant.look_ahead();
  return plant.port_A(t);
}

/// The charge bank is open since a second, so that a charger at the port does not reach the cells.
Plant resting_beside(const std::optional<Charger>& charger) {
  Plant plant = closed();
  plant.port().charger = charger;
  plant.set_gate(true, false);
  run_to(plant, plant.now_ns() + ns_per_s);
  return plant;
}

}  // namespace

/// Firmware keeps its intervals: a segment ends where the converter turned the last time, so that none is gone back
/// into.
TEST(ConverterInThePlant, IsExpectedToTurnAsItDidTheLastTime) {
  Plant plant = closed();
  run_to(plant, plant.now_ns() + ns_per_s);
  constexpr std::int64_t runs_ns = 1'360'000'000, stands_ns = 64'000'000;
  std::int64_t turns = plant.now_ns();
  for (int turn = 0; turn < 8; ++turn) {
    const bool run = turn % 2 == 0;
    plant.set_converter({run, false, 2, 1});
    turns += run ? runs_ns : stands_ns;
    std::int64_t horizon = plant.look_ahead();
    for (; horizon < turns; horizon = plant.look_ahead()) plant.advance_exactly_to(horizon);
    if (turn > 2) {
      EXPECT_EQ(horizon, turns) << "turn " << turn;
    }
    plant.advance_exactly_to(turns);
  }
  EXPECT_GT(plant.look_ahead(), turns) << "a converter that does not turn ends nothing";
}

TEST(Wave, IsTheSineOfTurns) {
  for (double x = -3; x < 3; x += 0.0137)
    EXPECT_NEAR(models::math::sine_of_turns(x), std::sin(2 * 3.14159265358979324 * x), 2e-15 + 1e-15 * std::abs(x));
}

TEST(ChargerOnThePort, StartsSoftlyAlongItsRamp) {
  Plant plant = closed();
  const std::int64_t start = plant.now_ns();
  Charger charger{80, 40, 5e-3};
  charger.ramp_A_per_s = 20;
  charger.start_s = static_cast<double>(start) * 1e-9;
  plant.port().charger = charger;
  EXPECT_NEAR(port_A(plant, start + 2 * ns_per_s), 40, 1e-3);
  EXPECT_NEAR(port_A(plant, start + 10 * ns_per_s), 80, 1e-9);
}

TEST(ChargerOnThePort, TheWrongWayRoundDischargesThePackThroughItsRectifier) {
  Plant plant = closed();
  Charger charger{80, 29, 50e-3};
  charger.reversed = true;
  plant.port().charger = charger;
  settle(plant);
  const std::int64_t now = plant.now_ns();
  EXPECT_NEAR(plant.port_A(now), -80 - (plant.port_V(now) - 1.4) / 50e-3, 0.1);
}

TEST(Ripple, IsSeenAtTheInstantOfASampleAndCostsNoShortSegments) {
  Plant plant = closed();
  Charger charger{80, 40, 5e-3};
  charger.ripple_A = 20;
  plant.port().charger = charger;
  run_to(plant, 100 * ns_per_s);
  plant.look_ahead();
  EXPECT_GE(plant.horizon_ns() - plant.now_ns(), ns_per_s);
  const std::int64_t crest = 101 * ns_per_s + 2'500 * ns_per_us;
  ASSERT_LE(crest, plant.horizon_ns());
  EXPECT_NEAR(plant.port_A(crest), 100, 1e-6);
  EXPECT_NEAR(plant.port_A(crest + 5'000 * ns_per_us), 60, 1e-6);
  EXPECT_NEAR(plant.cell_V(0, crest) - plant.cell_V(0, crest + 5'000 * ns_per_us), 40 * 0.5e-3, 1e-5);
}

TEST(Ripple, HeatsTheCellsByHalfTheSquareOfItsAmplitude) {
  double rise_K[2];
  for (const int with : {0, 1}) {
    Plant plant = closed();
    Charger charger{80, 40, 5e-3};
    charger.ripple_A = with * 80;
    plant.port().charger = charger;
    run_to(plant, 60 * ns_per_s);
    rise_K[with] = plant.state().cell[3].temperature_degC - 25;
  }
  EXPECT_NEAR((rise_K[1] - rise_K[0]) * 5700, 0.5 * 80 * 80 * 0.5e-3 * 60, 1.5);
}

TEST(InverterOnThePort, SwingsAroundTheCurrentOfItsPower) {
  Plant plant = closed();
  plant.port().inverter = Inverter{1000, 2e-3, 5e-3, 0.8, 100, 10, 1};
  run_to(plant, 10 * ns_per_s);
  plant.look_ahead();
  const std::int64_t crest = plant.now_ns() + 2'500 * ns_per_us, zero = plant.now_ns();
  const double mean = plant.port_A(zero);
  EXPECT_NEAR(mean * plant.port_V(zero), -1000, 0.5);
  EXPECT_NEAR(plant.port_A(crest), 1.8 * mean, 0.01);
}

TEST(InverterOnThePort, IsCarriedByAChargerWhileThePackRests) {
  Plant plant = resting_beside(Charger{84, 27.5, 5e-3});
  plant.port().inverter = Inverter{1000, 5e-3};
  const std::int64_t start = plant.now_ns();
  double highest_V = 0;
  int segments = 0;
  run_to(plant, start + ns_per_s, [&](const Plant& p) {
    ++segments;
    if (p.now_ns() > start + 5'000 * ns_per_us) highest_V = std::max(highest_V, p.link_V(p.now_ns()));
    if (p.now_ns() > start + 50'000 * ns_per_us) {
      EXPECT_EQ(p.port_A(p.now_ns()), 0);
    }
  });
  plant.look_ahead();
  EXPECT_LT(highest_V, 27.5);
  // charger: V = 27.5 V - 5 mohm I, inverter behind 5 mohm more, 1 kW at the port
  const double port_V = 0.5 * (27.5 + std::sqrt(27.5 * 27.5 - 4 * 5e-3 * 1000));
  EXPECT_NEAR(plant.link_V(plant.now_ns()), port_V, 1e-3);
  EXPECT_NEAR(plant.port_V(plant.now_ns()), port_V, 1e-3);
  EXPECT_LT(segments, 5000);
}

TEST(InverterOnThePort, IsFilledByAChargerWithTheirTimeConstant) {
  Plant plant = resting_beside(Charger{84, 29, 5e-3});
  plant.port().inverter = Inverter{0, 5e-3};
  plant.set_link_V(28.4);
  const std::int64_t start = plant.now_ns();
  double worst_V = 0;
  run_to(plant, start + 2'000 * ns_per_us, [&](const Plant& p) {
    const double x = static_cast<double>(p.now_ns() - start) * 1e-9;
    worst_V = std::max(worst_V, std::abs(p.link_V(p.now_ns()) - (29 - 0.6 * std::exp(-x / (5e-3 * 10e-3)))));
  });
  EXPECT_LT(worst_V, 5e-3);
}

TEST(InverterOnThePort, IsFilledThroughTheCornerOfAChargerAndNeverBeyondItsVoltage) {
  for (const double start_V : {26.0, 25.5, 24.7}) {
    Plant plant = resting_beside(Charger{10, 28.4, 5e-3});
    plant.port().inverter = Inverter{0, 2e-3};
    plant.set_link_V(start_V);
    double highest_V = 0;
    run_to(plant, plant.now_ns() + 200'000 * ns_per_us,
           [&](const Plant& p) { highest_V = std::max(highest_V, p.link_V(p.now_ns())); });
    plant.look_ahead();
    EXPECT_LT(highest_V, 28.4 + 1e-6) << start_V;
    EXPECT_NEAR(plant.link_V(plant.now_ns()), 28.4, 1e-3) << start_V;
  }
}

TEST(InverterOnThePort, TakesFromThePackFromTheVoltageOnAtWhichItConducts) {
  Plant plant = resting_beside({});  // a body diode in the way
  plant.look_ahead();
  const double pack_V = plant.pack_V(plant.now_ns());
  plant.port().inverter = Inverter{1000, 5e-3};
  plant.set_link_V(30);
  double last_V = 0;
  bool conducts = false;
  run_to(plant, plant.now_ns() + 50'000 * ns_per_us, [&](const Plant& p) {
    conducts = conducts || p.port_A(p.now_ns()) < 0;
    if (!conducts) last_V = p.link_V(p.now_ns()) - 5e-3 * 1000 / p.link_V(p.now_ns());  // at the port
  });
  EXPECT_TRUE(conducts);
  EXPECT_NEAR(last_V, pack_V - plant.params().charge_bank.diode_V, 0.04);
}

TEST(InverterOnThePort, EmptiesItsLinkWhenTheBankOpens) {
  Plant plant = closed();
  plant.port().inverter = Inverter{100, 10e-3, 5e-3, 0, 100};
  run_to(plant, ns_per_s);
  plant.set_gate(false, false);
  run_to(plant, plant.now_ns() + 10'000 * ns_per_us);
  plant.look_ahead();
  const double expected = std::sqrt(26 * 26 - 2 * 100 * 10e-3 / 10e-3);  // C v^2/2 falls by P t
  EXPECT_NEAR(plant.link_V(plant.now_ns()), expected, 0.3);
}

TEST(MotorOnThePort, DrawsAndGivesBackInTurn) {
  Plant plant = closed();
  const std::int64_t start = plant.now_ns();
  plant.port().motor = Motor{40, 25, 10, 2, 60, static_cast<double>(start) * 1e-9};
  EXPECT_NEAR(port_A(plant, start + 5 * ns_per_s), -40, 1e-9);
  EXPECT_NEAR(port_A(plant, start + 11 * ns_per_s), 25, 1e-9);
  EXPECT_NEAR(port_A(plant, start + 17 * ns_per_s), -40, 1e-9);
}

TEST(Limiter, CarriesTenAmperesWhileTheChargeBankIsOff) {
  auto params = plain_pack();
  params.charge_limiter_A = 10;
  Plant plant = closed(params);
  plant.port().charger = Charger{80, 40, 5e-3};
  run_to(plant, plant.now_ns() + ns_per_s);
  plant.set_charge_limiter(true);
  plant.set_gate(true, false);
  EXPECT_NEAR(port_A(plant, plant.now_ns() + ns_per_s), 10, 1e-9);
}

TEST(Supply, DrawsByState) {
  auto params = plain_pack();
  params.supply_current_A = 0.020;
  params.balancing_extra_A = 0.005;
  Plant plant(params, 25);
  plant.look_ahead();
  EXPECT_DOUBLE_EQ(plant.supply_A(), 0.020);
  plant.set_converter({true, false, 0, 1});
  plant.look_ahead();
  EXPECT_DOUBLE_EQ(plant.supply_A(), 0.025);
  plant.set_asleep(true);
  plant.look_ahead();
  EXPECT_DOUBLE_EQ(plant.supply_A(), 0.5e-3);
  plant.set_supply_lead(false);
  plant.look_ahead();
  EXPECT_EQ(plant.supply_A(), 0);
}

TEST(Heater, DrawsFromThePackAndWarmsTheCells) {
  auto params = plain_pack();
  params.heater_ohm = 10;
  Plant plant(params, 0);
  plant.set_heater_switch(true);
  run_to(plant, 60 * ns_per_s);
  EXPECT_NEAR(plant.heater_A(), 2.6, 1e-3);
  EXPECT_NEAR(plant.state().cell[2].temperature_degC * 5700, 2.6 * 2.6 * 10 / 8 * 60, 4);
}

TEST(Contact, AResistanceAtOneLinkSagsThePackByItsDrop) {
  Plant healthy = closed(), worn = closed();
  for (Plant* plant : {&healthy, &worn}) plant->port().load = Load{100, 0, 0};
  worn.set_contact(3, 1e-3);
  settle(healthy);
  settle(worn);
  const std::int64_t t = healthy.now_ns();
  EXPECT_NEAR(healthy.pack_V(t) - worn.pack_V(t), 0.1, 1e-6);
}

TEST(Charge, IsConservedThroughTransientsRollBacksAndSwitches) {
  Plant plant = closed();
  double moved_As = 0;
  const auto count = [&](std::int64_t until) {
    while (plant.now_ns() < until) {
      plant.look_ahead();
      const std::int64_t a = plant.now_ns(), b = std::min(until, plant.horizon_ns());
      double sum = 0;  // Gauss-Legendre, five points
      constexpr double x[] = {0.04691007703066802, 0.23076534494715845, 0.5, 0.76923465505284155, 0.95308992296933198};
      constexpr double w[] = {0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324,
                              0.11846344252809454};
      const double h = static_cast<double>(b - a);
      for (int n = 0; n < 5; ++n) sum += w[n] * plant.port_A(a + static_cast<std::int64_t>(x[n] * h + 0.5));
      moved_As += sum * h * 1e-9;
      plant.advance_exactly_to(b);
    }
  };
  plant.port().charger = Charger{84, 27.5, 5e-3};
  count(plant.now_ns() + 100 * ns_per_s);
  plant.port().load = Load{0, 0.5, 0};
  count(plant.now_ns() + 77 * ns_per_s);
  plant.set_gate(true, false);
  count(plant.now_ns() + 13 * ns_per_s);
  plant.port().load.reset();
  plant.port().inverter = models::port::Inverter{1000, 5e-3};  // inrush
  count(plant.now_ns() + ns_per_s);
  plant.port().short_circuit = models::port::Short{10e-3, 0};
  count(plant.now_ns() + 300 * ns_per_us);
  plant.set_gate(false, false);  // avalanche
  count(plant.now_ns() + ns_per_s);
  for (std::size_t k = 0; k < 8; ++k)
    EXPECT_NEAR((plant.state().cell[k].soc - 0.5) * 3600 * 280 / moved_As, 1, 1e-9) << "cell " << k + 1;
}
