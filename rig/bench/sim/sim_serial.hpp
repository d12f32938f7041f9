// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <utility>

#include "rig/bench/sim/agenda.hpp"
#include "rig/bench/sim/serial_line.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// Where a client meets a serial line: that of one board, or a bus of several.
class SerialEnd {
 public:
  virtual ~SerialEnd() = default;
  /// Sends from now on, behind what is under way; returns when the last byte has arrived.
  std::int64_t client_sends(std::span<const std::uint8_t> bytes) { return client_sends_at(now_ns(), bytes); }
  /// The same from `t_ns` on, which is not before now.
  virtual std::int64_t client_sends_at(std::int64_t t_ns, std::span<const std::uint8_t> bytes) = 0;
  /// What has arrived by now; valid until the board sends again, on a bus until the next call.
  virtual std::span<const std::uint8_t> client_receives() = 0;
  /// When the last byte of the client has arrived, or will.
  [[nodiscard]] virtual std::int64_t client_end_ns() const = 0;
  /// Bytes of the client that have not left yet.
  [[nodiscard]] virtual std::size_t client_under_way() const = 0;
  /// Bytes that nobody could read because several talked at once.
  [[nodiscard]] virtual std::uint64_t collided() const = 0;
  std::function<void(std::int64_t)> sent;  // the board has sent bytes; those of them that end last do so at t
};

/// One serial port of a board and the client at its other end: a wire in each direction. On a bus the client's end is
/// the bus (Rs485Bus), and what is said and heard here is said and heard there.
class SimSerial final : public SerialEnd {
 public:
  /// `idle`: the board's receiver has heard something and its line is idle again.
  SimSerial(const scenario::BoardSpec::Uart& spec, std::function<void()> idle)
      : queue_bytes_(spec.queue_bytes), to_board_(spec.baud), to_client_(spec.baud), idle_(std::move(idle)) {}

  // ---- the board's side
  /// Queues what there is room for; returns how many bytes that is.
  std::size_t write(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
    const std::int64_t t = std::max(t_ns, now_ns());
    if (!sent) to_client_.wire().lose_arrived(t);  // nobody is there
    const std::size_t room = queue_bytes_ - std::min(queue_bytes_, to_client_.under_way(t));
    const std::size_t taken = std::min(bytes.size(), room);
    if (taken > 0) {
      const std::int64_t end = to_client_.send(t, bytes.first(taken));
      if (sent) sent(end);
    }
    return taken;
  }
  std::size_t read(std::int64_t t_ns, std::uint8_t* data, std::size_t capacity) {
    return to_board_.wire().receive(t_ns, data, capacity);
  }
  void enter_reset(std::int64_t t_ns) { to_client_.cut(t_ns); }
  void was_deaf_until(std::int64_t t_ns) { to_board_.wire().lose_arrived(t_ns); }

  // ---- the line
  /// From now on, in both directions; each has its own chance.
  void set_faults(const LineFaults& faults, LineChance& to_board, LineChance& to_client) {
    to_board_.set_faults(faults, to_board);
    to_client_.set_faults(faults, to_client);
  }
  [[nodiscard]] std::int64_t byte_ns() const { return to_board_.wire().byte_ns(); }
  /// Its wires are shared with others.
  [[nodiscard]] bool is_on_a_bus() const { return bus_ != nullptr; }

  // ---- the client's side
  std::int64_t client_sends_at(std::int64_t t_ns, std::span<const std::uint8_t> bytes) override {
    if (bus_ != nullptr) [[unlikely]]
      return bus_->client_sends_at(t_ns, bytes);
    const std::int64_t end = to_board_.send(t_ns, bytes);
    if (to_board_.wire().next_end_ns()) line_idle_.at(to_board_.wire().end_ns());  // else the line has lost them all
    return end;
  }
  std::span<const std::uint8_t> client_receives() override {
    if (bus_ != nullptr) [[unlikely]]
      return bus_->client_receives();
    return to_client_.wire().receive(now_ns());
  }
  [[nodiscard]] std::int64_t client_end_ns() const override {
    return bus_ != nullptr ? bus_->client_end_ns() : to_board_.wire().end_ns();
  }
  [[nodiscard]] std::size_t client_under_way() const override {
    return bus_ != nullptr ? bus_->client_under_way() : to_board_.under_way(now_ns());
  }
  [[nodiscard]] std::uint64_t collided() const override { return bus_ != nullptr ? bus_->collided() : 0; }

 private:
  friend class Rs485Bus;
  void line_idle() {
    const std::int64_t end_ns = to_board_.wire().end_ns();
    if (end_ns > now_ns()) return line_idle_.at(end_ns);  // more was sent meanwhile
    idle_();
  }
  std::size_t queue_bytes_;
  SerialLine to_board_, to_client_;
  std::function<void()> idle_;
  SerialEnd* bus_ = nullptr;
  Timer line_idle_{Turn::line_idle, [this] { line_idle(); }};
};

}  // namespace rig::bench
