// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <systemc>
#include <vector>

#include "rig/bench/sim/sim_serial.hpp"
#include "rig/bench/sim/sim_signals.hpp"
#include "rig/scenario/catalogue.hpp"
#include "rig/telemetry/jk_4e57.hpp"

namespace rig::bench {

/// The client at the other end of the board's serial port: polls read-all at a fixed period and turns the replies into
/// the signals bms.*. A value counts from the instant at which the last byte of its frame has arrived.
class JkClient : public sc_core::sc_module {
 public:
  JkClient(const sc_core::sc_module_name& name, const scenario::Catalogue& catalogue, SimSerial& port, double poll_s);

  /// Called around each update of values that somebody follows: a bit, or a value named to follow().
  std::function<void()> before, after;
  /// Called before an update that nobody follows.
  std::function<void()> unseen;
  void follow(scenario::SignalId id) { followed_.at(static_cast<std::size_t>(id)) = 1; }
  /// What has gone over the wire, at polls and when something comes back.
  struct Heard {
    std::uint64_t requests = 0, bytes = 0, replies = 0, bad_frames = 0;
  };
  std::function<void(const Heard&)> heard;
  /// Every change of a telemetry bit.
  std::function<void(scenario::SignalId, double)> bit;
  void write_to(SimSignals& signals, std::size_t board) {
    signals_ = &signals;
    board_ = board;
  }
  /// Longest time without a good reply up to `end_ns`.
  [[nodiscard]] std::int64_t longest_silence_ns(std::int64_t end_ns) const;

 private:
  void poll();
  void receive();
  void note_silence();
  void count(const Heard& news, std::size_t in_frames);
  void publish(const telemetry::JkReport& report);
  void take(scenario::SignalId id, double value, bool is_bit);
  void read(const telemetry::JkReport& report);

  struct News {
    scenario::SignalId id;
    double value;
    bool is_bit;
  };
  struct Bit {
    scenario::SignalId id;
    std::uint16_t mask;
  };
  SimSerial& port_;
  SimSignals* signals_ = nullptr;
  std::size_t board_ = 0;  // of several
  std::int64_t period_ns_;
  std::vector<scenario::SignalId> cells_;
  scenario::SignalId voltage_, current_, soc_, t1_, t2_, mos_, cycles_, age_;
  std::vector<Bit> alarms_, status_;
  std::vector<char> followed_;  // by signal
  std::optional<std::uint32_t> last_bits_;
  std::vector<News> news_;  // of one reply: what differs from before
  telemetry::FrameCollector collector_;
  telemetry::ReadAllDecoder decoder_;
  std::uint64_t loose_bytes_ = 0;  // since the poll: those that no good frame holds
  std::int64_t last_end_ns_ = 0, last_good_ns_ = 0, longest_silence_ns_ = 0;
  Timer poll_{Turn::client_poll, [this] { poll(); }}, arrived_{Turn::client_receive, [this] { receive(); }};
};

}  // namespace rig::bench
