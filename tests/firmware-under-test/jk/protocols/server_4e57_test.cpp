// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/line_4e57.hpp"

// What a board answers to requests that read.
namespace jk::protocols {
namespace {

using core::Setting;
using core::Text;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

TEST(Server4e57, AnswersEachClientsReadAllAndEchoesItsCommand) {
  const struct {
    const std::string& request;
    unsigned char command;
  } rows[] = {{captures::read_all_venus, 0x06},
              {captures::read_all_esphome, 0x06},
              {captures::read_all_mpp_solar, 0x03},
              {captures::read_all_opendtu, 0x06}};
  for (const auto& row : rows) {
    Board4e57 board;
    const Line4e57 reply = board.ask(captures::bytes(row.request));
    EXPECT_EQ(reply.size(), 267u) << row.request;
    const auto said = decode_4e57(reply);
    ASSERT_TRUE(said) << row.request;
    EXPECT_EQ(said->command, row.command);
    EXPECT_EQ(said->cells_mV, std::vector<int>(8, 3300));
  }
}

TEST(Server4e57, AnswersASingleIdWithItsValue) {
  Board4e57 board;
  board.device.state.soc_percent = 71;
  EXPECT_THAT(board.ask(captures::bytes(captures::read_soc)),
              ElementsAreArray(captures::bytes("4E 57 00 14 00 00 00 00 03 00 01 85 47 00 00 00 00 68 00 00 01 F1")));
}

TEST(Server4e57, AnswersEveryIdOfReadAllAlsoByItself) {
  Board4e57 board;
  board.device.state.current_mA = -12'340;
  const Decoded4e57 all = board.read_all();
  ASSERT_EQ(all.ids.size(), 59u);
  for (const int id : all.ids) {
    const auto said = board.read(0x03, {static_cast<unsigned char>(id)});
    ASSERT_TRUE(said) << std::hex << id;
    EXPECT_THAT(said->ids, ElementsAre(id));
    if (id == 0x79) {
      EXPECT_EQ(said->cells_mV, all.cells_mV);
    } else {
      EXPECT_EQ(said->values.at(id), all.values.at(id)) << std::hex << id;
    }
  }
  EXPECT_EQ(board.read_all().values, all.values);
}

TEST(Server4e57, IsSilentAboutIdsThatCannotBeRead) {
  Board4e57 board;
  for (const unsigned id : {0x01, 0x78, 0x7A, 0x7F, 0x88, 0x8D, 0xBB, 0xBC, 0xBD, 0xBE, 0xBF, 0xC1, 0xFF}) {
    EXPECT_THAT(board.ask(request_4e57(0x03, {static_cast<unsigned char>(id)})), IsEmpty()) << std::hex << id;
  }
  EXPECT_THAT(board.ask(request_4e57(0x03, {})), IsEmpty());
  EXPECT_THAT(board.ask(request_4e57(0x03, {0x85, 0x86})), IsEmpty());
}

TEST(Server4e57, IsSilentAboutCommandsThatDoNotExist) {
  Board4e57 board;
  for (const unsigned command : {0x00, 0x04, 0x07, 0xFF}) {
    EXPECT_THAT(board.ask(request_4e57(static_cast<unsigned char>(command), {0x00})), IsEmpty()) << command;
  }
  EXPECT_THAT(board.ask(request_4e57(0x06, {0x00, 0x00})), IsEmpty());
}

TEST(Server4e57, AnActivationWakesTheBoardAndIsAnswered) {
  Board4e57 board;
  EXPECT_THAT(board.ask(captures::bytes(captures::activate)),
              ElementsAreArray(captures::bytes("4E 57 00 13 00 00 00 00 01 00 01 00 00 00 00 00 68 00 00 01 22")));
  EXPECT_FALSE(board.ask(request_4e57(0x01, {})).empty());
  EXPECT_THAT(board.device.commands, ElementsAre(FakeDevice::Given{core::Command::activate, 0},
                                                 FakeDevice::Given{core::Command::activate, 0}));
}

TEST(Server4e57, AnActivationThatIsNoneOrFailsIsMetWithSilence) {
  Board4e57 board;
  EXPECT_THAT(board.ask(request_4e57(0x01, {0x00, 0x01})), IsEmpty());
  EXPECT_THAT(board.device.commands, IsEmpty());
  board.device.refuse_with = core::Answer::not_now;
  EXPECT_THAT(board.ask(captures::bytes(captures::activate)), IsEmpty());
}

TEST(Server4e57, ASleepingBoardHearsOnlyAnActivation) {
  Board4e57 board;
  board.device.state.is_asleep = true;
  for (const std::string& request : {captures::read_all_venus, captures::read_soc, captures::write_ovp}) {
    EXPECT_THAT(board.ask(captures::bytes(request)), IsEmpty()) << request;
  }
  EXPECT_EQ(board.device.changes, 0);
  EXPECT_FALSE(board.ask(captures::bytes(captures::activate)).empty());
}

TEST(Server4e57, WhatMovesIsNewInEveryReply) {
  Board4e57 board;
  (void)board.read_all();
  core::Status& state = board.device.state;
  board.device.cells_mV[7] = 3456;
  state.mos_ddegC = -56;
  state.t1_ddegC = 994;
  state.pack_mV = 26'789;
  state.current_mA = -123'456;
  state.soc_percent = 100;
  state.cycles = 70'000;
  state.cycle_capacity_mAh = 7'000'000'999;
  state.alarms = core::alarm_bit(core::Alarm::cell_undervoltage);
  state.is_charge_mos_on = state.is_balancing = true;
  state.run_time_s = 0xFFFFFFFF;
  state.full_mAh = 1'999'500;
  const Decoded4e57 said = board.read_all();
  EXPECT_THAT(said.cells_mV, ElementsAre(3300, 3300, 3300, 3300, 3300, 3300, 3300, 3456));
  EXPECT_EQ(said.degC(0x80), -6);
  EXPECT_EQ(said.degC(0x81), 99);
  EXPECT_EQ(said.number(0x82), 300);  // no sensor
  EXPECT_EQ(said.number(0x83), 2678);
  EXPECT_EQ(said.current_cA(), -12'345);
  EXPECT_EQ(said.number(0x85), 100);
  EXPECT_EQ(said.number(0x87), 65'535);
  EXPECT_EQ(said.number(0x89), 7'000'000);
  EXPECT_EQ(said.number(0x8B), 0x0008);  // captured: cell UVP
  EXPECT_EQ(said.number(0x8C), 0x0005);
  EXPECT_EQ(said.number(0xB6), 0xFFFFFFFF / 60);
  EXPECT_EQ(said.number(0xB9), 2000);
}

TEST(Server4e57, TemperaturesBelowZeroCountUpFromOneHundred) {
  const struct {
    std::optional<std::int32_t> ddegC;
    long raw;
  } rows[] = {{0, 0},      {280, 28},   {990, 99},   {1000, 100},        {-10, 101},
              {-200, 120}, {-400, 140}, {1200, 100}, {std::nullopt, 300}};
  for (const auto& row : rows) {
    Board4e57 board;
    board.device.state.mos_ddegC = row.ddegC;
    EXPECT_EQ(board.read_all().number(0x80), row.raw);
  }
}

TEST(Server4e57, Bit15OfTheCurrentSaysCharging) {
  const struct {
    std::int32_t mA;
    long raw;
  } rows[] = {{20'000, 0x87D0}, {-20'000, 0x07D0}, {0, 0}, {500'000, 0xFFFF}, {-500'000, 0x7FFF}};
  for (const auto& row : rows) {
    Board4e57 board;
    board.device.state.current_mA = row.mA;
    EXPECT_EQ(board.read_all().number(0x84), row.raw);
  }
}

TEST(Server4e57, EverySettingThatOthersChangeShowsInTheNextReply) {
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.serial.id == 0 || row.serial.id >= 0xBE) continue;
    Board4e57 board;
    const Decoded4e57 before = board.read_all();
    const auto value = board.device.set[row.setting] == row.max ? row.min : row.max;
    ASSERT_TRUE(board.device.set.set(row.setting, value));
    const Decoded4e57 after = board.read_all();
    const long expected = value / row.serial.scale;
    const bool is_signed = row.min < 0;
    EXPECT_EQ(is_signed ? after.signed_16(row.serial.id) : after.number(row.serial.id), expected) << row.name;
    EXPECT_NE(after.values.at(row.serial.id), before.values.at(row.serial.id)) << row.name;
  }
}

TEST(Server4e57, EveryTextThatOthersChangeShowsInTheNextReply) {
  Board4e57 board;
  (void)board.read_all();
  const auto texts = [&](Text text) -> std::string& { return board.device.texts[static_cast<std::size_t>(text)]; };
  texts(Text::settings_password) = "0123456789abcdef";
  EXPECT_EQ(board.read_all().text(0xB2), "0123456789");
  texts(Text::production_date) = "991231";
  EXPECT_EQ(board.read_all().text(0xB5), "9912");
  texts(Text::user_data) = "Camper";
  EXPECT_EQ(board.read_all().text(0xB4), std::string("Camper\0\0", 8));
  EXPECT_EQ(board.read_all().text(0xBA), std::string("Camper\0\0\0\0\0\0JK_B2A8S20P\0", 24));
  texts(Text::user_data_2) = "the left bank of two";
  EXPECT_EQ(board.read_all().text(0xBA), std::string("the left banJK_B2A8S20P\0", 24));
}

TEST(Server4e57, ALongHardwareVersionTakesFromTheFiller) {
  Board4e57 board;
  board.device.texts[static_cast<std::size_t>(Text::hardware_version)] = "CELLRIG";
  board.device.texts[static_cast<std::size_t>(Text::software_version)] = "0.1";
  EXPECT_EQ(board.read_all().text(0xB7), "CELLRIG_S0.1___");
}

TEST(Server4e57, TemperatureSettingsBetweenDegreesAreRounded) {
  Board4e57 board;
  ASSERT_TRUE(board.device.set.set(Setting::charge_utp, -156));
  ASSERT_TRUE(board.device.set.set(Setting::charge_otp, 634));
  EXPECT_EQ(board.read_all().signed_16(0xA5), -16);
  EXPECT_EQ(board.read_all().number(0xA3), 63);
}

TEST(Server4e57, PackLimitsAreTheSettingOrTheCells) {
  Board4e57 board;
  EXPECT_EQ(board.read_all().number(0x8E), 8 * 3600 / 10);
  EXPECT_EQ(board.read_all().number(0x8F), 8 * 2600 / 10);
  ASSERT_TRUE(board.device.set.set(Setting::pack_ovp, 28'005));
  ASSERT_TRUE(board.device.set.set(Setting::pack_uvp, 21'000));
  EXPECT_EQ(board.read_all().number(0x8E), 2800);
  EXPECT_EQ(board.read_all().number(0x8F), 2100);
}

TEST(Server4e57, LaysOutAnewForAnotherNumberOfCells) {
  Board4e57 board;
  for (const std::size_t cells : {8u, 3u, 24u, 1u, 0u, 16u}) {
    board.device.cells_mV.assign(cells, 3210);
    const Line4e57 reply = board.ask(request_4e57(0x06, {}));
    EXPECT_EQ(reply.size(), 243 + 3 * cells);
    const auto said = decode_4e57(reply);
    ASSERT_TRUE(said) << cells;
    EXPECT_EQ(said->cells_mV.size(), cells);
    EXPECT_EQ(said->number(0x8A), static_cast<long>(cells));
  }
}

TEST(Server4e57, ShowsNoMoreCellsThanAReplyHolds) {
  Board4e57 board;
  board.device.cells_mV.assign(32, 3210);
  EXPECT_EQ(board.read_all().cells_mV.size(), 24u);
}

}  // namespace
}  // namespace jk::protocols
