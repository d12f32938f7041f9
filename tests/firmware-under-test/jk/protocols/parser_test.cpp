// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <span>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"
#include "tests/firmware-under-test/jk/protocols/captures.hpp"

namespace jk::protocols {
namespace {

using Bytes = std::vector<unsigned char>;

std::vector<Request4e57> feed(Parser4e57& parser, const Bytes& bytes, std::size_t piece = 1) {
  std::vector<Request4e57> requests;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    auto left = std::span<const std::uint8_t>(bytes).subspan(at, std::min(piece, bytes.size() - at));
    while (const auto request = parser.take(left)) requests.push_back(*request);
  }
  return requests;
}

/// Byte by byte, in pieces and at once: the same requests.
std::vector<Request4e57> feed(const Bytes& bytes) {
  Parser4e57 parser;
  auto requests = feed(parser, bytes);
  for (const std::size_t piece : {std::size_t{7}, std::size_t{64}, bytes.size()}) {
    Parser4e57 other;
    const auto again = feed(other, bytes, piece);
    EXPECT_EQ(again.size(), requests.size()) << "in pieces of " << piece;
    for (std::size_t i = 0; i < std::min(again.size(), requests.size()); ++i) {
      EXPECT_EQ(again[i].command, requests[i].command);
      EXPECT_EQ(again[i].id, requests[i].id);
      EXPECT_EQ(again[i].data_bytes, requests[i].data_bytes);
    }
  }
  return requests;
}

Bytes venus() { return captures::bytes(captures::read_all_venus); }

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(Parser4e57, AcceptsTheReadAllRequestsOfRealClients) {
  for (const std::string& hex : {captures::read_all_venus, captures::read_all_esphome, captures::read_all_mpp_solar,
                                 captures::read_all_opendtu}) {
    const auto requests = feed(captures::bytes(hex));
    ASSERT_EQ(requests.size(), 1u) << hex;
    EXPECT_TRUE(requests[0].is_read_all()) << hex;
  }
}

TEST(Parser4e57, OtherRequestsAreUnderstoodAsOther) {
  for (const std::string& hex : {captures::activate, captures::read_soc, captures::write_ovp}) {
    const auto requests = feed(captures::bytes(hex));
    ASSERT_EQ(requests.size(), 1u) << hex;
    EXPECT_FALSE(requests[0].is_read_all()) << hex;
  }
}

TEST(Parser4e57, EveryFlippedBitSilencesTheFrame) {
  for (std::size_t i = 0; i < venus().size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes bytes = venus();
      bytes[i] = static_cast<unsigned char>(bytes[i] ^ (1u << bit));
      EXPECT_TRUE(feed(bytes).empty()) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(Parser4e57, AnotherTerminalsRequestIsNotOurs) {
  for (const std::size_t at : {5u, 6u, 7u}) {
    Bytes bytes = venus();
    bytes[at] = 2;
    bytes[20] = static_cast<unsigned char>(bytes[20] + 2);
    EXPECT_TRUE(feed(bytes).empty()) << at;
    EXPECT_EQ(feed(bytes + venus()).size(), 1u) << at;
  }
}

TEST(Parser4e57, TheTopByteOfTheTerminalNumberSaysNothing) {
  Bytes bytes = venus();
  bytes[4] = 2;
  bytes[20] = static_cast<unsigned char>(bytes[20] + 2);
  EXPECT_EQ(feed(bytes).size(), 1u);
}

TEST(Parser4e57, AFrameThatStartsOtherwiseIsNone) {
  Bytes bytes = venus();
  bytes[1] = 0x58;
  bytes[20] = static_cast<unsigned char>(bytes[20] + 1);
  EXPECT_TRUE(feed(bytes).empty());
}

TEST(Parser4e57, AReplyIsNoRequest) {
  Bytes bytes = venus();
  bytes[10] = 1;
  bytes[20] = static_cast<unsigned char>(bytes[20] + 1);
  EXPECT_TRUE(feed(bytes).empty());
  EXPECT_TRUE(feed(captures::bytes(captures::a1)).empty());
}

TEST(Parser4e57, FindsARequestGluedToAnother) { EXPECT_EQ(feed(venus() + venus() + venus()).size(), 3u); }

TEST(Parser4e57, FindsARequestBehindAFalseStart) {
  const Bytes false_start = {0x4E, 0x57, 0x00, 0x12};
  EXPECT_EQ(feed(false_start + venus()).size(), 1u);
}

TEST(Parser4e57, FindsTwoRequestsSwallowedByOneFalseStart) {
  const Bytes false_start = {0x4E, 0x57, 0x00, 0x2C};  // 46 bytes: itself and both requests
  EXPECT_EQ(feed(false_start + venus() + venus()).size(), 2u);
}

TEST(Parser4e57, FindsARequestBehindHalfAStartMark) {
  EXPECT_EQ(feed(Bytes{0x4E} + venus()).size(), 1u);
  EXPECT_EQ(feed(Bytes{0x4E, 0x4E, 0x00, 0x57} + venus()).size(), 1u);
}

TEST(Parser4e57, RefusesALengthThatNoRequestHas) {
  EXPECT_EQ(feed(Bytes{0x4E, 0x57, 0x00, 0x11} + venus()).size(), 1u);
  EXPECT_EQ(feed(Bytes{0x4E, 0x57, 0x00, 0x3F} + venus()).size(), 1u);
  EXPECT_EQ(feed(Bytes{0x4E, 0x57, 0xFF, 0xFF} + venus()).size(), 1u);
}

TEST(Parser4e57, ForgetsAnUnfinishedFrameWhenTold) {
  Parser4e57 parser;
  EXPECT_TRUE(feed(parser, {0x4E, 0x57, 0x00, 0x3E, 0x00}).empty());
  parser.reset();
  EXPECT_EQ(feed(parser, venus()).size(), 1u);
}

TEST(Parser4e57, KeepsEveryRequestBetweenRunsOfGarbageThatCannotHideIt) {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    Bytes stream;
    const std::size_t sent = 1 + random() % 8;
    for (std::size_t i = 0; i < sent; ++i) {
      for (std::size_t garbage = random() % 100; garbage > 0; --garbage) {
        const auto byte = static_cast<unsigned char>(random());
        stream.push_back(byte == 0x4E ? 0x00 : byte);  // a start mark would have to be given time
      }
      stream = stream + venus();
    }
    EXPECT_EQ(feed(stream).size(), sent) << "seed " << seed;
  }
}

TEST(Parser4e57, NeverReadsARequestThatWasNotSentAndStaysAliveInNoise) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    Parser4e57 parser;
    constexpr unsigned char likely[] = {0x4E, 0x57, 0x00, 0x12, 0x13, 0x3E, 0x68};
    Bytes noise;
    for (int i = 0; i < 2000; ++i) {
      noise.push_back(random() % 2 ? likely[random() % std::size(likely)] : static_cast<unsigned char>(random()));
    }
    EXPECT_TRUE(feed(parser, noise).empty()) << "seed " << seed;
    feed(parser, Bytes(Parser4e57::longest_request, 0x00));  // flushes what is unfinished
    EXPECT_EQ(feed(parser, venus()).size(), 1u) << "seed " << seed;
  }
}

}  // namespace
}  // namespace jk::protocols
