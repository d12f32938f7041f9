// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/protocols/can_board.hpp"

// Which frames a board sends when, and what it hears.
namespace jk::protocols {
namespace {

using core::Alarm;
using core::Setting;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

using Counts = std::map<std::uint32_t, int>;

TEST(CanSchedule, JkV1) {
  EXPECT_EQ(CanBoard(12).counts_in(10'000), (Counts{{0x2F4, 500}, {0x4F4, 100}, {0x5F4, 100}}));
}

TEST(CanSchedule, JkV2AtBothRates) {
  for (const int protocol : {0, 6}) {
    EXPECT_EQ(CanBoard(protocol).counts_in(10'000), (Counts{{0x2F4, 500},
                                                            {0x4F4, 100},
                                                            {0x5F4, 20},
                                                            {0x18F128F4, 100},
                                                            {0x18F228F4, 20},
                                                            {0x18F328F4, 100},
                                                            {0x18F428F4, 20},
                                                            {0x18F528F4, 20},
                                                            {0x18E028F4, 10},
                                                            {0x18E128F4, 10}}));
  }
}

TEST(CanSchedule, PylontechInTheOrderOfRealBoards) {
  CanBoard board(2);
  std::vector<std::uint32_t> ids;
  for (const CanFrame& frame : board.listen_for(2000)) ids.push_back(frame.id);
  EXPECT_THAT(ids, ElementsAre(0x359, 0x351, 0x355, 0x356, 0x35C, 0x35E, 0x359, 0x351, 0x355, 0x356, 0x35C, 0x35E));
}

TEST(CanSchedule, SmaAndVictronAdd) {
  CanBoard sma(9), victron(4);
  victron.device.state.t1_ddegC = 250;
  Counts expected = {{0x351, 5}, {0x355, 5}, {0x356, 5}, {0x359, 5}, {0x35A, 5}, {0x35C, 5}, {0x35E, 5}, {0x35F, 5}};
  EXPECT_EQ(sma.counts_in(5000), expected);
  for (const std::uint32_t id : {0x370, 0x371, 0x372, 0x373, 0x374, 0x375, 0x376, 0x377, 0x379, 0x382})
    expected[id] = 5;
  EXPECT_EQ(victron.counts_in(5000), expected);
}

TEST(CanSchedule, OtherNumbersSendNothing) {
  for (const int protocol : {1, 3, 5, 7, 8, 10, 11, 13}) {
    CanBoard board(protocol);
    EXPECT_THAT(board.listen_for(2000), IsEmpty()) << protocol;
    EXPECT_EQ(board.server.bit_rate(), 0u);
  }
}

TEST(CanSchedule, BitRates) {
  for (const auto& [protocol, rate] :
       std::map<int, unsigned>{{0, 250'000}, {12, 250'000}, {2, 500'000}, {4, 500'000}, {6, 500'000}, {9, 500'000}}) {
    EXPECT_EQ(CanBoard(protocol).server.bit_rate(), rate) << protocol;
  }
}

TEST(CanSchedule, AnotherNumberBeginsAnew) {
  CanBoard board(2);
  (void)board.listen_for(3000);
  board.set(Setting::can_protocol, 13);
  EXPECT_THAT(board.listen_for(2000), IsEmpty());
  board.set(Setting::can_protocol, 12);
  EXPECT_EQ(board.counts_in(1000), (Counts{{0x2F4, 50}, {0x4F4, 10}, {0x5F4, 10}}));
}

TEST(CanSchedule, AnotherNumberIsNoticedWithinASecondByWhoAsksOnlyWhenItIsDue) {
  for (const int before : {13, 2}) {
    CanBoard board(before);
    (void)board.listen_for(3000);
    board.set(Setting::can_protocol, 12);
    const std::uint64_t changed_ns = board.now_ns;
    board.now_ns = board.server.next_due_ns();
    EXPECT_LE(board.now_ns, changed_ns + 1000 * ms) << before;
    EXPECT_THAT(board.listen(), ElementsAre(::testing::Field(&CanFrame::id, 0x2F4))) << before;
  }
}

TEST(CanSchedule, SaysWhenItIsDueNext) {
  CanBoard board(12);
  EXPECT_THAT(board.listen(), ::testing::SizeIs(1));  // 2F4; the others follow at 5, 10, 15 ms
  const std::uint64_t start_ns = board.now_ns;
  for (const unsigned at : {5u, 10u, 15u, 20u, 40u, 60u, 80u, 100u, 105u}) {
    EXPECT_EQ(board.server.next_due_ns(), start_ns + at * ms);
    board.now_ns = board.server.next_due_ns() - 1;
    EXPECT_THAT(board.listen(), IsEmpty());
    ++board.now_ns;
    (void)board.listen();
  }
}

TEST(CanSchedule, WhatWasLateIsNotMadeUpFor) {
  CanBoard board(12);
  (void)board.listen_for(1000);
  board.now_ns += 10'003 * ms;
  EXPECT_THAT(board.listen(), ::testing::SizeIs(3));
  EXPECT_EQ(board.server.next_due_ns(), board.now_ns + 20 * ms);
}

TEST(CanSchedule, ASleepingBoardIsSilent) {
  CanBoard board(6);
  (void)board.listen_for(500);
  board.device.state.is_asleep = true;
  EXPECT_THAT(board.listen_for(2000), IsEmpty());
  board.device.state.is_asleep = false;
  EXPECT_EQ(board.counts_in(1000)[0x2F4], 50);
}

TEST(CanSchedule, TheHeartbeatOfAnInverterMayBeMissing) {
  CanBoard board(2);
  EXPECT_EQ(board.counts_in(120'000)[0x351], 120);
}

TEST(CanAlarms, AreToldAtOnceAndThenEvery100msWhileTheyStand) {
  CanBoard board(12);
  const auto is_told = [](const CanFrame& frame) { return frame.id == 0x7F4; };
  EXPECT_THAT(board.listen_for(1023), Not(Contains(::testing::Truly(is_told))));  // 7F4 has its turn at 15 ms
  board.raise(Alarm::cell_overvoltage);
  EXPECT_THAT(board.listen_for(20), Contains(::testing::Truly(is_told)));  // with the next 2F4
  EXPECT_EQ(board.counts_in(1000)[0x7F4], 10);
  board.raise(Alarm::low_soc);
  EXPECT_THAT(board.listen_for(20), Contains(::testing::Truly(is_told)));
  board.device.state.alarms = 0;
  EXPECT_EQ(board.counts_in(1000)[0x7F4], 0);
  board.raise(Alarm::wire_resistance);  // has no place in the frame
  EXPECT_EQ(board.counts_in(1000)[0x7F4], 0);
}

TEST(CanAlarms, DoNotDisturbTheScheduleOfInverterSets) {
  CanBoard board(2);
  (void)board.listen_for(1000);
  board.raise(Alarm::cell_overvoltage);
  EXPECT_THAT(board.listen_for(100), ElementsAre(::testing::Field(&CanFrame::id, 0x359)));
}

TEST(CanAddress, IsAddedToEveryIdOfV2) {
  CanBoard zero(6), three(6);
  three.set(Setting::device_address, 3);
  for (CanBoard* board : {&zero, &three}) {
    board->raise(Alarm::cell_overvoltage);
    board->device.state.is_charger_plugged = true;
  }
  std::vector<std::uint32_t> plain, shifted;
  for (const CanFrame& frame : zero.listen_for(1000)) plain.push_back(frame.id + 3);
  for (const CanFrame& frame : three.listen_for(1000)) shifted.push_back(frame.id);
  EXPECT_THAT(shifted, ElementsAreArray(plain));
  EXPECT_THAT(shifted, IsSupersetOf({0x2F7u, 0x7F7u, 0x1806E5F7u, 0x18E028F7u}));
}

TEST(CanAddress, IsNotAddedToOtherSets) {
  for (const int protocol : {12, 2}) {
    CanBoard zero(protocol), three(protocol);
    three.set(Setting::device_address, 3);
    EXPECT_EQ(three.counts_in(1000), zero.counts_in(1000));
  }
}

TEST(CanAddress, WhereItMakesNoStandardIdThereIsNoFrame) {
  CanBoard board(6);
  board.raise(Alarm::cell_overvoltage);
  board.set(Setting::device_address, 11);
  EXPECT_EQ(board.counts_in(1000)[0x7FF], 10);
  board.set(Setting::device_address, 12);
  const auto counts = board.counts_in(1000);
  EXPECT_FALSE(counts.contains(0x800));
  EXPECT_EQ(counts.at(0x300), 50);
}

CanFrame control(std::initializer_list<unsigned> bytes, std::uint32_t id = 0x18F0F428) {
  CanFrame frame = CanFrame::extended(id);
  for (const unsigned byte : bytes) frame.u8(byte);
  return frame;
}

std::vector<int> switches_of(const CanBoard& board) {
  const core::Settings& set = board.device.set;
  return {set[Setting::charge_enabled], set[Setting::discharge_enabled], set[Setting::balance_enabled]};
}

TEST(CanControl, SetsTheSwitchesThatItSelects) {
  CanBoard board(6);
  board.server.take(control({0x07, 0, 0, 0}), 0);
  EXPECT_THAT(switches_of(board), ElementsAre(0, 0, 0));
  board.server.take(control({0x05, 1, 1, 1}), 0);  // the document's example
  EXPECT_THAT(switches_of(board), ElementsAre(1, 0, 1));
  board.server.take(control({0x02, 0, 1, 0, 0, 0, 0, 0}), 0);
  EXPECT_THAT(switches_of(board), ElementsAre(1, 1, 1));
  EXPECT_EQ(board.device.changes, 3);
}

TEST(CanControl, IsHeardAtTheDevicesAddress) {
  CanBoard board(0);
  board.set(Setting::device_address, 2);
  board.server.take(control({0x01, 0, 0, 0}), 0);
  EXPECT_EQ(board.device.changes, 0);
  board.server.take(control({0x01, 0, 0, 0}, 0x18F0F42A), 0);
  EXPECT_THAT(switches_of(board), ElementsAre(0, 1, 1));
}

TEST(CanControl, ChangesNothingWhenMalformed) {
  CanBoard board(6);
  CanFrame standard = control({0x07, 0, 0, 0});
  standard.is_extended = false;
  for (const CanFrame& frame : {standard, control({0x07, 0, 0}), control({}), control({0x00, 0, 0, 0}),
                                control({0xF8, 0, 0, 0}), control({0x07, 0, 0, 2}), control({0x01, 255, 0, 0}),
                                control({0x07, 0, 0, 0}, 0x18F0F429), control({0x07, 0, 0, 0}, 0x18F1F428)}) {
    board.server.take(frame, 0);
  }
  EXPECT_EQ(board.device.changes, 0);
  EXPECT_THAT(switches_of(board), ElementsAre(1, 1, 1));
}

TEST(CanControl, IsHeardInV2Alone) {
  for (const int protocol : {12, 2, 4, 9, 13}) {
    CanBoard board(protocol);
    board.server.take(control({0x07, 0, 0, 0}), 0);
    EXPECT_EQ(board.device.changes, 0) << protocol;
  }
}

TEST(CanCharger, IsAskedWhilePluggedOrHeard) {
  CanBoard board(6);
  EXPECT_EQ(board.frame(0x1806E5F4), "");
  board.device.state.is_charger_plugged = true;
  EXPECT_EQ(board.counts_in(10'000)[0x1806E5F4], 20);
  board.device.state.is_charger_plugged = false;
  EXPECT_EQ(board.counts_in(10'000)[0x1806E5F4], 0);
  board.server.take(CanFrame::extended(0x18FF50E5).fill(), board.now_ns);
  EXPECT_EQ(board.counts_in(20'000)[0x1806E5F4], 10);  // for five seconds
  board.server.take(CanFrame::standard(0x18FF50E5).fill(), board.now_ns);
  EXPECT_EQ(board.counts_in(1000)[0x1806E5F4], 0);
}

}  // namespace
}  // namespace jk::protocols
