// SPDX-License-Identifier: Apache-2.0
#include "rig/live/port.hpp"

#include <algorithm>

#include "rig/scenario/quantity.hpp"

namespace rig::live {

using bench::now_ns;

std::string Port::status() const {
  std::string line = name_ + "  " + (end_.is_open() ? "open" : "nobody") + ", " + std::to_string(heard_) +
                     " bytes in, " + std::to_string(told_) + " out";
  if (lost_ > 0) line += ", " + std::to_string(lost_) + " lost because the client did not read";
  return line;
}

void Port::hand_over(std::span<const char> bytes) {
  if (bytes.empty() || !end_.is_open()) return;
  const std::size_t taken = end_.write(bytes);
  told_ += taken;
  lost_ += bytes.size() - taken;
}

SerialPort::SerialPort(std::string name, int baud, bench::SerialEnd& wire)
    : Port(std::move(name), std::to_string(baud) + " 8N1", baud), wire_(wire), baud_(baud) {
  wire_.sent = [this](std::int64_t end_ns) { board_end_ns_ = std::max(board_end_ns_, end_ns); };
}

void SerialPort::from_client() {
  const auto bytes = end_.read(most_under_way - std::min(most_under_way, wire_.client_under_way()));
  if (bytes.empty()) return;
  look_at_speed();
  heard_ += bytes.size();
  wire_.client_sends({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void SerialPort::to_client() {
  const auto bytes = wire_.client_receives();
  hand_over({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (now_ns() >= board_end_ns_) look_for_collisions();
}

void SerialPort::look_for_collisions() {
  const std::uint64_t lost = wire_.collided() - std::exchange(collided_, wire_.collided());
  if (lost > 0) news_.push_back(name_ + ": " + std::to_string(lost) + " bytes lost, several talked at once");
}

std::int64_t SerialPort::next_ns() const {
  const std::int64_t now = now_ns();
  std::int64_t next = board_end_ns_ > now ? std::min(board_end_ns_, now + 1'000'000) : never;
  if (!has_room()) next = std::min(next, wire_.client_end_ns());
  return next;
}

/// A pseudo-terminal carries bytes at any speed; a line would not.
void SerialPort::look_at_speed() {
  const auto baud = end_.baud();
  if (baud == std::exchange(told_baud_, baud) || baud == baud_) return;
  news_.push_back(name_ + ": the client has set " + (baud ? std::to_string(*baud) : "an unusual number of") +
                  " baud, the board's wire runs at " + std::to_string(baud_) +
                  "; on a real line neither would understand the other");
}

CanPort::CanPort(std::string name, bench::SimCan& bus)
    : Port(std::move(name), "slcan, " + rate_text(bus.bit_per_s()), 115200), bus_(bus), adapter_(bus.bit_per_s()) {
  bus_.listen([this](const bench::CanFrame& frame) {
    if (!end_.is_open()) return;
    const std::uint64_t lost = lost_;
    hand_over(adapter_.text_of(frame, now_ns()));
    if (lost_ > lost) adapter_.note_overrun();
  });
  bus_.configured = [this] {
    adapter_.set_bus_rate(bus_.bit_per_s());
    news_.push_back(name_ + ": the board runs its bus at " + rate_text(bus_.bit_per_s()) + " now");
    look_at_rate();
  };
}

std::string CanPort::rate_text(double bit_per_s) {
  return scenario::format({bit_per_s, scenario::Dimension::bit_rate}, 3);
}

void CanPort::from_client() {
  constexpr std::size_t most = 128;  // a handful of frames
  const auto bytes = end_.read(most);
  heard_ += bytes.size();
  std::string answers;
  adapter_.take(
      bytes, [this](const bench::CanFrame& frame) { bus_.outside_sends(frame); }, answers);
  hand_over(answers);
  look_at_rate();
  if (!end_.is_open()) adapter_.hang_up();
}

void CanPort::look_at_rate() {
  const bool is_wrong = adapter_.is_open() && adapter_.is_at_wrong_rate();
  if (is_wrong && !is_told_) {
    news_.push_back(name_ + ": the client opened the channel at " + rate_text(adapter_.bit_per_s()) +
                    "; the bus runs at " + rate_text(bus_.bit_per_s()) + ", so it hears nothing");
  }
  is_told_ = is_wrong;
}

}  // namespace rig::live
