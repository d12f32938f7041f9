// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/event_log.hpp"

#include <algorithm>
#include <bit>

namespace jk::core {

void EventLog::push(const LogEntry& entry) {
  entries_[next_] = entry;
  next_ = (next_ + 1) % kept;
  size_ = std::min(size_ + 1, kept);
  ++count_;
}

void EventLog::add(std::uint32_t at_s, Happening what, std::uint8_t detail) {
  push({at_s, static_cast<std::uint8_t>(what), detail});
}

void EventLog::recall(std::uint32_t number, const LogEntry& entry) {
  push(entry);
  count_ = number;
}

void EventLog::watch(std::uint32_t at_s, Alarms alarms) {
  for (Alarms left = alarms ^ alarms_; left != 0; left &= left - 1) {
    const auto number = static_cast<unsigned>(std::countr_zero(left));
    push({at_s, static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(alarms >> number & 1u)});
  }
  alarms_ = alarms;
}

const LogEntry& EventLog::newest(std::size_t back) const { return entries_[(next_ + 2 * kept - 1 - back) % kept]; }

}  // namespace jk::core
