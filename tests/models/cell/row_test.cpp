// SPDX-License-Identifier: Apache-2.0
#include "models/cell/row.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>

#include "tests/models/cell/cells.hpp"

namespace models::cell {
namespace {

/// The slope changes at 0.4, 0.7 and 0.9.
CellType of_few_pieces(double r1_ohm = 1e-3, double r2_ohm = 1e-3) {
  CellParams p;
  p.name = "row";
  p.capacity_Ah = 10;
  p.ocv_V = {{0, 0.4, 0.7, 0.9, 1}, {2.5, 3.2, 3.3, 3.5, 4.2}};
  p.r0_ohm = 1e-3;
  p.r1_ohm = r1_ohm;
  p.tau1_s = 20;
  p.r2_ohm = r2_ohm;
  p.tau2_s = 500;
  p.heat_capacity_J_per_K = 100;
  return CellType(p);
}

/// The first piece that a cell finds, and each one that it comes to from any other.
TEST(Row, SumsTheOpenCircuitVoltageWhereverItStarts) {
  const CellType type = of_few_pieces();
  const double places[] = {-0.05, 0, 0.1, 0.39, 0.4, 0.5, 0.8, 0.95, 1.02};
  for (const double from : places) {
    for (const double to : places) {
      Row row(type, std::vector<CellSpread>(3));
      std::array<CellState, Row::most> state{};
      for (const double soc : {from, to}) {
        for (std::size_t k = 0; k < 3; ++k) state[k].soc = soc;
        row.start(state);
        EXPECT_NEAR(row.start_inner_V(), 3 * type.ocv_V(soc), 1e-12) << "from " << from << " to " << soc;
      }
    }
  }
}

constexpr std::size_t most_samples = 40;

/// Steps of many lengths and both directions from all over the table, and what a row makes of them.
struct Walk {
  explicit Walk(std::size_t n) : cells(n), random(static_cast<unsigned>(n)) {
    for (std::size_t k = 0; k < n; ++k) spread.push_back({1 + 0.01 * static_cast<double>(k % 5), 1.1, 1});
  }
  void next() {
    std::uniform_real_distribution<double> soc(-0.05, 1.05), current(-60, 60), seconds(-1, 3);
    for (std::size_t k = 0; k < cells; ++k) state[k].soc = soc(random);
    every_ns = static_cast<std::int64_t>(std::pow(10, seconds(random)) * 1e9 / (most_samples - 1));
    dt_s = static_cast<double>(every_ns * (most_samples - 1)) * 1e-9;
    ramp = {current(random), (current(random) - current(random)) / dt_s};
  }
  void take(Row& row) {
    row.start(state);
    row.advance(ramp, dt_s, {25, 0.3});
    row.voltages(0, every_ns, most_samples, 1e-3, out.data());
  }
  [[nodiscard]] const double* sample(std::size_t i) const { return out.data() + i * (cells + 1); }

  std::size_t cells;
  std::mt19937 random;
  std::vector<CellSpread> spread;
  std::array<CellState, Row::most> state{};
  Ramp ramp;
  double dt_s = 0;
  std::int64_t every_ns = 0;
  std::array<double, most_samples*(Row::most + 1)> out{};
};

const RowLanes* const ways[] = {&row_lanes_of_any_machine(), row_lanes_of_avx()};

class RowOf : public ::testing::TestWithParam<std::size_t> {};

/// Without pairs, ocv(soc) + R0 i, through as many pieces of the table as the charge crosses.
TEST_P(RowOf, ShowsTheTableAtEveryInstant) {
  const CellType type = of_few_pieces(0, 0);
  const std::size_t n = GetParam();
  for (const RowLanes* way : ways) {
    if (way == nullptr) continue;  // a machine without AVX has one way
    Walk walk(n);
    Row row(type, walk.spread, way);
    for (int step = 0; step < 300; ++step) {
      walk.next();
      walk.take(row);
      double end_V = 0;
      for (std::size_t i = 0; i < most_samples; ++i) {
        const double x = static_cast<double>(walk.every_ns) * static_cast<double>(i) * 1e-9,
                     current_A = walk.ramp.start_A + walk.ramp.slope_A_per_s * x,
                     moved_As = x * (walk.ramp.start_A + 0.5 * walk.ramp.slope_A_per_s * x);
        double sum_V = 0;
        for (std::size_t k = 0; k < n; ++k) {
          const double soc = walk.state[k].soc + moved_As / (36000 * walk.spread[k].capacity),
                       volts = type.ocv_V(soc) + 1e-3 * walk.spread[k].resistance * current_A;
          ASSERT_NEAR(walk.sample(i)[k], volts, 1e-10) << "cell " << k << " step " << step << " sample " << i;
          sum_V += volts;
        }
        ASSERT_NEAR(walk.sample(i)[n], sum_V + 1e-3 * current_A, 1e-9) << "step " << step << " sample " << i;
        end_V = sum_V;
      }
      EXPECT_NEAR(row.end_V(), end_V, 1e-9);
    }
  }
}

TEST_P(RowOf, GivesTheSameBitsWithAvxAndWithout) {
  const CellType type = of_few_pieces();
  if (ways[1] == nullptr) std::puts("no AVX on this machine or with this compiler: one way, compared with itself");
  const RowLanes* const best = ways[1] != nullptr ? ways[1] : ways[0];
  Walk one(GetParam()), other(GetParam());
  Row narrow(type, one.spread, ways[0]), wide(type, other.spread, best);
  for (int step = 0; step < 300; ++step) {
    one.next();
    other.next();
    one.take(narrow);
    other.take(wide);
    ASSERT_EQ(std::memcmp(one.out.data(), other.out.data(), sizeof one.out), 0) << "step " << step;
    narrow.store(one.state);
    wide.store(other.state);
    ASSERT_EQ(std::memcmp(one.state.data(), other.state.data(), sizeof one.state), 0) << "step " << step;
    EXPECT_EQ(narrow.end_V(), wide.end_V());
    EXPECT_EQ(narrow.cubic_error_V(one.ramp, one.dt_s), wide.cubic_error_V(other.ramp, other.dt_s));
    EXPECT_EQ(narrow.bends_V(1e4), wide.bends_V(1e4));
  }
}

INSTANTIATE_TEST_SUITE_P(Cells, RowOf, ::testing::Values(1, 3, 4, 7, 8, 24, 32));

}  // namespace
}  // namespace models::cell
