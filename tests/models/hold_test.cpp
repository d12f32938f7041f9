// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

constexpr int held = 2;
constexpr double held_V = 3.601;

/// The inductance settles at once and the channels stay at 25 degC, so that the loop is Ohm's law.
PlantParams cool_pack() {
  PlantParams params = plain_pack();
  params.mos_heat_capacity_J_per_K = 1e9;
  params.charge_bank.junction_K_per_W = params.discharge_bank.junction_K_per_W = 0;
  return params;
}

Plant pack_with_a_held_cell(PlantParams params = cool_pack()) {
  Plant plant(std::move(params), 25);
  close_switches(plant);
  plant.hold_cell(held, held_V);
  return plant;
}

}  // namespace

TEST(HeldCell, ShowsItsVoltageAtEveryInstantWhateverTheCurrentDoes) {
  Plant plant = pack_with_a_held_cell();
  plant.port().charger = Charger{84, 40, 5e-3, 20, 5};
  std::size_t seen = 0;
  run_to(plant, 30 * ns_per_s, [&](const Plant& p) {
    for (int part = 0; part <= 4; ++part, ++seen) {
      const std::int64_t t = p.now_ns() + part * (p.horizon_ns() - p.now_ns()) / 4;
      ASSERT_EQ(p.cell_V(held, t), held_V) << "at " << t << " ns with " << p.port_A(t) << " A";
      ASSERT_EQ(p.sensed_V(held, t), held_V);
    }
  });
  EXPECT_GT(seen, 20u);
  EXPECT_GT(plant.port_A(plant.now_ns()), 50);
}

TEST(HeldCell, PassesTheSeriesCurrentThatOhmsLawGivesWithItsVoltageAndWithoutItsResistance) {
  const PlantParams params = cool_pack();
  Plant plant = pack_with_a_held_cell(params);
  plant.port().load = Load{0, 0.5, 0};
  settle(plant);
  const double others_ohm = 7 * 0.5e-3 + 8 * params.busbar_ohm + params.shunt_ohm + params.copper_ohm +
                            params.charge_bank.on_ohm + params.discharge_bank.on_ohm;
  EXPECT_NEAR(plant.port_A(plant.now_ns()), -(7 * 3.25 + held_V) / (0.5 + others_ohm), 1e-3);  // 20 ms on
  EXPECT_EQ(plant.cell_A(held, plant.now_ns()), plant.cell_A(held + 1, plant.now_ns()));
}

TEST(HeldCell, KeepsTheStateOfTheCellUntilItComesBack) {
  Plant plant = pack_with_a_held_cell();
  plant.port().load = Load{100, 0, 0};
  run_to(plant, 60 * ns_per_s);
  const auto& cells = plant.state().cell;
  EXPECT_EQ(cells[held].soc, 0.5);
  EXPECT_EQ(cells[held].v1_V, 0);
  EXPECT_LT(cells[held + 1].soc, 0.4945);
  EXPECT_TRUE(plant.is_held(held));

  plant.port().load.reset();
  plant.hold_cell(held, std::nullopt);
  settle(plant);
  EXPECT_FALSE(plant.is_held(held));
  EXPECT_NEAR(plant.cell_V(held, plant.now_ns()), 3.25, 1e-9);
}

TEST(HeldCell, StandsTheRightWayRoundInPlaceOfAReversedOne) {
  Plant plant = pack_with_a_held_cell();
  models::cell::CellFaults reversed;
  reversed.reversed = true;
  plant.set_cell_faults(held, reversed);
  settle(plant);
  EXPECT_EQ(plant.cell_V(held, plant.now_ns()), held_V);
  EXPECT_NEAR(plant.pack_V(plant.now_ns()), 7 * 3.25 + held_V, 1e-9);
}

TEST(HeldCell, GivesAndTakesTheEnergyThatItsVoltageAndTheChargeMake) {
  PlantParams params = cool_pack();
  params.supply_current_A = 0.5;
  Plant plant = pack_with_a_held_cell(params);
  plant.keep_ledger(true);
  plant.port().load = Load{50, 0, 0};
  const std::int64_t from = plant.now_ns();
  run_to(plant, from + 100 * ns_per_s);
  EXPECT_NEAR(plant.cell_energy(held).terminal_work_J(), -held_V * 50.5 * 100, 0.05);  // the current rises for 0.1 ms
  EXPECT_EQ(plant.cell_energy(held).heat_J(), 0);
  EXPECT_LT(std::abs(plant.ledger().electrical_error()), 1e-6);
}

TEST(HeldCell, RefusesAVoltageThatNoBenchSupplyHas) {
  Plant plant(plain_pack(), 25);
  EXPECT_THROW(plant.hold_cell(0, 20.1), std::invalid_argument);
  EXPECT_THROW(plant.hold_cell(0, std::nan("")), std::invalid_argument);
}
