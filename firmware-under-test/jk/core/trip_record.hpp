// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "firmware-under-test/jk/core/protection.hpp"

namespace jk::core {

/// What the non-volatile bytes keep of the trips, so that a reset does not close the gates again:
///   'J' 'T', version, 0, trips (4 bytes, low first), CRC-16/MODBUS of all before (2 bytes, low first)
/// A write that was cut short, or a flipped bit, fails the CRC.
inline constexpr std::size_t trip_record_size = 10;
using TripRecord = std::array<std::uint8_t, trip_record_size>;

[[nodiscard]] TripRecord encode_trips(Trips trips);
/// A blank record (all FF, never written) holds none. nullopt: damaged, or of a version not known here.
[[nodiscard]] std::optional<Trips> decode_trips(const TripRecord& record);

}  // namespace jk::core
