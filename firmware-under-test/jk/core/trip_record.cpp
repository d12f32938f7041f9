// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/trip_record.hpp"

#include <algorithm>

namespace jk::core {
namespace {

constexpr std::size_t checked_bytes = trip_record_size - 2;
constexpr std::uint8_t version = 2;  // 1 had 16 bits of trips

std::uint16_t crc16_modbus(const std::uint8_t* bytes, std::size_t count) {
  std::uint16_t crc = 0xFFFF;
  for (std::size_t i = 0; i < count; ++i) {
    crc ^= bytes[i];
    for (int shift = 0; shift < 8; ++shift)
      crc = static_cast<std::uint16_t>((crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1);
  }
  return crc;
}

std::uint8_t byte_of(std::uint32_t value, unsigned number) { return static_cast<std::uint8_t>(value >> 8 * number); }

bool is_blank(const TripRecord& record) {
  return std::all_of(record.begin(), record.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

}  // namespace

TripRecord encode_trips(Trips trips) {
  TripRecord record = {'J', 'T', version, 0};
  for (unsigned n = 0; n < 4; ++n) record[4 + n] = byte_of(trips, n);
  const std::uint16_t crc = crc16_modbus(record.data(), checked_bytes);
  record[checked_bytes] = byte_of(crc, 0);
  record[checked_bytes + 1] = byte_of(crc, 1);
  return record;
}

std::optional<Trips> decode_trips(const TripRecord& record) {
  if (is_blank(record)) return Trips{0};
  Trips trips = 0;
  for (unsigned n = 0; n < 4; ++n) trips |= static_cast<Trips>(record[4 + n]) << 8 * n;
  return record == encode_trips(trips) ? std::optional<Trips>(trips) : std::nullopt;
}

}  // namespace jk::core
