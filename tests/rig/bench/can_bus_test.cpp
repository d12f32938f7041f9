// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/can_bus.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace rig::bench {
namespace {

constexpr std::int64_t bit_ns = 2000;  // 500 kbit/s

CanFrame can_frame(std::uint32_t id, std::initializer_list<int> data = {}, bool extended = false) {
  CanFrame f;
  f.frame.id = id;
  f.frame.extended = extended ? 1 : 0;
  for (const int byte : data) f.frame.data[f.frame.length++] = static_cast<std::uint8_t>(byte);
  return f;
}

CanFrame remote_frame(std::uint32_t id) {
  CanFrame f = can_frame(id);
  f.is_remote = true;
  return f;
}

// Written down bit by bit with a checksum register on paper's terms by another program, not by ours.
TEST(CanFrameBits, CountTheStuffBitsOfTheFrameItself) {
  EXPECT_EQ(can_frame_bits(can_frame(0)), 34 + 6 + 13);  // zeros from start to checksum: one after each five
  EXPECT_EQ(can_frame_bits(can_frame(0x7FF)), 50);
  EXPECT_EQ(can_frame_bits(remote_frame(0x123)), 48);
  EXPECT_EQ(can_frame_bits(can_frame(0x2F4, {0x13, 0x01, 0xD7, 0x11, 0x33, 0x00, 0x64, 0x00})), 117);
  EXPECT_EQ(can_frame_bits(can_frame(0x555, {0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55})), 112);
  EXPECT_EQ(can_frame_bits(can_frame(0x18FF50E5, {255, 255, 255, 255, 255, 255, 255, 255}, true)), 146);
}

class CanBusTest : public testing::Test {
 protected:
  CanBusTest() { bus.listen(); }
  std::uint32_t heard_outside(std::int64_t t_ns) { return id_of(bus.receive(t_ns, CanBus::outside)); }
  std::uint32_t heard_by_board(std::int64_t t_ns) { return id_of(bus.receive(t_ns, CanBus::board)); }
  static constexpr std::uint32_t nothing = UINT32_MAX;
  static std::uint32_t id_of(const std::optional<CanFrame>& f) { return f ? f->frame.id : nothing; }
  CanBus bus{500e3, 3};
  static constexpr std::int64_t short_ns = 50 * bit_ns;  // a frame 0x7FF without data
};

TEST_F(CanBusTest, AFrameArrivesWhenItsLastBitHasPassed) {
  bus.send(1000, CanBus::board, can_frame(0x7FF));
  EXPECT_EQ(bus.next_ns(1000), 1000 + short_ns);
  EXPECT_EQ(heard_outside(1000 + short_ns - 1), nothing);
  EXPECT_EQ(heard_outside(1000 + short_ns), 0x7FFu);
  EXPECT_EQ(bus.next_ns(1000 + short_ns), std::nullopt);
}

TEST_F(CanBusTest, FramesOfOneSideKeepTheirOrderWhateverTheirIdentifiers) {
  bus.send(0, CanBus::board, can_frame(0x7FF));
  bus.send(0, CanBus::board, can_frame(0x7FF));
  bus.send(0, CanBus::board, can_frame(0));
  EXPECT_EQ(heard_outside(3 * short_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(3 * short_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(2 * short_ns + 53 * bit_ns - 1), nothing);
  EXPECT_EQ(heard_outside(2 * short_ns + 53 * bit_ns), 0u);
}

TEST_F(CanBusTest, OfTwoThatWaitTheLowerIdentifierGoesFirst) {
  bus.send(0, CanBus::board, can_frame(0x7FF));  // has the bus
  bus.send(1, CanBus::board, can_frame(0x101));
  bus.send(2, CanBus::outside, can_frame(0x100));
  EXPECT_EQ(heard_by_board(short_ns + 48 * bit_ns), nothing);
  EXPECT_EQ(heard_by_board(short_ns + 60 * bit_ns), 0x100u);
  EXPECT_EQ(heard_outside(short_ns + 60 * bit_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(short_ns + 60 * bit_ns), nothing);
  EXPECT_EQ(heard_outside(short_ns + 120 * bit_ns), 0x101u);
}

TEST_F(CanBusTest, WhoCameTooLateWaitsForTheEndOfTheFrame) {
  bus.send(0, CanBus::board, can_frame(0x7FF));
  bus.send(short_ns - 1, CanBus::outside, can_frame(0));
  EXPECT_EQ(heard_by_board(short_ns + 53 * bit_ns - 1), nothing);
  EXPECT_EQ(heard_by_board(short_ns + 53 * bit_ns), 0u);
}

TEST_F(CanBusTest, ABoardWhoseTimeRunsAheadDoesNotCompeteBeforeItsFrameIsReady) {
  bus.send(1000, CanBus::board, can_frame(0));
  bus.send(500, CanBus::outside, can_frame(0x7FF));
  EXPECT_EQ(bus.next_ns(500), 500 + short_ns);
  EXPECT_EQ(heard_by_board(500 + short_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(500 + short_ns + 53 * bit_ns), 0u);
}

TEST_F(CanBusTest, AFrameAheadOfItsTimeStartsThen) {
  bus.send(1000, CanBus::board, can_frame(0x7FF));
  EXPECT_EQ(bus.next_ns(500), 1000);
  EXPECT_EQ(heard_outside(1000 + short_ns - 1), nothing);
  EXPECT_EQ(heard_outside(1000 + short_ns), 0x7FFu);
}

TEST_F(CanBusTest, AStandardFrameGoesBeforeAnExtendedOneOfTheSameBeginningAndDataBeforeRemote) {
  bus.send(0, CanBus::board, can_frame(0x7FF));
  bus.send(0, CanBus::board, can_frame(0x100u << 18, {}, true));
  bus.send(0, CanBus::outside, can_frame(0x100));
  EXPECT_EQ(heard_by_board(short_ns + 60 * bit_ns), 0x100u);
  EXPECT_EQ(heard_outside(1'000'000), 0x7FFu);
  EXPECT_EQ(heard_outside(1'000'000), 0x100u << 18);

  bus.send(1'000'000, CanBus::board, can_frame(0x7FF));
  bus.send(1'000'000, CanBus::board, can_frame(0x200));
  bus.send(1'000'000, CanBus::outside, remote_frame(0x200));
  bus.send(1'000'000, CanBus::outside, can_frame(0x1FF));
  EXPECT_EQ(heard_outside(1'000'000 + 120 * bit_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(1'000'000 + 120 * bit_ns), 0x200u) << "the remote frame lost";
  EXPECT_EQ(heard_by_board(2'000'000), 0x1FFu) << "and is nothing that the controller takes";
}

TEST_F(CanBusTest, AFullQueueRefusesUntilAFrameHasGone) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(bus.send(0, CanBus::board, can_frame(0x7FF)));
  EXPECT_FALSE(bus.send(short_ns - 1, CanBus::board, can_frame(0x7FF)));
  EXPECT_TRUE(bus.send(short_ns, CanBus::board, can_frame(0x7FF)));
  EXPECT_FALSE(bus.send(short_ns, CanBus::board, can_frame(0x7FF)));
}

TEST_F(CanBusTest, AFullQueueOfTheReceiverLosesTheNewest) {
  for (std::uint32_t id = 1; id <= 4; ++id) bus.send(0, CanBus::outside, can_frame(id));
  for (std::uint32_t id = 1; id <= 3; ++id) EXPECT_EQ(heard_by_board(1'000'000), id);
  EXPECT_EQ(heard_by_board(1'000'000), nothing);
  EXPECT_EQ(bus.taken_by_board(), 3u);
}

TEST_F(CanBusTest, AResetTakesTheBoardsFrameOffTheWireAndFreesTheBusForOthers) {
  bus.send(0, CanBus::board, can_frame(0x100));
  bus.send(0, CanBus::board, can_frame(0x101));
  bus.send(10, CanBus::outside, can_frame(0x7FF));
  bus.cut(5000);
  EXPECT_EQ(heard_by_board(5000 + short_ns - 1), nothing);
  EXPECT_EQ(heard_by_board(5000 + short_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(1'000'000), nothing);
}

TEST_F(CanBusTest, AResetDoesNotDisturbTheFrameOfAnother) {
  bus.send(0, CanBus::outside, can_frame(0x7FF));
  bus.cut(5000);
  EXPECT_EQ(heard_by_board(short_ns), 0x7FFu);
}

// The same answers whether somebody listens or not: a frame sent alone is not followed bit by bit.
TEST(CanBusAlone, TheQueueEmptiesAsFastAsWhenSomebodyListens) {
  for (const bool heard : {false, true}) {
    CanBus bus(500e3, 3);
    if (heard) bus.listen();
    for (int i = 0; i < 3; ++i) bus.send(0, CanBus::board, can_frame(0x7FF));
    EXPECT_FALSE(bus.send(50 * bit_ns - 1, CanBus::board, can_frame(0x7FF))) << heard;
    EXPECT_TRUE(bus.send(50 * bit_ns, CanBus::board, can_frame(0x7FF))) << heard;
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(bus.send(100'000'000, CanBus::board, can_frame(0x7FF))) << heard;
    EXPECT_FALSE(bus.send(100'000'000, CanBus::board, can_frame(0x7FF))) << heard;
  }
}

TEST(CanBusAlone, WhatNobodyListenedToIsNotKept) {
  CanBus bus(500e3, 3);
  bus.send(0, CanBus::board, can_frame(1));
  bus.send(1'000'000, CanBus::board, can_frame(2));
  bus.listen();
  EXPECT_EQ(bus.receive(2'000'000, CanBus::outside)->frame.id, 2u);
  EXPECT_FALSE(bus.receive(3'000'000, CanBus::outside));
}

TEST_F(CanBusTest, AFrameWithAFlippedBitEndsInAnErrorFrameAndIsSentAgain) {
  LineChance chance(1, 0);
  bus.set_faults(0, {.bit_errors = 1}, chance);
  bus.send(0, CanBus::board, can_frame(0x7FF));
  constexpr std::int64_t try_ns = short_ns + 23 * bit_ns;
  EXPECT_EQ(heard_outside(10 * try_ns), nothing);
  EXPECT_EQ(bus.destroyed(), 10u);
  EXPECT_EQ(bus.waiting(CanBus::board), 0u) << "the eleventh try is under way";
  bus.set_faults(10 * try_ns + 1, {}, chance);
  EXPECT_EQ(heard_outside(10 * try_ns + short_ns), 0x7FFu);
}

TEST_F(CanBusTest, NoiseDestroysItsShareOfTheFramesAndLosesNone) {
  LineChance chance(1, 0);
  bus.set_faults(0, {.bit_errors = 1e-3}, chance);
  int heard = 0;
  std::int64_t t_ns = 0;
  for (int i = 0; i < 2000; ++i) {
    bus.send(t_ns, CanBus::outside, can_frame(0x7FF));
    t_ns += 10 * short_ns;
    heard += heard_by_board(t_ns) == 0x7FF ? 1 : 0;
  }
  EXPECT_EQ(heard, 2000);
  EXPECT_NEAR(static_cast<double>(bus.destroyed()), 102.6, 42);  // (1 - q) / q of them, q = 0.999^50; four sigma
}

TEST_F(CanBusTest, ABoardThatNobodyAcknowledgesKeepsItsFramesUntilTheWireIsBack) {
  LineChance chance(1, 0);
  bus.send(0, CanBus::board, can_frame(0x7FF));
  bus.set_faults(short_ns / 2, {.is_cut = true}, chance);
  EXPECT_TRUE(bus.send(short_ns, CanBus::board, can_frame(0x7FF)));
  EXPECT_TRUE(bus.send(short_ns, CanBus::board, can_frame(0x7FF)));
  EXPECT_FALSE(bus.send(short_ns, CanBus::board, can_frame(0x7FF))) << "three wait";
  bus.send(short_ns, CanBus::outside, can_frame(0x100));
  EXPECT_EQ(heard_outside(20 * short_ns), nothing);
  EXPECT_EQ(heard_by_board(20 * short_ns), nothing) << "what the others say passes by";
  bus.set_faults(20 * short_ns, {}, chance);
  EXPECT_EQ(bus.next_ns(20 * short_ns), 21 * short_ns);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(heard_outside(30 * short_ns), 0x7FFu);
  EXPECT_EQ(heard_outside(30 * short_ns), nothing);
}

TEST_F(CanBusTest, ALostFrameIsAcknowledgedAndNotTaken) {
  LineChance chance(1, 0);
  bus.set_faults(0, {.loss = 1}, chance);
  bus.send(0, CanBus::board, can_frame(0x7FF));
  bus.send(0, CanBus::outside, can_frame(0x100));
  EXPECT_EQ(heard_outside(10 * short_ns), nothing);
  EXPECT_EQ(heard_by_board(10 * short_ns), nothing);
  EXPECT_EQ(bus.destroyed(), 0u);
  EXPECT_EQ(bus.next_ns(10 * short_ns), std::nullopt);
}

}  // namespace
}  // namespace rig::bench
