// SPDX-License-Identifier: Apache-2.0
// What the board says on its ports, through the whole App on a fake board.
#include <algorithm>
#include <string_view>

#include "tests/firmware-under-test/jk/app/bms_fixture.hpp"

namespace jk::app {
namespace {

using core::Setting;
using fake::ms;
using fake::s;

constexpr std::uint32_t rs485 = 1;

class Ports : public BmsOnFakeBoard {
 protected:
  std::vector<unsigned char> ask(const std::vector<unsigned char>& request, std::uint32_t port = rs485) {
    board.sent.clear();
    board.receive(board.now_ns() + 100 * ms, request, port);
    run_for(120 * ms);
    return board.sent;
  }
  [[nodiscard]] std::ptrdiff_t count_of(std::uint32_t id) const {
    return std::count_if(board.can_sent.begin(), board.can_sent.end(),
                         [=](const fake::Board::CanSent& sent) { return sent.frame.id == id; });
  }
};

TEST_F(Ports, ModbusReadsTheCellsOnTheSecondPort) {
  const auto reply = ask({0x01, 0x03, 0x12, 0x00, 0x00, 0x08, 0x41, 0x74});
  ASSERT_EQ(reply.size(), 3u + 16u + 2u);
  EXPECT_EQ(reply[3] * 256 + reply[4], 3300);
}

TEST_F(Ports, ModbusIsSilentToWhatIsMeantForOthersOrBroken) {
  EXPECT_TRUE(ask({0x02, 0x03, 0x12, 0x00, 0x00, 0x08, 0x41, 0x47}).empty());
  EXPECT_TRUE(ask({0x01, 0x03, 0x12, 0x00, 0x00, 0x08, 0x41, 0x75}).empty());
}

TEST_F(Ports, EachPortSpeaksTheProtocolOfItsSetting) {
  const std::vector<unsigned char> cells = {0x01, 0x03, 0x12, 0x00, 0x00, 0x08, 0x41, 0x74};
  EXPECT_TRUE(ask(cells, 0).empty());
  ASSERT_EQ(change({{Setting::uart_1_protocol, 1}}), core::Answer::done);
  EXPECT_FALSE(ask(cells, 0).empty());
  ASSERT_EQ(change({{Setting::uart_2_protocol, 5}}), core::Answer::done);
  EXPECT_TRUE(ask(cells).empty()) << "a protocol that this firmware does not speak";
}

TEST_F(Ports, AReplyLongerThanTheQueueGoesOutInPieces) {
  board.tx_room = 20;
  board.sent.clear();
  board.receive(board.now_ns() + 100 * ms, {0x01, 0x03, 0x12, 0x00, 0x00, 0x20, 0x41, 0x6A}, rs485);
  run_for(110 * ms);
  EXPECT_EQ(board.sent.size(), 20u);
  board.tx_room = 512;
  run_for(20 * ms);
  EXPECT_EQ(board.sent.size(), 3u + 64u + 2u);
}

TEST_F(Ports, TheDisplayIsToldOnceASecondWhenItIsAlwaysOn) {
  run_for(3 * s);
  EXPECT_TRUE(board.shown.empty());
  ASSERT_EQ(change({{Setting::display_always_on, 1}}), core::Answer::done);
  run_for(10 * s);
  EXPECT_GE(board.shown.size(), 9u);
  EXPECT_LE(board.shown.size(), 10u);
  ASSERT_EQ(board.shown[0].size(), 96u);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(&board.shown[0][6]), 2), "OK");
}

TEST_F(Ports, CanIsSilentWhileTheConnectorIsRs485) {
  run_for(3 * s);
  EXPECT_TRUE(board.can_sent.empty());
}

TEST_F(Ports, EachSetOfCanFramesHasItsBitRate) {
  run_for(1 * s);
  EXPECT_TRUE(board.can_rates.empty()) << "the connector is RS485";
  ASSERT_EQ(change({{Setting::port_is_rs485, 0}}), core::Answer::done);
  run_for(1 * s);
  EXPECT_EQ(board.can_rates, (std::vector<std::uint32_t>{250'000}));
  ASSERT_EQ(change({{Setting::can_protocol, 2}}), core::Answer::done);
  run_for(1 * s);
  ASSERT_EQ(change({{Setting::can_protocol, 3}}), core::Answer::done);  // sends nothing
  run_for(1 * s);
  EXPECT_EQ(board.can_rates, (std::vector<std::uint32_t>{250'000, 500'000}));
}

TEST_F(Ports, CanFramesKeepTheirPeriods) {
  ASSERT_EQ(change({{Setting::port_is_rs485, 0}, {Setting::device_address, 0}}), core::Answer::done);
  run_for(1 * s);
  board.can_sent.clear();
  run_for(10 * s);
  EXPECT_NEAR(static_cast<double>(count_of(0x2F4)), 500, 2) << "20 ms, though the tick is 16";
  EXPECT_NEAR(static_cast<double>(count_of(0x4F4)), 100, 1);
  EXPECT_EQ(count_of(0x7F4), 0) << "no alarm stands";
}

TEST_F(Ports, WhatTheCanControllerCannotTakeIsKeptInItsOrder) {
  ASSERT_EQ(change({{Setting::port_is_rs485, 0}, {Setting::can_protocol, 2}}), core::Answer::done);
  board.can_error = BOARD_EBUSY;
  run_for(3 * s);
  EXPECT_TRUE(board.can_sent.empty());
  board.can_error = 0;
  run_for(1200 * ms);
  ASSERT_GE(board.can_sent.size(), 2u);
  EXPECT_EQ(board.can_sent[0].frame.id, 0x359u);
}

TEST_F(Ports, AClientThrowsSwitchesByCan) {
  ASSERT_EQ(change({{Setting::port_is_rs485, 0}, {Setting::device_address, 0}}), core::Answer::done);
  board.can_received.push_back({0x18F0F428, 1, 4, {0x01, 0x00, 0x00, 0x00}});
  run_for(100 * ms);
  EXPECT_FALSE(board.level(charge_pin));
  EXPECT_TRUE(board.level(discharge_pin));
}

TEST_F(Ports, ABoardThatIsOffSaysNothingAnywhere) {
  ASSERT_EQ(change({{Setting::port_is_rs485, 0}, {Setting::display_always_on, 1}}), core::Answer::done);
  ASSERT_EQ(bms().command(core::Command::shut_down, 0), core::Answer::done);
  run_for(200 * ms);
  board.can_sent.clear();
  board.shown.clear();
  EXPECT_TRUE(ask({0x01, 0x03, 0x12, 0x00, 0x00, 0x08, 0x41, 0x74}).empty());
  run_for(3 * s);
  EXPECT_TRUE(board.can_sent.empty());
  EXPECT_TRUE(board.shown.empty());
}

}  // namespace
}  // namespace jk::app
