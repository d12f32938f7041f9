// SPDX-License-Identifier: Apache-2.0
// The step of the caller does not matter, and the ledger of a step closes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "models/math/noise.hpp"
#include "tests/models/cell/cells.hpp"

using namespace tests;

namespace {

/// Ten minutes of load steps, 5 s each: held currents and ramps through zero, up to 5 C, from a seed.
Ramp load(int piece, double capacity_Ah) {
  const auto uniform = [](int n) {
    return static_cast<double>(models::math::random_bits(7, 0, static_cast<std::uint64_t>(n)) >> 11) * 0x1p-53;
  };
  const double c_rate = 5 * (2 * uniform(2 * piece) - 1.3), to = 5 * (2 * uniform(2 * piece + 1) - 1.3);
  return {c_rate * capacity_Ah, piece % 3 == 0 ? (to - c_rate) * capacity_Ah / 5 : 0};
}

constexpr int pieces = 120;

struct Run {
  CellState end;
  CellEnergy moved;
  double work_J = 0;  // int v i, by Simpson over the caller's steps
};

Run run(const Cell& cell, int steps_per_piece, CellState s = {0.9, 0, 0, 20, 20, -1}) {
  const Surroundings env{20, cell.type().params().to_ambient_W_per_K};
  const double dt = 5.0 / steps_per_piece;
  Run r;
  for (int piece = 0; piece < pieces; ++piece) {
    const Ramp whole = load(piece, cell.type().capacity_Ah());
    for (int k = 0; k < steps_per_piece; ++k) {
      const double i0 = whole.start_A + whole.slope_A_per_s * dt * k, im = i0 + 0.5 * dt * whole.slope_A_per_s,
                   i1 = i0 + dt * whole.slope_A_per_s;
      const CellState m = cell.advanced(s, {i0, whole.slope_A_per_s}, 0.5 * dt, env);
      const CellState e = cell.advanced(s, {i0, whole.slope_A_per_s}, dt, env, &r.moved);
      r.work_J +=
          dt / 6 * (i0 * cell.terminal_V(s, i0) + 4 * im * cell.terminal_V(m, im) + i1 * cell.terminal_V(e, i1));
      s = e;
    }
  }
  r.end = s;
  return r;
}

void expect_same_state(const Cell& cell) {
  const CellState a = run(cell, 5000).end, b = run(cell, 50).end, c = run(cell, 1).end;
  for (const CellState& other : {b, c}) {
    EXPECT_NEAR(a.v1_V, other.v1_V, 1e-6);
    EXPECT_NEAR(a.v2_V, other.v2_V, 1e-6);
    EXPECT_NEAR(cell.inner_V(a), cell.inner_V(other), 1e-6);
    EXPECT_NEAR(a.soc, other.soc, 1e-8);
    EXPECT_NEAR(a.hysteresis, other.hysteresis, 1e-6);
    EXPECT_NEAR(a.temperature_degC, other.temperature_degC, 1e-4);
    EXPECT_NEAR(a.surface_degC, other.surface_degC, 1e-4);
  }
}

void expect_closed_ledger(const Cell& cell) {
  const Run fine = run(cell, 500);
  CellEnergy coarse = run(cell, 1).moved;
  const double scale = std::abs(fine.work_J);
  EXPECT_NEAR(fine.moved.terminal_work_J(), fine.work_J, 1e-6 * scale);
  EXPECT_NEAR(coarse.terminal_work_J(), fine.work_J, 1e-6 * scale);
  EXPECT_NEAR(coarse.heat_J(), fine.moved.heat_J(), 1e-6 * scale);
}

Cell shorted_inside() {
  Cell cell = make_cell(a123());
  cell.set_faults({2, 0.95, 1.3, false, false});
  return cell;
}

}  // namespace

TEST(Steps, OfOneMillisecondAndFiveSecondsAgreeOnTheA123) { expect_same_state(make_cell(a123())); }

TEST(Steps, OfOneMillisecondAndFiveSecondsAgreeWhereEverythingDependsOnEverything) {
  expect_same_state(make_cell(lg_m50()));
}

TEST(Steps, AgreeWithAnInternalShortBesideTheLoad) { expect_same_state(shorted_inside()); }

TEST(Steps, CloseTheLedgerOfTheA123) { expect_closed_ledger(make_cell(a123())); }

TEST(Steps, CloseTheLedgerWhereEverythingDependsOnEverything) { expect_closed_ledger(make_cell(lg_m50())); }

TEST(Steps, CloseTheLedgerWithAnInternalShort) { expect_closed_ledger(shorted_inside()); }

TEST(Steps, KeepTheHeatOfTheLedgerInTheTwoNodes) {
  const auto p = a123();
  const Cell cell = make_cell(p);
  CellEnergy moved;
  CellState s{0.9, 0, 0, 20, 20, -1};
  for (int k = 0; k < 200; ++k) s = cell.advanced(s, {-8, 0}, 5, {20, 0}, &moved);
  const double kept =
      p.heat_capacity_J_per_K * (s.temperature_degC - 20) + p.surface_heat_capacity_J_per_K * (s.surface_degC - 20);
  EXPECT_NEAR(kept, moved.heat_J(), 1e-9 * kept);
}
