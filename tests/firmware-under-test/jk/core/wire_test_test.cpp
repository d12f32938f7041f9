// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/wire_test.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr std::int32_t limit_mohm = 250;

/// Lead pairs of 50, 60, 70, `last` mohm at 2 A.
void run(WireTest& test, std::int32_t last_mohm, std::uint64_t now_ns) {
  const std::array<std::int32_t, 4> mohm = {50, 60, 70, last_mohm};
  test.begin();
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_FALSE(test.is_loading());
    EXPECT_EQ(test.cell(), k);
    test.take_rest(3300);
    EXPECT_TRUE(test.is_loading());
    test.take_loaded(3300 - 2 * mohm[k], 2000, now_ns);
    EXPECT_EQ(test.is_running(), k < 3);
  }
}

TEST(WireTestTest, FindsTheResistanceOfEachPair) {
  WireTest test(4);
  EXPECT_TRUE(test.is_due(0, limit_mohm));
  run(test, 80, 10 * s);
  EXPECT_EQ(test.mohm()[0], 50);
  EXPECT_EQ(test.mohm()[3], 80);
  EXPECT_EQ(test.highest_mohm(), 80);
  EXPECT_EQ(test.beyond(limit_mohm), 0u);
  EXPECT_EQ(test.beyond(70), 0b1100u);
}

TEST(WireTestTest, IsRepeatedAfterADayOrTenMinutesAfterAFinding) {
  WireTest good(4), bad(4);
  run(good, 80, 10 * s);
  run(bad, 250, 10 * s);
  EXPECT_FALSE(good.is_due(10 * s + wire_test_valid_ns - 1, limit_mohm));
  EXPECT_TRUE(good.is_due(10 * s + wire_test_valid_ns, limit_mohm));
  EXPECT_FALSE(bad.is_due(610 * s - 1, limit_mohm));
  EXPECT_TRUE(bad.is_due(610 * s, limit_mohm));
  EXPECT_EQ(bad.beyond(limit_mohm), 0b1000u);
}

TEST(WireTestTest, OneThatIsBrokenOffTeachesNothing) {
  WireTest test(4);
  test.begin();
  EXPECT_FALSE(test.is_due(0, limit_mohm)) << "it is running";
  test.take_rest(3300);
  test.abort();
  EXPECT_FALSE(test.is_loading());
  EXPECT_TRUE(test.is_due(0, limit_mohm));
}

TEST(WireTestTest, ADirectionIsNoMatterAndAnOpenLeadIsHeldAtTheEnd) {
  WireTest test(1);
  test.begin();
  test.take_rest(3300);
  test.take_loaded(3400, 1000, 0);
  EXPECT_EQ(test.mohm()[0], 100);
  test.begin();
  test.take_rest(3300);
  test.take_loaded(0, 10, 0);
  EXPECT_EQ(test.mohm()[0], 0xFFFF);
}

}  // namespace
}  // namespace jk::core
