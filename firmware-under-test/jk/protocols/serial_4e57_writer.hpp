// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace jk::protocols {

/// Writes big-endian values one behind the other; the buffer must be long enough.
class Writer4e57 {
 public:
  explicit Writer4e57(std::span<std::uint8_t> out, std::size_t at = 0) : out_(out), size_(at) {}

  void u8(std::uint32_t value) { out_[size_++] = static_cast<std::uint8_t>(value); }
  void u16(std::uint32_t value) {
    u8(value >> 8);
    u8(value);
  }
  void u32(std::uint32_t value) {
    u16(value >> 16);
    u16(value);
  }
  void id8(std::uint32_t id, std::uint32_t value) {
    u8(id);
    u8(value);
  }
  void id16(std::uint32_t id, std::uint32_t value) {
    u8(id);
    u16(value);
  }
  void id32(std::uint32_t id, std::uint32_t value) {
    u8(id);
    u32(value);
  }
  /// As much of the text as fits, the rest filled up.
  void text(std::string_view value, std::size_t width, char filler = '\0') {
    const std::size_t said = std::min(value.size(), width);
    const auto at = std::copy_n(value.begin(), said, out_.begin() + static_cast<std::ptrdiff_t>(size_));
    std::fill_n(at, width - said, static_cast<std::uint8_t>(filler));
    size_ += width;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::span<std::uint8_t> out_;
  std::size_t size_;
};

/// Value of ids 80, 81, 82: 0 ... 100 degC as they are, below zero 100 - t. No document says what a missing sensor
/// sends: ours reads as -200 degC, which no sensor can mean.
[[nodiscard]] inline std::uint16_t temperature_code(std::optional<std::int32_t> degC) {
  if (!degC) return 300;
  const std::int32_t held = std::clamp<std::int32_t>(*degC, -100, 100);
  return static_cast<std::uint16_t>(held >= 0 ? held : 100 - held);
}

/// Value of id 84, protocol version 1: bit 15 says charging, the rest is the magnitude in 0.01 A.
[[nodiscard]] inline std::uint16_t current_code(std::int32_t cA) {
  constexpr std::int32_t largest = 0x7FFF;
  constexpr std::uint16_t charging = 0x8000;
  const auto magnitude = static_cast<std::uint16_t>(std::min(cA < 0 ? -cA : cA, largest));
  return cA > 0 ? static_cast<std::uint16_t>(charging | magnitude) : magnitude;
}

}  // namespace jk::protocols
