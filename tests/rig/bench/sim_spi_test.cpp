// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/sim_spi.hpp"

#include <gtest/gtest.h>

#include "board.h"

namespace rig::bench {
namespace {

constexpr std::uint32_t by_hand = UINT32_MAX;

/// One chip on bus 0 selected by pin 2, one on bus 1 by pin 3; every input reads its full code.
class SimSpiTest : public testing::Test {
 protected:
  static std::vector<scenario::BoardSpec::SpiDevice> devices() {
    scenario::BoardSpec::SpiDevice first, second;
    first.bus = 0, first.select_gpio = 2;
    second.bus = 1, second.select_gpio = 3;
    return {first, second};
  }
  bool hears(std::uint32_t cs) {
    const std::uint8_t tx[3] = {6, 0, 0};
    std::uint8_t rx[3] = {};
    EXPECT_GT(spi_.transfer(0, 0, cs, tx, rx, 3, false), 0);
    return (rx[1] & 0x10) == 0;  // the null bit of the answer; ones when nobody drives the line
  }
  SimSpi spi_{devices(), [](auto, auto, auto) { return 0xFFF; }};
};

TEST_F(SimSpiTest, ATransferIsHeardByTheChipWhosePinIsLow) {
  EXPECT_FALSE(spi_.is_heard(0, by_hand));
  EXPECT_FALSE(hears(by_hand));
  spi_.pin(2, false);
  EXPECT_TRUE(spi_.is_heard(0, by_hand));
  EXPECT_TRUE(hears(by_hand));
  spi_.pin(2, true);
  EXPECT_FALSE(spi_.is_heard(0, by_hand));
}

TEST_F(SimSpiTest, ATransferIsHeardByTheChipItNames) {
  EXPECT_TRUE(spi_.is_heard(0, 2));
  EXPECT_TRUE(hears(2));
  EXPECT_FALSE(spi_.is_heard(0, by_hand)) << "selected for the transfer alone";
}

TEST_F(SimSpiTest, AChipOfAnotherBusDoesNotHear) {
  spi_.pin(3, false);
  EXPECT_FALSE(spi_.is_heard(0, by_hand));
  EXPECT_FALSE(spi_.is_heard(0, 3));
  EXPECT_FALSE(hears(3));
}

TEST_F(SimSpiTest, ABusWithoutChipsIsRefusedNotUnheard) {
  EXPECT_TRUE(spi_.is_heard(7, by_hand));
  EXPECT_EQ(spi_.transfer(0, 7, by_hand, nullptr, nullptr, 1, false), BOARD_EINVAL);
}

}  // namespace
}  // namespace rig::bench
