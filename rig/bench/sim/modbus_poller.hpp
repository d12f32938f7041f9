// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "rig/bench/sim/sim_serial.hpp"
#include "rig/bench/sim/wire_signals.hpp"

namespace rig::bench {

/// The client at the other end of a board's Modbus port: counts what comes back, and reads the block 0x1200 at a fixed
/// period when it is told to, as modbus.…. On a bus of several boards it takes what carries the address that it asked.
/// Source: docs/references.md#jk-modbus.
class ModbusPoller {
 public:
  ModbusPoller(SimSerial& port, WireSignals& signals, std::uint8_t own_address);
  /// Some claim wants to know what comes back.
  [[nodiscard]] bool is_wanted() const { return is_counted_ || is_decoded_; }

  struct Poll {
    std::int64_t period_ns = 0;  // 0: no poll
    std::uint8_t address = 1;
    double baud = 0;  // another speed than the board's; 0: the same
  };
  void poll(const Poll& poll);
  /// Another client has asked something.
  void asked();
  /// The board sends; the last of its bytes ends at `end_ns`.
  void told(std::int64_t end_ns);
  /// Bytes of the line, all or those of one instant.
  void take(std::span<const std::uint8_t> bytes);
  /// On a bus one client of a board fetches what was said, and hands it to those of the others.
  std::function<void(std::span<const std::uint8_t>)> overheard;

 private:
  struct Asked {
    std::uint16_t address, words;
  };
  void ask();
  void ask_next();
  void receive();
  void silence();
  bool take_frame();
  void take_reply(std::span<const std::uint8_t> data, const Asked& asked);
  void take_cells(std::span<const std::uint8_t> block);
  void take_values(std::span<const std::uint8_t> part);

  SimSerial& port_;
  WireSignals& signals_;
  Poll poll_;
  std::uint8_t own_address_;
  bool is_counted_, is_decoded_;
  std::size_t next_part_ = 0;
  std::optional<Asked> asked_;
  std::vector<std::uint8_t> heard_;
  std::int64_t end_ns_ = 0;
  Timer period_{Turn::client_poll, [this] { ask(); }}, arrived_{Turn::client_receive, [this] { receive(); }},
      silence_{Turn::client_receive, [this] { silence(); }};
};

/// Sends at another speed than the receivers have: they get what they make of it.
void send_at_speed(SerialEnd& end, std::span<const std::uint8_t> bytes, double baud, double receivers_baud);

/// The checksum of a frame; 0 over a frame that ends with its own.
[[nodiscard]] std::uint16_t modbus_checksum(std::span<const std::uint8_t> bytes);

}  // namespace rig::bench
