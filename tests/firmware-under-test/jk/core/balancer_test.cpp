// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/balancer.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr std::int32_t half_full_mV = 1800;

CellSpread spread(std::int32_t highest_mV, std::int32_t lowest_mV) { return {2, 6, highest_mV, lowest_mV}; }

class BalancerOfLifepo4 : public ::testing::Test {
 protected:
  Balancer balancer{Settings(Preset::lifepo4)};  // trigger 10 mV, start 3.000 V

  BalanceCommand after_scan(const CellSpread& cells, std::int32_t store, std::uint64_t now_ns = 0) {
    balancer.decide(cells, now_ns);
    balancer.update(true, store, now_ns);
    return balancer.command();
  }
};

TEST_F(BalancerOfLifepo4, StartsAboveTheTriggerOnly) {
  EXPECT_FALSE(after_scan(spread(3310, 3300), half_full_mV).is_running);
  EXPECT_TRUE(after_scan(spread(3311, 3300), half_full_mV).is_running);
}

TEST_F(BalancerOfLifepo4, GoesOnAtTheTriggerAndStopsBelowIt) {
  after_scan(spread(3320, 3300), half_full_mV);
  EXPECT_TRUE(after_scan(spread(3310, 3300), half_full_mV).is_running);
  EXPECT_FALSE(after_scan(spread(3309, 3300), half_full_mV).is_running);
  EXPECT_FALSE(balancer.is_active());
}

TEST_F(BalancerOfLifepo4, NeedsACellAboveTheStartVoltage) {
  EXPECT_FALSE(after_scan(spread(3000, 2900), half_full_mV).is_running);
  EXPECT_TRUE(after_scan(spread(3001, 2900), half_full_mV).is_running);
}

TEST_F(BalancerOfLifepo4, FirstMovesChargeFromTheHighestCellIntoTheStore) {
  const BalanceCommand command = after_scan(spread(3400, 3300), half_full_mV);
  EXPECT_EQ(command.transfer, Transfer::cell_to_store);
  EXPECT_EQ(command.cell, 2u);
}

TEST_F(BalancerOfLifepo4, AFullStoreChargesTheLowestCellUntilItIsEmpty) {
  after_scan(spread(3400, 3300), 2689);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
  balancer.update(true, 2690, 16 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::store_to_cell);
  EXPECT_EQ(balancer.command().cell, 6u);
  balancer.update(true, 1011, 32 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::store_to_cell);
  balancer.update(true, 1010, 48 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
  EXPECT_EQ(balancer.command().cell, 2u);
}

TEST_F(BalancerOfLifepo4, PausesAfter1360MsForTheNextScanAndStaysActive) {
  after_scan(spread(3400, 3300), half_full_mV, 0);
  balancer.update(true, half_full_mV, 1360 * ms - 1);
  EXPECT_TRUE(balancer.command().is_running);
  balancer.update(true, half_full_mV, 1360 * ms);
  EXPECT_FALSE(balancer.command().is_running);
  EXPECT_TRUE(balancer.is_active());
}

TEST_F(BalancerOfLifepo4, StopsAtOnceWhenItMayNotRunAndWaitsForAScan) {
  after_scan(spread(3400, 3300), half_full_mV, 0);
  balancer.update(false, half_full_mV, 16 * ms);
  EXPECT_FALSE(balancer.command().is_running);
  EXPECT_FALSE(balancer.is_active());
  balancer.update(true, half_full_mV, 32 * ms);
  EXPECT_FALSE(balancer.command().is_running);
}

TEST_F(BalancerOfLifepo4, StopsWhenTheStoreIsUnknown) {
  after_scan(spread(3400, 3300), half_full_mV, 0);
  balancer.update(true, std::nullopt, 16 * ms);
  EXPECT_FALSE(balancer.command().is_running);
}

TEST_F(BalancerOfLifepo4, AStoreThatDoesNotRiseIn20SGivesWhatItHas) {
  after_scan(spread(3400, 3300), half_full_mV, 0);
  balancer.update(true, half_full_mV + 9, 19'999 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
  balancer.update(true, half_full_mV + 9, 20'000 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::store_to_cell);
  balancer.update(true, half_full_mV + 9, 20'016 * ms);
  balancer.update(true, half_full_mV, 40'015 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::store_to_cell);
  balancer.update(true, half_full_mV, 40'016 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
}

TEST_F(BalancerOfLifepo4, AStoreThatIsEmptyAtTheStartHas20SToo) {
  after_scan(spread(3400, 3300), 1010, 0);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
  balancer.update(true, 1011, 19'999 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
  balancer.update(true, 1011, 20'000 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::store_to_cell);
}

TEST_F(BalancerOfLifepo4, AStoreThatRisesByTenMillivoltsHasAnother20S) {
  after_scan(spread(3400, 3300), half_full_mV, 0);
  balancer.update(true, half_full_mV + 10, 19'000 * ms);
  balancer.update(true, half_full_mV + 10, 38'999 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
}

TEST_F(BalancerOfLifepo4, AStoreMayStandStillWhileThereIsNothingToBalance) {
  after_scan(spread(3400, 3300), half_full_mV, 0);
  after_scan(spread(3300, 3300), half_full_mV, 1000 * ms);
  after_scan(spread(3400, 3300), half_full_mV, 60'000 * ms);
  EXPECT_EQ(balancer.command().transfer, Transfer::cell_to_store);
}

TEST(Balancer, DoesNothingWhenSwitchedOff) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::balance_enabled, 0);
  Balancer balancer(settings);
  balancer.decide(spread(3400, 3300), 0);
  balancer.update(true, half_full_mV, 0);
  EXPECT_FALSE(balancer.command().is_running);
}

}  // namespace
}  // namespace jk::core
