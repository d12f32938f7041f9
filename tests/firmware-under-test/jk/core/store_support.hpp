// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "firmware-under-test/jk/core/store.hpp"
#include "tests/firmware-under-test/jk/core/fake_flash.hpp"

namespace store_test {

using Bytes = std::vector<std::uint8_t>;

/// A store on blank flash after its first erasures.
inline jk::core::Store opened(fake::Flash& flash, int erasures = 2) {
  jk::core::Store store(flash);
  (void)store.open();
  for (int i = 0; i < erasures; ++i) (void)store.erase();
  return store;
}

inline Bytes kept(const jk::core::Store& store, jk::core::Kind kind) {
  Bytes payload(jk::core::Store::longest_payload);
  payload.resize(store.read(kind, payload));
  return payload;
}

inline Bytes bytes_of(const fake::Flash& flash, std::uint32_t sector, std::uint32_t offset, std::size_t count) {
  Bytes bytes(count);
  flash.read(sector, offset, bytes);
  return bytes;
}

// The checks of a record once more, bit by bit.
inline std::uint32_t crc32(const std::uint8_t* bytes, std::size_t count) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (std::size_t i = 0; i < count; ++i) {
    crc ^= bytes[i];
    for (int shift = 0; shift < 8; ++shift) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return ~crc;
}

inline std::uint32_t zeros(const Bytes& bytes) {
  std::uint32_t count = 0;
  for (const std::uint8_t byte : bytes) count += static_cast<std::uint32_t>(8 - std::popcount(byte));
  return count;
}

/// A record as it lies in flash, filled up to whole slots.
inline Bytes record(std::uint8_t kind, std::uint32_t sequence, const Bytes& payload, std::uint16_t length) {
  Bytes out(16, 0);
  const auto put = [&out](std::size_t at, std::uint32_t value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) out[at + i] = static_cast<std::uint8_t>(value >> 8 * i);
  };
  put(0, kind, 1);
  put(2, length, 2);
  put(4, sequence, 4);
  put(8, crc32(payload.data(), payload.size()), 4);
  put(12, zeros(payload), 2);
  put(14, crc32(out.data(), 14), 2);
  out[1] = 0xFF;
  out[1] = static_cast<std::uint8_t>(zeros(out));
  out.insert(out.end(), payload.begin(), payload.end());
  out.resize((out.size() + 15) / 16 * 16, 0xFF);
  return out;
}
inline Bytes record(jk::core::Kind kind, std::uint32_t sequence, const Bytes& payload) {
  return record(static_cast<std::uint8_t>(kind), sequence, payload, static_cast<std::uint16_t>(payload.size()));
}

}  // namespace store_test
