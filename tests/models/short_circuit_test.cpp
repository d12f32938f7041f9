// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

/// Rows of the analytic short-circuit table, set up exactly: 3.33 V and R a cell, 0.06 mohm of busbar a cell, 0.3 mohm
/// in the board, 1.0 mohm fault. Source: scenarios/data/short_circuit_reference.csv.
struct Row {
  int cells;
  double cell_ohm, inductance_H, at_15us_A, at_100us_A, at_450us_A, at_1500us_A, breakdown_V, avalanche_s, avalanche_J;
};
void PrintTo(const Row& r, std::ostream* out) {
  *out << r.cells << "S, " << r.cell_ohm * 1e3 << " mohm, " << r.inductance_H * 1e6 << " uH";
}

class ShortCircuit : public testing::TestWithParam<Row> {};

PlantParams reference_pack(const Row& row) {
  auto cell = plain_cell();
  cell.ocv_V = {{0, 1}, {3.33, 3.33}};
  cell.r0_ohm = {{-20, 60}, {row.cell_ohm, row.cell_ohm}};
  cell.r1_ohm = cell.r2_ohm = {{-20, 60}, {0, 0}};
  auto pack = plain_pack(row.cells, cell);
  pack.busbar_ohm = 0.06e-3;
  pack.charge_bank.on_ohm = pack.discharge_bank.on_ohm = 90e-6;
  pack.shunt_ohm = 80e-6;
  pack.copper_ohm = 40e-6;
  pack.mos_heat_capacity_J_per_K = 1e9;  // the table holds Rds(on)
  pack.charge_bank.junction_K_per_W = pack.discharge_bank.junction_K_per_W = 0;
  pack.discharge_bank.breakdown_V = 1.15 * row.breakdown_V;
  pack.loop_inductance_H = row.inductance_H;
  pack.comparator_A = 1e9;
  pack.brown_out_V = -1;
  return pack;
}

}  // namespace

TEST_P(ShortCircuit, FollowsTheAnalyticTransient) {
  const Row row = GetParam();
  Plant plant(reference_pack(row), 25);
  close_switches(plant);
  const std::int64_t start = plant.now_ns();
  plant.port().short_circuit = models::port::Short{1e-3, 0};
  const std::pair<std::int64_t, double> expected[] = {
      {15, row.at_15us_A}, {100, row.at_100us_A}, {450, row.at_450us_A}, {1500, row.at_1500us_A}};
  for (const auto& [us, amps] : expected) {
    run_to(plant, start + us * ns_per_us);
    EXPECT_NEAR(-plant.state().loop_A, amps, 0.001 * amps) << us << " us";
  }
}

TEST_P(ShortCircuit, EndsInAvalancheWithTheAnalyticTimeAndEnergy) {
  const Row row = GetParam();
  Plant plant(reference_pack(row), 25);
  close_switches(plant);
  const std::int64_t start = plant.now_ns();
  plant.port().short_circuit = models::port::Short{1e-3, 0};
  const std::int64_t gate = start + 1500 * ns_per_us;
  run_to(plant, gate - 5 * ns_per_us);
  plant.set_gate(false, false);  // opens 5 us later
  std::int64_t gone = -1;
  while (gone < 0) {
    plant.look_ahead();
    if (plant.event() == PlantEvent::current_gone) gone = plant.horizon_ns();
    plant.advance_exactly_to(plant.horizon_ns());
    ASSERT_LT(plant.now_ns(), gate + ns_per_s);
  }
  EXPECT_NEAR(static_cast<double>(gone - gate) * 1e-9, row.avalanche_s, 0.003 * row.avalanche_s);
  EXPECT_NEAR(plant.state().avalanche_J, row.avalanche_J, 0.005 * row.avalanche_J);
  EXPECT_EQ(plant.state().loop_A, 0);
}

INSTANTIATE_TEST_SUITE_P(ReferenceTable, ShortCircuit,
                         testing::Values(Row{8, 0.20e-3, 1e-6, 389.64, 2260.5, 6159.6, 7832.1, 60, 143.63e-6, 35.682},
                                         Row{8, 0.20e-3, 2e-6, 197.29, 1225.5, 4197.5, 7256.9, 60, 270.31e-6, 62.541},
                                         Row{8, 0.20e-3, 5e-6, 79.516, 515.19, 2067.3, 5022.5, 60, 498.54e-6, 81.541},
                                         Row{8, 0.20e-3, 2e-6, 197.29, 1225.5, 4197.5, 7256.9, 40, 484.29e-6, 69.927},
                                         Row{4, 0.20e-3, 2e-6, 99.028, 628.52, 2330, 4708.1, 40, 248.3e-6, 25.587},
                                         Row{8, 2.5e-3, 1e-6, 340.89, 1084.6, 1223.1, 1223.1, 60, 22.401e-6, 0.86874},
                                         Row{24, 0.20e-3, 5e-6, 237.07, 1483.7, 5222.1, 9495.6, 135, 443.01e-6,
                                             290.45}));

TEST(ShortCircuitPlant, ComparatorTripsAtTheAnalyticInstant) {
  const Row row{8, 0.20e-3, 2e-6, 0, 0, 0, 0, 60, 0, 0};
  auto params = reference_pack(row);
  params.comparator_A = 700;
  Plant plant(params, 25);
  close_switches(plant);
  const std::int64_t start = plant.now_ns();
  plant.port().short_circuit = models::port::Short{1e-3, 0};
  while (!plant.comparator()) {
    plant.look_ahead();
    plant.advance_exactly_to(plant.horizon_ns());
  }
  const double tau = 2e-6 / 3.38e-3, settled = 8 * 3.33 / 3.38e-3;  // L/R, V/R
  const double analytic_s = -tau * std::log(1 - 700 / settled);
  EXPECT_NEAR(static_cast<double>(plant.now_ns() - start) * 1e-9, analytic_s, 20e-9);
}

TEST(ShortCircuitPlant, SagsThePackUntilTheSupplyFails) {
  const Row row{4, 0.20e-3, 1e-6, 0, 0, 0, 0, 60, 0, 0};
  auto params = reference_pack(row);
  params.brown_out_V = 8;
  Plant plant(params, 25);
  close_switches(plant);
  plant.port().short_circuit = models::port::Short{0.2e-3, 0};
  while (plant.supplied()) {
    plant.look_ahead();
    plant.advance_exactly_to(plant.horizon_ns());
    ASSERT_LT(plant.now_ns(), ns_per_s);
  }
  const double per_ampere = 4 * (0.20e-3 + 0.06e-3);
  EXPECT_NEAR(4 * 3.33 + plant.state().loop_A * per_ampere, 8, 0.01);
}
