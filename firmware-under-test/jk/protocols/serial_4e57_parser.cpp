// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {
namespace {

constexpr std::size_t shortest_request = 20;  // no data byte
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
  Request4e57 request{frame[8], std::nullopt, frame.size() - data_offset - tail_bytes};
  if (request.data_bytes > 0) request.id = frame[data_offset];
  return request;
}

}  // namespace

void Parser4e57::drop(std::size_t bytes) {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(bytes), buffer_.begin() + static_cast<std::ptrdiff_t>(size_),
            buffer_.begin());
  size_ -= bytes;
}

std::optional<Request4e57> Parser4e57::take(std::span<const std::uint8_t>& bytes) {
  for (;;) {
    if (size_ > 0 && size_ >= wanted_) {
      if (auto request = next()) return request;
    }
    if (bytes.empty()) return std::nullopt;
    const std::size_t more = std::min(bytes.size(), wanted_ > size_ ? wanted_ - size_ : 1);
    std::copy_n(bytes.begin(), more, buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += more;
    bytes = bytes.subspan(more);
  }
}

std::optional<Request4e57> Parser4e57::next() {
  wanted_ = 0;
  while (size_ > 0) {
    if (buffer_[0] != 0x4E || (size_ > 1 && buffer_[1] != 0x57)) {
      drop(1);
      continue;
    }
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
    const bool is_answered = is_ours(frame);
    const Request4e57 request = read(frame);
    drop(total);
    if (is_answered) return request;
  }
  return std::nullopt;
}

}  // namespace jk::protocols
