// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "firmware-under-test/jk/protocols/can_server.hpp"
#include "tests/firmware-under-test/jk/protocols/can_bytes.hpp"
#include "tests/firmware-under-test/jk/protocols/fake_device.hpp"

namespace jk::protocols {

inline constexpr std::uint64_t ms = 1'000'000;

/// A board on a bus, with device address 0.
class CanBoard {
 public:
  FakeDevice device;
  CanServer server{device};
  std::uint64_t now_ns = 1'000 * ms;

  explicit CanBoard(int protocol) {
    set(core::Setting::can_protocol, protocol);
    set(core::Setting::device_address, 0);
    device.state.is_charge_mos_on = device.state.is_discharge_mos_on = true;
  }
  void set(core::Setting setting, std::int32_t value) {
    ASSERT_TRUE(device.set.set(setting, value)) << core::info(setting).name;
  }
  void raise(core::Alarm alarm) { device.state.alarms |= core::alarm_bit(alarm); }

  /// What is due now.
  std::vector<CanFrame> listen() {
    std::vector<CanFrame> frames;
    CanFrame frame;
    while (server.next(now_ns, frame)) frames.push_back(frame);
    return frames;
  }
  /// Millisecond by millisecond, for so long, from now on.
  std::vector<CanFrame> listen_for(int milliseconds) {
    std::vector<CanFrame> frames;
    for (int i = 0; i < milliseconds; ++i, now_ns += ms) {
      for (const CanFrame& frame : listen()) frames.push_back(frame);
    }
    return frames;
  }
  std::map<std::uint32_t, int> counts_in(int milliseconds) {
    std::map<std::uint32_t, int> counts;
    for (const CanFrame& frame : listen_for(milliseconds)) ++counts[frame.id];
    return counts;
  }
  /// Each id's last frame within a second.
  std::map<std::uint32_t, std::string> frames() {
    std::map<std::uint32_t, std::string> last;
    for (const CanFrame& frame : listen_for(1000)) last[frame.id] = dump(frame);
    return last;
  }
  std::string frame(std::uint32_t id) {
    const auto last = frames();
    return last.contains(id) ? last.at(id) : "";
  }
};

}  // namespace jk::protocols
