// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/trip_record.hpp"

#include <gtest/gtest.h>

namespace jk::core {
namespace {

TEST(TripRecord, HoldsTheTripsAndAModbusCrc) {
  // the last two: computed apart from the code, with a routine that gives 0x4B37 for "123456789"
  EXPECT_EQ(encode_trips(0x0800'0210), (TripRecord{0x4A, 0x54, 0x02, 0x00, 0x10, 0x02, 0x00, 0x08, 0x74, 0xA5}));
}

TEST(TripRecord, IsReadBackAsItWasWritten) {
  for (unsigned trips = 0; trips <= 0xFFFF; ++trips) {
    ASSERT_EQ(decode_trips(encode_trips(static_cast<Trips>(trips))), static_cast<Trips>(trips));
  }
}

TEST(TripRecord, BlankBytesHoldNone) {
  TripRecord blank;
  blank.fill(0xFF);
  EXPECT_EQ(decode_trips(blank), Trips{0});
}

TEST(TripRecord, AnyFlippedBitIsNoticed) {
  for (std::size_t bit = 0; bit < 8 * trip_record_size; ++bit) {
    TripRecord record = encode_trips(0x0210);
    record[bit / 8] = static_cast<std::uint8_t>(record[bit / 8] ^ 1u << bit % 8);
    EXPECT_EQ(decode_trips(record), std::nullopt) << bit;
  }
}

TEST(TripRecord, AWriteCutShortIsNoticed) {
  const TripRecord before = encode_trips(0x0010), after = encode_trips(0x0201);
  for (std::size_t written = 1; written < trip_record_size; ++written) {
    TripRecord torn = before;
    for (std::size_t i = 0; i < written; ++i) torn[i] = after[i];
    if (torn == before || torn == after) continue;
    EXPECT_EQ(decode_trips(torn), std::nullopt) << written;
  }
}

}  // namespace
}  // namespace jk::core
