// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jk::protocols {

/// A CAN 2.0 data frame. Values are appended one behind the other, little-endian; there must be room for them.
struct CanFrame {
  std::uint32_t id = 0;  // 11 bit, or 29 when extended
  bool is_extended = false;
  std::uint8_t length = 0;  // 0 ... 8
  std::array<std::uint8_t, 8> data{};

  bool operator==(const CanFrame&) const = default;

  [[nodiscard]] static CanFrame standard(std::uint32_t id) { return {id, false, 0, {}}; }
  [[nodiscard]] static CanFrame extended(std::uint32_t id) { return {id, true, 0, {}}; }

  CanFrame& u8(std::uint32_t value) {
    data[length++] = static_cast<std::uint8_t>(value);
    return *this;
  }
  CanFrame& u16(std::uint32_t value) { return u8(value).u8(value >> 8); }
  CanFrame& s16(std::int32_t value) { return u16(static_cast<std::uint32_t>(value)); }
  CanFrame& u32(std::uint32_t value) { return u16(value).u16(value >> 16); }
  CanFrame& u16_big_endian(std::uint32_t value) { return u8(value >> 8).u8(value); }
  /// Eight characters, filled up with `filler`.
  CanFrame& text(std::string_view text, char filler = '\0') {
    for (std::size_t i = 0; i < data.size(); ++i) u8(static_cast<unsigned char>(i < text.size() ? text[i] : filler));
    return *this;
  }
  /// Up to eight bytes with zeros.
  CanFrame& fill() {
    length = 8;
    return *this;
  }
};

}  // namespace jk::protocols
