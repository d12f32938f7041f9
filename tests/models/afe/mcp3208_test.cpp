// SPDX-License-Identifier: Apache-2.0
#include "models/afe/mcp3208.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace {

using models::afe::Mcp3208;
using testing::ElementsAre;

struct Bench {
  std::vector<std::int32_t> codes{0x123, 0xFFF, 0x000, 0xABC, 0x800, 0x7FF, 0x001, 0x555};
  std::vector<std::pair<int, std::int64_t>> samples;
  Mcp3208 chip{[this](int channel, std::int64_t t_ns) {
    samples.emplace_back(channel, t_ns);
    return codes[static_cast<std::size_t>(channel)];
  }};

  std::vector<int> transfer(const std::vector<std::uint8_t>& sent, std::int64_t t_ns = 0) {
    std::vector<int> received;
    for (const std::uint8_t byte : sent) {
      received.push_back(chip.transfer(byte, t_ns, 1000));
      t_ns += 8000;
    }
    return received;
  }
  std::vector<int> frame(const std::vector<std::uint8_t>& sent) {
    chip.select(false);
    chip.select(true);
    return transfer(sent);
  }
};

// DS21298E figure 6-1: five leading zeros; the answer is ???0 B11…B8 in the second byte and B7…B0 in the third.
TEST(Mcp3208, AnswersTheThreeByteFrameOfTheDatasheet) {
  Bench bench;
  EXPECT_THAT(bench.frame({0x06, 0xC0, 0x00}), ElementsAre(0xFF, 0xEA, 0xBC));  // channel 3 holds 0xABC
}

TEST(Mcp3208, SelectsEachChannelByItsThreeBits) {
  Bench bench;
  const std::vector<std::pair<std::uint8_t, std::uint8_t>> commands{
      {0x06, 0x00}, {0x06, 0x40}, {0x06, 0x80}, {0x06, 0xC0}, {0x07, 0x00}, {0x07, 0x40}, {0x07, 0x80}, {0x07, 0xC0}};
  for (std::size_t channel = 0; channel < 8; ++channel) {
    const auto answer = bench.frame({commands[channel].first, commands[channel].second, 0x00});
    EXPECT_EQ((answer[1] & 0x0F) << 8 | answer[2], bench.codes[channel]) << "channel " << channel;
  }
}

TEST(Mcp3208, AcceptsAStartBitWithoutLeadingZeros) {
  Bench bench;  // the bits of the frame moved to the left by five; B1…B5 = 01111 follow
  EXPECT_THAT(bench.frame({0xD8, 0x00, 0x00}), ElementsAre(0xFD, 0x57, 0x8F));
}

TEST(Mcp3208, RepeatsTheResultLsbFirstAndThenSendsZeros) {
  Bench bench;  // 0xABC = 1010 1011 1100; B1…B11 = 0111 1010 101 follow, then zeros
  EXPECT_THAT(bench.frame({0x06, 0xC0, 0x00, 0x00, 0x00, 0x00}), ElementsAre(0xFF, 0xEA, 0xBC, 0x7A, 0xA0, 0x00));
}

TEST(Mcp3208, SubtractsTheOtherChannelOfAPairInDifferentialMode) {
  Bench bench;
  auto answer = bench.frame({0x04, 0x40, 0x00});  // SGL/DIFF = 0, 001: CH1 = IN+, CH0 = IN-: 0xFFF - 0x123
  EXPECT_THAT(answer, ElementsAre(0xFF, 0xEE, 0xDC));
  answer = bench.frame({0x04, 0x00, 0x00});  // 000: CH0 = IN+, CH1 = IN-: below zero gives code 0
  EXPECT_THAT(answer, ElementsAre(0xFF, 0xE0, 0x00));
}

TEST(Mcp3208, SamplesAtTheFallingEdgeOfTheClockAfterD0) {
  Bench bench;
  bench.frame({0x06, 0xC0, 0x00});
  EXPECT_THAT(bench.samples,
              ElementsAre(std::pair(3, std::int64_t{11'000})));  // 11th clock of 1 us: 5 zeros, start, 4, sample
}

TEST(Mcp3208, IsSilentWhenNotSelected) {
  Bench bench;
  EXPECT_THAT(bench.transfer({0x06, 0xC0, 0x00}), ElementsAre(0xFF, 0xFF, 0xFF));
  EXPECT_TRUE(bench.samples.empty());
}

TEST(Mcp3208, ConvertsOnceForEachEdgeOfChipSelect) {
  Bench bench;
  bench.frame({0x06, 0xC0, 0x00});
  EXPECT_THAT(bench.transfer({0x06, 0x00, 0x00}), ElementsAre(0x7A, 0xA0, 0x00));  // no edge: still the old result
  EXPECT_EQ(bench.samples.size(), 1u);
}

TEST(Mcp3208, StartsAfreshWhenChipSelectIsReleasedInMidFrame) {
  Bench bench;
  bench.frame({0x06});
  EXPECT_THAT(bench.frame({0x06, 0xC0, 0x00}), ElementsAre(0xFF, 0xEA, 0xBC));
}

}  // namespace
