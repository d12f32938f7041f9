// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "firmware-under-test/jk/protocols/modbus_rtu.hpp"

namespace jk::protocols {
namespace {

constexpr std::uint8_t read_function = 0x03, write_function = 0x10, highest_function = 0x7F, highest_address = 247;
constexpr std::size_t read_bytes = 8, write_head_bytes = 7, shortest_write = 9, shortest_malformed = 4;

std::uint16_t u16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

bool do_counts_agree(std::span<const std::uint8_t> write) {
  const std::size_t words = u16(write, 4);
  return words >= 1 && words <= most_words && write[6] == 2 * words;
}

/// Bytes that must be seen of what begins here before more can be said; 0: no well-formed request.
std::size_t wanted(std::span<const std::uint8_t> bytes) {
  if (bytes[0] > highest_address) return 0;
  if (bytes.size() < 2) return 2;
  if (bytes[1] == read_function) return read_bytes;
  if (bytes[1] != write_function) return 0;
  if (bytes.size() < write_head_bytes) return write_head_bytes;
  return do_counts_agree(bytes) ? shortest_write + bytes[6] : 0;
}

ModbusRequest request_of(std::span<const std::uint8_t> frame) {
  ModbusRequest request{frame[0], frame[1], u16(frame, 2), u16(frame, 4), {}, false};
  if (request.function == write_function) request.data = frame.subspan(write_head_bytes, frame[6]);
  return request;
}

}  // namespace

std::uint16_t modbus_crc(std::span<const std::uint8_t> bytes, std::uint16_t crc) {
  for (const std::uint8_t byte : bytes) {
    crc = static_cast<std::uint16_t>(crc ^ byte);
    for (int bit = 0; bit < 8; ++bit) crc = static_cast<std::uint16_t>(crc >> 1 ^ ((crc & 1) != 0 ? 0xA001 : 0));
  }
  return crc;
}

void ModbusParser::reset() {
  size_ = done_ = count_ = 0;
  crc_ = 0xFFFF;
}

void ModbusParser::drop(std::size_t bytes) {
  const auto begin = buffer_.begin();
  std::copy(begin + static_cast<std::ptrdiff_t>(bytes), begin + static_cast<std::ptrdiff_t>(size_), begin);
  size_ -= bytes;
}

void ModbusParser::push(std::uint8_t byte) {
  buffer_[size_++] = byte;
  if (count_ < head_.size()) head_[count_] = byte;
  if (count_ < lost) ++count_;
  crc_ = modbus_crc({&byte, 1}, crc_);
}

bool ModbusParser::is_malformed_request() const {
  if (count_ < shortest_malformed || count_ == lost || crc_ != 0) return false;
  if (head_[1] == write_function) return count_ >= shortest_write && !do_counts_agree(head_);
  return head_[1] != read_function && head_[1] <= highest_function;  // beyond are exceptions, perhaps our own echo
}

std::optional<ModbusRequest> ModbusParser::take(std::span<const std::uint8_t>& bytes) {
  if (done_ > 0) {
    const bool is_start = done_ == size_;
    drop(done_);
    done_ = 0;
    count_ = is_start ? 0 : lost;
    crc_ = 0xFFFF;
  }
  for (;;) {
    if (auto request = find()) return request;
    if (bytes.empty()) return std::nullopt;
    push(bytes.front());
    bytes = bytes.subspan(1);
    if (is_malformed_request()) {
      reset();
      return ModbusRequest{head_[0], head_[1], 0, 0, {}, true};
    }
  }
}

std::optional<ModbusRequest> ModbusParser::find() {
  std::size_t at = 0;
  for (; at < size_; ++at) {
    const std::span<const std::uint8_t> rest(buffer_.data() + at, size_ - at);
    const std::size_t bytes = wanted(rest);
    if (bytes == 0) continue;
    if (bytes > rest.size()) break;
    if (modbus_crc(rest.first(bytes)) != 0) continue;
    done_ = at + bytes;
    return request_of(rest.first(bytes));
  }
  drop(at);
  return std::nullopt;
}

}  // namespace jk::protocols
