// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/store.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/firmware-under-test/jk/core/fake_flash.hpp"
#include "tests/firmware-under-test/jk/core/store_support.hpp"

namespace jk::core {
namespace {

using store_test::bytes_of;
using store_test::kept;
using store_test::opened;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using Bytes = store_test::Bytes;
using Found = Store::Found;
using Put = Store::Put;

constexpr std::uint32_t sector_bytes = 4096;

TEST(Store, OfBlankFlashIsReadyAfterAnErasureAndHasItsReserveAfterASecondOne) {
  fake::Flash flash(sector_bytes);
  Store store(flash);
  EXPECT_EQ(store.open(), Found::blank);
  EXPECT_FALSE(store.is_ready());
  EXPECT_TRUE(store.wants_erase());
  EXPECT_EQ(store.put(Kind::trips, Bytes{1}), Put::not_ready);
  EXPECT_EQ(store.room(Kind::trips), 0u);
  store.work();
  EXPECT_THAT(flash.operations, IsEmpty());
  EXPECT_TRUE(store.erase());
  EXPECT_TRUE(store.is_ready());
  EXPECT_TRUE(store.wants_erase());
  EXPECT_TRUE(store.erase());
  EXPECT_FALSE(store.wants_erase());
  EXPECT_FALSE(store.erase());
  EXPECT_EQ(store.report().erasures, 2u);
  Store again(flash);
  EXPECT_EQ(again.open(), Found::records);
  EXPECT_EQ(again.report().erasures, 2u);
}

TEST(Store, ErasesNoFlashThatIsBlankAltogether) {
  fake::Flash flash(sector_bytes);
  (void)opened(flash);
  for (const auto& operation : flash.operations) EXPECT_FALSE(operation.is_erasure);
}

TEST(Store, ErasesASectorThatIsBlankWhenTheOtherIsNot) {
  fake::Flash flash(sector_bytes);
  (void)opened(flash, 1);
  flash.operations.clear();
  Store again(flash);
  EXPECT_EQ(again.open(), Found::records);
  EXPECT_TRUE(again.erase());
  EXPECT_TRUE(
      std::any_of(flash.operations.begin(), flash.operations.end(), [](const auto& o) { return o.is_erasure; }));
}

TEST(Store, RefusesFlashThatIsTooSmallOrOfOneSector) {
  fake::Flash one_sector(sector_bytes, 1), small(sector_bytes - 64), odd(sector_bytes + 32);
  for (fake::Flash* const flash : {&one_sector, &small, &odd}) {
    Store store(*flash);
    EXPECT_EQ(store.open(), Found::unusable);
    EXPECT_FALSE(store.is_ready());
    EXPECT_FALSE(store.wants_erase());
    EXPECT_FALSE(store.erase());
  }
}

TEST(Store, LaysARecordOutAsItSays) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  ASSERT_EQ(store.put(Kind::counters, Bytes{'1', '2', '3', '4', '5', '6', '7', '8', '9'}), Put::accepted);
  store.flush();
  // CRC-32 of "123456789" is CBF43926. Python: zlib.crc32(header with byte 1 = 0, first 14 bytes) & 0xFFFF; zeros
  // counted.
  const Bytes expected = {0x02, 0x57, 0x09, 0x00, 0x01, 0x00, 0x00, 0x00, 0x26, 0x39, 0xF4,
                          0xCB, 0x27, 0x00, 0x2D, 0x9A, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36,
                          0x37, 0x38, 0x39, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  EXPECT_THAT(bytes_of(flash, 0, 32, 32), ElementsAreArray(expected));
}

TEST(Store, GivesTheNewestOfEachKindAfterARestart) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  for (std::uint8_t value = 1; value <= 3; ++value) {
    for (const Kind kind : {Kind::settings, Kind::texts, Kind::counters, Kind::trips}) {
      ASSERT_EQ(store.put(kind, Bytes{static_cast<std::uint8_t>(kind), value}), Put::accepted);
      store.flush();
      EXPECT_THAT(kept(store, kind), ElementsAre(static_cast<std::uint8_t>(kind), value));
    }
  }
  Store again(flash);
  EXPECT_EQ(again.open(), Found::records);
  for (const Kind kind : {Kind::settings, Kind::texts, Kind::counters, Kind::trips}) {
    EXPECT_THAT(kept(again, kind), ElementsAre(static_cast<std::uint8_t>(kind), 3));
    EXPECT_FALSE(again.is_uncertain(kind));
  }
  EXPECT_EQ(again.report().damaged, 0);
}

TEST(Store, HoldsNothingAtFirst) {
  fake::Flash flash(sector_bytes);
  Store store(flash);
  (void)store.open();
  std::array<std::uint8_t, 16> payload{};
  EXPECT_EQ(store.read(Kind::trips, payload), 0u);  // not ready
  (void)store.erase();
  EXPECT_EQ(store.read(Kind::trips, payload), 0u);
  EXPECT_EQ(store.events(), 0u);
  EXPECT_EQ(store.read_event(0, payload), 0u);
}

TEST(Store, FillsAShorterBufferAndNoMore) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  (void)store.put(Kind::texts, Bytes{1, 2, 3, 4});
  store.flush();
  std::array<std::uint8_t, 2> payload{};
  EXPECT_EQ(store.read(Kind::texts, payload), 2u);
  EXPECT_THAT(payload, ElementsAre(1, 2));
}

TEST(Store, RefusesWhatIsEmptyOrTooLong) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  for (const KindInfo& kind : kind_table) {
    EXPECT_EQ(store.put(kind.kind, {}), Put::bad_length);
    EXPECT_EQ(store.put(kind.kind, Bytes(kind.longest + 1u)), Put::bad_length);
    EXPECT_EQ(store.put(kind.kind, Bytes(kind.longest, 0x5A)), Put::accepted);
    store.flush();
    EXPECT_THAT(kept(store, kind.kind), ElementsAreArray(Bytes(kind.longest, 0x5A)));
  }
}

TEST(Store, WritesOnePieceACall) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  flash.operations.clear();
  ASSERT_EQ(store.put(Kind::settings, Bytes(100, 7)), Put::accepted);
  EXPECT_THAT(flash.operations, IsEmpty());
  for (std::size_t pieces = 1; store.is_busy(); ++pieces) {
    EXPECT_THAT(kept(store, Kind::settings), IsEmpty());
    store.work();
    ASSERT_EQ(flash.operations.size(), pieces);
    EXPECT_LE(flash.operations.back().data.size(), Store::piece);
  }
  EXPECT_EQ(flash.operations.size(), 4u);  // 116 bytes in 8 slots
  EXPECT_EQ(kept(store, Kind::settings).size(), 100u);
}

TEST(Store, FinishesTheRecordUnderWayBeforeItTakesAnother) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  ASSERT_EQ(store.put(Kind::settings, Bytes(100, 7)), Put::accepted);
  store.work();
  ASSERT_EQ(store.put(Kind::trips, Bytes{9}), Put::accepted);
  EXPECT_EQ(kept(store, Kind::settings).size(), 100u);
  store.work();
  EXPECT_THAT(kept(store, Kind::trips), ElementsAre(9));
  EXPECT_FALSE(store.is_busy());
}

TEST(Store, FinishesTheRecordUnderWayBeforeItErases) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash, 1);
  flash.operations.clear();
  ASSERT_EQ(store.put(Kind::settings, Bytes(100, 7)), Put::accepted);
  EXPECT_TRUE(store.erase());
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(flash.operations[i].sector, 0u);
  EXPECT_EQ(kept(store, Kind::settings).size(), 100u);
}

TEST(Store, KeepsTheNewestEventsInOrderAcrossCompactions) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  for (unsigned n = 1; n <= 200; ++n) {
    ASSERT_EQ(store.put(Kind::event, Bytes{static_cast<std::uint8_t>(n), 0x33}), Put::accepted) << n;
    store.flush();
    if (store.wants_erase()) {
      ASSERT_TRUE(store.erase());
    }
    Store again(flash);
    ASSERT_EQ(again.open(), Found::records);
    ASSERT_EQ(again.events(), std::min(n, 32u));
    for (unsigned age = 0; age < again.events(); ++age) {
      std::array<std::uint8_t, 16> event{};
      ASSERT_EQ(again.read_event(age, event), 2u);
      ASSERT_EQ(event[0], static_cast<std::uint8_t>(n - age));
    }
    std::array<std::uint8_t, 16> event{};
    ASSERT_EQ(again.read_event(again.events(), event), 0u);
  }
  EXPECT_GT(store.report().erasures, 4u);
  EXPECT_FALSE(flash.writes_twice);
}

TEST(Store, WhatFitsIsAcceptedUntilAnErasureIsNeeded) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash, 0);
  constexpr std::uint32_t size = Store::size_of(600);
  EXPECT_EQ(size, 624u);
  EXPECT_FALSE(store.fits(Kind::settings, size)) << "not ready";
  ASSERT_TRUE(store.erase());
  ASSERT_TRUE(store.erase());
  unsigned accepted = 0, while_copying = 0;
  for (; store.fits(Kind::settings, size); ++accepted) {
    ASSERT_EQ(store.put(Kind::settings, Bytes(600, 1)), Put::accepted) << accepted;
    while (store.is_writing()) store.work();
    store.work();
    while_copying += store.is_busy() && store.fits(Kind::settings, 2 * size) ? 1 : 0;
    store.flush();
  }
  EXPECT_GT(accepted, 6u) << "both sectors";
  EXPECT_EQ(while_copying, 1u);
  EXPECT_EQ(store.put(Kind::settings, Bytes(600, 1)), Put::no_room);
  EXPECT_TRUE(store.wants_erase());
}

TEST(Store, DropsCountersFirstThenEventsThenSettingsAndNeverATripWhileThereIsASlot) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash, 1);  // the other sector is not erased: no compaction
  std::vector<Kind> refused;
  for (const Kind kind : {Kind::counters, Kind::event, Kind::settings, Kind::trips}) {
    while (store.put(kind, Bytes(16, 1)) == Put::accepted) store.flush();
    refused.push_back(kind);
    for (const KindInfo& row : kind_table) {
      const bool is_full = row.leaves >= info(kind).leaves;
      EXPECT_EQ(store.room(row.kind) == 0, is_full) << static_cast<int>(row.kind) << " after " << refused.size();
    }
  }
  EXPECT_EQ(store.report().refused, 4);
  EXPECT_TRUE(store.wants_erase());
  const Bytes last = bytes_of(flash, 0, sector_bytes - 16, 16);
  EXPECT_THAT(last, ElementsAreArray(Bytes(16, 1)));  // down to the last slot
  // The way out: an erasure, and everything goes on.
  ASSERT_TRUE(store.erase());
  EXPECT_EQ(store.put(Kind::counters, Bytes(16, 2)), Put::accepted);
  store.flush();
  EXPECT_THAT(kept(store, Kind::counters), ElementsAreArray(Bytes(16, 2)));
  EXPECT_THAT(kept(store, Kind::trips), ElementsAreArray(Bytes(16, 1)));
}

TEST(Store, TellsTheRoomThatIsLeft) {
  for (const std::uint32_t bytes : {sector_bytes, sector_bytes + 64}) {  // the reserve of the second ends inside a slot
    fake::Flash flash(bytes);
    Store store = opened(flash, 1);
    for (std::size_t room = store.room(Kind::texts); room > 0; room = store.room(Kind::texts)) {
      if (room < info(Kind::texts).longest) {
        EXPECT_EQ(store.put(Kind::texts, Bytes(room + 1)), Put::no_room);
      }
      ASSERT_EQ(store.put(Kind::texts, Bytes(room)), Put::accepted);
      store.flush();
    }
    EXPECT_GE(store.room(Kind::trips), 16u);
  }
}

TEST(Store, CompactsByItselfOneStepACallWhenCountersWouldBeRefused) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  ASSERT_EQ(store.put(Kind::settings, Bytes(400, 3)), Put::accepted);
  store.flush();
  unsigned n = 0;
  for (unsigned tick = 0; !store.wants_erase(); ++tick) {
    flash.operations.clear();
    if (tick % 8 == 0) {
      ASSERT_EQ(store.put(Kind::counters, Bytes(48, static_cast<std::uint8_t>(++n))), Put::accepted);
      ASSERT_THAT(flash.operations, IsEmpty());
    }
    store.work();
    ASSERT_LE(flash.operations.size(), 1u);
    ASSERT_LT(tick, 800u);
  }
  store.flush();
  EXPECT_THAT(kept(store, Kind::counters), ElementsAreArray(Bytes(48, static_cast<std::uint8_t>(n))));
  EXPECT_THAT(kept(store, Kind::settings), ElementsAreArray(Bytes(400, 3)));
  Store again(flash);
  EXPECT_EQ(again.open(), Found::records);
  EXPECT_THAT(kept(again, Kind::counters), ElementsAreArray(Bytes(48, static_cast<std::uint8_t>(n))));
  EXPECT_TRUE(again.wants_erase());
}

TEST(Store, TakesRecordsWhileItCompacts) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  (void)store.put(Kind::settings, Bytes(300, 1));
  (void)store.put(Kind::trips, Bytes{1});
  store.flush();
  store.compact();
  for (std::uint8_t n = 2; store.is_busy() && n < 30; ++n) {
    store.work();
    ASSERT_EQ(store.put(n % 2 == 0 ? Kind::trips : Kind::event, Bytes{n}), Put::accepted);
    store.flush();
    store.compact();  // no effect: the other sector is not erased any more
    ASSERT_THAT(kept(store, n % 2 == 0 ? Kind::trips : Kind::event), ElementsAre(n));
  }
  EXPECT_EQ(kept(store, Kind::settings).size(), 300u);
}

TEST(Store, MakesTheNewSectorValidLast) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  (void)store.put(Kind::settings, Bytes(300, 1));
  (void)store.put(Kind::trips, Bytes{1});
  store.flush();
  flash.operations.clear();
  store.compact();
  store.flush();
  ASSERT_GT(flash.operations.size(), 2u);
  for (const auto& operation : flash.operations) EXPECT_EQ(operation.sector, 1u);
  EXPECT_EQ(flash.operations.back().offset, Store::slot);
  EXPECT_EQ(flash.operations.back().data.size(), Store::slot);
}

TEST(Store, NeverErasesUnlessTold) {
  fake::Flash flash(sector_bytes);
  Store store = opened(flash);
  flash.operations.clear();
  for (unsigned n = 0; n < 400; ++n) {
    (void)store.put(n % 2 == 0 ? Kind::counters : Kind::trips, Bytes{static_cast<std::uint8_t>(n)});
    store.work();
  }
  for (const auto& operation : flash.operations) EXPECT_FALSE(operation.is_erasure);
  EXPECT_GT(store.report().refused, 0);
}

}  // namespace
}  // namespace jk::core
