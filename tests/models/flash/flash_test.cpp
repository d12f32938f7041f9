// SPDX-License-Identifier: Apache-2.0
#include "models/flash/flash.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace models::flash {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using Bytes = std::vector<std::uint8_t>;

constexpr std::int64_t word_ns = 50'000, sector_ns = 20'000'000;

FlashParams small_flash() { return {.sectors = 2, .sector_bytes = 1024, .erase_s = 20e-3, .write_s = 50e-6}; }

Bytes part(const Flash& flash, std::size_t offset, std::size_t count) {
  const auto bytes = flash.bytes().subspan(offset, count);
  return {bytes.begin(), bytes.end()};
}

int ones(const Bytes& bytes) {
  int count = 0;
  for (const std::uint8_t byte : bytes) count += std::popcount(byte);
  return count;
}

TEST(Flash, IsBlankAtFirst) {
  const Flash flash(small_flash(), 1);
  EXPECT_EQ(flash.bytes().size(), 2048U);
  EXPECT_THAT(part(flash, 0, 2048), Each(0xFF));
}

TEST(Flash, TurnsOnesIntoNoughtsAndNeverBack) {
  Flash flash(small_flash(), 1);
  flash.write(0, 4, Bytes{0xF0, 0x3C});
  flash.write(0, 4, Bytes{0x0F, 0xFF});
  EXPECT_THAT(part(flash, 3, 4), ElementsAre(0xFF, 0x00, 0x3C, 0xFF));
}

TEST(Flash, TakesItsTimeForEachWordThatIsTouched) {
  Flash flash(small_flash(), 1);
  EXPECT_EQ(flash.write(7, 0, Bytes(4, 0)), 7 + 2 * word_ns);
  EXPECT_EQ(flash.write(7, 1, Bytes(4, 0)), 7 + 3 * word_ns);
  EXPECT_EQ(flash.write(7, 1, Bytes(1, 0)), 7 + word_ns);
  EXPECT_EQ(flash.write(7, 0, {}), 7);
  EXPECT_EQ(flash.erase(7, 1), 7 + sector_ns);
}

TEST(Flash, ErasesOneSector) {
  Flash flash(small_flash(), 1);
  flash.write(0, 1020, Bytes(8, 0));
  flash.erase(0, 1);
  EXPECT_THAT(part(flash, 1020, 8), ElementsAre(0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF));
}

TEST(Flash, CutAfterAWriteHoldsAllOfIt) {
  Flash flash(small_flash(), 1);
  const std::int64_t end_ns = flash.write(0, 0, Bytes(8, 0));
  flash.cut(end_ns);
  EXPECT_THAT(part(flash, 0, 8), Each(0));
}

TEST(Flash, CutInAWriteHoldsTheWordsBeforeAndNoneBehind) {
  for (int at = 0; at < 8 * word_ns; at += 7'000) {
    Flash flash(small_flash(), 1);
    flash.write(1'000'000, 0, Bytes(16, 0));
    flash.cut(1'000'000 + at);
    const auto whole = static_cast<std::size_t>(at / word_ns);
    EXPECT_THAT(part(flash, 0, 2 * whole), Each(0)) << at;
    EXPECT_THAT(part(flash, 2 * whole + 2, 14 - 2 * whole), Each(0xFF)) << at;
  }
}

// 1000 words, each cut after a quarter of its time: 16 000 bits, standard deviation 55.
TEST(Flash, CutInAWordLetsEachBitFallWithTheShareOfItsTime) {
  int fallen = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Flash flash(small_flash(), seed);
    flash.write(0, 0, Bytes(2, 0));
    flash.cut(word_ns / 4);
    fallen += 16 - ones(part(flash, 0, 2));
  }
  EXPECT_NEAR(fallen, 4000, 4 * 55);
}

TEST(Flash, CutInAWriteRaisesNothingAndLetsNothingFallThatShouldStay) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Flash flash(small_flash(), seed);
    flash.settle(flash.write(0, 0, Bytes{0xF3, 0x3F}));
    flash.write(1'000'000, 0, Bytes{0x57, 0xF5});
    flash.cut(1'000'000 + word_ns / 2);
    const Bytes torn = part(flash, 0, 2);
    EXPECT_EQ(torn[0] | 0xF3, 0xF3);
    EXPECT_EQ(torn[0] & (0xF3 & 0x57), 0xF3 & 0x57);
    EXPECT_EQ(torn[1] | 0x3F, 0x3F);
    EXPECT_EQ(torn[1] & (0x3F & 0xF5), 0x3F & 0xF5);
  }
}

TEST(Flash, CutInAnErasureLeavesBitsRisenFallenAndAsTheyWere) {
  Flash flash(small_flash(), 1);
  flash.settle(flash.write(0, 0, Bytes(512, 0)));
  flash.erase(100'000'000, 0);
  flash.cut(100'000'000 + sector_ns / 4);
  // 4096 bits each, standard deviation 28 and 32: a quarter has risen; of ones, half of the others still stand.
  EXPECT_NEAR(ones(part(flash, 0, 512)), 1024, 4 * 28);
  EXPECT_NEAR(ones(part(flash, 512, 512)), 1024 + 1536, 4 * 32);
}

TEST(Flash, CutBeforeAnythingBeganTakesItBack) {
  Flash flash(small_flash(), 1);
  flash.settle(flash.write(0, 0, Bytes(4, 0x55)));
  const std::int64_t begin_ns = 10'000'000;
  std::int64_t end_ns = flash.write(begin_ns, 4, Bytes(4, 0x33));  // a firmware whose local time runs ahead
  end_ns = flash.erase(end_ns, 0);
  end_ns = flash.write(end_ns, 0, Bytes(4, 0x77));
  EXPECT_THAT(part(flash, 0, 5), ElementsAre(0x77, 0x77, 0x77, 0x77, 0xFF));
  flash.cut(begin_ns);
  EXPECT_THAT(part(flash, 0, 5), ElementsAre(0x55, 0x55, 0x55, 0x55, 0xFF));
}

TEST(Flash, CutOfSeveralOperationsTearsTheOneUnderWay) {
  Flash flash(small_flash(), 1);
  flash.write(0, 0, Bytes(4, 0x00));
  flash.write(2 * word_ns, 4, Bytes(4, 0x00));
  flash.write(4 * word_ns, 8, Bytes(4, 0x00));
  flash.cut(3 * word_ns);
  EXPECT_THAT(part(flash, 0, 12), ElementsAreArray({0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255}));
}

TEST(Flash, WithoutTimesIsCutOnlyInWhatLiesAhead) {
  FlashParams fast = small_flash();
  fast.write_s = fast.erase_s = 0;
  Flash flash(fast, 1);
  EXPECT_EQ(flash.write(5, 0, Bytes(4, 0)), 5);
  EXPECT_EQ(flash.write(9, 4, Bytes(4, 0)), 9);
  flash.cut(5);
  EXPECT_THAT(part(flash, 0, 8), ElementsAre(0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF));
}

TEST(Flash, ThatIsSettledIsCutNoMore) {
  Flash flash(small_flash(), 1);
  flash.write(0, 0, Bytes(4, 0));
  flash.settle(2 * word_ns);
  flash.cut(0);
  EXPECT_THAT(part(flash, 0, 4), Each(0));
}

TEST(Flash, TearsTheSameWayFromTheSameSeedAndAnotherWayFromAnother) {
  const auto torn = [](std::uint64_t seed) {
    Flash flash(small_flash(), seed);
    flash.settle(flash.write(0, 0, Bytes(512, 0)));
    flash.erase(100'000'000, 0);
    flash.cut(100'000'000 + sector_ns / 2);
    return part(flash, 0, 1024);
  };
  EXPECT_EQ(torn(1), torn(1));
  EXPECT_NE(torn(1), torn(2));
}

TEST(Flash, RefusesNumbersThatMakeNoSense) {
  const auto with = [](auto change) {
    FlashParams params = small_flash();
    change(params);
    return Flash(params, 1);
  };
  EXPECT_THROW(with([](FlashParams& p) { p.sectors = 0; }), std::invalid_argument);
  EXPECT_THROW(with([](FlashParams& p) { p.sector_bytes = 0; }), std::invalid_argument);
  EXPECT_THROW(with([](FlashParams& p) { p.sector_bytes = 1023; }), std::invalid_argument);
  EXPECT_THROW(with([](FlashParams& p) { p.write_s = -1; }), std::invalid_argument);
  EXPECT_THROW(with([](FlashParams& p) { p.erase_s = -1; }), std::invalid_argument);
}

}  // namespace
}  // namespace models::flash
