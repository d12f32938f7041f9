// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57_reply.hpp"

namespace jk::protocols {

/// The board's side of the serial protocol 4E 57. Command, what is done, reply:
///   01 activate       wakes the board                 id 00
///   02 write          one id of its width             the id
///   03 read one       an id of the read-all reply     the id with its value; id 00: all
///   05 password       id B2: opens what is guarded    B2; the form of two zero bytes changes nothing: id 00
///   06 read all                                       all ids
/// Anything else, and whatever the board refuses, is met with silence and changes nothing: the protocol has no error
/// reply. While the board is asleep only 01 is heard. Ids, widths, guards: docs/serial-4e57.md.
/// Source: docs/references.md#jk-4e57.
class Server4e57 {
 public:
  /// The device must outlive the server.
  explicit Server4e57(core::Device& device) : device_(device) {}

  /// Takes bytes off the front until a request is answered and returns its reply, which stays until the next call;
  /// empty when all bytes are taken. Call again while it is not. Nothing limits how fast requests may come: on a line
  /// that is still sending a reply, whoever calls holds bytes back or drops them.
  [[nodiscard]] std::span<const std::uint8_t> take(std::span<const std::uint8_t>& bytes);
  /// Forgets an unfinished request, when the line was silent for longer than a request can pause.
  void reset() { parser_.reset(); }

 private:
  std::span<const std::uint8_t> answer(const Request4e57& request);
  std::span<const std::uint8_t> acknowledge_if(bool is_done, const Request4e57& request);

  core::Device& device_;
  Parser4e57 parser_;
  Reply4e57 reply_;
};

}  // namespace jk::protocols
