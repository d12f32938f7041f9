// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace rig::bench {

/// One direction of an asynchronous serial line, 8N1: ten bit times a byte. Bytes are kept with the instant at which
/// their stop bit ends; nobody can read one earlier.
class UartWire {
 public:
  explicit UartWire(double baud) : byte_ns_(static_cast<std::int64_t>(1e10 / baud + 0.5)) {}

  /// Queues bytes at `t_ns`; returns when the last of them has arrived.
  std::int64_t send(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t byte : bytes) {
      end_ns_ = std::max(end_ns_, t_ns) + byte_ns_;
      queue_.push_back({end_ns_, byte});
    }
    return end_ns_;
  }
  /// Takes what has arrived by `t_ns`, at most `capacity` bytes.
  std::size_t receive(std::int64_t t_ns, std::uint8_t* data, std::size_t capacity) {
    std::size_t n = 0;
    for (; n < capacity && !queue_.empty() && queue_.front().t_ns <= t_ns; ++n) {
      data[n] = queue_.front().byte;
      queue_.pop_front();
    }
    return n;
  }
  /// Bytes that have not left yet.
  [[nodiscard]] std::size_t under_way(std::int64_t t_ns) const {
    return end_ns_ <= t_ns ? 0 : static_cast<std::size_t>((end_ns_ - t_ns + byte_ns_ - 1) / byte_ns_);
  }
  /// The sender died at `t_ns`: what had not left is lost.
  void cut(std::int64_t t_ns) {
    while (!queue_.empty() && queue_.back().t_ns > t_ns) queue_.pop_back();
    end_ns_ = std::min(end_ns_, t_ns);
  }
  void clear() { queue_.clear(); }

 private:
  struct Timed {
    std::int64_t t_ns;
    std::uint8_t byte;
  };
  std::int64_t byte_ns_, end_ns_ = 0;
  std::deque<Timed> queue_;
};

}  // namespace rig::bench
