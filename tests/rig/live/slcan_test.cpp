// SPDX-License-Identifier: Apache-2.0
// Commands and answers as the manual of the adapter (LAWICEL CAN232) has them.
#include "rig/live/slcan.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rig::live {
namespace {

class SlcanTest : public testing::Test {
 protected:
  std::string say(const std::string& commands) {
    std::string answers;
    adapter.take(
        commands, [this](const bench::CanFrame& f) { sent.push_back(f); }, answers);
    return answers;
  }
  static bench::CanFrame frame(std::uint32_t id, bool extended, std::initializer_list<int> data) {
    bench::CanFrame f;
    f.frame.id = id;
    f.frame.extended = extended ? 1 : 0;
    for (const int byte : data) f.frame.data[f.frame.length++] = static_cast<std::uint8_t>(byte);
    return f;
  }
  Slcan adapter{500e3};
  std::vector<bench::CanFrame> sent;
};

TEST_F(SlcanTest, FramesGoOutOnlyWhileTheChannelIsOpen) {
  EXPECT_EQ(say("t10021133\r"), "\a");
  EXPECT_EQ(say("S6\rO\r"), "\r\r");
  EXPECT_EQ(say("t10021133\r"), "z\r");
  EXPECT_EQ(say("C\rt10021133\r"), "\r\a");
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].frame.id, 0x100u);
  EXPECT_EQ(sent[0].frame.extended, 0);
  EXPECT_EQ(sent[0].frame.length, 2);
  EXPECT_EQ(sent[0].frame.data[0], 0x11);
  EXPECT_EQ(sent[0].frame.data[1], 0x33);
}

TEST_F(SlcanTest, ExtendedAndRemoteFramesAreUnderstood) {
  say("O\r");
  EXPECT_EQ(say("T18ff50E58FFFFFFFFFFFFFFFF\r"), "Z\r");
  EXPECT_EQ(say("r1230\rR1FFFFFFF3\r"), "z\rZ\r");
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(sent[0].frame.id, 0x18FF50E5u);
  EXPECT_EQ(sent[0].frame.extended, 1);
  EXPECT_EQ(sent[0].frame.data[7], 0xFF);
  EXPECT_FALSE(sent[0].is_remote);
  EXPECT_TRUE(sent[1].is_remote);
  EXPECT_EQ(sent[1].frame.id, 0x123u);
  EXPECT_TRUE(sent[2].is_remote);
  EXPECT_EQ(sent[2].frame.extended, 1);
  EXPECT_EQ(sent[2].frame.length, 3);
}

TEST_F(SlcanTest, WhatIsMalformedIsRefusedAndNothingIsSent) {
  say("O\r");
  for (const char* wrong :
       {"t1002113\r", "t100211334\r", "t1009112233445566778899\r", "t8000\r", "T200000000\r", "t10g0\r", "t100\r",
        "t\r", "r10011\r", "T1234\r", "tttttttttttttttttttttttttttttttttttttttttttttttttt\r", "x\r", "O1\r", "F1\r",
        "Z1\r", "S6\r", "s031C\r", "M00000000\r", "t1002 113\r"}) {
    EXPECT_EQ(say(wrong), "\a") << wrong;
  }
  EXPECT_TRUE(sent.empty());
}

TEST_F(SlcanTest, ACommandMayComeInPiecesAndAfterOneThatWasTooLong) {
  say("O\r");
  EXPECT_EQ(say("t1"), "");
  EXPECT_EQ(say("000"), "");
  EXPECT_EQ(say("\r\rV\r"), "z\r\rV1013\r");
  EXPECT_EQ(say(std::string(1000, 'T')), "");
  EXPECT_EQ(say("\rN\r"), "\aNCR01\r");
}

TEST_F(SlcanTest, OpenAndCloseHaveTheirOrder) {
  EXPECT_EQ(say("C\r"), "\a");
  EXPECT_EQ(say("F\r"), "\a");
  EXPECT_EQ(say("L\r"), "\r");
  EXPECT_EQ(say("O\r"), "\a");
  EXPECT_EQ(say("t1000\r"), "\a") << "it only listens";
  EXPECT_EQ(say("F\rC\rs031C\rS9\rS\rSA\r"), "F00\r\r\r\a\a\a");
}

TEST_F(SlcanTest, FramesOfTheBusAreTold) {
  EXPECT_EQ(adapter.text_of(frame(0x2F4, false, {0x13, 0x01, 0xD7}), 0), "") << "closed";
  say("O\r");
  EXPECT_EQ(adapter.text_of(frame(0x2F4, false, {0x13, 0x01, 0xD7}), 0), "t2F431301D7\r");
  EXPECT_EQ(adapter.text_of(frame(0x18FF50E5, true, {}), 0), "T18FF50E50\r");
  auto remote = frame(0x123, false, {});
  remote.is_remote = true;
  remote.frame.length = 8;
  EXPECT_EQ(adapter.text_of(remote, 0), "r1238\r");
}

TEST_F(SlcanTest, ATimeStampCountsMillisecondsOfAMinute) {
  EXPECT_EQ(say("Z1\rZ2\rO\r"), "\r\a\r");
  EXPECT_EQ(adapter.text_of(frame(0x100, false, {}), 61'234'999'999), "t100004D2\r");
}

TEST_F(SlcanTest, AtAnotherBitRateItHearsNothingAndIsNotHeard) {
  EXPECT_EQ(say("S5\rO\r"), "\r\r");  // 250 kbit/s
  EXPECT_TRUE(adapter.is_at_wrong_rate());
  EXPECT_EQ(adapter.text_of(frame(0x100, false, {}), 0), "");
  EXPECT_EQ(say("t1000\r"), "\a");
  EXPECT_EQ(say("F\r"), "F80\r");
  EXPECT_EQ(say("C\rS6\rO\rF\r"), "\r\r\rF00\r");
  EXPECT_TRUE(sent.empty());
}

TEST_F(SlcanTest, ALostFrameShowsOnceInTheFlags) {
  say("O\r");
  adapter.note_overrun();
  EXPECT_EQ(say("F\rF\r"), "F09\rF00\r");
}

TEST_F(SlcanTest, TheNextClientFindsTheChannelAsItWasButNotHalfACommand) {
  say("O\rt10");
  adapter.hang_up();
  EXPECT_TRUE(adapter.is_open());
  EXPECT_EQ(say("V\r"), "V1013\r");
}

}  // namespace
}  // namespace rig::live
