// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "tests/firmware-under-test/jk/protocols/modbus_frames.hpp"

// Bytes as a line delivers them: split, glued, damaged, amid the traffic of others and garbage.
namespace jk::protocols {
namespace {

using namespace modbus_client;
using captures::bytes;

Bytes good_read() { return read_request(0x1290, 2); }
Bytes good_write() { return write_request(0x1078, u32(0)); }

struct Listener {
  FakeDevice device;
  ModbusServer server{device};
  const core::Settings before = device.set;

  Listener() { device.state.pack_mV = 26'400; }
  Bytes hear(const Bytes& stream, std::size_t piece = 1) { return modbus_client::ask(server, stream, piece); }
  [[nodiscard]] bool is_unchanged() const { return device.set == before && device.commands.empty(); }
};

Bytes answer_to_read() { return with_crc(bytes("01 03 04") + u32(26'400)); }

TEST(ModbusStream, ARequestMayBeSplitAnywhere) {
  for (std::size_t first = 1; first < good_write().size(); ++first) {
    Listener board;
    const Bytes request = good_write();
    const auto middle = request.begin() + static_cast<std::ptrdiff_t>(first);
    EXPECT_TRUE(board.hear({request.begin(), middle}, 64).empty());
    EXPECT_TRUE(board.is_unchanged()) << first;
    EXPECT_EQ(board.hear({middle, request.end()}, 64), acknowledgement(0x1078, 2)) << first;
  }
}

TEST(ModbusStream, GluedRequestsAreAnsweredInOrder) {
  const Bytes foreign = read_request(0x1290, 2, 2);
  const Bytes unknown = with_crc(bytes("01 04 12 00 00 10"));
  for (const std::size_t piece : {1, 3, 8, 1000}) {
    Listener board;
    EXPECT_EQ(
        board.hear(good_read() + foreign + unknown + good_write() + unknown + good_read(), piece),
        answer_to_read() + exception(0x04, 1) + acknowledgement(0x1078, 2) + exception(0x04, 1) + answer_to_read())
        << piece;
  }
}

TEST(ModbusStream, EveryFlippedBitSilencesTheRequest) {
  for (const Bytes& request :
       {good_read(), good_write(), write_request(0x1620, word(0)), with_crc(bytes("01 06 10 78 00 00"))}) {
    for (std::size_t i = 0; i < 8 * request.size(); ++i) {
      Listener board;
      Bytes damaged = request;
      damaged[i / 8] = static_cast<unsigned char>(damaged[i / 8] ^ 1U << i % 8);
      EXPECT_TRUE(board.hear(damaged).empty()) << "bit " << i;
      EXPECT_TRUE(board.is_unchanged()) << "bit " << i;
    }
  }
}

TEST(ModbusStream, ATruncatedRequestIsForgottenAtTheNextSilence) {
  const Bytes request = good_write();
  for (std::size_t size = 1; size < request.size(); ++size) {
    Listener board;
    EXPECT_TRUE(board.hear({request.begin(), request.begin() + static_cast<std::ptrdiff_t>(size)}).empty());
    board.server.reset();
    EXPECT_EQ(board.hear(good_read()), answer_to_read()) << size;
    EXPECT_TRUE(board.is_unchanged()) << size;
  }
}

TEST(ModbusStream, ATruncatedRequestDoesNotHideTheNextOneEvenWithoutSilence) {
  const Bytes request = good_write();
  for (std::size_t size = 1; size < request.size(); ++size) {
    Listener board;
    const Bytes cut(request.begin(), request.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(board.hear(cut + good_read() + good_read()), answer_to_read() + answer_to_read()) << size;
    EXPECT_TRUE(board.is_unchanged()) << size;
  }
}

TEST(ModbusStream, ARequestTooLongIsNone) {
  Listener board;
  const Bytes oversized = with_crc(bytes("01 10 10 00 00 7D FA") + Bytes(250) + bytes("00 00"));
  EXPECT_TRUE(board.hear(oversized).empty());
  EXPECT_EQ(board.hear(good_read()), answer_to_read());
  EXPECT_TRUE(board.is_unchanged());
}

TEST(ModbusStream, TheLongestWriteFits) {
  Listener board;
  EXPECT_EQ(board.hear(write_request(0x1000, Bytes(250))), exception(0x10, 2)) << "125 words reach into a gap";
  EXPECT_EQ(board.hear(good_read()), answer_to_read());
}

TEST(ModbusStream, AFalseStartInsideOfWhatAnotherSwallowedIsFound) {
  Listener board;
  // begins like a write of 100 words, which swallows the requests that come instead
  const Bytes false_start = bytes("05 10 10 00 00 64 C8");
  Bytes stream = false_start;
  for (int i = 0; i < 30; ++i) stream = stream + good_read();
  Bytes answers;
  for (int i = 0; i < 30; ++i) answers = answers + answer_to_read();
  EXPECT_EQ(board.hear(stream), answers);
}

TEST(ModbusStream, ARequestWithinTheDataOfAWriteIsNone) {
  for (const std::uint8_t address : {std::uint8_t{1}, std::uint8_t{2}}) {
    Listener board;
    const Bytes reply = board.hear(write_request(0x1200, good_read() + good_write() + Bytes(1), address));
    EXPECT_EQ(reply, address == 1 ? exception(0x10, 2) : Bytes{});
    EXPECT_TRUE(board.is_unchanged());
  }
}

TEST(ModbusStream, AnUnknownFunctionIsRefusedOnlyWhereARequestCanBegin) {
  const Bytes unknown = with_crc(bytes("01 04 12 00 00 10"));
  Listener board;
  EXPECT_TRUE(board.hear(bytes("55") + unknown).empty());
  board.server.reset();
  EXPECT_EQ(board.hear(unknown), exception(0x04, 1));
  EXPECT_TRUE(board.hear(Bytes(300, 0x01) + unknown).empty());
  EXPECT_EQ(board.hear(good_read() + unknown), answer_to_read() + exception(0x04, 1));
}

TEST(ModbusStream, WhatFollowsARequestFoundLateIsNoStart) {
  const Bytes unknown = with_crc(bytes("01 04 12 00 00 10"));
  const Bytes false_start = bytes("01 44 05 10 10 00 00 0C 18");  // a write of 33 bytes, of which 18 follow the request
  Listener board;
  EXPECT_EQ(board.hear(false_start + good_read() + Bytes(18, 0x55)), answer_to_read());
  EXPECT_TRUE(board.hear(unknown).empty());
  EXPECT_EQ(board.hear(good_read() + unknown), answer_to_read() + exception(0x04, 1));
}

TEST(ModbusStream, WhatBeginsWithNoAddressIsNoStart) {
  Listener board;
  EXPECT_EQ(board.hear(bytes("F8 10 10 00 00 64 C8") + good_read()), answer_to_read());
  EXPECT_TRUE(board.hear(bytes("F7 10 10 00 00 64 C8") + good_read()).empty()) << "may yet become a write to 247";
}

TEST(ModbusStream, TheTrafficOfOthersIsPassedOver) {
  Listener board;
  Listener neighbour;
  neighbour.device.set.set(core::Setting::device_address, 2);
  const Bytes questions[] = {read_request(0x1200, 80, 2), write_request(0x1620, word(0), 2), read_request(0x1600, 1, 2),
                             write_request(0x1070, u32(0), 2)};
  for (const Bytes& question : questions) {
    const Bytes reply = neighbour.hear(question);
    EXPECT_FALSE(reply.empty());
    EXPECT_TRUE(board.hear(question + reply).empty());
    EXPECT_EQ(board.hear(good_read()), answer_to_read());
  }
  EXPECT_TRUE(board.is_unchanged());
}

TEST(ModbusStream, ItsOwnEchoIsPassedOver) {
  Listener board;
  for (const Bytes& request : {good_read(), write_request(0x1078, u32(1)), read_request(0x1600, 1),
                               with_crc(bytes("01 04 12 00 00 10")), write_request(0x1620, word(0))}) {
    board.server.reset();
    const Bytes reply = board.hear(request);
    EXPECT_FALSE(reply.empty());
    board.server.reset();
    EXPECT_TRUE(board.hear(reply).empty());
  }
}

TEST(ModbusStream, AFloodChangesNothingAndTheNextRequestIsAnswered) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    std::mt19937 random(seed);
    constexpr unsigned char likely[] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x10, 0x12, 0x16, 0x20, 0x7D, 0xFA};
    Bytes flood;
    for (int i = 0; i < 65'536; ++i) {
      const bool is_likely = seed % 2 == 0 && random() % 4 != 0;
      flood.push_back(is_likely ? likely[random() % std::size(likely)] : static_cast<unsigned char>(random()));
    }
    for (const std::size_t piece : {1, 61, 4096}) {
      Listener board;
      board.hear(flood, piece);
      EXPECT_TRUE(board.is_unchanged()) << "seed " << seed;
      EXPECT_EQ(board.hear(good_read()), answer_to_read()) << "seed " << seed << ", without a silence";
      board.hear(flood, piece);
      board.server.reset();
      EXPECT_EQ(board.hear(good_write()), acknowledgement(0x1078, 2)) << "seed " << seed;
    }
  }
}

TEST(ModbusStream, KeepsEveryRequestBetweenRunsOfGarbageThatCannotHideIt) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    Bytes stream, answers;
    for (std::size_t i = 1 + random() % 8; i > 0; --i) {
      for (std::size_t garbage = random() % 100; garbage > 0; --garbage) {
        const auto byte = static_cast<unsigned char>(random());
        stream.push_back(byte == 0x10 ? 0x11 : byte);  // half a write would have to be given time
      }
      stream = stream + good_read();
      answers = answers + answer_to_read();
    }
    Listener board;
    board.hear(bytes("FF"));  // whatever comes is no start
    EXPECT_EQ(board.hear(stream), answers) << "seed " << seed;
  }
}

}  // namespace
}  // namespace jk::protocols
