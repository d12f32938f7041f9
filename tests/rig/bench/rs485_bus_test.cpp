// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/rs485_bus.hpp"

#include <gmock/gmock.h>

#include <array>
#include <systemc>

namespace rig::bench {
namespace {

using testing::ElementsAre;

constexpr std::int64_t rs485_byte_ns = 1'000'000;  // 10 000 baud

/// Two boards and a client on one bus; the boards do what the test says.
class Rs485BusTest : public testing::Test {
 protected:
  Rs485BusTest() {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    bus.join(a);
    bus.join(b);
  }
  static void run(std::int64_t until_ns) { Agenda::of_this_process().run_until(until_ns); }
  static std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }
  static std::string heard_by(SimSerial& board) {
    std::array<std::uint8_t, 100> buffer{};
    const std::size_t count = board.read(now_ns(), buffer.data(), buffer.size());
    return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count)};
  }
  std::string heard_by_client() {
    const auto heard = bus.client_receives();
    return {heard.begin(), heard.end()};
  }
  int a_idle = 0, b_idle = 0;
  SimSerial a{{1, "jk_modbus", 10e3, 512}, [this] { ++a_idle; }}, b{{1, "jk_modbus", 10e3, 512}, [this] { ++b_idle; }};
  Rs485Bus bus{10e3};
};

TEST_F(Rs485BusTest, EveryBoardHearsTheClientByteByByteAndIsToldOnceWhenTheLineIsIdle) {
  EXPECT_EQ(bus.client_sends(bytes("abc")), 3 * rs485_byte_ns);
  run(2 * rs485_byte_ns);
  EXPECT_EQ(heard_by(a), "a") << "the second byte ends right now";
  EXPECT_EQ(a_idle, 0);
  run(3 * rs485_byte_ns + 1);
  EXPECT_EQ(heard_by(a), "bc");
  EXPECT_EQ(heard_by(b), "abc");
  EXPECT_EQ(a_idle, 1);
  EXPECT_EQ(b_idle, 1);
  EXPECT_EQ(heard_by_client(), "") << "nobody hears himself";
}

TEST_F(Rs485BusTest, AReplyIsHeardByTheClientAndTheOtherBoard) {
  run(5 * rs485_byte_ns);
  a.write(now_ns(), bytes("ok"));
  run(7 * rs485_byte_ns + 1);
  EXPECT_EQ(heard_by_client(), "ok");
  EXPECT_EQ(heard_by(b), "ok");
  EXPECT_EQ(b_idle, 1);
  EXPECT_EQ(heard_by(a), "");
  EXPECT_EQ(a_idle, 0);
}

TEST_F(Rs485BusTest, TwoThatAnswerAtOnceDestroyEachOther) {
  a.write(now_ns(), bytes("from a"));
  b.write(now_ns(), bytes("and b"));
  run(10 * rs485_byte_ns);
  EXPECT_EQ(heard_by_client(), "a") << "the last byte of the longer one stood alone";
  EXPECT_EQ(bus.collided(), 10u);
}

TEST_F(Rs485BusTest, OnlyBytesThatOverlapAreLost) {
  a.write(0, bytes("aaaa"));  // until 4 ms
  run(2 * rs485_byte_ns + rs485_byte_ns / 2);
  b.write(now_ns(), bytes("bbbb"));  // 2.5 to 6.5 ms
  run(10 * rs485_byte_ns);
  EXPECT_EQ(heard_by_client(), "aabb") << "the third and fourth of each are, or touch, what overlaps";
  EXPECT_EQ(bus.collided(), 4u);
}

TEST_F(Rs485BusTest, BytesThatFollowOneAnotherDoNotDisturb) {
  a.write(0, bytes("a"));
  run(rs485_byte_ns);
  b.write(now_ns(), bytes("b"));
  run(5 * rs485_byte_ns);
  EXPECT_EQ(heard_by_client(), "ab");
  EXPECT_EQ(bus.collided(), 0u);
}

TEST_F(Rs485BusTest, AClientThatTalksIntoAReplySpoilsIt) {
  a.write(0, bytes("reply"));
  run(rs485_byte_ns + 1);
  bus.client_sends(bytes("x"));
  run(10 * rs485_byte_ns);
  EXPECT_EQ(heard_by_client(), "rly");
  EXPECT_EQ(heard_by(b), "rly");
  EXPECT_EQ(heard_by(a), "");
}

TEST_F(Rs485BusTest, WhatABoardHadNotSentWhenItDiedIsNotOnTheBus) {
  a.write(0, bytes("abcdef"));
  run(2 * rs485_byte_ns + 1);
  a.enter_reset(now_ns());
  run(10 * rs485_byte_ns);
  EXPECT_EQ(heard_by_client(), "ab");
  b.write(now_ns(), bytes("b"));
  run(20 * rs485_byte_ns);
  EXPECT_EQ(heard_by_client(), "b");
  EXPECT_EQ(bus.collided(), 0u);
}

TEST_F(Rs485BusTest, TheClientsEndOfABoardIsThatOfTheBus) {
  EXPECT_EQ(a.client_sends(bytes("hi")), 2 * rs485_byte_ns);
  EXPECT_EQ(a.client_end_ns(), 2 * rs485_byte_ns);
  EXPECT_EQ(b.client_under_way(), 2u);
  run(5 * rs485_byte_ns);
  EXPECT_EQ(heard_by(a), "hi");
  EXPECT_EQ(heard_by(b), "hi");
  EXPECT_EQ(b.client_under_way(), 0u);
  a.write(now_ns(), bytes("from a"));
  b.write(now_ns(), bytes("and b"));
  run(20 * rs485_byte_ns);
  const auto heard = b.client_receives();
  EXPECT_EQ(std::string(heard.begin(), heard.end()), "a");
  EXPECT_EQ(a.collided(), 10u);
}

// What a board says while another talks is heard by nobody, and ends the idleness of nobody.
TEST_F(Rs485BusTest, ALineIsIdleOnceTheLastOfThoseThatTalkHasEnded) {
  bus.client_sends(bytes("abcd"));  // until 4 ms
  run(2 * rs485_byte_ns + rs485_byte_ns / 2);
  b.write(now_ns(), bytes("xyz"));  // 2.5 to 5.5 ms
  run(5 * rs485_byte_ns + rs485_byte_ns / 2);
  EXPECT_EQ(a_idle, 0);
  run(5 * rs485_byte_ns + rs485_byte_ns / 2 + 1);
  EXPECT_EQ(a_idle, 1);
  EXPECT_EQ(heard_by(a), "abz");
}

TEST_F(Rs485BusTest, WhoeverHeardNothingThatCanBeReadIsNotToldOfIdleness) {
  a.write(now_ns(), bytes("xx"));
  bus.client_sends(bytes("yy"));
  run(5 * rs485_byte_ns);
  EXPECT_EQ(b_idle, 0);
  EXPECT_EQ(bus.collided(), 4u);
}

TEST_F(Rs485BusTest, WhoeverWantsToKnowIsToldWhatABoardSends) {
  std::vector<std::int64_t> ends_ns;
  bus.sent = [&](std::int64_t end_ns) { ends_ns.push_back(end_ns); };
  run(2 * rs485_byte_ns);
  a.write(now_ns(), bytes("abc"));
  b.write(now_ns(), bytes("b"));
  EXPECT_THAT(ends_ns, ElementsAre(5 * rs485_byte_ns, 3 * rs485_byte_ns));
}

TEST_F(Rs485BusTest, ABoardOfAnotherSpeedDoesNotBelongThere) {
  SimSerial slow({1, "jk_modbus", 9600, 512}, [] {});
  EXPECT_THROW(bus.join(slow), std::logic_error);
}

}  // namespace
}  // namespace rig::bench
