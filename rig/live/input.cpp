// SPDX-License-Identifier: Apache-2.0
#include "rig/live/input.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace rig::live {

void Input::read() {
  std::array<char, 4096> bytes;
  const ssize_t count = ::read(descriptor_, bytes.data(), bytes.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (count <= 0) {  // the end, or a terminal that is not ours
    descriptor_ = -1;
    if (!unfinished_.empty()) lines_.push_back(std::exchange(unfinished_, {}));
    return;
  }
  for (const char c : std::string_view(bytes.data(), static_cast<std::size_t>(count))) {
    if (c == '\n') {
      lines_.push_back(std::exchange(unfinished_, {}));
    } else if (c != '\r') {
      unfinished_ += c;
    }
  }
}

std::optional<std::string> Input::next_line() {
  if (lines_.empty()) return std::nullopt;
  std::string line = std::move(lines_.front());
  lines_.pop_front();
  return line;
}

}  // namespace rig::live
