// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/serial_line.hpp"

#include <gmock/gmock.h>

#include <bit>
#include <string>
#include <vector>

namespace rig::bench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t line_byte_ns = 1'000'000;  // 10 000 baud
constexpr std::size_t many_bytes = 20'000;

std::vector<std::uint8_t> text_bytes(const std::string& text) { return {text.begin(), text.end()}; }
std::string arrived(SerialLine& line, std::int64_t t_ns) {
  const auto bytes = line.wire().receive(t_ns);
  return {bytes.begin(), bytes.end()};
}
std::vector<std::uint8_t> heard_of(const LineFaults& faults, std::uint64_t seed, std::span<const std::uint8_t> bytes) {
  SerialLine line(10e3);
  LineChance chance(seed, 0);
  line.set_faults(faults, chance);
  line.send(0, bytes);
  const auto heard = line.wire().receive(INT64_MAX);
  return {heard.begin(), heard.end()};
}

TEST(SerialLine, WithoutFaultsIsAWire) {
  SerialLine line(10e3);
  EXPECT_EQ(line.send(0, text_bytes("abc")), 3 * line_byte_ns);
  EXPECT_EQ(line.under_way(line_byte_ns), 2u);
  EXPECT_EQ(arrived(line, 2 * line_byte_ns), "ab");
}

TEST(SerialLine, ADelayMovesTheArrivalAndNotTheSender) {
  SerialLine line(10e3);
  LineChance chance(1, 0);
  line.set_faults({.delay_ns = 10 * line_byte_ns}, chance);
  EXPECT_EQ(line.send(0, text_bytes("ab")), 12 * line_byte_ns);
  EXPECT_EQ(line.under_way(line_byte_ns), 1u) << "the sender is done with its first";
  EXPECT_EQ(line.under_way(2 * line_byte_ns), 0u);
  EXPECT_EQ(arrived(line, 11 * line_byte_ns - 1), "");
  EXPECT_EQ(arrived(line, 11 * line_byte_ns), "a");
  EXPECT_EQ(arrived(line, 12 * line_byte_ns), "b");
}

TEST(SerialLine, ThroughACutWireNothingComesAndLaterBytesComeAgain) {
  SerialLine line(10e3);
  LineChance chance(1, 0);
  line.set_faults({.is_cut = true}, chance);
  line.send(0, text_bytes("lost"));
  line.set_faults({}, chance);
  line.send(2 * line_byte_ns, text_bytes("ok"));
  EXPECT_EQ(arrived(line, 5 * line_byte_ns), "o") << "the sender was busy with what got lost until 4 ms";
  EXPECT_EQ(arrived(line, 6 * line_byte_ns), "k");
}

TEST(SerialLine, ALostByteLeavesAGapThatTheOthersKeep) {
  SerialLine line(10e3);
  LineChance chance(3, 0);
  line.set_faults({.loss = 0.5}, chance);
  std::vector<std::uint8_t> bytes(100);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
  line.send(0, bytes);
  int heard = 0;
  for (std::int64_t i = 0; i < 100; ++i) {
    const auto now = line.wire().receive((i + 1) * line_byte_ns);
    if (now.empty()) continue;
    ++heard;
    EXPECT_THAT(now, ElementsAre(static_cast<std::uint8_t>(i))) << "at its own time";
  }
  EXPECT_GT(heard, 30);
  EXPECT_LT(heard, 70);
}

TEST(SerialLine, NoiseFlipsItsShareOfTheBitsAndDropsBytesWithoutStartOrStop) {
  constexpr double p = 0.01;
  const std::vector<std::uint8_t> zeros(many_bytes, 0);
  const auto heard = heard_of({.bit_errors = p}, 1, zeros);
  double flips = 0;
  for (const std::uint8_t byte : heard) flips += std::popcount(byte);
  const auto kept = static_cast<double>(heard.size());
  EXPECT_NEAR(kept / many_bytes, (1 - p) * (1 - p), 0.003);  // three sigma
  EXPECT_NEAR(flips / (8 * kept), p, 0.0008);
}

TEST(SerialLine, ChanceIsThatOfTheSeedAndOfTheWire) {
  const std::vector<std::uint8_t> bytes(200, 0x55);
  const LineFaults noise{.bit_errors = 0.05, .loss = 0.1};
  EXPECT_EQ(heard_of(noise, 1, bytes), heard_of(noise, 1, bytes));
  EXPECT_NE(heard_of(noise, 1, bytes), heard_of(noise, 2, bytes));
  EXPECT_THAT(heard_of({.loss = 1}, 1, bytes), IsEmpty());
}

TEST(SerialLine, TheSendersDeathTakesWhatHadNotLeft) {
  SerialLine line(10e3);
  LineChance chance(1, 0);
  line.set_faults({.delay_ns = 5 * line_byte_ns}, chance);
  line.send(0, text_bytes("abc"));
  line.cut(line_byte_ns);
  EXPECT_EQ(line.under_way(line_byte_ns), 0u);
  EXPECT_EQ(arrived(line, 20 * line_byte_ns), "a");
}

std::vector<std::uint8_t> misheard(std::initializer_list<int> sent, double sent_baud, double baud) {
  std::vector<std::uint8_t> bytes, heard;
  for (const int byte : sent) bytes.push_back(static_cast<std::uint8_t>(byte));
  mishear(bytes, sent_baud, baud, [&](const Misheard& h) { heard.push_back(h.byte); });
  return heard;
}

// By hand: a waveform of ten bits a byte, low start, lowest bit first, high stop.
TEST(Mishearing, AtTheSameSpeedIsHearing) {
  EXPECT_THAT(misheard({0x01, 0xA5, 0x00, 0xFF}, 9600, 9600), ElementsAre(0x01, 0xA5, 0x00, 0xFF));
}
TEST(Mishearing, AByteAtATenthOfTheSpeedIsAByteForEachLowBit) {
  EXPECT_THAT(misheard({0xFF}, 9600, 96000), IsEmpty()) << "one low bit is ten of ours: no stop bit";
  EXPECT_THAT(misheard({0x55}, 9600, 115200), IsEmpty());
}
TEST(Mishearing, AtHalfTheSpeedABitIsTwo) {
  // 0x00 at 21000 is low for nine of its bits, 4.3 of ours: start, three zeros, ones
  EXPECT_THAT(misheard({0x00}, 21000, 10000), ElementsAre(0xF8));
  EXPECT_THAT(misheard({0xFF}, 21000, 10000), IsEmpty()) << "half a bit is a glitch: its middle is high already";
}
TEST(Mishearing, TakesTheTimeOfTheReceiversBits) {
  std::int64_t end_ns = 0;
  const std::uint8_t zero = 0;
  mishear({&zero, 1}, 20e3, 10e3, [&](const Misheard& h) { end_ns = h.end_ns; });
  EXPECT_EQ(end_ns, 1'000'000);
}

}  // namespace
}  // namespace rig::bench
