// SPDX-License-Identifier: Apache-2.0
#include "models/cell/cell.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/cell/cells.hpp"

using namespace tests;

namespace {

CellParams params() {
  CellParams p;
  p.name = "test";
  p.capacity_Ah = 2;
  p.coulombic_efficiency = 0.99;
  p.ocv_V = {{0, 1}, {3, 4}};
  p.r0_ohm = {{0, 25, 45}, {20e-3, 10e-3, 8e-3}};
  p.r1_ohm = {{0, 45}, {5e-3, 5e-3}};
  p.tau1_s = {{0, 45}, {10, 10}};
  p.r2_ohm = {{0, 45}, {8e-3, 8e-3}};
  p.tau2_s = {{0, 45}, {500, 500}};
  p.heat_capacity_J_per_K = 70;
  p.to_ambient_W_per_K = 0.1;
  return p;
}

Cell cell(const CellParams& p = params()) { return make_cell(p); }
const Surroundings ambient{25, 0.1};

}  // namespace

TEST(Cell, AnswersACurrentStepLikeItsClosedForm) {
  const Cell c = cell();
  const CellState s = c.advanced({0.5, 0, 0, 25}, {-3, 0}, 25, ambient);
  EXPECT_NEAR(s.v1_V, -3 * 5e-3 * (1 - std::exp(-2.5)), 1e-15);
  EXPECT_NEAR(s.v2_V, -3 * 8e-3 * (1 - std::exp(-0.05)), 1e-15);
  EXPECT_NEAR(s.soc, 0.5 - 3 * 25 / 7200.0, 1e-15);
}

TEST(Cell, RelaxesToOpenCircuitVoltageAtRest) {
  const Cell c = cell();
  CellState s{0.5, 0.02, -0.03, 25};
  for (int i = 0; i < 100; ++i) s = c.advanced(s, {0, 0}, 100, ambient);
  EXPECT_NEAR(c.inner_V(s), 3.5, 1e-9);
}

TEST(Cell, StepsOfAnySizeGiveTheSameStateUnderARamp) {
  const Cell c = cell();
  const CellState one = c.advanced({0.5, 0.01, 0.002, 25}, {-2, 0.1}, 10, {25, 0});
  CellState many{0.5, 0.01, 0.002, 25};
  for (int i = 0; i < 1000; ++i) many = c.advanced(many, {-2 + 0.1 * 0.01 * i, 0.1}, 0.01, {25, 0});
  EXPECT_NEAR(one.v1_V, many.v1_V, 1e-12);
  EXPECT_NEAR(one.v2_V, many.v2_V, 1e-12);
  EXPECT_NEAR(one.soc, many.soc, 1e-12);
}

TEST(Cell, StoresLessThanItIsGivenWhileCharging) {
  const Cell c = cell();
  EXPECT_NEAR(c.advanced({0.5, 0, 0, 25}, {2, 0}, 3600, ambient).soc, 0.5 + 0.99, 1e-12);
  EXPECT_NEAR(c.advanced({0.5, 0, 0, 25}, {-2, 0}, 3600, ambient).soc, 0.5 - 1.0, 1e-12);
}

TEST(Cell, HeatsByExactlyItsLosses) {
  auto p = params();
  p.r0_ohm = 10e-3;
  const Cell c = cell(p);
  // no surroundings: all heat stays.  settled RC pairs: heat = i^2 (R0 + R1 + R2)
  const CellState s = c.advanced({0.5, -3 * 5e-3, -3 * 8e-3, 25}, {-3, 0}, 10, {25, 0});
  EXPECT_NEAR(s.temperature_degC - 25, 9 * 23e-3 * 10 / 70, 1e-9);
}

TEST(Cell, CoolsAlongOneExponential) {
  const Cell c = cell();
  const CellState s = c.advanced({0.5, 0, 0, 45}, {0, 0}, 350, ambient);
  EXPECT_NEAR(s.temperature_degC, 25 + 20 * std::exp(-0.5), 1e-9);
}

TEST(Cell, HeatsOrCoolsWithTheSignOfTheEntropicTerm) {
  auto p = params();
  p.dudt_V_per_K = 2e-4;
  const Cell c = cell(p);
  const double with = c.heat_W({0.5, 0, 0, 25}, 4), without = cell().heat_W({0.5, 0, 0, 25}, 4);
  EXPECT_NEAR(with - without, 4 * 298.15 * 2e-4, 1e-12);
}

TEST(CellType, InterpolatesLnROverOneOverT) {
  const CellType type(params());
  const double x = (1 / 283.15 - 1 / 273.15) / (1 / 298.15 - 1 / 273.15);
  EXPECT_NEAR(type.circuit(0.5, 10, 0).r0_ohm, 20e-3 * std::pow(0.5, x), 20e-3 * 1e-5);
  EXPECT_DOUBLE_EQ(type.circuit(0.5, -30, 0).r0_ohm, 20e-3);  // outside the rows the end values hold
  EXPECT_DOUBLE_EQ(type.circuit(0.5, 90, 0).r0_ohm, 8e-3);
}

TEST(CellType, RefusesParametersThatCannotBe) {
  auto p = params();
  p.capacity_Ah = -1;
  EXPECT_THROW(CellType{p}, std::invalid_argument);
  p = params();
  p.tau1_s = {{0, 1}, {10, 0}};
  EXPECT_THROW(CellType{p}, std::invalid_argument);
  p = params();
  p.heat_capacity_J_per_K = 0;
  EXPECT_THROW(CellType{p}, std::invalid_argument);
}
