// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/can_port.hpp"

#include <algorithm>

#include "firmware-under-test/jk/app/pins.hpp"

namespace jk::app {

void CanPort::hear(std::uint64_t now_ns) {
  board_can_frame heard{};
  while (host_.can_recv(host_.ctx, pins::can, &heard) > 0) {
    protocols::CanFrame frame{};
    frame.id = heard.id;
    frame.is_extended = heard.extended != 0;
    frame.length = heard.length;
    std::copy_n(heard.data, std::min<std::size_t>(heard.length, frame.data.size()), frame.data.begin());
    server_.take(frame, now_ns);
    bms_.heard_client();
  }
}

bool CanPort::send(const protocols::CanFrame& frame) {
  board_can_frame out{};
  out.id = frame.id;
  out.extended = frame.is_extended ? 1 : 0;
  out.length = frame.length;
  std::copy_n(frame.data.begin(), frame.data.size(), out.data);
  return host_.can_send(host_.ctx, pins::can, &out) >= 0;
}

/// Each set of frames has its own; a board that cannot change its bus keeps what it has.
void CanPort::follow_bit_rate() {
  const std::uint32_t wanted = server_.bit_rate();
  if (wanted == bit_rate_ || wanted == 0) return;
  bit_rate_ = wanted;
  has_unsent_ = false;
  if (BOARD_HOST_HAS(&host_, can_configure) && host_.can_configure != nullptr)
    (void)host_.can_configure(host_.ctx, pins::can, wanted);
}

/// What the controller cannot take now is kept, and so is the order.
std::uint64_t CanPort::do_talk(std::uint64_t now_ns) {
  if (host_.can_send == nullptr || host_.can_recv == nullptr) return UINT64_MAX;
  follow_bit_rate();
  hear(now_ns);
  if (bms_.is_silent()) return UINT64_MAX;
  if (!has_unsent_ && now_ns < server_.next_due_ns()) return server_.next_due_ns();
  while (has_unsent_ || server_.next(now_ns, unsent_)) {
    has_unsent_ = !send(unsent_);
    if (has_unsent_) return UINT64_MAX;  // the next tick tries again
  }
  return server_.next_due_ns();
}

}  // namespace jk::app
