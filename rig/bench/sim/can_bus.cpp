// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/can_bus.hpp"

#include <algorithm>
#include <utility>

namespace rig::bench {

namespace {

constexpr int tail_bits = 13;  // end of checksum, acknowledge, end of frame, intermission: not stuffed
constexpr int error_frame_bits = 6 + 6 + 8 + 3;  // flags of two, delimiter, intermission
constexpr int longest_frame_bits = 160;          // 29 bit, 8 bytes: 118 from start to checksum, 29 stuff bits, the tail

/// Counts bits as they leave the controller.
class Stuffer {
 public:
  void put(std::uint32_t value, int bits) {
    while (bits-- > 0) put_checked((value >> bits & 1) != 0);
  }
  /// All bits, the checksum of what was put included.
  int finish() {
    const std::uint32_t sum = crc_;
    for (int bit = 15; bit-- > 0;) put_stuffed((sum >> bit & 1) != 0);
    return count_;
  }

 private:
  void put_checked(bool bit) {
    const bool carry = bit != ((crc_ >> 14 & 1) != 0);
    crc_ = crc_ << 1 & 0x7FFF;
    if (carry) crc_ ^= 0x4599;
    put_stuffed(bit);
  }
  void put_stuffed(bool bit) {
    ++count_;
    equal_ = bit == last_ ? equal_ + 1 : 1;
    last_ = bit;
    if (equal_ < 5) return;
    ++count_;  // of the other level, and the first of its kind
    last_ = !bit;
    equal_ = 1;
  }
  std::uint32_t crc_ = 0;
  int count_ = 0, equal_ = 0;
  bool last_ = true;  // the bus is recessive before a frame
};

/// What arbitration compares: the lower goes first.
std::uint64_t rank(const CanFrame& f) {
  const std::uint64_t base = f.frame.extended != 0 ? f.frame.id >> 18 & 0x7FF : f.frame.id & 0x7FF;
  const std::uint64_t remote = f.is_remote ? 1 : 0;
  if (f.frame.extended == 0) return base << 21 | remote << 20;
  return base << 21 | std::uint64_t{3} << 19 | (f.frame.id & 0x3FFFF) << 1 | remote;  // SRR and IDE are recessive
}

}  // namespace

int can_frame_bits(const CanFrame& f) {
  const std::uint32_t remote = f.is_remote ? 1 : 0;
  Stuffer wire;
  wire.put(0, 1);
  if (f.frame.extended != 0) {
    wire.put(f.frame.id >> 18 & 0x7FF, 11);
    wire.put(3, 2);
    wire.put(f.frame.id & 0x3FFFF, 18);
    wire.put(remote, 1);
    wire.put(0, 2);
  } else {
    wire.put(f.frame.id & 0x7FF, 11);
    wire.put(remote, 1);
    wire.put(0, 2);
  }
  wire.put(f.frame.length, 4);
  if (!f.is_remote) {
    for (int i = 0; i < f.frame.length; ++i) wire.put(f.frame.data[i], 8);
  }
  return wire.finish() + tail_bits;
}

CanBus::CanBus(double bit_per_s, std::size_t queue)
    : ns_per_bit_(1e9 / bit_per_s),
      queue_(queue),
      longest_frame_ns_(static_cast<std::int64_t>(longest_frame_bits * ns_per_bit_) + 1) {}

bool CanBus::send(std::int64_t t_ns, Side from, const CanFrame& frame) {
  advance(t_ns);
  const std::size_t going = under_way_ && under_way_->from == from ? 1 : 0;
  if (from == board && waiting_[board].size() + going >= queue_) return false;
  waiting_[from].push_back({frame, t_ns});
  surely_idle_ns_ = std::max(surely_idle_ns_, t_ns) + longest_frame_ns_;
  return true;
}

std::optional<CanFrame> CanBus::receive(std::int64_t t_ns, Side at) {
  advance(t_ns);
  auto& queue = received_[at];
  if (queue.empty()) return std::nullopt;
  const CanFrame first = queue.front();
  queue.pop_front();
  return first;
}

std::optional<std::int64_t> CanBus::next_ns(std::int64_t t_ns) {
  advance(t_ns);
  if (under_way_) return under_way_->end_ns;
  const std::int64_t start_ns = next_start_ns();
  return start_ns == INT64_MAX ? std::nullopt : std::optional(start_ns);
}

void CanBus::cut(std::int64_t t_ns) {
  advance(t_ns);
  waiting_[board].clear();
  received_[board].clear();
  if (under_way_ && under_way_->from == board) {
    under_way_.reset();
    free_ns_ = t_ns;
  }
}

void CanBus::configure(std::int64_t t_ns, double bit_per_s) {
  cut(t_ns);
  ns_per_bit_ = 1e9 / bit_per_s;
  longest_frame_ns_ = static_cast<std::int64_t>(longest_frame_bits * ns_per_bit_) + 1;
  surely_idle_ns_ =
      std::max(surely_idle_ns_, t_ns) + longest_frame_ns_ * static_cast<std::int64_t>(waiting_[outside].size() + 1);
}

void CanBus::advance(std::int64_t t_ns) {
  const bool is_from_outside = !waiting_[outside].empty() || (under_way_ && under_way_->from == outside);
  if (!is_heard_ && !is_from_outside && t_ns >= surely_idle_ns_) {  // nobody asks when each frame went
    waiting_[board].clear();
    under_way_.reset();
    return;
  }
  for (;;) {
    if (!under_way_ && !start_next(t_ns)) return;
    if (under_way_->end_ns > t_ns) return;
    const UnderWay done = *std::exchange(under_way_, std::nullopt);
    free_ns_ = done.end_ns;
    if (chance_ != nullptr && is_destroyed(done)) [[unlikely]] {
      ++destroyed_;
      free_ns_ += static_cast<std::int64_t>(error_frame_bits * ns_per_bit_ + 0.5);
      waiting_[done.from].push_front({done.frame, done.end_ns});
      continue;
    }
    deliver(done);
  }
}

std::int64_t CanBus::next_start_ns() const {
  std::int64_t start_ns = INT64_MAX;
  for (const Side side : {board, outside}) {
    const auto& queue = waiting_[side];
    if (!queue.empty() && !is_silent(side)) start_ns = std::min(start_ns, std::max(free_ns_, queue.front().ready_ns));
  }
  return start_ns;
}

/// Of the frames that are ready when the bus falls idle, at `t_ns` at the latest, the one that wins.
bool CanBus::start_next(std::int64_t t_ns) {
  const std::int64_t start_ns = next_start_ns();
  if (start_ns > t_ns) return false;
  const auto may_start = [&](Side side) {
    return !is_silent(side) && !waiting_[side].empty() && waiting_[side].front().ready_ns <= start_ns;
  };
  Side winner = may_start(board) ? board : outside;
  if (may_start(board) && may_start(outside) &&
      rank(waiting_[outside].front().frame) < rank(waiting_[board].front().frame)) {
    winner = outside;
  }
  const CanFrame frame = waiting_[winner].front().frame;
  waiting_[winner].pop_front();
  const int bits = can_frame_bits(frame);
  const auto duration_ns = static_cast<std::int64_t>(bits * ns_per_bit_ + 0.5);
  under_way_ = UnderWay{frame, winner, start_ns + duration_ns, bits};
  return true;
}

bool CanBus::is_destroyed(const UnderWay& done) {
  if (done.from == board && faults_.is_cut) return true;  // while it was under way
  if (faults_.bit_errors <= 0) return false;
  double sound = 1;  // so far
  for (int bit = 0; bit < done.bits; ++bit) sound *= 1 - faults_.bit_errors;
  return chance_->happens(1 - sound);
}

void CanBus::set_faults(std::int64_t t_ns, const LineFaults& faults, LineChance& chance) {
  listen();  // from now on it matters when each frame goes
  advance(t_ns);
  faults_ = faults;
  chance_ = &chance;
  if (!faults.is_cut) free_ns_ = std::max(free_ns_, t_ns);
}

void CanBus::deliver(const UnderWay& done) {
  if (chance_ != nullptr && (faults_.is_cut || (faults_.loss > 0 && chance_->happens(faults_.loss)))) return;
  if (done.from == board) {
    if (is_heard_) received_[outside].push_back(done.frame);
  } else if (!done.frame.is_remote && received_[board].size() < queue_) {
    received_[board].push_back(done.frame);
    ++taken_by_board_;
  }
}

}  // namespace rig::bench
