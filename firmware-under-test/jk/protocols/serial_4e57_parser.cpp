// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <utility>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {
namespace {

constexpr std::size_t data_offset = 11;
constexpr std::size_t tail_bytes = 9;  // record number, end mark, checksum
constexpr std::uint8_t end_mark = 0x68;
constexpr std::uint8_t type_request = 0;

bool is_sound(std::span<const std::uint8_t> frame) {
  const std::size_t size = frame.size();
  const auto sum = std::accumulate(frame.begin(), frame.end() - 4, 0u);
  const unsigned sent = frame[size - 2] * 256u + frame[size - 1];
  return frame[size - 5] == end_mark && frame[size - 4] == 0 && frame[size - 3] == 0 && sum == sent &&
         frame[10] == type_request;
}

bool is_ours(std::span<const std::uint8_t> frame) {  // terminal number 0, of which the top byte is reserved
  return frame[5] == 0 && frame[6] == 0 && frame[7] == 0;
}

Request4e57 read(std::span<const std::uint8_t> frame) {
  const auto data = frame.subspan(data_offset, frame.size() - data_offset - tail_bytes);
  if (data.empty()) return {frame[8], std::nullopt, 0, {}};
  return {frame[8], data[0], data.size(), data.subspan(1)};
}

}  // namespace

void Parser4e57::drop(std::size_t bytes) {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(bytes), buffer_.begin() + static_cast<std::ptrdiff_t>(size_),
            buffer_.begin());
  size_ -= bytes;
}

std::optional<Request4e57> Parser4e57::take(std::span<const std::uint8_t>& bytes) {
  if (told_ > 0) drop(std::exchange(told_, 0));
  for (;;) {
    if (size_ >= wanted_) {
      if (auto request = next()) return request;
    }
    if (bytes.empty()) return std::nullopt;
    const std::size_t more = std::min(bytes.size(), wanted_ - size_);
    std::copy_n(bytes.begin(), more, buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += more;
    bytes = bytes.subspan(more);
  }
}

void Parser4e57::drop_to_start() {
  std::size_t at = 0;
  const auto may_start = [&] { return buffer_[at] == 0x4E && (at + 1 == size_ || buffer_[at + 1] == 0x57); };
  while (at < size_ && !may_start()) ++at;
  if (at > 0) drop(at);
}

std::optional<Request4e57> Parser4e57::next() {
  wanted_ = shortest_request;
  for (;;) {
    drop_to_start();
    if (size_ < 4) return std::nullopt;
    const std::size_t total = buffer_[2] * 256u + buffer_[3] + 2u;
    if (total < shortest_request || total > longest_request) {
      drop(1);
      continue;
    }
    if (size_ < total) {
      wanted_ = total;
      return std::nullopt;
    }
    const std::span<const std::uint8_t> frame(buffer_.data(), total);
    if (!is_sound(frame)) {
      drop(1);
      continue;
    }
    if (is_ours(frame)) {
      told_ = total;
      return read(frame);
    }
    drop(total);
  }
}

}  // namespace jk::protocols
