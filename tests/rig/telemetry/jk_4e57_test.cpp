// SPDX-License-Identifier: Apache-2.0
#include "rig/telemetry/jk_4e57.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/jk_captures.hpp"

using rig::telemetry::decode_read_all;
using rig::telemetry::FrameCollector;
using rig::telemetry::ReadAllDecoder;
using testing::ElementsAre;

namespace {

std::vector<std::uint8_t> with_right_sum(std::vector<std::uint8_t> frame) {
  unsigned sum = 0;
  for (std::size_t i = 0; i + 4 < frame.size(); ++i) sum += frame[i];
  frame[frame.size() - 2] = static_cast<std::uint8_t>(sum >> 8);
  frame[frame.size() - 1] = static_cast<std::uint8_t>(sum);
  return frame;
}

std::size_t offset_of_id(const std::vector<std::uint8_t>& frame, std::size_t cells, std::uint8_t id) {
  for (std::size_t i = 11 + 2 + 3 * cells; i < frame.size(); ++i) {
    if (frame[i] == id) return i;
  }
  return 0;
}

}  // namespace

TEST(JkDecoder, ReadsTheSevenCellCapture) {
  const auto r = decode_read_all(tests::capture_7s);
  ASSERT_TRUE(r);
  EXPECT_THAT(r->cell_mV, ElementsAre(3794, 3794, 3794, 3794, 3803, 3803, 3803));
  EXPECT_EQ(r->mos_degC, 28);
  EXPECT_EQ(r->t1_degC, 28);
  EXPECT_EQ(r->t2_degC, 28);
  EXPECT_EQ(r->voltage_10mV, 2658);
  EXPECT_EQ(r->current_10mA, 0);
  EXPECT_EQ(r->soc_percent, 90);
  EXPECT_EQ(r->alarms, 0);
  EXPECT_EQ(r->status, 3);
}

TEST(JkDecoder, ReadsTheFourteenCellCaptureWhileCharging) {
  const auto r = decode_read_all(tests::capture_14s);
  ASSERT_TRUE(r);
  EXPECT_THAT(r->cell_mV,
              ElementsAre(3821, 3834, 3831, 3820, 3832, 3834, 3825, 3832, 3811, 3834, 3825, 3835, 3835, 3826));
  EXPECT_EQ(r->current_10mA, 208);
  EXPECT_EQ(r->voltage_10mV, 5359);
  EXPECT_EQ(r->soc_percent, 15);
  EXPECT_EQ(r->cycles, 4);
  EXPECT_EQ(r->status, 7);
}

TEST(JkDecoder, KnowsBothCodingsOfTheCurrent) {
  auto frame = tests::capture_7s;
  const std::size_t at = offset_of_id(frame, 7, 0x84);
  frame[at + 1] = 0x07;
  frame[at + 2] = 0xD0;
  EXPECT_EQ(decode_read_all(with_right_sum(frame))->current_10mA, -2000);
  frame[at + 1] = 0x87;
  EXPECT_EQ(decode_read_all(with_right_sum(frame))->current_10mA, 2000);
  frame[frame.size() - 10] = 0;  // C0 = 0: the old coding, 10 000 - raw
  frame[at + 1] = 0x07;
  EXPECT_EQ(decode_read_all(with_right_sum(frame))->current_10mA, 8000);
}

TEST(JkDecoder, TakesTemperaturesAboveHundredAsNegative) {
  auto frame = tests::capture_7s;
  const std::size_t at = offset_of_id(frame, 7, 0x81);
  frame[at + 2] = 101;
  EXPECT_EQ(decode_read_all(with_right_sum(frame))->t1_degC, -1);
  frame[at + 2] = 140;
  EXPECT_EQ(decode_read_all(with_right_sum(frame))->t1_degC, -40);
  frame[at + 2] = 100;
  EXPECT_EQ(decode_read_all(with_right_sum(frame))->t1_degC, 100);
}

TEST(JkDecoder, RefusesEverySingleDamagedByte) {
  for (std::size_t i = 0; i < tests::capture_7s.size(); ++i) {
    if (i == tests::capture_7s.size() - 3 || i == tests::capture_7s.size() - 4)
      continue;  // the unused half of the checksum
    auto frame = tests::capture_7s;
    frame[i] ^= 0x10;
    EXPECT_FALSE(decode_read_all(frame)) << "byte " << i;
  }
}

TEST(JkDecoder, ReadsFramesOfChangingLayoutOneAfterTheOther) {
  ReadAllDecoder decoder;
  for (int round = 0; round < 3; ++round) {
    for (const auto& frame : {tests::capture_7s, tests::capture_14s, tests::capture_7s}) {
      const auto* const r = decoder.decode(frame);
      const auto alone = decode_read_all(frame);
      ASSERT_NE(r, nullptr);
      EXPECT_EQ(r->cell_mV, alone->cell_mV);
      EXPECT_EQ(r->voltage_10mV, alone->voltage_10mV);
      EXPECT_EQ(r->current_10mA, alone->current_10mA);
      EXPECT_EQ(r->soc_percent, alone->soc_percent);
      EXPECT_EQ(r->status, alone->status);
    }
  }
}

TEST(JkDecoder, RefusesAfterAGoodFrameWhatItRefusesAlone) {
  const auto& good = tests::capture_7s;
  for (std::size_t i = 11; i + 9 < good.size(); ++i) {  // every byte of the data changed, the checksum right again
    auto frame = good;
    frame[i] ^= 0x10;
    frame = with_right_sum(frame);
    ReadAllDecoder decoder;
    ASSERT_NE(decoder.decode(good), nullptr);
    const auto* const r = decoder.decode(frame);
    const auto alone = decode_read_all(frame);
    ASSERT_EQ(r != nullptr, alone.has_value()) << "byte " << i;
    if (r == nullptr) continue;
    EXPECT_EQ(r->cell_mV, alone->cell_mV) << "byte " << i;
    EXPECT_EQ(r->alarms, alone->alarms) << "byte " << i;
    EXPECT_EQ(r->current_10mA, alone->current_10mA) << "byte " << i;
  }
}

TEST(JkDecoder, RefusesEveryTruncation) {
  for (std::size_t n = 0; n < tests::capture_7s.size(); ++n) {
    EXPECT_FALSE(decode_read_all(std::span(tests::capture_7s).first(n))) << n << " bytes";
  }
}

TEST(FrameCollector, FindsFramesInNoiseInPiecesAndGluedTogether) {
  std::vector<std::uint8_t> stream = {0x00, 0x4E, 0xFF, 0x4E, 0x57, 0xFF};  // noise with false starts
  for (int copy = 0; copy < 2; ++copy) stream.insert(stream.end(), tests::capture_7s.begin(), tests::capture_7s.end());
  for (const std::size_t piece : {1u, 7u, 100u, 1000u}) {
    FrameCollector collector;
    int frames = 0;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      collector.add(std::span(stream).subspan(at, std::min(piece, stream.size() - at)),
                    [&](std::span<const std::uint8_t> f) { frames += decode_read_all(f).has_value(); });
    }
    EXPECT_EQ(frames, 2) << "pieces of " << piece;
  }
}

TEST(FrameCollector, TakesWholeFramesAndWhatFollowsABrokenOne) {
  std::vector<std::uint8_t> good(tests::capture_7s.begin(), tests::capture_7s.end()), broken = good, cut = good;
  broken[20] ^= 1;
  cut.resize(100);
  const auto stream_of = [](const std::vector<std::vector<std::uint8_t>>& parts) {
    std::vector<std::uint8_t> stream;
    for (const auto& part : parts) stream.insert(stream.end(), part.begin(), part.end());
    return stream;
  };
  FrameCollector collector;
  std::size_t frames = 0;
  const auto add = [&](const std::vector<std::uint8_t>& bytes) {
    collector.add(bytes, [&](std::span<const std::uint8_t> f) { frames += std::ranges::equal(f, good) ? 1 : 100; });
    return frames;
  };
  EXPECT_EQ(add(good), 1u);
  EXPECT_EQ(add(stream_of({good, good})), 3u);
  EXPECT_EQ(add(stream_of({good, broken, good})), 5u);
  EXPECT_EQ(add(stream_of({good, cut})), 6u);
  EXPECT_EQ(add({good.begin() + 100, good.end()}), 7u);
  EXPECT_EQ(add(broken), 7u);
  EXPECT_EQ(add(good), 8u);
}
