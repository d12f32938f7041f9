// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "board.h"
#include "firmware-under-test/jk/app/bms.hpp"
#include "firmware-under-test/jk/protocols/can_server.hpp"

namespace jk::app {

/// The CAN bus of the board, while connector P5 is CAN (Setting::port_is_rs485 off). A board that is off or asleep says
/// and hears nothing.
class CanPort {
 public:
  CanPort(const board_host& host, Bms& bms) : host_(host), bms_(bms), server_(bms) {}

  /// Hears what has arrived and sends what is due; returns when something will be due, UINT64_MAX when nothing.
  std::uint64_t talk(std::uint64_t now_ns) {
    return bms_.settings()[core::Setting::port_is_rs485] != 0 ? UINT64_MAX : do_talk(now_ns);
  }

 private:
  std::uint64_t do_talk(std::uint64_t now_ns);
  void follow_bit_rate();
  void hear(std::uint64_t now_ns);
  [[nodiscard]] bool send(const protocols::CanFrame& frame);

  const board_host& host_;
  Bms& bms_;
  protocols::CanServer server_;
  protocols::CanFrame unsent_{};
  bool has_unsent_ = false;
  std::uint32_t bit_rate_ = 0;  // as configured; 0: not yet
};

}  // namespace jk::app
