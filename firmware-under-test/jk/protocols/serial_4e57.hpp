// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "firmware-under-test/jk/core/status.hpp"

/// The "4E 57" serial protocol ("4G-GPS Remote module Common protocol" V2.5), 115200 8N1, big-endian:
///   4E 57 | LEN u16 = total - 2 | terminal u32 | command | source | type | data | record u32 | 68 | 00 00 | sum u16
/// sum = all bytes from 4E through 68, modulo 65536.
namespace jk::protocols {

/// A well-formed request.
struct Request4e57 {
  std::uint8_t command = 0;        // 01 activate, 02 write, 03 read one id, 05 password, 06 read all
  std::optional<std::uint8_t> id;  // first data byte
  std::size_t data_bytes = 0;
  std::span<const std::uint8_t> value;  // the data bytes behind it, until the parser's next take

  /// Command 06 with or without an id byte, and command 03 with id 00, all seen in real clients.
  [[nodiscard]] bool is_read_all() const {
    return (command == 0x06 && data_bytes <= 1) || (command == 0x03 && data_bytes == 1 && id == 0x00);
  }
};

/// Finds requests in a stream of bytes that may be split, glued, or surrounded by garbage. A wrong sum, end mark,
/// length or type drops one byte and searches again inside what was received, so a request hidden behind a false start
/// is still found.
class Parser4e57 {
 public:
  static constexpr std::size_t shortest_request = 20;  // no data byte
  static constexpr std::size_t longest_request = 64;

  /// Takes bytes off the front until a request is complete, and returns it; ask again until there is none.
  std::optional<Request4e57> take(std::span<const std::uint8_t>& bytes);
  /// Forgets an unfinished frame, when the line was silent for longer than a frame can pause.
  void reset() {
    size_ = told_ = 0;
    wanted_ = shortest_request;
  }

 private:
  std::optional<Request4e57> next();
  void drop(std::size_t bytes);
  void drop_to_start();

  std::array<std::uint8_t, longest_request> buffer_{};
  std::size_t size_ = 0;
  std::size_t told_ = 0;                   // bytes at the front of the request that was returned last
  std::size_t wanted_ = shortest_request;  // before there can be a request; of the one at the front when that is known
};

[[nodiscard]] constexpr std::size_t reply_bytes(std::size_t cells) { return 243 + 3 * cells; }
inline constexpr std::size_t longest_reply = reply_bytes(core::status_cells);

/// Words 8B and 8C. Which bit says what stands in serial_4e57_alarms.cpp alone.
[[nodiscard]] std::uint16_t alarm_word(core::Alarms alarms);
[[nodiscard]] std::uint16_t status_word(const core::Status& status);

}  // namespace jk::protocols
