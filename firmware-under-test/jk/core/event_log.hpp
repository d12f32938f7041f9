// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "firmware-under-test/jk/core/alarms.hpp"

namespace jk::core {

/// What the log keeps: an alarm that came or went (its number), or one of these.
enum class Happening : std::uint8_t {
  started = 64,  // detail: cause of the start
  settings_changed,
  factory_reset,
  wrong_password,
  emergency_started,
  emergency_ended,
  fell_asleep,
  shut_down,
  woke_up,
  write_refused  // the first that found no room to be kept
};

struct LogEntry {
  std::uint32_t at_s = 0;   // run time of the board
  std::uint8_t what = 0;    // Alarm, or Happening
  std::uint8_t detail = 0;  // of an alarm: 1 came, 0 went
  bool operator==(const LogEntry&) const = default;
};

/// The newest 32 events and how many there have ever been.
class EventLog {
 public:
  static constexpr std::size_t kept = 32;

  void add(std::uint32_t at_s, Happening what, std::uint8_t detail = 0);
  /// Notes every alarm that came or went since the last call.
  void watch(std::uint32_t at_s, Alarms alarms);
  void resume(std::uint32_t count) { count_ = count; }
  /// An entry of a former run, the oldest first; `number`: count() when it was added.
  void recall(std::uint32_t number, const LogEntry& entry);

  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// `back`: 0 = the newest; below size().
  [[nodiscard]] const LogEntry& newest(std::size_t back) const;

 private:
  void push(const LogEntry& entry);

  std::array<LogEntry, kept> entries_{};
  std::size_t next_ = 0, size_ = 0;
  std::uint32_t count_ = 0;
  Alarms alarms_ = 0;
};

}  // namespace jk::core
