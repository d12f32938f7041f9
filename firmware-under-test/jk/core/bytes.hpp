// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace jk::core {

/// Integers in bytes, the low one first.
constexpr void put_le16(std::uint8_t* at, std::uint16_t value) {
  at[0] = static_cast<std::uint8_t>(value);
  at[1] = static_cast<std::uint8_t>(value >> 8);
}
constexpr void put_le32(std::uint8_t* at, std::uint32_t value) {
  put_le16(at, static_cast<std::uint16_t>(value));
  put_le16(at + 2, static_cast<std::uint16_t>(value >> 16));
}
[[nodiscard]] constexpr std::uint16_t le16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] | at[1] << 8);
}
[[nodiscard]] constexpr std::uint32_t le32(const std::uint8_t* at) {
  return le16(at) | static_cast<std::uint32_t>(le16(at + 2)) << 16;
}

}  // namespace jk::core
