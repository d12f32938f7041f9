// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/rs485_bus.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace rig::bench {

void Rs485Bus::join(SimSerial& board) {
  if (board.to_client_.wire().byte_ns() != client_wire_.byte_ns()) throw std::logic_error("a bus has one speed");
  board.bus_ = this;
  board.sent = [this](std::int64_t end_ns) {
    look_again();
    if (sent) sent(end_ns);
  };
  talkers_.push_back({&board.to_client_.wire(), &board});
}

std::int64_t Rs485Bus::client_sends_at(std::int64_t t_ns, std::span<const std::uint8_t> bytes) {
  const std::int64_t end_ns = client_wire_.send(t_ns, bytes);
  look_again();
  return end_ns;
}

std::span<const std::uint8_t> Rs485Bus::client_receives() {
  handed_ = std::exchange(heard_, {});
  return handed_;
}

void Rs485Bus::look_again() {
  for (const Talker& talker : talkers_) {
    if (const auto end_ns = talker.wire->next_end_ns()) byte_ends_.at(*end_ns);  // the earliest stays
  }
}

void Rs485Bus::bytes_end() {
  for (;;) {
    Talker* first = nullptr;
    std::int64_t first_end_ns = now_ns() + 1;
    for (Talker& talker : talkers_) {
      const auto end_ns = talker.wire->next_end_ns();
      if (end_ns && *end_ns < first_end_ns) first = &talker, first_end_ns = *end_ns;
    }
    if (first == nullptr) break;
    take(*first, first_end_ns);
  }
  look_again();
}

bool Rs485Bus::is_disturbed(const Talker& from, std::int64_t end_ns) const {
  const std::int64_t byte_ns = client_wire_.byte_ns();
  return std::ranges::any_of(talkers_, [&](const Talker& other) {
    if (&other == &from) return false;
    const auto next_ns = other.wire->next_end_ns();
    return other.last_end_ns > end_ns - byte_ns || (next_ns && *next_ns - byte_ns < end_ns);
  });
}

/// Somebody is in the middle of a byte, or begins one right now.
bool Rs485Bus::goes_on(std::int64_t t_ns) const {
  return std::ranges::any_of(talkers_, [&](const Talker& talker) {
    const auto next_ns = talker.wire->next_end_ns();
    return next_ns && *next_ns - client_wire_.byte_ns() <= t_ns;
  });
}

void Rs485Bus::take(Talker& from, std::int64_t end_ns) {
  const std::uint8_t byte = from.wire->receive(end_ns, 1).front();
  const bool is_lost = is_disturbed(from, end_ns);
  from.last_end_ns = end_ns;
  if (is_lost && collided_++ == 0) first_collision_ns_ = end_ns;
  for (Talker& to : talkers_) {
    if (is_lost || &to == &from) continue;
    if (to.board != nullptr) {
      to.board->to_board_.send(end_ns - client_wire_.byte_ns(), {&byte, 1});
      to.has_heard = true;
    } else {
      heard_.push_back(byte);
    }
  }
  if (goes_on(end_ns)) return;
  for (Talker& to : talkers_) {
    if (std::exchange(to.has_heard, false)) to.board->idle_();
  }
}

}  // namespace rig::bench
