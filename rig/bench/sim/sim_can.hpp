// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "rig/bench/sim/agenda.hpp"
#include "rig/bench/sim/can_bus.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// One CAN bus of a board, on the calendar. While nobody outside listens or sends, it costs no entry.
class SimCan {
 public:
  /// `arrived`: a frame waits for the board.
  SimCan(const scenario::BoardSpec::Can& spec, std::function<void()> arrived)
      : bus_(spec.bit_per_s, spec.queue_frames), bit_per_s_(spec.bit_per_s), arrived_(std::move(arrived)) {}

  // ---- the board's side
  bool send(std::int64_t t_ns, const board_can_frame& frame) {
    const bool taken = bus_.send(std::max(t_ns, now_ns()), CanBus::board, {frame, false});
    if (heard_) look_again();
    return taken;
  }
  std::optional<CanFrame> receive(std::int64_t t_ns) { return bus_.receive(std::max(t_ns, now_ns()), CanBus::board); }
  /// The controller enters reset or leaves it: nothing of before is sent or read.
  void reset(std::int64_t t_ns) { bus_.cut(t_ns); }
  /// The controller starts anew at this bit rate.
  void configure(std::int64_t t_ns, double bit_per_s) {
    bus_.configure(std::max(t_ns, now_ns()), bit_per_s);
    if (std::exchange(bit_per_s_, bit_per_s) != bit_per_s && configured) configured();
    if (heard_) look_again();
  }

  // ---- the outside
  [[nodiscard]] double bit_per_s() const { return bit_per_s_; }
  std::function<void()> configured;  // the bit rate has changed
  /// `heard` is called at the end of each frame of the board.
  void listen(std::function<void(const CanFrame&)> heard) {
    heard_ = std::move(heard);
    bus_.listen();
  }
  /// Of its wires, from now on.
  void set_faults(const LineFaults& faults, LineChance& chance) {
    bus_.set_faults(now_ns(), faults, chance);
    if (!heard_) heard_ = [](const CanFrame&) {};
    look_again();
  }
  [[nodiscard]] std::uint64_t destroyed() const { return bus_.destroyed(); }
  /// Frames of the outside that have not begun yet.
  [[nodiscard]] std::size_t outside_waiting() const { return bus_.waiting(CanBus::outside); }
  void outside_sends(const CanFrame& frame) {
    bus_.send(now_ns(), CanBus::outside, frame);
    look_again();
  }

 private:
  void look_again() {
    if (const auto next = bus_.next_ns(now_ns())) frame_ends_.at(*next);
  }
  void frame_ends() {
    while (const auto frame = bus_.receive(now_ns(), CanBus::outside)) heard_(*frame);
    look_again();
    if (bus_.taken_by_board() != std::exchange(told_, bus_.taken_by_board())) arrived_();
  }
  CanBus bus_;
  double bit_per_s_;
  std::function<void()> arrived_;
  std::function<void(const CanFrame&)> heard_;
  std::uint64_t told_ = 0;
  Timer frame_ends_{Turn::can_bus, [this] { frame_ends(); }};
};

}  // namespace rig::bench
