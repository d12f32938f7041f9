// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <random>

#include "firmware-under-test/jk/core/store.hpp"
#include "tests/firmware-under-test/jk/core/fake_flash.hpp"
#include "tests/firmware-under-test/jk/core/store_support.hpp"

// Flash that does not hold what was written: torn, or filled by somebody else.
namespace jk::core {
namespace {

using store_test::Bytes;
using store_test::kept;
using store_test::opened;
using store_test::record;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using Found = Store::Found;
using Put = Store::Put;

constexpr std::uint32_t bytes_in_sector = 4096;

/// Flash with a log of its own: marks, then what the test lays behind.
struct Forged {
  fake::Flash flash{bytes_in_sector};
  std::uint32_t end = 0;
  explicit Forged(std::uint32_t generation = 1, std::uint32_t sector = 0) {
    end = sector * bytes_in_sector;
    lay(record(0xE5, generation, {}, 0));
    lay(record(0xA5, generation, {}, 0));
  }
  void lay(const Bytes& bytes) {
    std::copy(bytes.begin(), bytes.end(), flash.bytes.begin() + end);
    end += static_cast<std::uint32_t>(bytes.size());
  }
};

/// Old trips, then a record of which only `torn` stands there, then a valid one.
void expect_old_then_usable(const Bytes& torn, const std::string& what) {
  Forged forged;
  forged.lay(record(Kind::trips, 1, {0x11}));
  forged.lay(torn);
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  ASSERT_THAT(kept(store, Kind::trips), ElementsAre(0x11)) << what;
  ASSERT_TRUE(store.is_uncertain(Kind::trips)) << what;
  ASSERT_EQ(store.put(Kind::trips, Bytes{0x33}), Put::accepted);
  store.flush();
  ASSERT_FALSE(store.is_uncertain(Kind::trips)) << what;
  Store again(forged.flash);
  ASSERT_EQ(again.open(), Found::records);
  ASSERT_THAT(kept(again, Kind::trips), ElementsAre(0x33)) << what;
  ASSERT_FALSE(again.is_uncertain(Kind::trips)) << what;
  ASSERT_FALSE(forged.flash.writes_twice) << what;
}

// Its mark is older than that of the active sector: after a restart the copy would not count.
TEST(ErasedLongAgo, ASectorIsErasedAgainBeforeItTakesACompaction) {
  Forged forged(3, 1);
  forged.lay(record(Kind::trips, 1, {0x11}));
  const Bytes mark = record(0xE5, 3, {}, 0);
  std::copy(mark.begin(), mark.end(), forged.flash.bytes.begin());
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  EXPECT_TRUE(store.wants_erase());
  EXPECT_TRUE(store.erase());
  EXPECT_FALSE(store.wants_erase());
  ASSERT_EQ(store.put(Kind::trips, Bytes{0x22}), Put::accepted);
  store.compact();
  store.flush();
  ASSERT_EQ(store.put(Kind::trips, Bytes{0x33}), Put::accepted);
  store.flush();
  Store again(forged.flash);
  ASSERT_EQ(again.open(), Found::records);
  EXPECT_THAT(kept(again, Kind::trips), ElementsAre(0x33));
}

TEST(TornRecord, IsPassedOverAfterEachByteAndWithEachSetOfBitsOfTheLastOne) {
  const Bytes whole = record(Kind::trips, 2, {0x22, 0x00, 0x5A});
  for (std::size_t written = 0; written < 19; ++written) {  // the last of the payload is whole[18]
    for (unsigned bits = 0; bits < 256; ++bits) {
      const auto last = static_cast<std::uint8_t>(whole[written] | bits);
      const bool is_nothing = written == 0 && last == 0xFF;
      const bool is_complete = last == whole[written] && written == 18;
      if (is_nothing || is_complete) continue;
      Bytes torn(whole.size(), 0xFF);
      std::copy_n(whole.begin(), written, torn.begin());
      torn[written] = last;
      expect_old_then_usable(torn, std::to_string(written) + " bytes and " + std::to_string(bits));
    }
  }
}

TEST(TornRecord, IsPassedOverWhateverBitsAreMissing) {
  const Bytes whole = record(Kind::trips, 2, {0x22, 0x00, 0x5A, 0x81});
  std::mt19937 dice(1);
  for (int n = 0; n < 20'000; ++n) {
    Bytes torn = whole;
    const auto odds = 1 + dice() % 30;  // one missing bit, or many
    for (std::uint8_t& byte : torn) {
      for (unsigned bit = 0; bit < 8; ++bit)
        byte |= static_cast<std::uint8_t>(static_cast<unsigned>(dice() % odds == 0) << bit);
    }
    if (torn == whole || torn == Bytes(whole.size(), 0xFF)) continue;
    expect_old_then_usable(torn, std::to_string(n));
  }
}

TEST(TornRecord, IsPassedOverWhereItsCrcIsRight) {
  // FF for the last five bytes makes the same CRC-32: they differ by the generator itself, 1 04C1 1DB7.
  const Bytes payload = {0x22, 0x7F, 0xDF, 0x7C, 0x47, 0x12};
  ASSERT_EQ(store_test::crc32(payload.data(), 6),
            store_test::crc32(Bytes{0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}.data(), 6));
  Bytes torn = record(Kind::trips, 2, payload);
  std::fill(torn.begin() + 17, torn.end(), std::uint8_t{0xFF});
  expect_old_then_usable(torn, "after one byte");
}

TEST(DamagedRecord, IsPassedOverWhereAsManyBitsRoseAsFell) {
  const Bytes whole = record(Kind::trips, 2, {0x22, 0x00, 0x5A, 0x81});
  constexpr std::size_t bits = 160;  // of header and payload
  for (std::size_t up = 0; up < bits; ++up) {
    for (std::size_t down = 0; down < bits; ++down) {
      Bytes damaged = whole;
      damaged[up / 8] |= static_cast<std::uint8_t>(1u << up % 8);
      damaged[down / 8] &= static_cast<std::uint8_t>(~(1u << down % 8));
      if (damaged == whole) continue;
      expect_old_then_usable(damaged, std::to_string(up) + " up " + std::to_string(down) + " down");
    }
  }
}

TEST(DamagedRecord, IsPassedOverWhereOneBitOfItsHeaderRoseAndOneFell) {
  Forged forged;
  Bytes damaged = record(Kind::trips, 1, {0x11});
  damaged[4] ^= 0b01;  // the sequence: 1 becomes 2
  damaged[4] ^= 0b10;
  forged.lay(damaged);
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  EXPECT_THAT(kept(store, Kind::trips), IsEmpty());
}

TEST(TornRecord, LeavesOnlyItsOwnKindUncertainOnceItsHeaderStands) {
  Forged forged;
  Bytes torn = record(Kind::counters, 1, Bytes(40, 0x12));
  std::fill(torn.begin() + 30, torn.end(), 0xFF);
  forged.lay(torn);
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  EXPECT_TRUE(store.is_uncertain(Kind::counters));
  EXPECT_FALSE(store.is_uncertain(Kind::trips));
  EXPECT_EQ(store.report().damaged, 1);
}

TEST(TornRecord, StaysUncertainThroughACompaction) {
  Forged forged;
  forged.lay(record(Kind::trips, 1, {0x11}));
  forged.lay(Bytes(16, 0x77));
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  ASSERT_TRUE(store.erase());
  store.compact();
  store.flush();
  EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x11));
  EXPECT_TRUE(store.is_uncertain(Kind::trips));
}

TEST(TornRecord, OfLongPayloadDoesNotShowRecordsInside) {
  // What a user writes into a text must not be taken for a record when the text is torn.
  const Bytes inner = record(Kind::trips, 9, {0x66});
  Bytes payload(inner.begin(), inner.end());
  payload.push_back(0);
  Bytes torn = record(Kind::texts, 2, payload);
  torn[16 + 32] = 0xFF;
  Forged forged;
  forged.lay(record(Kind::trips, 1, {0x11}));
  forged.lay(torn);
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x11));
}

struct Odd {
  const char* what;
  Bytes bytes;
};

TEST(ForeignBytes, ThatOnlyLookLikeARecordArePassedOver) {
  const Odd odds[] = {
      {"an older sequence", record(Kind::trips, 5, {0x66})},
      {"the same sequence", record(Kind::trips, 6, {0x66})},
      {"a sequence without end", record(Kind::trips, 0xFFFFFF00, {0x66})},
      {"no such kind", record(static_cast<Kind>(5), 7, {0x66})},
      {"no payload", record(Kind::trips, 7, {})},
      {"longer than its kind may be", record(Kind::trips, 7, Bytes(17, 0x66))},
      {"a mark", record(0xA5, 7, {}, 0)},
      {"a gap", Bytes(64, 0xFF)},
  };
  for (const Odd& odd : odds) {
    Forged forged;
    forged.lay(record(Kind::trips, 6, {0x11}));
    forged.lay(odd.bytes);
    forged.lay(record(Kind::counters, 8, {0x44}));
    Store store(forged.flash);
    ASSERT_EQ(store.open(), Found::records);
    EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x11)) << odd.what;
    EXPECT_THAT(kept(store, Kind::counters), ElementsAre(0x44)) << odd.what;
    EXPECT_GT(store.report().damaged, 0) << odd.what;
  }
}

TEST(ForeignBytes, ThatReachBeyondTheSectorArePassedOver) {
  Forged forged;
  forged.end = bytes_in_sector - 32;
  Bytes bytes = record(Kind::settings, 7, Bytes(600, 0x66));
  bytes.resize(32);
  forged.lay(bytes);
  Store store(forged.flash);
  ASSERT_EQ(store.open(), Found::records);
  EXPECT_THAT(kept(store, Kind::settings), IsEmpty());
  EXPECT_EQ(store.room(Kind::trips), 0u);
}

TEST(ForeignBytes, WithoutAnActiveSectorAreReportedAndErased) {
  fake::Flash flash(bytes_in_sector);
  flash.bytes[5000] = 0;
  Store store(flash);
  EXPECT_EQ(store.open(), Found::damaged);
  EXPECT_TRUE(store.erase());
  EXPECT_TRUE(store.is_ready());
  EXPECT_TRUE(store.erase());
  EXPECT_EQ(store.put(Kind::trips, Bytes{1}), Put::accepted);
}

TEST(ForeignBytes, BehindAnErasedMarkAreErasedAgain) {
  fake::Flash flash(bytes_in_sector);
  (void)opened(flash);
  flash.bytes[2 * bytes_in_sector - 1] = 0xFE;
  Store again(flash);
  EXPECT_EQ(again.open(), Found::records);
  EXPECT_TRUE(again.wants_erase());
}

TEST(Store, StartsOnASectorThatWasErasedBeforeTheCut) {
  fake::Flash flash(bytes_in_sector);
  const Bytes erased = record(0xE5, 7, {}, 0);
  std::copy(erased.begin(), erased.end(), flash.bytes.begin());
  Store store(flash);
  EXPECT_EQ(store.open(), Found::blank);
  EXPECT_TRUE(store.erase());
  EXPECT_TRUE(store.is_ready());
  ASSERT_EQ(flash.operations.size(), 1u);
  EXPECT_FALSE(flash.operations[0].is_erasure);
}

TEST(Store, TakesTheYoungerOfTwoActiveSectors) {
  for (const std::uint32_t younger : {0u, 1u}) {
    Forged forged(younger == 0 ? 8 : 7, 0);
    forged.lay(record(Kind::trips, 3, {0x10}));
    Forged second(younger == 0 ? 7 : 8, 1);
    second.lay(record(Kind::trips, 3, {0x11}));
    std::copy(second.flash.bytes.begin() + bytes_in_sector, second.flash.bytes.end(),
              forged.flash.bytes.begin() + bytes_in_sector);
    Store store(forged.flash);
    ASSERT_EQ(store.open(), Found::records);
    EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x10 + younger));
    EXPECT_EQ(store.report().erasures, 8u);
    EXPECT_TRUE(store.wants_erase());
    EXPECT_TRUE(store.erase());
    store.compact();
    store.flush();
    EXPECT_EQ(kept(store, Kind::trips).size(), 1u);
    EXPECT_EQ(store.report().erasures, 9u);
  }
}

TEST(ForeignBytes, InThePlaceOfAMarkAreNone) {
  Forged forged;
  const Bytes of_another_kind = record(Kind::trips, 7, {});
  std::copy(of_another_kind.begin(), of_another_kind.end(), forged.flash.bytes.begin() + Store::slot);
  Store store(forged.flash);
  EXPECT_NE(store.open(), Found::records);
}

TEST(Store, HasNothingToDoBeforeItIsReady) {
  fake::Flash flash(bytes_in_sector);
  Store store(flash);
  ASSERT_EQ(store.open(), Found::blank);
  store.work();
  EXPECT_TRUE(flash.operations.empty());
}

}  // namespace
}  // namespace jk::core
