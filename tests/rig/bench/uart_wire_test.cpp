// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/uart_wire.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

namespace rig::bench {
namespace {

constexpr std::int64_t byte_ns = 1'000'000;  // 10 bits at 10 000 baud

class UartWireTest : public testing::Test {
 protected:
  UartWireTest() { std::iota(message.begin(), message.end(), std::uint8_t{1}); }
  std::size_t receive(std::int64_t t_ns) { return wire.receive(t_ns, buffer.data(), buffer.size()); }
  UartWire wire{10'000};
  std::array<std::uint8_t, 20> message{};
  std::array<std::uint8_t, 64> buffer{};
};

TEST_F(UartWireTest, AByteArrivesWithItsStopBit) {
  wire.send(0, message);
  EXPECT_EQ(receive(byte_ns - 1), 0u);
  EXPECT_EQ(receive(byte_ns), 1u);
  EXPECT_EQ(receive(20 * byte_ns - 1), 18u);
  EXPECT_EQ(receive(20 * byte_ns), 1u);
}

TEST_F(UartWireTest, WhatArrivedAtADeafReceiverIsLost) {
  wire.send(0, message);
  wire.lose_arrived(20 * byte_ns);
  EXPECT_EQ(receive(30 * byte_ns), 0u);
}

TEST_F(UartWireTest, AReceiverThatHearsAgainInTheMiddleGetsTheRestAndNothingElse) {
  wire.send(0, message);
  wire.lose_arrived(5 * byte_ns);
  EXPECT_EQ(receive(5 * byte_ns), 0u);
  ASSERT_EQ(receive(30 * byte_ns), 15u);
  EXPECT_EQ(buffer[0], 6);
  EXPECT_EQ(receive(31 * byte_ns), 0u);
}

TEST_F(UartWireTest, WhatIsSentAfterADeafTimeArrivesWhole) {
  wire.send(0, message);
  wire.lose_arrived(25 * byte_ns);
  wire.send(30 * byte_ns, message);
  EXPECT_EQ(receive(60 * byte_ns), 20u);
}

}  // namespace
}  // namespace rig::bench
