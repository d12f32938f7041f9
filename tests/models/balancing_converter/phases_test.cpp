// SPDX-License-Identifier: Apache-2.0
// The "2 A" converter on a plant, phases ended on the store's voltage as the firmware does, against the log of a real
// unit: facts restated in docs/models/balancing_converter.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/models/support.hpp"

using namespace tests;

namespace {

constexpr int high = 3, low = 0;

/// The pack of the log: the high cell at 3.297 V, the low one at 3.215 V.
Plant logged_pack() {
  auto cell = plain_cell(100);
  cell.ocv_V = {{0, 1}, {3.1, 3.4}};
  cell.r0_ohm = cell.r1_ohm = cell.r2_ohm = {{-20, 60}, {1e-6, 1e-6}};
  Plant plant(plain_pack(8, cell), 25);
  for (auto& s : plant.state_for_start().cell) s.soc = (3.25 - 3.1) / 0.3;
  plant.state_for_start().cell[high].soc = (3.297 - 3.1) / 0.3;
  plant.state_for_start().cell[low].soc = (3.215 - 3.1) / 0.3;
  return plant;
}

struct Phase {
  double duration_s = 0, charge_As = 0, energy_J = 0, last_A = 0;
  std::vector<double> samples_A;  // each 5.44 s, as the log was taken
};

Phase run_phase(Plant& plant, bool charge_cell, double end_V) {
  const int cell = charge_cell ? low : high;
  Phase phase;
  plant.set_converter({true, charge_cell, cell, 1});
  const std::int64_t start = plant.now_ns();
  double next_sample_s = 2.7;
  for (;;) {
    plant.look_ahead();
    const std::int64_t until = std::min(plant.horizon_ns(), plant.now_ns() + 16'000'000);
    const double dt = static_cast<double>(until - plant.now_ns()) * 1e-9, amps = plant.balance_A();
    const double volts = plant.cell_V(cell, plant.now_ns());
    plant.advance_exactly_to(until);
    phase.duration_s = static_cast<double>(until - start) * 1e-9;
    phase.charge_As += amps * dt;
    phase.energy_J += amps * volts * dt;
    phase.last_A = amps;
    if (phase.duration_s >= next_sample_s) phase.samples_A.push_back(amps), next_sample_s += 5.44;
    const double store = plant.store_V(until);
    if (charge_cell ? store <= end_V : store >= end_V) break;
    if (phase.duration_s > 200) break;
  }
  return phase;
}

struct Period {
  Phase out, in;
};
Period second_period() {
  Plant plant = logged_pack();
  Period p;
  for (int i = 0; i < 2; ++i) p = {run_phase(plant, false, 2.7), run_phase(plant, true, 1.0)};
  return p;
}

}  // namespace

TEST(BalancePhases, LastAsLongAsMeasured) {
  const Period p = second_period();
  EXPECT_NEAR(p.out.duration_s, 43.5, 0.1 * 43.5);
  EXPECT_NEAR(p.in.duration_s, 22.0, 0.1 * 22.0);
}

TEST(BalancePhases, MoveTheEnergiesThatWereMeasured) {
  const Period p = second_period();
  EXPECT_NEAR(-p.out.energy_J, 280, 28);
  EXPECT_NEAR(p.in.energy_J, 132, 13.2);
}

TEST(BalancePhases, CarryTheAverageCurrentsThatWereMeasured) {
  const Period p = second_period();
  const double period_s = p.out.duration_s + p.in.duration_s;
  EXPECT_NEAR(-p.out.charge_As / period_s, 1.32, 0.132);
  EXPECT_NEAR(p.in.charge_As / period_s, 0.64, 0.064);
}

TEST(BalancePhases, BeginAtTheSetCurrentAndDroopInTheirLastSample) {
  const Period p = second_period();
  ASSERT_EQ(p.out.samples_A.size(), 8u);
  ASSERT_GE(p.in.samples_A.size(), 4u);
  for (std::size_t i = 0; i + 2 < p.out.samples_A.size(); ++i) EXPECT_EQ(p.out.samples_A[i], -2);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(p.in.samples_A[i], 2);
  EXPECT_NEAR(-p.out.samples_A.back(), 1.63, 0.16);  // 1.50 … 1.77 A in six phases of the log
  EXPECT_GT(p.in.last_A, 0.9);                       // 0.99 … 1.9 A in four phases
  EXPECT_LT(p.in.last_A, 1.3);
}

TEST(BalancePhases, DoNotDependOnHowOftenThePlantIsStopped) {
  Plant often = logged_pack(), seldom = logged_pack();
  for (Plant* plant : {&often, &seldom}) plant->set_converter({true, false, high, 1});
  for (std::int64_t t = 16'000'000; t <= 44 * ns_per_s; t += 16'000'000) run_to(often, t);
  run_to(seldom, often.now_ns());
  EXPECT_NEAR(often.state().store_J, seldom.state().store_J, 0.1);  // of 190 J
  EXPECT_NEAR(often.state().cell[high].soc, seldom.state().cell[high].soc, 2e-7);
}

TEST(BalanceFaults, ALeakingStoreRunsEmptyAtRest) {
  Plant plant = logged_pack();
  plant.state_for_start().store_J = 0.5 * 60 * 2.5 * 2.5;
  plant.set_converter_faults({-1, 2.0});
  run_to(plant, 60 * ns_per_s);
  plant.look_ahead();
  EXPECT_NEAR(plant.store_V(plant.now_ns()), 2.5 * std::exp(-0.5), 1e-6);
}

TEST(BalanceFaults, AStuckSelectorDischargesItsOwnCell) {
  Plant plant = logged_pack();
  plant.set_converter_faults({4, 0});
  plant.set_converter({true, false, high, 1});
  run_to(plant, 10 * ns_per_s);
  EXPECT_EQ(plant.balance_cell(), 4);
  EXPECT_NEAR(plant.state().cell[4].soc, (3.25 - 3.1) / 0.3 - 2 * 10 / (3600.0 * 100), 1e-9);
  EXPECT_NEAR(plant.state().cell[high].soc, (3.297 - 3.1) / 0.3, 1e-9);
}

TEST(BalanceFaults, AnOpenLeadStopsItsTwoCellsOnly) {
  Plant plant = logged_pack();
  plant.open_lead(high);  // between cells `high` - 1 and `high`
  for (const int cell : {high - 1, high, high + 1}) {
    plant.set_converter({true, false, cell, 1});
    plant.look_ahead();
    EXPECT_EQ(plant.balance_A(), cell == high + 1 ? -2 : 0) << cell;
  }
}

TEST(BalanceReadings, CarryIRInTheBalancedCellAndItsNeighbours) {
  Plant plant = logged_pack();
  plant.leads().set_resistance(high, 0.06);
  plant.leads().set_resistance(high + 1, 0.16);
  plant.set_converter({true, false, high, 1});
  plant.look_ahead();
  const std::int64_t t = plant.now_ns();
  const auto error = [&](int k) { return plant.sensed_V(k, t) - plant.cell_V(k, t); };
  EXPECT_NEAR(error(high), -2 * (0.06 + 0.16), 1e-12);
  EXPECT_NEAR(error(high - 1), 2 * 0.06, 1e-12);
  EXPECT_NEAR(error(high + 1), 2 * 0.16, 1e-12);
  EXPECT_EQ(error(high + 2), 0);
  plant.set_converter({});
  plant.look_ahead();
  EXPECT_EQ(error(high), 0);
}
