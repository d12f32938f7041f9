// SPDX-License-Identifier: Apache-2.0
// Bytes of requests and replies are those of the vendor's document and of clients that talk to real boards, not ours.
#include "rig/telemetry/modbus_client.hpp"

#include <gmock/gmock.h>

#include "tests/support/modbus_slave.hpp"

namespace rig::telemetry {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using tests::hex_bytes;
using tests::ModbusBytes;
using tests::ModbusSlave;
using tests::with_crc;

using Kind = ModbusError::Kind;

ModbusSlave::Answer always(const ModbusBytes& reply) {
  return [reply](const ModbusBytes&) { return reply; };
}

/// The answer to any reading: words that count up from the register's number in bytes.
ModbusBytes counted(const ModbusBytes& request) {
  const int address = request[2] << 8 | request[3], words = request[4] << 8 | request[5];
  ModbusBytes reply{request[0], 3, static_cast<std::uint8_t>(2 * words)};
  for (int i = 0; i < 2 * words; ++i) reply.push_back(static_cast<std::uint8_t>(address + i));
  return with_crc(reply);
}

/// A board that keeps what is written into the page 0x1000 and answers readings of it.
class PageOf1000 {
 public:
  ModbusBytes operator()(const ModbusBytes& request) {
    const std::size_t at = static_cast<std::size_t>(request[2] << 8 | request[3]) - 0x1000;
    const std::size_t bytes = 2u * static_cast<std::size_t>(request[4] << 8 | request[5]);
    ModbusBytes reply(request.begin(), request.begin() + 2);
    if (request[1] == 16) {
      std::copy_n(request.begin() + 7, bytes, page.begin() + static_cast<std::ptrdiff_t>(at));
      reply.insert(reply.end(), request.begin() + 2, request.begin() + 6);
    } else {
      reply.push_back(static_cast<std::uint8_t>(bytes));
      reply.insert(reply.end(), page.begin() + static_cast<std::ptrdiff_t>(at),
                   page.begin() + static_cast<std::ptrdiff_t>(at + bytes));
    }
    return with_crc(reply);
  }
  std::array<std::uint8_t, 0x600> page{};
};

ModbusError error_of(const std::function<void()>& request) {
  try {
    request();
  } catch (const ModbusError& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return {Kind::link, 0, ""};
}

TEST(JkModbusClient, AsksAsTheDocumentOfTheVendorDoes) {
  ModbusSlave slave(always(hex_bytes("01 03 04 11 22 33 44 4B C6")));
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  EXPECT_THAT(client.read(0x0005, 4), ElementsAre(0x11, 0x22, 0x33, 0x44));
  EXPECT_THAT(slave.requests(), ElementsAre(hex_bytes("01 03 00 05 00 02 D4 0A")));
}

TEST(JkModbusClient, WritesAsTheDocumentOfTheVendorDoes) {
  ModbusSlave slave(always(hex_bytes("01 10 00 20 00 02 40 02")));
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  client.write(0x0020, hex_bytes("00 05 22 33"));
  EXPECT_THAT(slave.requests(), ElementsAre(hex_bytes("01 10 00 20 00 02 04 00 05 22 33 B9 03")));
}

TEST(JkModbusClient, SwitchesTheBalancerAsAKnownClientDoes) {  // jean-luc1203/jkbms-rs485-addon, board 2
  ModbusSlave slave(always(with_crc(hex_bytes("02 10 10 78 00 02"))));
  JkModbusClient client({slave.path(), 115200, 10}, 2);
  client.set_setting("balance_enabled", 0);
  client.set_setting("balance_enabled", 1);
  EXPECT_THAT(slave.requests(), ElementsAre(hex_bytes("02 10 10 78 00 02 04 00 00 00 00 37 A9"),
                                            hex_bytes("02 10 10 78 00 02 04 00 00 00 01 F6 69")));
}

TEST(JkModbusClient, AsksForNoMoreThanRealBoardsAnswer) {
  ModbusSlave slave(counted);
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  const auto bytes = client.read(0x1200, 0xC2);
  ASSERT_THAT(bytes, SizeIs(0xC2));
  for (std::size_t i = 0; i < bytes.size(); ++i) EXPECT_EQ(bytes[i], i);
  for (const auto& request : slave.requests()) EXPECT_LE(request[4] << 8 | request[5], 40);
}

/// The live block of a board of four cells, each field another number.
ModbusBytes live_block(const ModbusBytes& request) {
  ModbusBytes block(0x110);
  const auto put = [&](std::size_t at, int bytes, std::int64_t value) {
    for (int i = 0; i < bytes; ++i)
      block[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> 8 * (bytes - 1 - i));
  };
  for (std::size_t n = 0; n < 4; ++n) put(2 * n, 2, 3301 + static_cast<int>(n));
  put(0x40, 4, 0x0F);
  put(0x8A, 2, -55);
  put(0x90, 4, 13210);
  put(0x94, 4, 264200);
  put(0x98, 4, -20000);
  put(0x9C, 2, 251);
  put(0x9E, 2, -20);
  put(0xA0, 4, 0x80010);
  put(0xA4, 2, -2019);
  put(0xA6, 1, 2);
  put(0xA7, 1, 69);
  put(0xA8, 4, 193465);
  put(0xAC, 4, 280000);
  put(0xB0, 4, 101);
  put(0xB4, 4, 22418400);
  put(0xB8, 1, 98);
  put(0xBC, 4, 13503354);
  put(0xC0, 1, 0);
  put(0xC1, 1, 1);
  const std::size_t at = static_cast<std::size_t>(request[2] << 8 | request[3]) - 0x1200;
  const std::size_t bytes = 2u * static_cast<std::size_t>(request[4] << 8 | request[5]);
  ModbusBytes reply{request[0], 3, static_cast<std::uint8_t>(bytes)};
  reply.insert(reply.end(), block.begin() + static_cast<std::ptrdiff_t>(at),
               block.begin() + static_cast<std::ptrdiff_t>(at + bytes));
  return with_crc(reply);
}

TEST(JkModbusClient, ReadsTheLiveBlock) {
  ModbusSlave slave(live_block);
  const JkLive live = JkModbusClient({slave.path(), 115200, 10}, 1).live();
  EXPECT_THAT(live.cell_mV, ElementsAre(3301, 3302, 3303, 3304));
  EXPECT_EQ(live.mos_ddegC, -55);
  EXPECT_EQ(live.pack_mV, 13210);
  EXPECT_EQ(live.power_mW, 264200);
  EXPECT_EQ(live.current_mA, -20000);
  EXPECT_EQ(live.t1_ddegC, 251);
  EXPECT_EQ(live.t2_ddegC, -20);
  EXPECT_EQ(live.alarms, 0x80010u);
  EXPECT_EQ(live.balance_mA, -2019);
  EXPECT_EQ(live.balance_state, 2);
  EXPECT_EQ(live.soc_percent, 69);
  EXPECT_EQ(live.remaining_mAh, 193465);
  EXPECT_EQ(live.full_mAh, 280000);
  EXPECT_EQ(live.cycles, 101);
  EXPECT_EQ(live.cycle_mAh, 22418400);
  EXPECT_EQ(live.soh_percent, 98);
  EXPECT_EQ(live.run_time_s, 13503354);
  EXPECT_FALSE(live.charge_mos);
  EXPECT_TRUE(live.discharge_mos);
}

TEST(JkModbusClient, SettingsGoAndComeInBaseUnits) {
  PageOf1000 page;
  ModbusSlave slave(std::ref(page));
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  client.set_setting("cell_ovp", 3.65);
  client.set_setting("charge_utp", -20);
  client.set_setting("scp_delay", 1500e-6);
  client.set_setting("capacity", 280);
  client.set_setting("smart_sleep_time", 24 * 3600);
  client.set_setting("discharge_utp", -20);
  client.set_setting("discharge_utpr", -10);
  const auto at = [&](std::size_t offset, std::size_t bytes) {
    return ModbusBytes(page.page.begin() + static_cast<std::ptrdiff_t>(offset),
                       page.page.begin() + static_cast<std::ptrdiff_t>(offset + bytes));
  };
  EXPECT_EQ(at(0x0C, 4), hex_bytes("00 00 0E 42"));
  EXPECT_EQ(at(0x5C, 4), hex_bytes("FF FF FF 38"));
  EXPECT_EQ(at(0x80, 4), hex_bytes("00 00 05 DC"));
  EXPECT_EQ(at(0x7C, 4), hex_bytes("00 04 45 C0"));
  EXPECT_EQ(at(0x118, 2), hex_bytes("18 00"));
  EXPECT_EQ(at(0x122, 2), hex_bytes("EC F6")) << "one word, two settings";
  for (const auto& [name, value] :
       {std::pair("cell_ovp", 3.65), std::pair("charge_utp", -20.0), std::pair("scp_delay", 1500e-6),
        std::pair("capacity", 280.0), std::pair("smart_sleep_time", 86400.0), std::pair("discharge_utp", -20.0),
        std::pair("discharge_utpr", -10.0)}) {
    EXPECT_DOUBLE_EQ(client.setting(name), value) << name;
  }
}

TEST(JkModbusClient, ABitLeavesTheOthersOfItsWordAlone) {
  PageOf1000 page;
  page.page[0x114] = 0x03;
  page.page[0x115] = 0x50;  // as seen on a real board: bits 4, 6, 8, 9
  ModbusSlave slave(std::ref(page));
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  EXPECT_EQ(client.setting("display_always_on"), 1);
  EXPECT_EQ(client.setting("port_is_rs485"), 0);
  client.set_setting("port_is_rs485", 1);
  client.set_setting("float_mode", 0);
  EXPECT_EQ(page.page[0x114], 0x01);
  EXPECT_EQ(page.page[0x115], 0x58);
}

TEST(JkModbusClient, ValuesThatTheBoardHasNoStepForAreNotSent) {
  ModbusSlave slave(counted);
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  EXPECT_THROW(client.set_setting("cell_ovp", 3.6505), std::invalid_argument);
  EXPECT_THROW(client.set_setting("cell_ovp", -1), std::invalid_argument);
  EXPECT_THROW(client.set_setting("balance_enabled", 0.5), std::invalid_argument);
  EXPECT_THROW(client.set_setting("float_mode", 2), std::invalid_argument);
  EXPECT_THROW(client.set_setting("can_protocol", 256), std::invalid_argument);
  EXPECT_THROW(client.setting("cell_opv"), std::out_of_range);
  EXPECT_THROW(client.read(0x1200, 3), std::invalid_argument);
  EXPECT_THROW(client.write(0x1000, ModbusBytes(82)), std::invalid_argument);
  EXPECT_THROW(client.select(0), std::invalid_argument);
  EXPECT_THROW(client.select(248), std::invalid_argument);
  EXPECT_THAT(slave.requests(), SizeIs(0));
}

TEST(JkModbusClient, ARefusalSaysWhatWasAskedAndWhy) {
  ModbusSlave slave([](const ModbusBytes& request) {
    return request[1] == 3 ? hex_bytes("01 83 02 C0 F1") : hex_bytes("01 90 03 0C 01");
  });
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  const ModbusError reading = error_of([&] { client.read(0x1600, 2); });
  EXPECT_EQ(reading.kind(), Kind::refused);
  EXPECT_EQ(reading.exception(), 2);
  EXPECT_THAT(reading.what(), AllOf(HasSubstr(slave.path()), HasSubstr("address 1"),
                                    HasSubstr("refused to read 1 words at 0x1600: illegal address (exception 2)")));
  const ModbusError writing = error_of([&] { client.set_setting("cell_ovp", 99); });
  EXPECT_EQ(writing.exception(), 3);
  EXPECT_THAT(writing.what(), HasSubstr("refused to write 2 words at 0x100C: illegal value (exception 3)"));
}

TEST(JkModbusClient, SilenceIsSaid) {
  ModbusSlave slave(always({}));
  JkModbusClient client({slave.path(), 115200, 0.05}, 7);
  const ModbusError error = error_of([&] { client.read(0x1200, 4); });
  EXPECT_EQ(error.kind(), Kind::silence);
  EXPECT_THAT(error.what(), HasSubstr("address 7: nobody answered when asked to read 2 words at 0x1200"));
}

TEST(JkModbusClient, ADamagedAnswerIsNoAnswer) {
  const auto answered = [](const ModbusBytes& reply) {
    ModbusSlave slave(always(reply));
    JkModbusClient client({slave.path(), 115200, 10}, 1);
    return error_of([&] { client.read(0x0005, 4); });
  };
  for (const ModbusBytes& reply : {hex_bytes("01 03 04 11 22 33 44 4B C7"),               // a bit of the checksum
                                   with_crc(hex_bytes("02 03 04 11 22 33 44")),           // another board
                                   with_crc(hex_bytes("01 03 06 11 22 33 44 55 66"))}) {  // not what was asked
    const ModbusError error = answered(reply);
    EXPECT_EQ(error.kind(), Kind::damaged) << error.what();
    EXPECT_THAT(error.what(), HasSubstr("the answer to read 2 words at 0x0005 is damaged"));
  }
}

TEST(JkModbusClient, WhatIsLeftOfADamagedAnswerIsNotTheNextOne) {
  int asked = 0;
  ModbusSlave slave([&asked](const ModbusBytes&) {
    return asked++ == 0 ? hex_bytes("01 03 04 11 22 33 44 00 00 55 55 55") : hex_bytes("01 03 04 11 22 33 44 4B C6");
  });
  JkModbusClient client({slave.path(), 115200, 10}, 1);
  EXPECT_EQ(error_of([&] { client.read(0x0005, 4); }).kind(), Kind::damaged);
  EXPECT_THAT(client.read(0x0005, 4), ElementsAre(0x11, 0x22, 0x33, 0x44));
}

TEST(JkModbusClient, ADeviceThatIsNotThereIsSaid) {
  const ModbusError error = error_of([] { JkModbusClient client({"/nowhere/ttyUSB0", 115200, 1}, 1); });
  EXPECT_EQ(error.kind(), Kind::link);
  EXPECT_THAT(error.what(), HasSubstr("/nowhere/ttyUSB0 cannot be opened: No such file or directory"));
}

}  // namespace
}  // namespace rig::telemetry
