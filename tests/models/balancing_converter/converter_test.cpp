// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/balancing_converter/balancing_converter.hpp"

using models::balancing_converter::Converter;
using models::balancing_converter::ConverterCommand;
using models::balancing_converter::ConverterFaults;
using models::balancing_converter::Terminals;

namespace {

constexpr ConverterCommand out{true, false, 0, 1}, in{true, true, 0, 1}, off{false, false, 0, 1};
constexpr Terminals healthy{3.3, 0.1, true};

}  // namespace

TEST(Converter, CarriesItsSetCurrentInTheMiddleOfItsStore) {
  const Converter c({});
  EXPECT_EQ(c.cell_current_A(out, c.energy_J(2), healthy), -2);
  EXPECT_EQ(c.cell_current_A({true, true, 0, 0.5}, c.energy_J(2), healthy), 1);
  EXPECT_EQ(c.cell_current_A(off, c.energy_J(2), healthy), 0);
}

TEST(Converter, StopsByItselfBeyondTheEndsOfItsStore) {
  const Converter c({});
  EXPECT_EQ(c.cell_current_A(out, c.energy_J(2.81), healthy), 0);
  EXPECT_NE(c.cell_current_A(out, c.energy_J(2.75), healthy), 0);
  EXPECT_EQ(c.cell_current_A(in, c.energy_J(0.89), healthy), 0);
  EXPECT_NE(c.cell_current_A(in, c.energy_J(0.95), healthy), 0);
}

TEST(Converter, GivesTheStoreTheShareOfItsEfficiencies) {
  const Converter c({});
  EXPECT_DOUBLE_EQ(c.store_W(-2, healthy), 2 * 3.3 * 0.67);
  EXPECT_DOUBLE_EQ(c.store_W(2, healthy), -2 * 3.3 / 0.70);
  EXPECT_DOUBLE_EQ(c.store_V(c.energy_J(1.7)), 1.7);
}

TEST(Converter, CurrentOutDroopsWhenTheStoreComesNearTheCell) {
  const Converter c({});
  const double amps = c.cell_current_A(out, c.energy_J(2.7), healthy);
  EXPECT_NEAR(amps, -(3.3 - 2.7) / 0.40, 0.02);
  EXPECT_EQ(c.cell_current_A(out, c.energy_J(2.4), healthy), -2);
}

TEST(Converter, CurrentInDroopsWhenTheStoreIsNearlyEmpty) {
  const Converter c({});
  EXPECT_NEAR(c.cell_current_A(in, c.energy_J(1.0), healthy), 2 / (1.45 * 1.45), 0.02);
  EXPECT_EQ(c.cell_current_A(in, c.energy_J(1.5), healthy), 2);
}

TEST(Converter, TheSteadyStretchEndsWhereTheDroopBegins) {
  const Converter c({});
  EXPECT_NEAR(c.store_V(c.steady_until_J(out, c.energy_J(1.2), healthy)), 3.3 - 2 * 0.40, 1e-12);
  EXPECT_NEAR(c.store_V(c.steady_until_J(in, c.energy_J(2.5), healthy)), 1.45, 1e-12);
}

TEST(Converter, AHighResistanceLeadCostsHeadroomAndEnergy) {
  const Converter c({});
  const Terminals corroded{3.3, 0.1 + 0.5, true};
  EXPECT_NEAR(c.cell_current_A(out, c.energy_J(2.0), corroded), -(3.3 - 2.0) / 0.90, 0.02);
  EXPECT_DOUBLE_EQ(c.store_W(-1, corroded), (3.3 - 0.5) * 0.67);
  EXPECT_DOUBLE_EQ(c.store_W(1, corroded), -(3.3 + 0.5) / 0.70);
}

TEST(Converter, ItsVoltageLimitHoldsTheCurrentIntoAVeryBadLead) {
  const Converter c({});
  EXPECT_NEAR(c.cell_current_A(in, c.energy_J(2.0), {3.3, 3.4, true}), (5 - 3.3) / 3.4, 1e-12);
}

TEST(Converter, AnOpenLeadCarriesNothing) {
  const Converter c({});
  EXPECT_EQ(c.cell_current_A(out, c.energy_J(2), {3.3, 0.1, false}), 0);
}

TEST(Converter, RefusesWhatItsParameterListDoesNotAllow) {
  models::balancing_converter::ConverterParams params;
  params.efficiency_in = 1.2;
  EXPECT_THROW(Converter{params}, std::invalid_argument);
}

TEST(Converter, AStuckSelectorServesItsCellWhateverIsAskedFor) {
  Converter c({});
  c.set_faults({4, 0});
  EXPECT_EQ(c.obeyed({true, true, 2, 1}).cell, 4);
  c.set_faults({});
  EXPECT_EQ(c.obeyed({true, true, 2, 1}).cell, 2);
}

TEST(Converter, ALeakingStoreFollowsItsExponentialWhateverTheStep) {
  Converter c({});
  c.set_faults({-1, 2.0});
  const double start = c.energy_J(2.5), once = c.advanced_J(start, 4, 30);
  double often = start;
  for (int i = 0; i < 3000; ++i) often = c.advanced_J(often, 4, 0.01);
  EXPECT_NEAR(often, once, 1e-9 * start);
  EXPECT_NEAR(c.store_V(c.advanced_J(start, 0, 30)), 2.5 * std::exp(-30 / (2.0 * 60)), 1e-9);
}
