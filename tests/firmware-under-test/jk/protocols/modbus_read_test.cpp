// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/capture_states.hpp"
#include "tests/firmware-under-test/jk/protocols/modbus_frames.hpp"

namespace jk::protocols {
namespace {

using namespace modbus_client;
using captures::bytes;

TEST(ModbusCrc, HoldsForTheExamplesOfTheManufacturerAndOfClients) {
  for (const char* example : {
           "01 03 00 05 00 02 D4 0A",
           "01 03 04 11 22 33 44 4B C6",
           "01 10 00 20 00 02 04 00 05 22 33 B9 03",
           "01 10 00 20 00 02 40 02",
           "01 03 12 00 00 10 41 7E",
           "01 03 12 90 00 0A C0 98",
           "01 03 14 00 00 14 40 35",
           "01 84 01 82 C0",
           "01 83 02 C0 F1",
           "01 90 03 0C 01",
           "02 10 10 78 00 02 04 00 00 00 00 37 A9",
           "02 10 10 78 00 02 04 00 00 00 01 F6 69",
           "02 10 11 14 00 01 02 02 10 B0 19",
           "02 10 10 00 00 02 04 00 00 0D AC 35 C6",
           "01 10 16 20 00 01 02 00 00 D6 F1",
           "01 10 16 1E 00 01 02 00 00 D2 2F",
           "01 10 16 1C 00 01 02 00 00 D3 CD",
           "01 10 16 20 00 01 04 4B",
           "01 10 16 1E 00 01 65 87",
           "01 10 16 1C 00 01 C4 47",
       }) {
    Bytes frame = bytes(example);
    EXPECT_EQ(modbus_crc(frame), 0) << example;
    const Bytes without(frame.begin(), frame.end() - 2);
    EXPECT_EQ(with_crc(without), frame) << example << ": the client of these tests";
    frame[1] = static_cast<unsigned char>(frame[1] ^ 1);
    EXPECT_NE(modbus_crc(frame), 0) << example;
  }
}

TEST(ModbusRead, SixteenCellsAsClientsAskForThem) {
  ModbusBoard board;
  board.device.cells_mV = {3301, 3302, 3303, 3304, 3305, 3306, 3307, 3308};
  EXPECT_EQ(board.ask(bytes("01 03 12 00 00 10 41 7E")),
            with_crc(bytes("01 03 20 0C E5 0C E6 0C E7 0C E8 0C E9 0C EA 0C EB 0C EC "
                           "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00")));
}

TEST(ModbusRead, VoltagePowerCurrentAndTemperaturesHighWordFirst) {
  ModbusBoard board;
  core::Status& state = board.device.state;
  state.pack_mV = 53'301;
  state.current_mA = -1500;
  state.t1_ddegC = 134;
  state.t2_ddegC = -5;
  EXPECT_EQ(data_of(board.ask(bytes("01 03 12 90 00 0A C0 98"))),
            u32(53'301) + u32(79'951) + u32(-1500) + word(134) + word(0xFFFB) + u32(0));
}

TEST(ModbusRead, DeviceInformationAsClientsAskForIt) {
  ModbusBoard board;
  board.device.state.run_time_s = 86'400;
  board.device.state.power_ons = 3;
  const Bytes data = data_of(board.ask(bytes("01 03 14 00 00 14 40 35")));
  EXPECT_EQ(data,
            bytes("4A 4B 5F 42 32 41 38 53 32 30 50 00 00 00 00 00 31 31 2E 58 41 00 00 00 31 31 2E 32 36 00 00 00") +
                u32(86'400) + u32(3));
}

TEST(ModbusRead, PairsOfBytesHaveTheFirstInTheHighHalf) {
  ModbusBoard board;
  core::Status& state = board.device.state;
  state.highest_cell = 7;
  state.lowest_cell = 2;
  state.balance = core::BalanceState::charging_low_cell;
  state.soc_percent = 55;
  state.is_charge_mos_on = true;
  EXPECT_EQ(board.read(0x1248, 1), bytes("07 02"));
  EXPECT_EQ(board.read(0x12A6, 1), bytes("01 37"));
  EXPECT_EQ(board.read(0x12C0, 1), bytes("01 00"));
}

TEST(ModbusRead, EverySettingStandsAtItsPlace) {
  ModbusBoard board;
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.modbus.cell == core::Cell::none) continue;
    for (const std::int32_t value : {row.min, row.max}) {
      ModbusBoard fresh;
      fresh.device.set.set(core::Setting::device_address, 1);
      if (row.setting == core::Setting::device_address) continue;
      fresh.device.set.set(row.setting, value);
      const Bytes data = fresh.read(row.modbus.address, row.modbus.cell == core::Cell::u32 ? 2 : 1);
      ASSERT_FALSE(data.empty()) << row.name;
      const auto byte = [&] { return static_cast<unsigned char>(value / row.modbus.scale); };
      switch (row.modbus.cell) {
        case core::Cell::u32:
          EXPECT_EQ(data, u32(value / row.modbus.scale)) << row.name;
          break;
        case core::Cell::high_byte:
          EXPECT_EQ(data[0], byte()) << row.name;
          break;
        case core::Cell::low_byte:
          EXPECT_EQ(data[1], byte()) << row.name;
          break;
        default:
          EXPECT_EQ((data[0] << 8 | data[1]) >> row.modbus.scale & 1, value) << row.name;
          break;
      }
    }
  }
}

TEST(ModbusRead, SwitchBitsOfARealUnit) {
  ModbusBoard board;
  board.device.set = board_of_b2().set;
  EXPECT_EQ(board.read(0x1114, 1), bytes("03 50"));
}

TEST(ModbusRead, ThePartAskedForMayBeginInTheMiddleOfANumber) {
  ModbusBoard board;
  board.device.state.pack_mV = 0x01020304;
  EXPECT_EQ(board.read(0x1292, 1), bytes("03 04"));
  EXPECT_EQ(board.read(0x1291, 1), bytes("02 03"));
}

TEST(ModbusRead, WhatIsNotUsedReadsZero) {
  ModbusBoard board;
  EXPECT_EQ(board.read(0x12BA, 1), bytes("00 00"));
  EXPECT_EQ(board.read(0x1110, 2), bytes("00 00 00 00"));
}

TEST(ModbusRead, ABlockEndsWhereTheFrameDoes) {
  ModbusBoard board;
  for (const unsigned block : {0x1000U, 0x1200U, 0x1400U}) {
    EXPECT_EQ(board.read(block + 0x122, 1).size(), 2u);
    EXPECT_EQ(board.ask(read_request(block + 0x122, 2)), exception(0x03, 2));
    EXPECT_EQ(board.ask(read_request(block + 0x123, 1)), exception(0x03, 2));
    EXPECT_EQ(board.ask(read_request(block + 0x124, 1)), exception(0x03, 2));
    EXPECT_EQ(board.ask(read_request(block - 1, 1)), exception(0x03, 2));
  }
}

TEST(ModbusRead, NothingIsReadWhereNothingStandsOrWhereOnlyCommandsDo) {
  ModbusBoard board;
  EXPECT_EQ(board.ask(bytes("01 03 00 05 00 02 D4 0A")), bytes("01 83 02 C0 F1"));
  for (const unsigned address : {0x0000U, 0x000CU, 0x1600U, 0x161CU, 0x1620U, 0xFFFFU}) {
    EXPECT_EQ(board.ask(read_request(address, 1)), exception(0x03, 2)) << address;
  }
}

TEST(ModbusRead, FromOneToHundredAndTwentyFiveWords) {
  ModbusBoard board;
  EXPECT_EQ(board.ask(read_request(0x1200, 0)), exception(0x03, 3));
  EXPECT_EQ(board.read(0x1200, 1).size(), 2u);
  EXPECT_EQ(board.read(0x1200, 125).size(), 250u);
  EXPECT_EQ(board.ask(read_request(0x1200, 126)), exception(0x03, 3));
  EXPECT_EQ(board.ask(read_request(0x1200, 0xFFFF)), exception(0x03, 3));
}

TEST(ModbusRead, TheCompactMapHasARegisterForEachCell) {
  ModbusBoard board;
  board.device.cells_mV = {3301, 3302, -5, 70'000};
  EXPECT_EQ(board.read(0x0D, 5), word(3301) + word(3302) + word(0) + word(65'535) + word(0));
  EXPECT_EQ(board.read(0x0E, 1), word(3302));
  EXPECT_EQ(board.read(0x24, 1), word(0));
  EXPECT_EQ(board.ask(read_request(0x24, 2)), exception(0x03, 2));
  EXPECT_EQ(board.ask(read_request(0x25, 1)), exception(0x03, 2));
}

TEST(ModbusRead, TheCompactMapTellsDiagnosisThroughputAndAlarms) {
  ModbusBoard board;
  core::Status& state = board.device.state;
  state.diagnosis = core::Diagnosis::balancing_inactive;
  state.throughput_mAh = 1'234'999;
  state.alarms = 0xE000'0801;
  EXPECT_EQ(board.read(0xF0, 4), word(0xB07) + word(1234) + u32(0x0801));
  state.throughput_mAh = 66'000'000'000;
  EXPECT_EQ(board.read(0xF1, 1), word(65'535));
  EXPECT_EQ(board.ask(read_request(0xF3, 2)), exception(0x03, 2));
  EXPECT_EQ(board.ask(read_request(0xEF, 1)), exception(0x03, 2));
}

TEST(ModbusRead, OnlyItsOwnAddressIsAnswered) {
  ModbusBoard board;
  board.device.set.set(core::Setting::device_address, 15);
  for (unsigned address = 0; address < 256; ++address) {
    const Bytes reply = board.ask(read_request(0x1290, 2, static_cast<unsigned char>(address)));
    EXPECT_EQ(reply.size(), address == 15 ? 9u : 0u) << address;
  }
  EXPECT_EQ(board.ask(read_request(0x1600, 2, 15)), exception(0x03, 2, 15));
}

TEST(ModbusRead, ABusMasterAnswersNobody) {
  ModbusBoard board;
  board.device.set.set(core::Setting::device_address, 0);
  EXPECT_TRUE(board.ask(read_request(0x1290, 2, 0)).empty());
  EXPECT_TRUE(board.ask(read_request(0x1290, 2, 1)).empty());
}

TEST(ModbusRead, OtherFunctionsAreIllegal) {
  ModbusBoard board;
  EXPECT_EQ(board.ask(with_crc(bytes("01 04 12 00 00 10"))), bytes("01 84 01 82 C0"));
  EXPECT_EQ(board.ask(with_crc(bytes("01 06 10 78 00 01"))), exception(0x06, 1));
  EXPECT_EQ(board.ask(with_crc(bytes("01 11"))), exception(0x11, 1));
  EXPECT_EQ(board.ask(with_crc(bytes("01 17 12 00 00 01 10 00 00 01 02 00 00"))), exception(0x17, 1));
  EXPECT_TRUE(board.ask(with_crc(bytes("02 04 12 00 00 10"))).empty()) << "somebody else's";
  EXPECT_TRUE(board.ask(with_crc(bytes("00 06 10 78 00 01"))).empty()) << "to all";
  EXPECT_TRUE(board.ask(with_crc(bytes("F8 06 10 78 00 01"))).empty()) << "no address";
  EXPECT_TRUE(board.ask(bytes("01 84 01 82 C0")).empty()) << "a refusal, perhaps its own echo";
}

}  // namespace
}  // namespace jk::protocols
