// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/firmware-under-test/jk/protocols/line_4e57.hpp"

// Whatever comes over the line: silence or an answer, never a changed setting, and a good request afterwards is
// answered.
namespace jk::protocols {
namespace {

using core::Setting;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Line4e57 write_ovp() { return captures::bytes(captures::write_ovp); }
Line4e57 read_soc() { return captures::bytes(captures::read_soc); }

Line4e57 glued(std::initializer_list<Line4e57> parts) {
  Line4e57 line;
  for (const Line4e57& part : parts) line.insert(line.end(), part.begin(), part.end());
  return line;
}

bool has_changed(const Board4e57& board) {
  const FakeDevice fresh;
  return board.device.set != fresh.set || board.device.texts != fresh.texts || !board.device.commands.empty();
}

/// A good request is answered, at the latest behind what flushes a frame that pretends to be long.
bool is_alive(Board4e57& board) {
  (void)board.say(Line4e57(Parser4e57::longest_request, 0x00));
  return !board.ask(read_soc()).empty();
}

TEST(Malformed4e57, EveryFlippedBitOfAWriteIsSilenced) {
  for (std::size_t i = 0; i < write_ovp().size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Board4e57 board;
      Line4e57 bytes = write_ovp();
      bytes[i] = static_cast<unsigned char>(bytes[i] ^ (1u << bit));
      EXPECT_THAT(board.say(bytes), IsEmpty()) << "byte " << i << " bit " << bit;
      EXPECT_FALSE(has_changed(board));
      EXPECT_TRUE(is_alive(board));
    }
  }
}

TEST(Malformed4e57, EveryTruncationIsSilenced) {
  for (std::size_t size = 0; size < write_ovp().size(); ++size) {
    Board4e57 board;
    Line4e57 bytes = write_ovp();
    bytes.resize(size);
    EXPECT_THAT(board.say(bytes), IsEmpty()) << size;
    board.silence();
    EXPECT_THAT(board.say(read_soc()), SizeIs(1)) << size;
    EXPECT_FALSE(has_changed(board));
  }
}

TEST(Malformed4e57, EverySplitIsTheSameRequest) {
  for (std::size_t size = 0; size <= write_ovp().size(); ++size) {
    Board4e57 board;
    const Line4e57 whole = write_ovp();
    const auto cut = whole.begin() + static_cast<std::ptrdiff_t>(size);
    const auto first = board.say(Line4e57(whole.begin(), cut));
    const auto second = board.say(Line4e57(cut, whole.end()));
    EXPECT_EQ(first.size() + second.size(), 1u) << size;
    EXPECT_EQ(board.device.set[Setting::cell_ovp], 3650);
  }
}

TEST(Malformed4e57, GluedRequestsAreAnsweredEach) {
  Board4e57 board;
  EXPECT_THAT(board.say(glued({write_ovp(), read_soc(), write_ovp(), captures::bytes(captures::read_all_opendtu)})),
              SizeIs(4));
  EXPECT_EQ(board.device.set[Setting::cell_ovp], 3650);
}

TEST(Malformed4e57, AnOversizedRequestIsNoneAndHidesNone) {
  for (const std::size_t data : {45u, 100u, 300u, 5000u}) {
    Board4e57 board;
    Line4e57 bytes(11 + data + 9, 0xAA);
    bytes[0] = 0x4E, bytes[1] = 0x57;
    bytes[2] = static_cast<unsigned char>((bytes.size() - 2) / 256);
    bytes[3] = static_cast<unsigned char>(bytes.size() - 2);
    EXPECT_THAT(board.say(glued({bytes, read_soc()})), SizeIs(1)) << data;
    EXPECT_FALSE(has_changed(board));
  }
}

TEST(Malformed4e57, TheLongestRequestIsHeardAndRefused) {
  Board4e57 board;
  const Line4e57 longest = request_4e57(0x02, Line4e57(44, 0x90));
  ASSERT_EQ(longest.size(), Parser4e57::longest_request);
  EXPECT_THAT(board.say(glued({longest, read_soc()})), SizeIs(1));
  EXPECT_FALSE(has_changed(board));
}

TEST(Malformed4e57, AFloodOfRequestsIsAnsweredOneByOne) {
  Board4e57 board;
  Line4e57 flood;
  const Line4e57 one = read_soc();
  for (int i = 0; i < 3000; ++i) flood.insert(flood.end(), one.begin(), one.end());
  EXPECT_THAT(board.say(flood), SizeIs(3000));
}

TEST(Malformed4e57, AFloodOfNoiseChangesNothing) {
  constexpr unsigned char likely[] = {0x4E, 0x57, 0x00, 0x12, 0x13, 0x14, 0x02, 0x03, 0x68, 0x90, 0xAB};
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937 random(seed);
    Board4e57 board;
    Line4e57 noise;
    for (int i = 0; i < 5000; ++i) {
      noise.push_back(random() % 2 != 0 ? likely[random() % std::size(likely)] : static_cast<unsigned char>(random()));
    }
    EXPECT_THAT(board.say(noise), IsEmpty()) << "seed " << seed;
    EXPECT_FALSE(has_changed(board)) << "seed " << seed;
    EXPECT_TRUE(is_alive(board)) << "seed " << seed;
  }
}

// Sums are right, the rest is not: what reaches the ids.
TEST(Malformed4e57, RequestsOfAnyContentAreAnsweredWellFormedOrNotAtAll) {
  std::mt19937 random(1);
  Board4e57 board;
  int answered = 0;
  for (int i = 0; i < 50'000; ++i) {
    Line4e57 data(random() % 45);
    for (unsigned char& byte : data) byte = static_cast<unsigned char>(random());
    if (!data.empty() && i % 2 == 0) data[0] = static_cast<unsigned char>(0x79 + random() % 0x50);
    const Line4e57 reply = board.ask(request_4e57(static_cast<unsigned char>(random() % 8), data));
    if (reply.empty()) continue;
    ++answered;
    EXPECT_TRUE(decode_4e57(reply));
  }
  EXPECT_GT(answered, 100);
  EXPECT_EQ(core::contradiction(board.device.set), nullptr);
}

}  // namespace
}  // namespace jk::protocols
