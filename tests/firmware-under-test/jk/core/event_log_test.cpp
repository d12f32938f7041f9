// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/event_log.hpp"

#include <gtest/gtest.h>

namespace jk::core {
namespace {

TEST(EventLog, KeepsTheNewestAndCountsAll) {
  EventLog log;
  EXPECT_EQ(log.size(), 0u);
  for (std::uint32_t n = 0; n < 40; ++n) log.add(n, Happening::started, static_cast<std::uint8_t>(n));
  EXPECT_EQ(log.count(), 40u);
  EXPECT_EQ(log.size(), EventLog::kept);
  EXPECT_EQ(log.newest(0), (LogEntry{39, 64, 39}));
  EXPECT_EQ(log.newest(31), (LogEntry{8, 64, 8}));
}

TEST(EventLog, NotesAlarmsThatComeAndGo) {
  EventLog log;
  const Alarms hot = alarm_bit(Alarm::mos_overtemperature), high = alarm_bit(Alarm::cell_overvoltage);
  log.watch(10, hot);
  log.watch(11, hot);
  log.watch(12, high);
  ASSERT_EQ(log.size(), 3u);
  EXPECT_EQ(log.newest(2), (LogEntry{10, 1, 1}));
  EXPECT_EQ(log.newest(1), (LogEntry{12, 1, 0}));
  EXPECT_EQ(log.newest(0), (LogEntry{12, 4, 1}));
}

TEST(EventLog, GoesOnCountingAfterARestart) {
  EventLog log;
  log.resume(1000);
  log.add(1, Happening::woke_up);
  EXPECT_EQ(log.count(), 1001u);
  EXPECT_EQ(log.size(), 1u);
}

TEST(EventLog, TakesTheEntriesOfAFormerRunBack) {
  EventLog log;
  log.recall(998, {20, 64, 1});
  log.recall(999, {30, 65, 2});
  log.add(1, Happening::woke_up);
  EXPECT_EQ(log.count(), 1000u);
  ASSERT_EQ(log.size(), 3u);
  EXPECT_EQ(log.newest(1), (LogEntry{30, 65, 2}));
  EXPECT_EQ(log.newest(2), (LogEntry{20, 64, 1}));
}

}  // namespace
}  // namespace jk::core
