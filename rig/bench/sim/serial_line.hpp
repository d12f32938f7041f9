// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

#include "models/math/noise.hpp"
#include "rig/bench/sim/uart_wire.hpp"

namespace rig::bench {

/// What is wrong with a line. Of a serial line it is a byte that gets lost, of CAN a frame.
struct LineFaults {
  double bit_errors = 0;  // share of the bits that are read as the other level
  double loss = 0;        // share of the bytes or frames that the receiver does not get
  std::int64_t delay_ns = 0;
  bool is_cut = false;
};

/// Chance in numbers: the draws of one wire, in order, from the run's seed.
class LineChance {
 public:
  LineChance(std::uint64_t seed, std::uint64_t wire) : draws_(seed, stream + wire) {}
  /// True with this probability.
  [[nodiscard]] bool happens(double probability) {
    constexpr double per_draw = 1.0 / 9007199254740992.0;  // 2^-53
    return static_cast<double>(draws_.next() >> 11) * per_draw < probability;
  }
  [[nodiscard]] std::uint64_t bits() { return draws_.next(); }

 private:
  static constexpr std::uint64_t stream = 0x11AE5;
  models::math::Stream draws_;
};

/// A wire with faults on its way. Each bit may flip by itself: in the data it makes another byte, of a start or stop
/// bit the receiver makes no byte at all. Bytes that are lost leave a gap; the sender notices nothing.
class SerialLine {
 public:
  explicit SerialLine(double baud) : wire_(baud) {}
  /// From the byte sent next on. `chance` outlives the line.
  void set_faults(const LineFaults& faults, LineChance& chance) {
    if (chance_ == nullptr) sent_ns_ = wire_.end_ns();
    faults_ = faults;
    chance_ = &chance;
  }

  /// Returns when the last byte arrives, or would.
  std::int64_t send(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
    return chance_ == nullptr ? wire_.send(t_ns, bytes) : send_badly(t_ns, bytes);
  }
  [[nodiscard]] std::size_t under_way(std::int64_t t_ns) const {
    if (chance_ == nullptr) return wire_.under_way(t_ns);
    return sent_ns_ <= t_ns ? 0 : static_cast<std::size_t>((sent_ns_ - t_ns + wire_.byte_ns() - 1) / wire_.byte_ns());
  }
  void cut(std::int64_t t_ns) {
    sent_ns_ = std::min(sent_ns_, t_ns);
    wire_.cut(t_ns + faults_.delay_ns);
  }
  /// What arrives is read there.
  [[nodiscard]] UartWire& wire() { return wire_; }
  [[nodiscard]] const UartWire& wire() const { return wire_; }

 private:
  std::int64_t send_badly(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
    sent_ns_ = std::max(sent_ns_, t_ns);
    for (const std::uint8_t byte : bytes) {
      const auto heard = on_the_way(byte);
      if (heard) wire_.send(sent_ns_ + faults_.delay_ns, {&*heard, 1});
      sent_ns_ += wire_.byte_ns();
    }
    return sent_ns_ + faults_.delay_ns;
  }
  std::optional<std::uint8_t> on_the_way(std::uint8_t byte) {
    bool is_lost = faults_.is_cut || (faults_.loss > 0 && chance_->happens(faults_.loss));
    if (faults_.bit_errors <= 0) return is_lost ? std::nullopt : std::optional(byte);
    for (int bit = -1; bit <= 8; ++bit) {  // start, data, stop
      if (!chance_->happens(faults_.bit_errors)) continue;
      if (bit < 0 || bit == 8)
        is_lost = true;
      else
        byte = static_cast<std::uint8_t>(byte ^ 1u << bit);
    }
    return is_lost ? std::nullopt : std::optional(byte);
  }

  UartWire wire_;
  LineFaults faults_;
  LineChance* chance_ = nullptr;  // none: no fault so far
  std::int64_t sent_ns_ = 0;      // end of the sender's last byte, once there has been a fault
};

/// What a receiver at `baud` makes of bytes that are sent one behind the other at another speed: it waits for a falling
/// edge, samples the middle of each bit, and takes the byte only when its stop bit is high. A gap between bytes is
/// high.
struct Misheard {
  std::int64_t end_ns;  // of the stop bit, after the start of the first byte sent
  std::uint8_t byte;
};
template <class Sink>
void mishear(std::span<const std::uint8_t> bytes, double sent_baud, double baud, Sink heard) {
  const auto level = [&](double t_bits) {  // in bits of the sender
    if (t_bits < 0) return true;
    const auto byte = static_cast<std::size_t>(t_bits / 10);
    if (byte >= bytes.size()) return true;
    const int bit = static_cast<int>(t_bits - 10.0 * static_cast<double>(byte));
    return bit == 9 || (bit > 0 && (bytes[byte] >> (bit - 1) & 1) != 0);
  };
  const double step = sent_baud / baud;  // a bit of the receiver
  const auto bits = static_cast<double>(10 * bytes.size());
  double t = 0;
  while (t < bits) {
    if (level(t)) {  // idle: edges lie at whole bits of the sender
      t = std::floor(t) + 1;
      continue;
    }
    unsigned byte = 0;
    for (int bit = 0; bit < 8; ++bit) byte |= static_cast<unsigned>(level(t + (bit + 1.5) * step)) << bit;
    if (!level(t + 0.5 * step)) {
      if (level(t + 9.5 * step)) {
        const double end_ns = (t + 10 * step) * 1e9 / sent_baud;
        heard(Misheard{static_cast<std::int64_t>(end_ns + 0.5), static_cast<std::uint8_t>(byte)});
      }
      t += 9.5 * step;
    } else {
      t += 0.5 * step;  // a glitch
    }
    while (t < bits && !level(t)) t = std::floor(t) + 1;  // the next start needs a high line first
  }
}

}  // namespace rig::bench
