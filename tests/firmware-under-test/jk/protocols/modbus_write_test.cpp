// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/modbus_frames.hpp"

namespace jk::protocols {
namespace {

using namespace modbus_client;
using captures::bytes;
using core::Setting;

/// Refused with the code, and nothing has changed.
void expect_refused(ModbusBoard& board, const Bytes& request, unsigned char code) {
  const core::Settings before = board.device.set;
  EXPECT_EQ(board.ask(request), exception(0x10, code));
  EXPECT_TRUE(board.device.set == before);
  EXPECT_EQ(board.device.changes, 0);
  EXPECT_TRUE(board.device.commands.empty());
}

TEST(ModbusWrite, BalancingOffAndOnAsAClientSendsIt) {
  ModbusBoard board;
  board.device.set.set(Setting::device_address, 2);
  EXPECT_EQ(board.ask(bytes("02 10 10 78 00 02 04 00 00 00 00 37 A9")), acknowledgement(0x1078, 2, 2));
  EXPECT_EQ(board.device.set[Setting::balance_enabled], 0);
  EXPECT_EQ(board.ask(bytes("02 10 10 78 00 02 04 00 00 00 01 F6 69")), acknowledgement(0x1078, 2, 2));
  EXPECT_EQ(board.device.set[Setting::balance_enabled], 1);
}

TEST(ModbusWrite, SwitchBitsAndSmartSleepAsAClientSendsThem) {
  ModbusBoard board;
  board.device.set.set(Setting::device_address, 2);
  EXPECT_EQ(board.ask(bytes("02 10 11 14 00 01 02 02 10 B0 19")), acknowledgement(0x1114, 1, 2));
  for (std::size_t i = 0; i < core::setting_count; ++i) {
    const core::SettingInfo& row = core::setting_table[i];
    if (row.modbus.cell != core::Cell::bit) continue;
    const bool is_set = row.setting == Setting::display_always_on || row.setting == Setting::float_mode;
    EXPECT_EQ(board.device.set[row.setting], is_set) << row.name;
  }
  EXPECT_EQ(board.ask(bytes("02 10 10 00 00 02 04 00 00 0D AC 35 C6")), acknowledgement(0x1000, 2, 2));
  EXPECT_EQ(board.device.set[Setting::smart_sleep], 3500);
}

TEST(ModbusWrite, TheManufacturersExampleGoesToARegisterThatThisMapDoesNotHave) {
  ModbusBoard board;
  expect_refused(board, bytes("01 10 00 20 00 02 04 00 05 22 33 B9 03"), 2);
}

TEST(ModbusWrite, EverySettingOfTheMapCanBeWrittenToBothEndsOfItsRangeAndReadBack) {
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.modbus.cell == core::Cell::none || row.setting == Setting::device_address) continue;
    for (const std::int32_t value : {row.min, row.max}) {
      if (row.modbus.cell == core::Cell::bit && value == row.min) continue;  // every bit is 0 in the others' turn
      ModbusBoard board;
      core::Settings wanted = board.device.set;
      const std::int32_t step = row.modbus.cell == core::Cell::bit ? 1 : row.modbus.scale;
      wanted.set(row.setting, value / step * step);
      ModbusBoard other;
      other.device.set = wanted;
      const unsigned words = row.modbus.cell == core::Cell::u32 ? 2 : 1;
      const Bytes data = other.read(row.modbus.address, words);
      const bool is_in_order = core::contradiction(wanted) == nullptr;
      const Bytes reply = board.write(row.modbus.address, data);
      EXPECT_EQ(reply, is_in_order ? acknowledgement(row.modbus.address, words) : exception(0x10, 3)) << row.name;
      if (is_in_order) {
        EXPECT_EQ(board.device.set[row.setting], wanted[row.setting]) << row.name << " " << value;
        EXPECT_EQ(board.read(row.modbus.address, words), data) << row.name;
      }
    }
  }
}

TEST(ModbusWrite, AValueOutsideItsRangeIsRefused) {
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.modbus.cell != core::Cell::u32) continue;
    for (const std::int64_t value :
         {std::int64_t{row.min} / row.modbus.scale - 1, std::int64_t{row.max} / row.modbus.scale + 1}) {
      ModbusBoard board;
      expect_refused(board, write_request(row.modbus.address, u32(value)), 3);
    }
  }
}

TEST(ModbusWrite, AValueThatOverflowsWhenScaledIsRefused) {
  ModbusBoard board;
  // 4 294 968 s are 2^32 + 704 ms
  expect_refused(board, write_request(0x1030, u32(4'294'968)), 3);
  expect_refused(board, write_request(0x1030, u32(4'294'968) + u32(60)), 3);
  expect_refused(board, write_request(0x1030, u32(-1)), 3);
  expect_refused(board, write_request(0x1004, u32(0x8000'0000)), 3);
}

TEST(ModbusWrite, ATimedReleaseLastsTwoToSixHundredSeconds) {
  for (const auto& [address, setting] : {std::pair{std::uint16_t{0x1034}, Setting::charge_ocp_release},
                                         {std::uint16_t{0x1040}, Setting::discharge_ocp_release},
                                         {std::uint16_t{0x1044}, Setting::scp_release}}) {
    ModbusBoard board;
    for (const std::uint32_t s : {0u, 1u, 601u}) expect_refused(board, write_request(address, u32(s)), 3);
    for (const std::int32_t s : {2, 600}) {
      EXPECT_EQ(board.write(address, u32(static_cast<std::uint32_t>(s))), acknowledgement(address, 2));
      EXPECT_EQ(board.device.set[setting], s * 1000);
    }
  }
}

TEST(ModbusWrite, ABytesOwnRangeCounts) {
  ModbusBoard board;
  expect_refused(board, write_request(0x1504, bytes("B7 00")), 3);  // rcv_time 18.3 h
  expect_refused(board, write_request(0x1116, bytes("3D 00")), 3);  // heating_start 61 degC
  expect_refused(board, write_request(0x1116, bytes("00 D7")), 3);  // heating_stop -41 degC
  EXPECT_EQ(board.write(0x1504, bytes("B6 FF")), exception(0x10, 3));
  EXPECT_EQ(board.write(0x1504, bytes("B6 B6")), acknowledgement(0x1504, 1));
  EXPECT_EQ(board.write(0x1116, bytes("D8 3C")), acknowledgement(0x1116, 1));
  EXPECT_EQ(board.device.set[Setting::rcv_time], 65'520);
  EXPECT_EQ(board.device.set[Setting::heating_start], -400);
  EXPECT_EQ(board.device.set[Setting::heating_stop], 600);
}

TEST(ModbusWrite, TheHalfOfAWordThatIsNoSettingIsIgnored) {
  ModbusBoard board;
  EXPECT_EQ(board.write(0x1118, bytes("30 FF")), acknowledgement(0x1118, 1));
  EXPECT_EQ(board.device.set[Setting::smart_sleep_time], 48);
  EXPECT_EQ(board.write(0x1506, bytes("FF 2D")), acknowledgement(0x1506, 1));
  EXPECT_EQ(board.device.set[Setting::emergency_duration], 45);
  EXPECT_EQ(board.read(0x1118, 1), bytes("30 00"));
}

TEST(ModbusWrite, ATripOnTheWrongSideOfItsReleaseIsRefused) {
  ModbusBoard board;
  expect_refused(board, write_request(0x100C, u32(3400)), 3);  // cell_ovp at cell_ovpr
}

TEST(ModbusWrite, SettingsSideBySideAreChangedTogetherOrNotAtAll) {
  ModbusBoard board;
  // cell_ovp, cell_ovpr: one after the other could not be written
  EXPECT_EQ(board.write(0x100C, u32(3380) + u32(3300)), acknowledgement(0x100C, 4));
  EXPECT_EQ(board.device.set[Setting::cell_ovp], 3380);
  EXPECT_EQ(board.device.set[Setting::cell_ovpr], 3300);
  EXPECT_EQ(board.device.changes, 1);
  board.device.changes = 0;
  expect_refused(board, write_request(0x100C, u32(3600) + u32(3400) + u32(1001)), 3);  // balance_trigger beyond range
  expect_refused(board, write_request(0x1108, u32(3) + u32(5) + u32(0)), 2);           // the last stands in a gap
  expect_refused(board, write_request(0x1104, u32(0) + u32(3)), 2);                    // the first does
}

TEST(ModbusWrite, AllSettingsThatAWriteCanReachAtOnce) {
  ModbusBoard other;
  other.device.set = core::Settings(core::Preset::li_ion);
  ModbusBoard board;
  const Bytes data = other.read(0x1000, 116);  // up to the last wire
  EXPECT_EQ(board.write(0x1000, data), acknowledgement(0x1000, 116));
  EXPECT_EQ(board.device.set[Setting::cell_ovp], 4200);
  EXPECT_EQ(board.read(0x1000, 116), data);
}

TEST(ModbusWrite, PartOfASettingIsRefused) {
  ModbusBoard board;
  expect_refused(board, write_request(0x1004, word(0)), 3);              // the high word alone
  expect_refused(board, write_request(0x1004, u32(2600) + word(0)), 3);  // half of the next
  expect_refused(board, write_request(0x1006, word(2600)), 2);           // the low word alone
  expect_refused(board, write_request(0x1005, word(2600)), 2);
  expect_refused(board, write_request(0x1117, word(0)), 2);
}

TEST(ModbusWrite, WhatIsOnlyReadCannotBeWritten) {
  ModbusBoard board;
  for (const unsigned address : {0x000DU, 0x00F0U, 0x1200U, 0x1290U, 0x1400U, 0x1420U, 0x14B4U, 0x1110U, 0x0000U}) {
    expect_refused(board, write_request(address, word(1)), 2);
  }
}

TEST(ModbusWrite, ToAllIsCarriedOutWithoutAReply) {
  ModbusBoard board;
  EXPECT_TRUE(board.ask(write_request(0x1078, u32(0), 0)).empty());
  EXPECT_EQ(board.device.set[Setting::balance_enabled], 0);
  EXPECT_TRUE(board.ask(write_request(0x1604, word(1), 0)).empty());
  EXPECT_EQ(board.device.commands.size(), 1u);
  EXPECT_TRUE(board.ask(write_request(0x1078, u32(7), 0)).empty()) << "refused in silence";
  EXPECT_TRUE(board.ask(write_request(0x1620, word(0), 0)).empty()) << "a frame for nobody";
}

TEST(ModbusWrite, ANewAddressHoldsFromTheNextRequestOn) {
  ModbusBoard board;
  EXPECT_EQ(board.write(0x1108, u32(247)), acknowledgement(0x1108, 2));
  EXPECT_TRUE(board.ask(read_request(0x1108, 2)).empty());
  EXPECT_EQ(data_of(board.ask(read_request(0x1108, 2, 247))), u32(247));
  EXPECT_EQ(board.ask(write_request(0x1108, u32(248), 247)), exception(0x10, 3, 247));
}

TEST(ModbusWrite, CommandsOfTheControlBlock) {
  using core::Command;
  ModbusBoard board;
  EXPECT_EQ(board.write(0x1600, u32(26'400)), acknowledgement(0x1600, 2));
  EXPECT_EQ(board.write(0x1604, word(1)), acknowledgement(0x1604, 1));
  EXPECT_EQ(board.write(0x1606, u32(-20'000)), acknowledgement(0x1606, 2));
  EXPECT_EQ(board.write(0x160A, word(0)), acknowledgement(0x160A, 1));
  EXPECT_EQ(board.write(0x160C, word(0)), acknowledgement(0x160C, 1));
  EXPECT_EQ(board.write(0x160E, word(0)), acknowledgement(0x160E, 1));
  EXPECT_EQ(board.write(0x1610, word(1)), acknowledgement(0x1610, 1));
  EXPECT_EQ(board.write(0x1610, word(0)), acknowledgement(0x1610, 1));
  EXPECT_EQ(board.write(0x1612, u32(149'756'397)), acknowledgement(0x1612, 2));
  using Given = FakeDevice::Given;
  EXPECT_THAT(board.device.commands,
              testing::ElementsAre(Given{Command::calibrate_voltage, 26'400}, Given{Command::shut_down, 1},
                                   Given{Command::calibrate_current, -20'000}, Given{Command::preset_li_ion, 0},
                                   Given{Command::preset_lifepo4, 0}, Given{Command::preset_lto, 0},
                                   Given{Command::emergency_start, 1}, Given{Command::emergency_stop, 0},
                                   Given{Command::set_clock, 149'756'397}));
}

TEST(ModbusWrite, OneCommandAtATimeAndWhole) {
  ModbusBoard board;
  expect_refused(board, write_request(0x1600, word(26'400)), 3);
  expect_refused(board, write_request(0x1600, u32(26'400) + word(1)), 3);
  expect_refused(board, write_request(0x1604, u32(1)), 3);
  expect_refused(board, write_request(0x1602, word(1)), 2);
  expect_refused(board, write_request(0x1608, word(1)), 2);
  expect_refused(board, write_request(0x1616, word(1)), 2);
  expect_refused(board, write_request(0x161C, u32(0)), 3);
}

TEST(ModbusWrite, WhatTheBoardAnswersDecidesTheException) {
  const std::pair<core::Answer, unsigned char> answers[] = {
      {core::Answer::out_of_range, 3}, {core::Answer::against_order, 3}, {core::Answer::needs_password, 4},
      {core::Answer::locked, 4},       {core::Answer::not_now, 4},       {core::Answer::busy, 6},
  };
  for (const auto& [answer, code] : answers) {
    ModbusBoard board;
    board.device.refuse_with = answer;
    expect_refused(board, write_request(0x1078, u32(0)), code);
    expect_refused(board, write_request(0x1610, word(1)), code);
  }
}

TEST(ModbusWrite, CountsThatDoNotAgreeAreAnIllegalValue) {
  ModbusBoard board;
  expect_refused(board, with_crc(bytes("01 10 10 78 00 02 02 00 00")), 3);
  expect_refused(board, with_crc(bytes("01 10 10 78 00 00 00")), 3);
  expect_refused(board, with_crc(bytes("01 10 10 78 00 01 04 00 00 00 00")), 3);
  expect_refused(board, with_crc(bytes("01 10 10 00 00 7E FC") + Bytes(252)), 3);  // 126 words
  expect_refused(board, with_crc(bytes("01 10 10 00 00 80 00") + Bytes(255)), 3);
  expect_refused(board, with_crc(bytes("01 10 10 00 01 01 02 00 00")), 3);
  EXPECT_TRUE(board.ask(with_crc(bytes("00 10 10 78 00 02 02 00 00"))).empty());
}

TEST(ModbusWrite, FramesOnDemandThenTheAcknowledgement) {
  const std::pair<std::string, std::string> asked[] = {
      {"01 10 16 20 00 01 02 00 00 D6 F1", "01 10 16 20 00 01 04 4B"},
      {"01 10 16 1E 00 01 02 00 00 D2 2F", "01 10 16 1E 00 01 65 87"},
      {"01 10 16 1C 00 01 02 00 00 D3 CD", "01 10 16 1C 00 01 C4 47"},
  };
  const Frame frames[] = {Frame::status, Frame::settings, Frame::about};
  for (std::size_t i = 0; i < std::size(frames); ++i) {
    ModbusBoard board;
    Bytes frame(frame_bytes);
    write_frame(board.device, frames[i], 0, std::span<std::uint8_t, frame_bytes>(frame));
    EXPECT_EQ(board.ask(bytes(asked[i].first)), frame + bytes(asked[i].second)) << i;

    ModbusServer padded(board.device, {.counter = 5, .has_pads = true});
    write_frame(board.device, frames[i], 5, std::span<std::uint8_t, frame_bytes>(frame));
    EXPECT_EQ(modbus_client::ask(padded, bytes(asked[i].first)), frame + Bytes{0} + bytes(asked[i].second) + Bytes{0});
  }
}

}  // namespace
}  // namespace jk::protocols
