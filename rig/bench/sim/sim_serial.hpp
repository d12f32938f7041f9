// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <utility>

#include "rig/bench/sim/agenda.hpp"
#include "rig/bench/sim/uart_wire.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// One serial port of a board and the client at its other end: a wire in each direction.
class SimSerial {
 public:
  /// `idle`: the board's receiver has heard something and its line is idle again.
  SimSerial(const scenario::BoardSpec::Uart& spec, std::function<void()> idle)
      : queue_bytes_(spec.queue_bytes), to_board_(spec.baud), to_client_(spec.baud), idle_(std::move(idle)) {}

  // ---- the board's side
  /// Queues what there is room for; returns how many bytes that is.
  std::size_t write(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
    const std::int64_t t = std::max(t_ns, now_ns());
    if (!sent) to_client_.lose_arrived(t);  // nobody is there
    const std::size_t room = queue_bytes_ - std::min(queue_bytes_, to_client_.under_way(t));
    const std::size_t taken = std::min(bytes.size(), room);
    if (taken > 0) {
      const std::int64_t end = to_client_.send(t, bytes.first(taken));
      if (sent) sent(end);
    }
    return taken;
  }
  std::size_t read(std::int64_t t_ns, std::uint8_t* data, std::size_t capacity) {
    return to_board_.receive(t_ns, data, capacity);
  }
  void enter_reset(std::int64_t t_ns) { to_client_.cut(t_ns); }
  void was_deaf_until(std::int64_t t_ns) { to_board_.lose_arrived(t_ns); }

  // ---- the client's side
  /// Sends from now on, behind what is under way; returns when the last byte has arrived.
  std::int64_t client_sends(std::span<const std::uint8_t> bytes) {
    const std::int64_t end = to_board_.send(now_ns(), bytes);
    line_idle_.at(end);
    return end;
  }
  /// What has arrived by now; valid until the board sends again.
  std::span<const std::uint8_t> client_receives() { return to_client_.receive(now_ns()); }
  /// When the last byte of the client has arrived, or will.
  [[nodiscard]] std::int64_t client_end_ns() const { return to_board_.end_ns(); }
  /// Bytes of the client that have not left yet.
  [[nodiscard]] std::size_t client_under_way() const { return to_board_.under_way(now_ns()); }
  std::function<void(std::int64_t)> sent;  // the board has sent bytes; those of them that end last do so at t

 private:
  void line_idle() {
    if (to_board_.end_ns() > now_ns()) return line_idle_.at(to_board_.end_ns());  // more was sent meanwhile
    idle_();
  }
  std::size_t queue_bytes_;
  UartWire to_board_, to_client_;
  std::function<void()> idle_;
  Timer line_idle_{Turn::line_idle, [this] { line_idle(); }};
};

}  // namespace rig::bench
