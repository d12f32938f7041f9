// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "firmware-under-test/jk/core/store.hpp"
#include "tests/firmware-under-test/jk/core/fake_flash.hpp"
#include "tests/firmware-under-test/jk/core/store_support.hpp"

// Flash some of whose bits do not move any more.
namespace jk::core {
namespace {

using store_test::Bytes;
using store_test::kept;
using store_test::opened;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Found = Store::Found;
using Put = Store::Put;

constexpr std::uint32_t worn_sector = 4096;

TEST(WornFlash, GetsARecordAgainBehindTheBadSlot) {
  fake::Flash flash(worn_sector);
  Store store = opened(flash);
  flash.bits_stuck_at_1 = [](std::uint32_t sector, std::size_t offset) -> std::uint8_t {
    return sector == 0 && offset < 128 ? 1 : 0;
  };
  ASSERT_EQ(store.put(Kind::trips, Bytes{0x22}), Put::accepted);
  store.flush();
  EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x22));
  EXPECT_EQ(store.report().failed, 3);  // slots of 32 bytes at 32, 64, 96
  EXPECT_EQ(store.report().lost, 0);
  Store again(flash);
  ASSERT_EQ(again.open(), Found::records);
  EXPECT_THAT(kept(again, Kind::trips), ElementsAre(0x22));
  EXPECT_FALSE(again.is_uncertain(Kind::trips));
}

TEST(WornFlash, GetsARecordAgainThatLostABitBehindItsHeader) {
  fake::Flash flash(worn_sector);
  Store store = opened(flash);
  flash.bits_stuck_at_1 = [](std::uint32_t sector, std::size_t offset) -> std::uint8_t {
    return sector == 0 && offset == 48 ? 1 : 0;
  };
  ASSERT_EQ(store.put(Kind::trips, Bytes{0x22}), Put::accepted);
  store.flush();
  EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x22));
  EXPECT_EQ(store.report().failed, 1);
}

TEST(WornFlash, LosesARecordWhoseSlotWasTheLastOne) {
  fake::Flash flash(worn_sector);
  Store store = opened(flash, 1);
  flash.bits_stuck_at_1 = [](std::uint32_t, std::size_t offset) -> std::uint8_t {
    return offset >= worn_sector - 2 * Store::slot ? 1 : 0;
  };
  while (store.put(Kind::trips, Bytes{0x22}) == Put::accepted) store.flush();
  EXPECT_EQ(store.report().failed, 1);
  EXPECT_EQ(store.report().lost, 1);
}

TEST(WornFlash, LosesARecordWhenNoSlotHoldsItAndSaysSo) {
  fake::Flash flash(worn_sector);
  Store store = opened(flash);
  flash.bits_stuck_at_1 = [](std::uint32_t, std::size_t) -> std::uint8_t { return 1; };
  ASSERT_EQ(store.put(Kind::trips, Bytes{0x22}), Put::accepted);
  store.flush();
  EXPECT_THAT(kept(store, Kind::trips), IsEmpty());
  EXPECT_EQ(store.report().lost, 1);
  EXPECT_EQ(store.report().failed, 4);
}

TEST(WornFlash, ThatIsNotBlankAfterAnErasureIsTriedThreeTimes) {
  fake::Flash flash(worn_sector);
  flash.byte_stuck_at_0 = 3000;
  flash.bytes[7] = 0;
  Store store(flash);
  ASSERT_EQ(store.open(), Found::damaged);
  for (int tries = 0; tries < 3; ++tries) {
    EXPECT_TRUE(store.wants_erase());
    EXPECT_FALSE(store.erase());
  }
  EXPECT_FALSE(store.wants_erase());
  EXPECT_FALSE(store.is_ready());
  EXPECT_EQ(store.report().failed, 3);
}

TEST(WornFlash, WithOneGoodSectorIsUsedAsLongAsItLasts) {
  fake::Flash flash(worn_sector);
  flash.bits_stuck_at_1 = [](std::uint32_t sector, std::size_t) -> std::uint8_t { return sector == 0 ? 1 : 0; };
  Store store(flash);
  ASSERT_EQ(store.open(), Found::blank);
  EXPECT_FALSE(store.erase());  // sector 0 takes no mark
  EXPECT_TRUE(store.erase());
  EXPECT_TRUE(store.is_ready());
  ASSERT_EQ(store.put(Kind::trips, Bytes{1}), Put::accepted);
  store.flush();
  EXPECT_FALSE(store.erase());
  EXPECT_FALSE(store.erase());
  EXPECT_FALSE(store.wants_erase());
  EXPECT_THAT(kept(store, Kind::trips), ElementsAre(1));
}

TEST(WornFlash, WhoseActiveMarkDoesNotHoldIsNotReady) {
  fake::Flash flash(worn_sector);
  flash.bits_stuck_at_1 = [](std::uint32_t, std::size_t offset) -> std::uint8_t {
    return offset >= Store::slot && offset < std::size_t{2} * Store::slot ? 1 : 0;
  };
  Store store(flash);
  ASSERT_EQ(store.open(), Found::blank);
  EXPECT_FALSE(store.erase());
  EXPECT_FALSE(store.is_ready());
}

TEST(WornFlash, SpoilsACompactionAndTheOldSectorStays) {
  for (const std::size_t bad : {std::size_t{40}, std::size_t{Store::slot}}) {  // in a record; in the active mark
    fake::Flash flash(worn_sector);
    Store store = opened(flash);
    (void)store.put(Kind::trips, Bytes{0x22});
    store.flush();
    flash.bits_stuck_at_1 = [bad](std::uint32_t sector, std::size_t offset) -> std::uint8_t {
      return sector == 1 && offset == bad ? 0xFF : 0;
    };
    store.compact();
    store.flush();
    EXPECT_EQ(store.report().failed, 1);
    EXPECT_THAT(kept(store, Kind::trips), ElementsAre(0x22));
    EXPECT_TRUE(store.wants_erase());
    Store again(flash);
    ASSERT_EQ(again.open(), Found::records);
    EXPECT_THAT(kept(again, Kind::trips), ElementsAre(0x22));
  }
}

}  // namespace
}  // namespace jk::core
