// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

namespace rig::bench {

/// One direction of an asynchronous serial line, 8N1: ten bit times a byte. A byte can be read from the instant at
/// which its stop bit ends, not earlier. Bytes sent back to back form a burst; the instant of each follows from that of
/// the first.
class UartWire {
 public:
  explicit UartWire(double baud) : byte_ns_(static_cast<std::int64_t>(1e10 / baud + 0.5)) {}

  /// Queues bytes at `t_ns`; returns when the last of them has arrived.
  std::int64_t send(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
    if (read_ == bytes_.size()) {
      bytes_.clear();
      bursts_.clear();
      read_ = 0;
    }
    if (bursts_.empty() || t_ns > end_ns_) {
      bursts_.push_back({bytes_.size(), t_ns});
      end_ns_ = t_ns;
    }
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return end_ns_ += byte_ns_ * static_cast<std::int64_t>(bytes.size());
  }
  /// Takes what has arrived by `t_ns`, at most `capacity` bytes. They stay where they are until the next send().
  std::span<const std::uint8_t> receive(std::int64_t t_ns, std::size_t capacity = SIZE_MAX) {
    const std::size_t first = read_;
    read_ += std::min(capacity, std::max(arrived(t_ns), read_) - read_);
    return std::span<const std::uint8_t>(bytes_).subspan(first, read_ - first);
  }
  /// The same into the caller's room; returns how many.
  std::size_t receive(std::int64_t t_ns, std::uint8_t* data, std::size_t capacity) {
    const auto taken = receive(t_ns, capacity);
    std::ranges::copy(taken, data);
    return taken.size();
  }
  /// Bytes that have not left yet.
  [[nodiscard]] std::size_t under_way(std::int64_t t_ns) const {
    return end_ns_ <= t_ns ? 0 : static_cast<std::size_t>((end_ns_ - t_ns + byte_ns_ - 1) / byte_ns_);
  }
  [[nodiscard]] std::int64_t byte_ns() const { return byte_ns_; }
  /// End of the first byte that was not received yet; nullopt: there is none.
  [[nodiscard]] std::optional<std::int64_t> next_end_ns() const {
    if (read_ == bytes_.size()) return std::nullopt;
    const Burst& burst = *std::prev(std::ranges::upper_bound(bursts_, read_, {}, &Burst::first));
    return burst.start_ns + byte_ns_ * static_cast<std::int64_t>(read_ - burst.first + 1);
  }
  /// When the last byte that was sent has arrived, or will.
  [[nodiscard]] std::int64_t end_ns() const { return end_ns_; }
  /// The sender died at `t_ns`: what had not left is lost.
  void cut(std::int64_t t_ns) {
    bytes_.resize(std::max(read_, arrived(t_ns)));
    while (!bursts_.empty() && bursts_.back().first >= bytes_.size()) bursts_.pop_back();
    end_ns_ = std::min(end_ns_, t_ns);
  }
  /// The receiver was deaf up to `t_ns`: what has arrived and was not read is lost; what is under way still arrives.
  void lose_arrived(std::int64_t t_ns) { read_ = std::max(read_, arrived(t_ns)); }

 private:
  struct Burst {
    std::size_t first;
    std::int64_t start_ns;
  };
  [[nodiscard]] std::size_t arrived(std::int64_t t_ns) const {
    if (t_ns >= end_ns_) return bytes_.size();
    for (std::size_t b = bursts_.size(); b-- > 0;) {
      if (t_ns < bursts_[b].start_ns + byte_ns_) continue;
      const auto n = static_cast<std::size_t>((t_ns - bursts_[b].start_ns) / byte_ns_);
      const std::size_t last = b + 1 < bursts_.size() ? bursts_[b + 1].first : bytes_.size();
      return std::min(last, bursts_[b].first + n);
    }
    return read_;
  }
  std::int64_t byte_ns_, end_ns_ = 0;
  std::vector<std::uint8_t> bytes_;
  std::vector<Burst> bursts_;
  std::size_t read_ = 0;
};

}  // namespace rig::bench
