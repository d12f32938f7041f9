// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "board.h"
#include "firmware-under-test/jk/app/bms.hpp"
#include "firmware-under-test/jk/protocols/modbus_rtu.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57_server.hpp"

namespace jk::app {

/// Numbers of the protocols that a UART can speak (Setting::uart_1_protocol, uart_2_protocol). Any other: silent.
inline constexpr std::int32_t speaks_4e57 = 0, speaks_modbus = 1;

/// One UART of the board: bytes to the protocol that its setting names, replies back. Half duplex: what arrives while a
/// reply is being handed over is lost. A board that is off listens and says nothing.
class SerialPort {
 public:
  SerialPort(const board_host& host, Bms& bms, std::uint32_t port, core::Setting protocol);

  /// The receiver went idle at `now_ns` after at least one byte.
  void hear(std::uint64_t now_ns);
  /// Once a tick: hands over what is left of a reply.
  void go_on() {
    if (!unsent_.empty()) send();
  }
  /// Says something without being asked.
  void say(std::span<const std::uint8_t> bytes);

 private:
  void serve(std::span<const std::uint8_t> bytes);
  void send();

  const board_host& host_;
  Bms& bms_;
  std::uint32_t port_;
  core::Setting protocol_;
  protocols::Server4e57 serial_;
  protocols::ModbusServer modbus_;
  std::uint64_t heard_ns_ = 0;
  std::span<const std::uint8_t> unsent_;
};

}  // namespace jk::app
