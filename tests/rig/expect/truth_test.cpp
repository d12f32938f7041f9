// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/truth.hpp"

#include <gtest/gtest.h>

namespace rig::expect {
namespace {

constexpr Truth N = Truth::no, U = Truth::unknown, Y = Truth::yes;

TEST(Truth, AndIsKleenes) {
  const Truth table[3][3] = {{N, N, N}, {N, U, U}, {N, U, Y}};
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) EXPECT_EQ(both(static_cast<Truth>(a), static_cast<Truth>(b)), table[a][b]) << a << b;
}

TEST(Truth, OrIsKleenes) {
  const Truth table[3][3] = {{N, U, Y}, {U, U, Y}, {Y, Y, Y}};
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) EXPECT_EQ(either(static_cast<Truth>(a), static_cast<Truth>(b)), table[a][b]) << a << b;
}

TEST(Truth, NotKeepsUnknown) {
  EXPECT_EQ(negate(N), Y);
  EXPECT_EQ(negate(U), U);
  EXPECT_EQ(negate(Y), N);
}

}  // namespace
}  // namespace rig::expect
