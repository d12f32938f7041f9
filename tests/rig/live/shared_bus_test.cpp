// SPDX-License-Identifier: Apache-2.0
// Two boards with the shipped firmware, each with its own pack, on one RS485 bus.
#include <gmock/gmock.h>

#include <array>
#include <memory>
#include <systemc>

#include "rig/bench/sim/rs485_bus.hpp"
#include "rig/live/world.hpp"
#include "rig/scenario/setup.hpp"
#include "tests/support/modbus_slave.hpp"

namespace rig::live {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using tests::hex_bytes;
using tests::ModbusBytes;
using tests::with_crc;

constexpr std::int64_t shared_ms = 1'000'000;

class SharedBusTest : public testing::Test {
 protected:
  SharedBusTest() {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    for (std::size_t i = 0; i < stations_.size(); ++i) add(i);
    bus.sent = [this](std::int64_t) { ++answers_begun; };
    run(200 * shared_ms);
  }
  void add(std::size_t i) {
    std::vector<std::string> mistakes;
    stations_[i].name = i == 0 ? "a" : "b";
    stations_[i].setup = *scenario::read_setup({"jk_b2a8s20p", {}, {"device_address=" + std::to_string(i + 1)}},
                                               CELLRIG_SCENARIOS, mistakes);
    stations_[i].setup.start["soc"] = i == 0 ? 0.2 : 0.9;
    stations_[i].firmware = CELLRIG_BINARY_DIR "/firmware/jk.so";
    worlds_[i] = std::make_unique<World>(stations_[i], 1);
    bus.join(*worlds_[i]->board().serial("jk_modbus"));
  }
  static void run(std::int64_t until_ns) { bench::Agenda::of_this_process().run_until(until_ns); }
  /// Says it now; what has come back within 100 ms.
  ModbusBytes ask(const ModbusBytes& request) {
    bus.client_sends(request);
    run(bench::now_ns() + 100 * shared_ms);
    const auto heard = bus.client_receives();
    return {heard.begin(), heard.end()};
  }
  /// Two words from a register on, as one number.
  std::optional<std::uint32_t> read(std::uint8_t address, std::uint16_t at) {
    const ModbusBytes reply =
        ask(with_crc({address, 3, static_cast<std::uint8_t>(at >> 8), static_cast<std::uint8_t>(at & 0xFF), 0, 2}));
    if (reply.size() != 9 || reply[0] != address || with_crc({reply.begin(), reply.end() - 2}) != reply) return {};
    return reply[3] << 24 | reply[4] << 16 | reply[5] << 8 | reply[6];
  }
  static constexpr std::uint16_t pack_mV = 0x1290, cell_ovp_mV = 0x100C;

  std::array<Station, 2> stations_;
  bench::Rs485Bus bus{115200};
  std::array<std::unique_ptr<World>, 2> worlds_;
  int answers_begun = 0;
};

TEST_F(SharedBusTest, EachAnswersForItselfAndNoOtherAnswersTheAnswer) {
  const auto a_mV = read(1, pack_mV), b_mV = read(2, pack_mV);
  ASSERT_TRUE(a_mV && b_mV);
  EXPECT_GT(*b_mV, *a_mV + 300) << "90 % and 20 %";
  EXPECT_EQ(answers_begun, 2) << "one answer a request";
  EXPECT_EQ(bus.collided(), 0u);
}

TEST_F(SharedBusTest, AWriteToOneLeavesTheOtherAlone) {
  const auto before = read(1, cell_ovp_mV);
  EXPECT_THAT(ask(with_crc(hex_bytes("02 10 10 0C 00 02 04 00 00 0E 42"))), SizeIs(8));
  EXPECT_EQ(read(2, cell_ovp_mV), 3650u);
  EXPECT_EQ(read(1, cell_ovp_mV), before);
  EXPECT_NE(before, 3650u);
}

TEST_F(SharedBusTest, AnAddressOfNobodyIsAnsweredWithSilence) {
  EXPECT_THAT(ask(with_crc(hex_bytes("03 03 12 90 00 02"))), IsEmpty());
  EXPECT_EQ(answers_begun, 0);
  EXPECT_TRUE(read(1, pack_mV)) << "and is in nobody's way";
}

TEST_F(SharedBusTest, WhatAllAreToldAllDoAndNobodyAnswers) {
  EXPECT_THAT(ask(with_crc(hex_bytes("00 10 10 0C 00 02 04 00 00 0E 42"))), IsEmpty());
  EXPECT_EQ(read(1, cell_ovp_mV), 3650u);
  EXPECT_EQ(read(2, cell_ovp_mV), 3650u);
}

TEST_F(SharedBusTest, TwoOfOneAddressAnswerAtOnceAndNobodyUnderstands) {
  ASSERT_THAT(ask(with_crc(hex_bytes("02 10 11 08 00 02 04 00 00 00 01"))), SizeIs(8)) << "now both are 1";
  EXPECT_EQ(read(1, pack_mV), std::nullopt);
  EXPECT_EQ(answers_begun, 3);
  EXPECT_GT(bus.collided(), 9u);
}

}  // namespace
}  // namespace rig::live
