// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "board.h"
#include "rig/bench/sim/serial_line.hpp"

namespace rig::bench {

/// A frame as it goes over the wire. A remote frame has a length but no data.
struct CanFrame {
  board_can_frame frame{};
  bool is_remote = false;
};

/// Bits of a frame on the wire, start of frame to end of intermission, with the stuff bits of this very frame:
///   11 bit: 47 + 8n + stuff    29 bit: 67 + 8n + stuff      n = bytes of data
/// A stuff bit follows five equal bits between start of frame and end of checksum (polynomial 0x4599).
/// Source: docs/references.md#iso-11898-1.
[[nodiscard]] int can_frame_bits(const CanFrame& frame);

/// A classical CAN bus between the controller of one board and everybody outside of it. A frame that is ready when the
/// bus falls idle starts then; of two the lower identifier goes first (11 bit before 29 bit, data before remote). Each
/// side sends its frames in the order given. Somebody always acknowledges. Time does not run backwards between calls,
/// except that the board may send ahead of it.
class CanBus {
 public:
  enum Side : std::uint8_t { board, outside };

  /// `queue` frames wait at the board for sending (the one under way included), and as many for being read.
  CanBus(double bit_per_s, std::size_t queue);

  /// False: the board's queue is full. That of the outside has no end.
  bool send(std::int64_t t_ns, Side from, const CanFrame& frame);
  /// The next frame from the other side that has ended by `t_ns`. The board's controller takes no remote frames.
  std::optional<CanFrame> receive(std::int64_t t_ns, Side at);
  /// From now on. A frame with a flipped bit ends in an error frame and is sent again, until it goes through; a lost
  /// one is acknowledged by somebody, but not taken by the other side; through a cut wire nothing goes and the board,
  /// whom nobody acknowledges, keeps its frames. There is no delay. `chance` outlives the bus.
  void set_faults(std::int64_t t_ns, const LineFaults& faults, LineChance& chance);
  /// Frames that ended in an error frame.
  [[nodiscard]] std::uint64_t destroyed() const { return destroyed_; }
  /// Somebody outside wants what the board sends; before, it is lost.
  void listen() { is_heard_ = true; }
  /// When to look again: the end of the frame under way, whoever sends it, or the start of the next; nullopt: never.
  [[nodiscard]] std::optional<std::int64_t> next_ns(std::int64_t t_ns);
  [[nodiscard]] std::size_t waiting(Side side) const { return waiting_[side].size(); }
  /// How many frames the board's controller has taken from the wire.
  [[nodiscard]] std::uint64_t taken_by_board() const { return taken_by_board_; }
  /// The board's controller died at `t_ns`: what it had not sent and what it had not read is lost.
  void cut(std::int64_t t_ns);
  /// The same, and from then on the bus has another bit rate; a frame of the outside that is under way ends as it
  /// began.
  void configure(std::int64_t t_ns, double bit_per_s);

 private:
  struct Waiting {
    CanFrame frame;
    std::int64_t ready_ns = 0;
  };
  struct UnderWay {
    CanFrame frame;
    Side from = board;
    std::int64_t end_ns = 0;
    int bits = 0;
  };
  void advance(std::int64_t t_ns);
  bool start_next(std::int64_t t_ns);
  void deliver(const UnderWay& done);
  [[nodiscard]] bool is_destroyed(const UnderWay& done);
  [[nodiscard]] std::int64_t next_start_ns() const;
  [[nodiscard]] bool is_silent(Side side) const { return side == board && faults_.is_cut; }

  double ns_per_bit_;
  std::size_t queue_;
  std::int64_t longest_frame_ns_, free_ns_ = 0;
  std::int64_t surely_idle_ns_ = 0;  // even if every frame were of the longest kind
  std::array<std::deque<Waiting>, 2> waiting_;
  std::array<std::deque<CanFrame>, 2> received_;
  std::optional<UnderWay> under_way_;
  std::uint64_t taken_by_board_ = 0, destroyed_ = 0;
  LineFaults faults_;
  LineChance* chance_ = nullptr;
  bool is_heard_ = false;
};

}  // namespace rig::bench
