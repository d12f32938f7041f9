// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "rig/bench/sim/sim_serial.hpp"

namespace rig::bench {

/// Two wires that several boards and a client share (RS485, half duplex): everybody hears everybody but himself. Where
/// two talk at once no byte can be read, neither of theirs: a byte counts only when no other began before its end or
/// ended after its beginning. A board's receiver falls idle when, after something it heard, nobody goes on talking.
class Rs485Bus final : public SerialEnd {
 public:
  explicit Rs485Bus(double baud) : client_wire_(baud) { talkers_.push_back({&client_wire_, nullptr}); }

  /// Takes over the board's end of its line. std::logic_error: it has another speed.
  void join(SimSerial& board);

  std::int64_t client_sends_at(std::int64_t t_ns, std::span<const std::uint8_t> bytes) override;
  std::span<const std::uint8_t> client_receives() override;
  [[nodiscard]] std::int64_t client_end_ns() const override { return client_wire_.end_ns(); }
  [[nodiscard]] std::size_t client_under_way() const override { return client_wire_.under_way(now_ns()); }
  [[nodiscard]] std::uint64_t collided() const override { return collided_; }
  /// End of the first byte that was lost so; -1: none was.
  [[nodiscard]] std::int64_t first_collision_ns() const { return first_collision_ns_; }

 private:
  struct Talker {
    UartWire* wire;
    SimSerial* board;               // nullptr: the client
    std::int64_t last_end_ns = -1;  // of its last byte that has ended
    bool has_heard = false;         // since its receiver was idle
  };
  void look_again();
  void bytes_end();
  void take(Talker& from, std::int64_t end_ns);
  [[nodiscard]] bool is_disturbed(const Talker& from, std::int64_t end_ns) const;
  [[nodiscard]] bool goes_on(std::int64_t t_ns) const;

  UartWire client_wire_;
  std::vector<Talker> talkers_;
  std::vector<std::uint8_t> heard_, handed_;  // by the client
  std::uint64_t collided_ = 0;
  std::int64_t first_collision_ns_ = -1;
  Timer byte_ends_{Turn::line_idle, [this] { bytes_end(); }};
};

}  // namespace rig::bench
