// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/protocols/frame_55aa.hpp"
#include "firmware-under-test/jk/protocols/modbus_map.hpp"

/// Modbus RTU as JK boards speak it, 115200 8N1:
///   address | function | first register u16 | words u16 | (write: bytes u8 | data) | CRC u16, low byte first
/// Functions 03 (read) and 10 (write), numbers big-endian, high word first. Source: docs/references.md#jk-modbus.
namespace jk::protocols {

/// Polynomial 0xA001, start 0xFFFF. 0 over a frame together with its CRC.
[[nodiscard]] std::uint16_t modbus_crc(std::span<const std::uint8_t> bytes, std::uint16_t crc = 0xFFFF);

struct ModbusRequest {
  std::uint8_t address = 0;
  std::uint8_t function = 0;
  std::uint16_t first_register = 0, words = 0;
  std::span<const std::uint8_t> data;  // of a write; 2 * words bytes unless the request is malformed
  bool is_malformed = false;           // another function, or a write whose counts do not agree: only its CRC is good
};

/// Finds requests with a good CRC in a stream of bytes that may be split, glued, or surrounded by garbage, for any
/// address. Reads and writes are found anywhere: where none ends as it began, one byte is dropped and the rest is
/// searched again. Malformed ones, whose length nobody can know, only at the start of what follows a silence or
/// another request.
class ModbusParser {
 public:
  static constexpr std::size_t longest_request = 9 + 2 * most_words;

  /// Takes bytes off the front until a request is complete, and returns it; its data stay until the next call.
  std::optional<ModbusRequest> take(std::span<const std::uint8_t>& bytes);
  /// The line was silent for 3.5 characters: what is unfinished is forgotten.
  void reset();

 private:
  std::optional<ModbusRequest> find();
  void drop(std::size_t bytes);
  void push(std::uint8_t byte);
  [[nodiscard]] bool is_malformed_request() const;

  std::array<std::uint8_t, longest_request> buffer_{};
  std::size_t size_ = 0;
  std::size_t done_ = 0;  // bytes at the front that were returned

  // since the last silence or request
  static constexpr std::size_t longest_malformed = 9 + 255;
  static constexpr std::size_t lost = longest_malformed + 1;
  std::array<std::uint8_t, 7> head_{};
  std::size_t count_ = 0;  // stays at `lost`
  std::uint16_t crc_ = 0xFFFF;
};

/// How replies to a frame's trigger look besides.
struct FrameStyle {
  std::uint8_t counter = 0;  // byte 5
  bool has_pads = false;     // a 00 before and after the acknowledgement, as on some units
};

/// A board on the bus: answers requests to Setting::device_address, carries out writes to all (address 0) without a
/// reply, and is silent for the rest.
class ModbusServer {
 public:
  explicit ModbusServer(core::Device& device, FrameStyle style = {}) : device_(device), style_(style) {}

  /// Takes bytes off the front until there is a reply, and returns it; it stays until the next call. Ask again until
  /// it is empty.
  [[nodiscard]] std::span<const std::uint8_t> take(std::span<const std::uint8_t>& bytes);
  /// The line was silent for 3.5 characters.
  void reset() { parser_.reset(); }

 private:
  static constexpr std::size_t longest_reply = frame_bytes + 1 + 8 + 1;

  Outcome carry_out(const ModbusRequest& request);
  Outcome read(const ModbusRequest& request);
  Outcome write(const ModbusRequest& request);
  void acknowledge(const ModbusRequest& request);
  void refuse(const ModbusRequest& request, Outcome outcome);
  void say(std::size_t byte);
  void say_crc(std::size_t from);  // of what was said from there on

  core::Device& device_;
  FrameStyle style_;
  ModbusParser parser_;
  std::array<std::uint8_t, longest_reply> reply_{};
  std::size_t size_ = 0;
};

}  // namespace jk::protocols
