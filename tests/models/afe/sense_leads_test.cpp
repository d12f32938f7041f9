// SPDX-License-Identifier: Apache-2.0
#include "models/afe/sense_leads.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

using models::afe::SenseLeads;

namespace {

constexpr std::int64_t s = 1'000'000'000, long_after = 100 * s;
constexpr std::array<double, 4> volts{3.1, 3.2, 3.3, 3.6};
const auto cell_V = [](int k) { return volts[static_cast<std::size_t>(k)]; };

double reading(const SenseLeads& leads, int cell, std::int64_t t_ns = long_after) {
  return leads.reading_V(cell, t_ns, cell_V, -1, 0);
}

}  // namespace

TEST(SenseLeads, InPlaceTheyBringEachCellsVoltage) {
  const SenseLeads leads(4);
  EXPECT_TRUE(leads.all_in_place());
  for (int k = 0; k < 4; ++k) EXPECT_EQ(reading(leads, k), cell_V(k));
}

TEST(SenseLeads, AnOpenOneInsideShowsTheMeanOfItsTwoCells) {
  SenseLeads leads(4);
  leads.open(2, 0, cell_V);
  EXPECT_NEAR(reading(leads, 1), 3.25, 1e-12);
  EXPECT_NEAR(reading(leads, 2), 3.25, 1e-12);
  EXPECT_NEAR(reading(leads, 0), 3.1, 1e-12);
  EXPECT_NEAR(reading(leads, 3), 3.6, 1e-12);
}

TEST(SenseLeads, TwoOpenOnesShareTheThreeCellsBetweenThem) {
  SenseLeads leads(4);
  leads.open(2, 0, cell_V);
  leads.open(3, 0, cell_V);
  for (int k = 1; k < 4; ++k) EXPECT_NEAR(reading(leads, k), (3.2 + 3.3 + 3.6) / 3, 1e-12);
}

TEST(SenseLeads, AnOpenOneAtAnEndShowsNothing) {
  SenseLeads leads(4);
  leads.open(4, 0, cell_V);
  EXPECT_NEAR(reading(leads, 3), 0, 1e-12);
  leads.repair(4);
  leads.open(0, 0, cell_V);
  EXPECT_NEAR(reading(leads, 0), 0, 1e-12);
  EXPECT_NEAR(reading(leads, 3), 3.6, 1e-12);
}

TEST(SenseLeads, AFloatingInputDriftsFromItsLastVoltage) {
  SenseLeads leads(4, 0.05, 0.2);
  leads.open(4, 10 * s, cell_V);
  EXPECT_NEAR(reading(leads, 3, 10 * s), 3.6, 1e-12);
  EXPECT_NEAR(reading(leads, 3, 10 * s + s / 5), 3.6 * std::exp(-1.0), 1e-9);
}

TEST(SenseLeads, TwoSwappedOnesReverseOneCellAndAddItToItsNeighbours) {
  SenseLeads leads(4);
  leads.swap(2, 3);
  EXPECT_NEAR(reading(leads, 1), 3.2 + 3.3, 1e-12);
  EXPECT_NEAR(reading(leads, 2), -3.3, 1e-12);
  EXPECT_NEAR(reading(leads, 3), 3.3 + 3.6, 1e-12);
  EXPECT_FALSE(leads.carries(2));
  leads.repair(2);
  EXPECT_TRUE(leads.all_in_place());
}

TEST(SenseLeads, TheBalanceCurrentAddsIRToItsCellAndTakesItFromTheNeighbours) {
  SenseLeads leads(4, 0.05);
  leads.set_resistance(2, 0.16);
  EXPECT_NEAR(leads.reading_V(1, 0, cell_V, 1, 2), 3.2 + 2 * (0.05 + 0.16), 1e-12);
  EXPECT_NEAR(leads.reading_V(0, 0, cell_V, 1, 2), 3.1 - 2 * 0.05, 1e-12);
  EXPECT_NEAR(leads.reading_V(2, 0, cell_V, 1, 2), 3.3 - 2 * 0.16, 1e-12);
  EXPECT_EQ(leads.reading_V(3, 0, cell_V, 1, 2), 3.6);
}
