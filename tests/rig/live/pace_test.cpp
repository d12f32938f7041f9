// SPDX-License-Identifier: Apache-2.0
#include "rig/live/pace.hpp"

#include <gtest/gtest.h>

#include "tests/rig/live/units.hpp"

namespace rig::live {
namespace {

TEST(Pace, ASimulatedSecondIsASecondOfTheHostTimesTheSpeed) {
  const Pace real_time(1, 100 * s, 0), fast(10, 100 * s, 5 * s);
  EXPECT_EQ(real_time.sim_at(100 * s), 0);
  EXPECT_EQ(real_time.sim_at(101 * s), 1 * s);
  EXPECT_EQ(fast.sim_at(101 * s), 15 * s);
  EXPECT_EQ(fast.host_at(15 * s), 101 * s);
}

// What a loop relies on that sleeps until host_at(t): it must find t reached, or it would spin.
TEST(Pace, WhatIsDueIsReachedWhenItsTimeHasCome) {
  for (const double speed : {0.01, 0.3, 1.0, 3.0, 7.7, 1000.0, 123456.7}) {
    const Pace pace(speed, 12345 * s + 678, 9 * s + 1);
    for (const std::int64_t ahead : {std::int64_t{0}, std::int64_t{1}, 12345 * ms / 1000, 7 * s + 3}) {
      const std::int64_t due = 9 * s + 1 + ahead, host = pace.host_at(due);
      EXPECT_GE(pace.sim_at(host), due) << speed << " x, " << ahead << " ns ahead";
      EXPECT_LT(pace.sim_at(host - 2), due + (ahead == 0 ? 1 : 0)) << speed << " x, " << ahead << " ns ahead";
    }
  }
}

TEST(Pace, WhatNeverComesIsADayAway) { EXPECT_EQ(Pace(1, 0, 0).host_at(INT64_MAX), 86'400 * s); }

TEST(Pace, AnotherSpeedGoesOnFromWhereTheWorldIs) {
  Pace pace(1, 0, 0);
  pace.go_on(100, 10 * s, 7 * s);
  EXPECT_EQ(pace.sim_at(10 * s), 7 * s);
  EXPECT_EQ(pace.sim_at(11 * s), 107 * s);
}

TEST(Lateness, ATickIsNotLate) {
  Lateness late;
  late.note(5 * s, 5 * s + Lateness::tick_ns);
  EXPECT_FALSE(late.tell(6 * s));
  late.note(6 * s, 6 * s + Lateness::tick_ns + 1);
  EXPECT_EQ(late.tell(6 * s + 11 * ms), Lateness::tick_ns + 1);
}

TEST(Lateness, TheWorstOfASecondIsToldOnce) {
  Lateness late;
  late.note(0, 20 * ms);
  EXPECT_EQ(late.tell(20 * ms), 20 * ms);
  late.note(100 * ms, 150 * ms);
  late.note(200 * ms, 230 * ms);
  EXPECT_FALSE(late.tell(1 * s)) << "told less than a second ago";
  EXPECT_EQ(late.tell(1 * s + 20 * ms), 50 * ms);
  EXPECT_FALSE(late.tell(5 * s)) << "nothing new";
  EXPECT_EQ(late.longest_ns(), 50 * ms);
  EXPECT_EQ(late.times(), 2u);
}

}  // namespace
}  // namespace rig::live
