// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/access.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr std::string_view right = "123456", wrong = "123457";

TEST(AccessTest, TheRightPasswordOpensForTenMinutes) {
  Access access;
  EXPECT_FALSE(access.is_open(0));
  EXPECT_EQ(access.authorize(right, right, 10 * s), Answer::done);
  EXPECT_TRUE(access.is_open(610 * s - 1));
  EXPECT_FALSE(access.is_open(610 * s));
  EXPECT_EQ(access.authorize(right, right, 700 * s), Answer::done);
  access.close();
  EXPECT_FALSE(access.is_open(700 * s));
}

TEST(AccessTest, AWrongOneLeavesWhatIsOpen) {
  Access access;
  EXPECT_EQ(access.authorize(wrong, right, 0), Answer::needs_password);
  EXPECT_FALSE(access.is_open(0));
  EXPECT_EQ(access.authorize("", right, 0), Answer::needs_password);
  EXPECT_EQ(access.authorize(right, right, 1), Answer::done);
  EXPECT_EQ(access.authorize(wrong, right, 2), Answer::needs_password);
  EXPECT_TRUE(access.is_open(3));
}

TEST(AccessTest, FiveWrongOnesInAMinuteLockForAMinute) {
  Access access;
  for (std::uint64_t n = 0; n < 4; ++n) EXPECT_EQ(access.authorize(wrong, right, n * s), Answer::needs_password);
  EXPECT_EQ(access.authorize(wrong, right, 59 * s), Answer::locked);
  EXPECT_EQ(access.authorize(right, right, 60 * s), Answer::locked) << "the right one too";
  EXPECT_EQ(access.authorize(right, right, 119 * s - 1), Answer::locked);
  EXPECT_EQ(access.authorize(right, right, 119 * s), Answer::done);
}

TEST(AccessTest, SlowGuessesAreCountedAnew) {
  Access access;
  for (std::uint64_t n = 0; n < 20; ++n)
    EXPECT_EQ(access.authorize(wrong, right, n * 20 * s), Answer::needs_password) << n;
}

}  // namespace
}  // namespace jk::core
