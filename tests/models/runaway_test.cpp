// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

PlantParams pack_with_limit(double limit_degC) {
  auto cell = plain_cell(2);
  cell.heat_capacity_J_per_K = 70;
  cell.to_ambient_W_per_K = 0.1;
  cell.runaway_degC = limit_degC;
  return plain_pack(8, cell);
}

/// Runs until something happens; says when, in ns, or -1.
std::int64_t runaway_ns(Plant& plant, std::int64_t until) {
  while (plant.now_ns() < until) {
    plant.look_ahead();
    const bool is_runaway = plant.event() == PlantEvent::runaway;
    plant.advance_exactly_to(plant.horizon_ns());
    if (is_runaway) return plant.now_ns();
  }
  return -1;
}

}  // namespace

TEST(Runaway, IsAnEventOfTheInstantAtWhichTheCorePassesItsLimit) {
  Plant plant(pack_with_limit(60), 25);
  models::cell::CellFaults fault;
  fault.internal_short_ohm = 0.5;
  plant.set_cell_faults(4, fault);
  ASSERT_GT(runaway_ns(plant, 600 * ns_per_s), 0);
  EXPECT_NEAR(plant.state().cell[4].temperature_degC, 60, 1e-3);
  for (int k = 0; k < 8; ++k) EXPECT_EQ(plant.ran_away(k), k == 4);
  EXPECT_EQ(runaway_ns(plant, 600 * ns_per_s), -1) << "told once";
}

TEST(Runaway, IsSeenOnTheShortWayToo) {
  Plant plant(pack_with_limit(30), 25);
  close_switches(plant);
  plant.port().set_profile({{0, 3600}, {40, 40}, false, 0});
  const std::int64_t at = runaway_ns(plant, 3600 * ns_per_s);
  ASSERT_GT(at, 0);
  EXPECT_NEAR(plant.state().cell[0].temperature_degC, 30, 1e-3);
  EXPECT_TRUE(plant.ran_away(7)) << "all cells are alike";
}

TEST(Runaway, IsNotWatchedForWithoutALimit) {
  Plant plant(pack_with_limit(models::cell::CellParams().runaway_degC), 25);
  plant.set_cell_temperature(3, 1200);
  EXPECT_EQ(runaway_ns(plant, ns_per_s), -1);
}
