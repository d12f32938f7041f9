// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/serial_port.hpp"

#include <algorithm>
#include <array>

namespace jk::app {
namespace {

constexpr std::uint64_t frame_pause_ns = 100'000'000;  // 4E 57 asks for 100 ms between packets
constexpr std::uint64_t rtu_pause_ns =
    10'000'000;  // 3.5 characters are 0.3 ms; adapters chop frames, and the parser finds them anyway
constexpr std::size_t chunk = 64;

}  // namespace

SerialPort::SerialPort(const board_host& host, Bms& bms, std::uint32_t port, core::Setting protocol)
    : host_(host), bms_(bms), port_(port), protocol_(protocol), serial_(bms), modbus_(bms) {}

void SerialPort::hear(std::uint64_t now_ns) {
  if (now_ns - heard_ns_ > frame_pause_ns) serial_.reset();
  if (now_ns - heard_ns_ > rtu_pause_ns) modbus_.reset();
  heard_ns_ = now_ns;
  std::array<std::uint8_t, chunk> bytes;
  for (;;) {
    const std::int32_t read = host_.uart_read(host_.ctx, port_, bytes.data(), bytes.size());
    const auto count = static_cast<std::size_t>(std::clamp(read, std::int32_t{0}, static_cast<std::int32_t>(chunk)));
    if (!bms_.is_silent()) serve({bytes.data(), count});
    if (count < chunk) return;
  }
}

void SerialPort::serve(std::span<const std::uint8_t> bytes) {
  const std::int32_t protocol = bms_.settings()[protocol_];
  while (!bytes.empty() && unsent_.empty()) {
    if (protocol == speaks_4e57) unsent_ = serial_.take(bytes);
    if (protocol == speaks_modbus) unsent_ = modbus_.take(bytes);
    if (unsent_.empty()) return;
    bms_.heard_client();
    send();
  }
}

void SerialPort::say(std::span<const std::uint8_t> bytes) {
  if (!unsent_.empty()) return;
  unsent_ = bytes;
  send();
}

void SerialPort::send() {
  const std::int32_t taken = host_.uart_write(host_.ctx, port_, unsent_.data(), unsent_.size());
  if (taken > 0) unsent_ = unsent_.subspan(std::min(static_cast<std::size_t>(taken), unsent_.size()));
}

}  // namespace jk::app
