// SPDX-License-Identifier: Apache-2.0
// Wires that end at pseudo-terminals; the kernel is stepped by hand, so that no clock matters.
#include "rig/live/port.hpp"

#include <gmock/gmock.h>

#include <array>
#include <optional>
#include <systemc>

#include "rig/bench/sim/rs485_bus.hpp"
#include "tests/rig/live/terminal_client.hpp"
#include "tests/rig/live/units.hpp"

namespace rig::live {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t byte_ns = 86'806;  // ten bits at 115200 baud

class PortTest : public testing::Test {
 protected:
  PortTest() { sc_core::sc_set_time_resolution(1, sc_core::SC_NS); }
  void connect(Port& port) { client_.emplace(port.end().path()); }
  void hang_up() { client_.reset(); }
  void say(std::string_view text) const { client_->say(text); }
  [[nodiscard]] std::string hear() const { return client_->hear(); }
  static void run(std::int64_t until_ns) { bench::Agenda::of_this_process().run_until(until_ns); }
  std::optional<TerminalClient> client_;
};

class SerialPortTest : public PortTest {
 protected:
  std::string board_hears(std::int64_t t_ns) {
    std::array<std::uint8_t, 8192> bytes;
    const std::size_t count = wire.read(t_ns, bytes.data(), bytes.size());
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
  }
  std::size_t board_says(std::string_view text) {
    return wire.write(bench::now_ns(), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  bench::SimSerial wire{{0, "jk_4e57", 115200, 512}, [this] { ++idle; }};
  SerialPort port{"4e57", 115200, wire};
  int idle = 0;
};

TEST_F(SerialPortTest, WhatAClientSendsEntersTheWireNow) {
  connect(port);
  say("abc");
  run(5 * ms);
  port.from_client();
  EXPECT_EQ(board_hears(5 * ms + byte_ns - 1), "");
  EXPECT_EQ(board_hears(5 * ms + byte_ns), "a");
  run(10 * ms);
  EXPECT_EQ(board_hears(10 * ms), "bc");
  EXPECT_EQ(idle, 1);
}

TEST_F(SerialPortTest, WhatTheBoardSendsIsHandedOverOnceItsLastBitHasPassed) {
  connect(port);
  run(5 * ms);
  EXPECT_EQ(board_says("abc"), 3u);
  EXPECT_EQ(port.next_ns(), 5 * ms + 3 * byte_ns);
  run(5 * ms + 2 * byte_ns);
  port.to_client();
  EXPECT_EQ(hear(), "ab");
  run(5 * ms + 3 * byte_ns - 1);
  port.to_client();
  EXPECT_EQ(hear(), "");
  run(5 * ms + 3 * byte_ns);
  port.to_client();
  EXPECT_EQ(hear(), "c");
  EXPECT_EQ(port.next_ns(), Port::never);
}

TEST_F(SerialPortTest, AnImpatientClientWaitsForTheWire) {
  connect(port);
  say(std::string(1000, 'x'));
  port.from_client();
  EXPECT_FALSE(port.has_room());
  EXPECT_EQ(port.next_ns(), 256 * byte_ns) << "then there is room again";
  port.from_client();
  run(256 * byte_ns);
  EXPECT_TRUE(port.has_room());
  EXPECT_THAT(board_hears(256 * byte_ns), SizeIs(256));
  port.from_client();
  run(512 * byte_ns);
  EXPECT_THAT(board_hears(512 * byte_ns), SizeIs(256));
}

TEST_F(SerialPortTest, WhatIsSentToNobodyIsNotKept) {
  board_says("to nobody");
  run(5 * ms);
  port.to_client();
  connect(port);
  run(10 * ms);
  port.to_client();
  EXPECT_EQ(hear(), "");
  EXPECT_EQ(port.status(), "4e57  open, 0 bytes in, 0 out");
}

TEST_F(SerialPortTest, AnotherSpeedIsToldOnce) {
  connect(port);
  say("a");
  port.from_client();
  EXPECT_THAT(port.news(), IsEmpty());
  client_->set_speed(B9600);
  for (int i = 0; i < 2; ++i) {
    say("a");
    port.from_client();
  }
  EXPECT_THAT(port.news(),
              ElementsAre("4e57: the client has set 9600 baud, the board's wire runs at 115200; on a real line neither "
                          "would understand the other"));
  EXPECT_EQ(board_hears(1000 * ms), "aaa");
}

TEST_F(SerialPortTest, BytesAreCounted) {
  connect(port);
  say("abc");
  port.from_client();
  board_says("de");
  run(5 * ms);
  port.to_client();
  EXPECT_EQ(port.status(), "4e57  open, 3 bytes in, 2 out");
  hang_up();
  EXPECT_EQ(port.status(), "4e57  nobody, 3 bytes in, 2 out");
}

class BusPortTest : public PortTest {
 protected:
  BusPortTest() {
    bus.join(first);
    bus.join(second);
  }
  static void says(bench::SimSerial& board, std::string_view text) {
    board.write(bench::now_ns(), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  bench::SimSerial first{{1, "jk_modbus", 115200, 512}, [] {}}, second{{1, "jk_modbus", 115200, 512}, [] {}};
  bench::Rs485Bus bus{115200};
  SerialPort port{"modbus", 115200, bus};
};

TEST_F(BusPortTest, OnePortReachesAllBoardsAndHearsEachOfThem) {
  connect(port);
  say("?");
  port.from_client();
  run(ms);
  port.to_client();
  for (bench::SimSerial* board : {&first, &second}) {
    std::array<std::uint8_t, 10> heard{};
    EXPECT_EQ(board->read(ms, heard.data(), heard.size()), 1u);
    EXPECT_EQ(heard[0], '?');
  }
  says(first, "1");
  run(2 * ms);
  says(second, "2");
  EXPECT_EQ(port.next_ns(), 2 * ms + byte_ns);
  run(3 * ms);
  port.to_client();
  EXPECT_EQ(hear(), "12");
  EXPECT_THAT(port.news(), IsEmpty());
}

TEST_F(BusPortTest, BoardsThatTalkAtOnceAreToldOnceTheyHaveEnded) {
  connect(port);
  says(first, "long long");
  says(second, "short");
  EXPECT_EQ(port.next_ns(), 9 * byte_ns) << "the longer one ends the talk";
  run(6 * byte_ns);
  port.to_client();
  EXPECT_THAT(port.news(), IsEmpty()) << "one still talks";
  run(ms);
  port.to_client();
  EXPECT_EQ(hear(), "long") << "after the shorter one";
  EXPECT_THAT(port.news(), ElementsAre("modbus: 10 bytes lost, several talked at once"));
  port.to_client();
  EXPECT_THAT(port.news(), IsEmpty());
}

class CanPortTest : public PortTest {
 protected:
  bench::SimCan bus{{0, 500e3, 16}, [] {}};
  CanPort port{"can", bus};
};

TEST_F(CanPortTest, FramesPassBothWaysAtTheirEnds) {
  connect(port);
  say("S6\rO\rt7FF0\r");
  port.from_client();
  EXPECT_EQ(hear(), "\r\rz\r");
  run(50 * 2000 - 1);
  EXPECT_FALSE(bus.receive(bench::now_ns()));
  run(50 * 2000);
  EXPECT_EQ(bus.receive(bench::now_ns())->frame.id, 0x7FFu);
  board_can_frame frame{0x123, 0, 1, {0xAB}};
  EXPECT_TRUE(bus.send(bench::now_ns(), frame));
  run(ms);
  EXPECT_EQ(hear(), "t1231AB\r");
}

TEST_F(CanPortTest, AtAnotherBitRateTheSessionSaysWhyNothingIsHeard) {
  connect(port);
  say("S5\rO\r");
  port.from_client();
  port.from_client();
  EXPECT_THAT(port.news(),
              ElementsAre("can: the client opened the channel at 250 kbit/s; the bus runs at 500 kbit/s, so "
                          "it hears nothing"));
  board_can_frame frame{0x123, 0, 0, {}};
  bus.send(bench::now_ns(), frame);
  run(ms);
  EXPECT_EQ(hear(), "\r\r");
}

// The firmware chooses another set of frames; the client that chose no bit rate of its own goes with it.
TEST_F(CanPortTest, TheBitRateIsThatOfTheFirmware) {
  connect(port);
  say("O\r");
  port.from_client();
  bus.configure(bench::now_ns(), 250e3);
  bus.configure(bench::now_ns(), 250e3);
  EXPECT_THAT(port.news(), ElementsAre("can: the board runs its bus at 250 kbit/s now"));
  say("t7FF0\r");
  port.from_client();
  run(50 * 4000 - 1);
  EXPECT_FALSE(bus.receive(bench::now_ns()));
  run(50 * 4000);
  EXPECT_EQ(bus.receive(bench::now_ns())->frame.id, 0x7FFu);
  say("C\rS5\rO\r");
  port.from_client();
  EXPECT_THAT(port.news(), IsEmpty());
  bus.configure(bench::now_ns(), 500e3);
  EXPECT_THAT(port.news(), ElementsAre("can: the board runs its bus at 500 kbit/s now",
                                       "can: the client opened the channel at 250 kbit/s; the bus runs at 500 kbit/s, "
                                       "so it hears nothing"));
}

TEST_F(CanPortTest, WhatAClientDidNotReadShowsInTheFlags) {
  connect(port);
  say("O\r");
  port.from_client();
  const board_can_frame frame{0x123, 0, 8, {}};
  for (std::int64_t t = ms; port.status().find("lost") == std::string::npos; t += ms) {
    bus.send(bench::now_ns(), frame);
    run(t);
    ASSERT_LT(t, 10'000 * ms);
  }
  while (!hear().empty()) {
  }
  say("F\rF\r");
  port.from_client();
  EXPECT_EQ(hear(), "F09\rF00\r");
}

TEST_F(CanPortTest, HalfACommandGoesWithItsClient) {
  connect(port);
  say("t10");
  hang_up();
  port.from_client();
  port.from_client();
  connect(port);
  say("V\r");
  port.from_client();
  EXPECT_EQ(hear(), "V1013\r");
}

TEST_F(CanPortTest, AClientThatSendsTooMuchWaits) {
  connect(port);
  std::string frames = "O\r";
  for (int i = 0; i < 100; ++i) frames += "t1000\r";
  say(frames);
  while (port.has_room()) port.from_client();
  EXPECT_LT(bus.outside_waiting(), 50u);
  std::size_t taken = 0;
  for (std::int64_t t = ms; taken < 100; t += ms) {
    run(t);
    if (port.has_room()) port.from_client();
    while (bus.receive(bench::now_ns())) ++taken;
    ASSERT_LT(t, 1000 * ms);
  }
}

}  // namespace
}  // namespace rig::live
