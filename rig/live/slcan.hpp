// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "rig/bench/sim/can_bus.hpp"

namespace rig::live {

/// A serial CAN adapter that speaks the ASCII protocol of LAWICEL ("slcan"): commands end with CR, the answer is CR, or
/// BEL when the command is unknown, malformed or not allowed now.
///   Sn, sxxyy   bit rate, while closed: 10 20 50 100 125 250 500 800 1000 kbit/s; sxxyy is taken as that of the bus
///   O L C       open, open and only listen, close
///   tiiil… Tiiiiiiiil… riiil Riiiiiiiil   send a frame: 11 bit, 29 bit, remote
///   F V v N     status flags, versions, serial number          Z0 Z1   frames without and with a time stamp, while
///   closed
/// Opened at another bit rate than that of the bus it hears nothing, its frames are refused, and F shows a bus error.
/// Source: docs/references.md#lawicel.
class Slcan {
 public:
  explicit Slcan(double bit_per_s) : bus_bit_per_s_(bit_per_s), bit_per_s_(bit_per_s) {}

  /// Bytes from the client; the answers go into `answers`, frames for the bus to `send`.
  void take(std::span<const char> bytes, const std::function<void(const bench::CanFrame&)>& send, std::string& answers);
  /// A frame from the bus at `t_ns`, as the client is told; "" when it is not.
  [[nodiscard]] std::string text_of(const bench::CanFrame& frame, std::int64_t t_ns) const;
  /// The client is gone. As with an adapter that keeps its supply, bit rate and channel stay as they are.
  void hang_up();
  /// The client did not read and a frame was lost: F shows it once.
  void note_overrun() { flags_ |= receiver_full | overrun; }
  [[nodiscard]] bool is_open() const { return state_ != State::closed; }
  /// The client chose a bit rate that is not the bus's.
  [[nodiscard]] bool is_at_wrong_rate() const { return bit_per_s_ != bus_bit_per_s_; }
  [[nodiscard]] double bit_per_s() const { return bit_per_s_; }
  /// The bus has another bit rate now; a client that has not chosen its own goes with it.
  void set_bus_rate(double bit_per_s) {
    bus_bit_per_s_ = bit_per_s;
    if (!is_chosen_) bit_per_s_ = bit_per_s;
  }

 private:
  enum class State : std::uint8_t { closed, open, listening };
  enum Flag : std::uint8_t { receiver_full = 0x01, overrun = 0x08, bus_error = 0x80 };
  std::string answer(std::string_view command, const std::function<void(const bench::CanFrame&)>& send);
  std::string status();
  bool set_bit_rate(std::string_view digits);
  bool send_frame(std::string_view command, const std::function<void(const bench::CanFrame&)>& send);

  double bus_bit_per_s_, bit_per_s_;
  State state_ = State::closed;
  std::uint8_t flags_ = 0;
  bool is_chosen_ = false;  // the bit rate, by the client
  bool with_time_ = false, is_too_long_ = false;
  std::string line_;
};

}  // namespace rig::live
