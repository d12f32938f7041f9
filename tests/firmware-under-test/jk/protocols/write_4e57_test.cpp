// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "tests/firmware-under-test/jk/protocols/line_4e57.hpp"

// What clients write, what needs the password, and what is refused.
namespace jk::protocols {
namespace {

using core::Command;
using core::Setting;
using core::Text;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

Line4e57 sized(unsigned char id, std::int64_t value, std::size_t width) {
  Line4e57 data(1, id);
  for (std::size_t i = width; i-- > 0;) data.push_back(static_cast<unsigned char>(i < 8 ? value >> (8 * i) : 0));
  return data;
}

std::string text_of(const Board4e57& board, Text text) { return std::string(board.device.text(text)); }

/// Everything a write could change.
bool is_untouched(const Board4e57& board) {
  const FakeDevice fresh;
  return board.device.set == fresh.set && board.device.texts == fresh.texts && board.device.changes == 0 &&
         board.device.commands.empty();
}

TEST(Write4e57, TheWritesOfRealClientsAreDoneAndAnsweredWithTheirId) {
  const struct {
    std::string request, reply;
    Setting setting;
    std::int32_t value;
  } rows[] = {
      {"4E 57 00 14 00 00 00 00 02 03 00 AB 00 00 00 00 00 68 00 00 01 D1",
       "4E 57 00 13 00 00 00 00 02 00 01 AB 00 00 00 00 68 00 00 01 CE", Setting::charge_enabled, 0},
      {"4E 57 00 14 00 00 00 00 02 03 00 AB 01 00 00 00 00 68 00 00 01 D2",
       "4E 57 00 13 00 00 00 00 02 00 01 AB 00 00 00 00 68 00 00 01 CE", Setting::charge_enabled, 1},
      {"4E 57 00 14 00 00 00 00 02 03 00 AC 00 00 00 00 00 68 00 00 01 D2",
       "4E 57 00 13 00 00 00 00 02 00 01 AC 00 00 00 00 68 00 00 01 CF", Setting::discharge_enabled, 0},
      {"4E 57 00 14 00 00 00 00 02 03 00 9D 00 00 00 00 00 68 00 00 01 C3",
       "4E 57 00 13 00 00 00 00 02 00 01 9D 00 00 00 00 68 00 00 01 C0", Setting::balance_enabled, 0},
      {captures::write_ovp, "4E 57 00 13 00 00 00 00 02 00 01 90 00 00 00 00 68 00 00 01 B3", Setting::cell_ovp, 3650},
  };
  Board4e57 board;
  for (const auto& row : rows) {
    EXPECT_THAT(board.ask(captures::bytes(row.request)), ElementsAreArray(captures::bytes(row.reply))) << row.request;
    EXPECT_EQ(board.device.set[row.setting], row.value) << row.request;
  }
}

// Lowest and highest value of each row that this protocol can say.
TEST(Write4e57, EveryRowTakesItsRangeAndNoMore) {
  int written = 0;
  for (const core::SettingInfo& row : core::setting_table) {
    const std::uint8_t id = row.serial.id, width = row.serial.width;
    const std::uint16_t scale = row.serial.scale;
    if (id == 0) continue;
    for (const std::int32_t edge : {row.min, row.max}) {
      const int outwards = edge == row.min ? -1 : 1;
      Board4e57 board;
      const std::int64_t said = edge / scale + (edge == row.min && edge % scale > 0 ? 1 : 0);
      const bool is_in_order = [&] {
        core::Settings tried = board.device.set;
        const core::SettingChange changes[] = {{row.setting, static_cast<std::int32_t>(said * scale)}};
        return core::apply(changes, tried) == core::ChangeResult::done;
      }();
      EXPECT_EQ(board.write(sized(id, said, width)), is_in_order) << row.name << " = " << said;
      EXPECT_EQ(is_untouched(board), !is_in_order) << row.name;
      if (is_in_order) {
        EXPECT_EQ(board.device.set[row.setting], said * scale) << row.name;
        ++written;
      }

      Board4e57 beyond;
      const std::int64_t too_far = said + outwards;
      const bool can_be_said = row.min < 0 || (too_far >= 0 && too_far < (std::int64_t{1} << (8 * width)));
      if (can_be_said) {
        EXPECT_FALSE(beyond.write(sized(id, too_far, width))) << row.name << " = " << too_far;
      }
      EXPECT_TRUE(is_untouched(beyond)) << row.name;
    }
  }
  EXPECT_GT(written, 60);
}

TEST(Write4e57, AValueOfAnotherWidthIsRefused) {
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.serial.id == 0) continue;
    for (const std::size_t width : {0u, 1u, 2u, 3u, 4u, 5u}) {
      if (width == row.serial.width) continue;
      Board4e57 board;
      EXPECT_FALSE(board.write(sized(row.serial.id, 1, width))) << row.name << " " << width;
      EXPECT_TRUE(is_untouched(board)) << row.name;
    }
  }
}

TEST(Write4e57, AWriteAgainstTheOrderIsRefused) {
  Board4e57 board;
  EXPECT_FALSE(board.write(sized(0x90, 3400, 2)));  // OVP at its release
  EXPECT_FALSE(board.write(sized(0x93, 3000, 2)));  // UVP at its release
  EXPECT_FALSE(board.write(sized(0xA5, -10, 2)));   // charge UTP at its release
  EXPECT_TRUE(is_untouched(board));
  EXPECT_TRUE(board.write(sized(0x90, 3401, 2)));
}

TEST(Write4e57, NumbersBeyondAnyRangeDoNotWrapIntoOne) {
  Board4e57 board;
  EXPECT_FALSE(board.write(sized(0xAA, 0xFFFFFFFF, 4)));  // Ah; x 1000 in mAh
  EXPECT_FALSE(board.write(sized(0xAA, 4'294'968, 4)));   // 704 mAh, if it wrapped
  EXPECT_FALSE(board.write(sized(0x97, 0xFFFF, 2)));
  EXPECT_TRUE(is_untouched(board));
}

TEST(Write4e57, TheBoardsRefusalIsSilent) {
  for (const core::Answer answer :
       {core::Answer::out_of_range, core::Answer::against_order, core::Answer::needs_password, core::Answer::locked,
        core::Answer::not_now, core::Answer::busy}) {
    Board4e57 board;
    board.device.is_open = true;
    board.device.refuse_with = answer;
    for (const Line4e57& data : {sized(0x90, 3650, 2), sized(0xAD, 1000, 2), text_4e57(0xB2, "1", 10),
                                 text_4e57(0xB4, "1", 8), text_4e57(0xB5, "2401", 4), sized(0xB6, 1, 4),
                                 text_4e57(0xBA, "1", 24), sized(0xBB, 1, 1), sized(0xBC, 1, 1)}) {
      EXPECT_FALSE(board.write(data)) << static_cast<int>(answer) << " id " << std::hex << int{data[0]};
    }
    EXPECT_TRUE(is_untouched(board));
  }
}

TEST(Write4e57, TheCalibrationIsAGainTimesAThousand) {
  Board4e57 board;
  EXPECT_TRUE(board.write(sized(0xAD, 972, 2)));
  EXPECT_EQ(board.device.set[Setting::current_calibration], -28'000);
  EXPECT_EQ(board.read_all().number(0xAD), 972);
  EXPECT_TRUE(board.write(sized(0xAD, 1300, 2)));
  EXPECT_FALSE(board.write(sized(0xAD, 1301, 2)));
  EXPECT_TRUE(board.write(sized(0xAD, 700, 2)));
  EXPECT_FALSE(board.write(sized(0xAD, 699, 2)));
  EXPECT_EQ(board.device.set[Setting::current_calibration], -300'000);
}

TEST(Write4e57, TextsAndTheRunTimeNeedThePassword) {
  const Line4e57 guarded[] = {text_4e57(0xB2, "654321", 10),    text_4e57(0xB4, "Camper 1", 8),
                              text_4e57(0xB5, "2512", 4),       sized(0xB6, 2073, 4),
                              text_4e57(0xBA, "left bank", 24), sized(0xBC, 1, 1)};
  Board4e57 board;
  for (const Line4e57& data : guarded) EXPECT_FALSE(board.write(data)) << std::hex << int{data[0]};
  EXPECT_TRUE(is_untouched(board));

  EXPECT_TRUE(board.open("123456"));
  for (const Line4e57& data : guarded) EXPECT_TRUE(board.write(data)) << std::hex << int{data[0]};
  EXPECT_EQ(text_of(board, Text::settings_password), "654321");
  EXPECT_EQ(text_of(board, Text::user_data), "Camper 1");
  EXPECT_EQ(text_of(board, Text::production_date), "251201");  // the day stays
  EXPECT_EQ(text_of(board, Text::user_data_2), "left bank");
  EXPECT_THAT(board.device.commands, ElementsAre(FakeDevice::Given{Command::set_run_time, 2073 * 60},
                                                 FakeDevice::Given{Command::factory_reset, 0}));
}

TEST(Write4e57, ARestartNeedsNoPassword) {
  Board4e57 board;
  EXPECT_TRUE(board.write(sized(0xBB, 1, 1)));
  EXPECT_THAT(board.device.commands, ElementsAre(FakeDevice::Given{Command::restart, 0}));
}

TEST(Write4e57, ACommandIsGivenByTheValueOneAlone) {
  Board4e57 board;
  board.device.is_open = true;
  for (const unsigned char id : Line4e57{0xBB, 0xBC}) {
    EXPECT_FALSE(board.write(sized(id, 0, 1)));
    EXPECT_FALSE(board.write(sized(id, 2, 1)));
    EXPECT_FALSE(board.write(sized(id, 1, 2)));
    EXPECT_FALSE(board.write(sized(id, 1, 0)));
  }
  EXPECT_TRUE(is_untouched(board));
}

TEST(Write4e57, WhatOnlyTheBoardKnowsCannotBeWritten) {
  Board4e57 board;
  board.device.is_open = true;
  for (const unsigned id :
       {0x00, 0x78, 0x79, 0x80, 0x84, 0x85, 0x89, 0x8B, 0x8D, 0xB7, 0xB8, 0xB9, 0xBD, 0xC0, 0xC1, 0xFF}) {
    for (const std::size_t width : {0u, 1u, 2u, 4u, 15u}) {
      EXPECT_FALSE(board.write(sized(static_cast<unsigned char>(id), 1, width))) << std::hex << id;
    }
  }
  EXPECT_TRUE(is_untouched(board));
}

TEST(Write4e57, AWriteWithoutAnIdIsNone) {
  Board4e57 board;
  EXPECT_THAT(board.ask(request_4e57(0x02, {})), IsEmpty());
  EXPECT_TRUE(is_untouched(board));
}

TEST(Write4e57, ATextIsPrintableAndEndsInNulAlone) {
  Board4e57 board;
  board.device.is_open = true;
  for (const std::string& text : {std::string("ab\0c", 4), std::string("\tab"), std::string("ab\x7F"),
                                  std::string("\xC3\xA4"), std::string("\0a", 2)}) {
    EXPECT_FALSE(board.write(text_4e57(0xB2, text, 10)));
    EXPECT_FALSE(board.write(text_4e57(0xB4, text, 8)));
    EXPECT_FALSE(board.write(text_4e57(0xBA, text, 24)));
  }
  EXPECT_TRUE(is_untouched(board));
  EXPECT_TRUE(board.write(text_4e57(0xB4, " ~azAZ09", 8)));
  EXPECT_TRUE(board.write(text_4e57(0xB4, "", 8)));
  EXPECT_EQ(text_of(board, Text::user_data), "");
}

TEST(Write4e57, AnEmptyPasswordIsNone) {
  Board4e57 board;
  board.device.is_open = true;
  EXPECT_FALSE(board.write(text_4e57(0xB2, "", 10)));
  EXPECT_TRUE(is_untouched(board));
  EXPECT_TRUE(board.write(text_4e57(0xB2, "0123456789", 10)));
  EXPECT_EQ(text_of(board, Text::settings_password), "0123456789");
}

TEST(Write4e57, AProductionDateIsFourDigits) {
  Board4e57 board;
  board.device.is_open = true;
  for (const char* date : {"24", "24-1", "24/1", "24:1", "24a1"}) EXPECT_FALSE(board.write(text_4e57(0xB5, date, 4)));
  EXPECT_TRUE(is_untouched(board));
  board.device.texts[static_cast<std::size_t>(Text::production_date)] = "";
  EXPECT_TRUE(board.write(text_4e57(0xB5, "2512", 4)));
  EXPECT_EQ(text_of(board, Text::production_date), "2512");
}

TEST(Write4e57, TheModelInTheManufacturerIdMayBeRepeatedButNotChanged) {
  Board4e57 board;
  board.device.is_open = true;
  EXPECT_FALSE(board.write(text_4e57(0xBA, "Input UserdaJK_B1A8S20P", 24)));
  EXPECT_FALSE(board.write(text_4e57(0xBA, "Input UserdaJK_B2A8S20", 24)));
  EXPECT_FALSE(board.write(text_4e57(0xBA, "Input UserdaJK_B2A8S20\n", 24)));
  EXPECT_TRUE(is_untouched(board));
  EXPECT_TRUE(board.write(text_4e57(0xBA, "Other userdaJK_B2A8S20P", 24)));
  EXPECT_EQ(text_of(board, Text::user_data_2), "Other userda");
  EXPECT_EQ(board.read_all().text(0xBA), std::string("Other userdaJK_B2A8S20P\0", 24));
}

TEST(Write4e57, ALongModelIsComparedAsItIsRead) {
  Board4e57 board;
  board.device.is_open = true;
  board.device.texts[static_cast<std::size_t>(Text::model)] = "JK_PB2A16S20P";
  EXPECT_EQ(board.read_all().text(0xBA), "Input UserdaJK_PB2A16S20");
  EXPECT_TRUE(board.write(text_4e57(0xBA, "Input UserdaJK_PB2A16S20", 24)));
}

TEST(Write4e57, TheRunTimeFitsTheCounterOrIsRefused) {
  Board4e57 board;
  board.device.is_open = true;
  EXPECT_TRUE(board.write(sized(0xB6, 35'791'394, 4)));
  EXPECT_FALSE(board.write(sized(0xB6, 35'791'395, 4)));
  EXPECT_FALSE(board.write(sized(0xB6, 0xFFFFFFFF, 4)));
  EXPECT_THAT(board.device.commands, ElementsAre(FakeDevice::Given{Command::set_run_time, 2'147'483'640}));
}

TEST(Password4e57, AWrongOneIsMetWithSilenceAndCounts) {
  Board4e57 board;
  EXPECT_FALSE(board.open("123457"));
  EXPECT_FALSE(board.open(""));
  EXPECT_EQ(board.device.wrong_passwords, 2);
  EXPECT_FALSE(board.write(text_4e57(0xB4, "x", 8)));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(board.open("no"));
  EXPECT_FALSE(board.open("123456"));  // locked
}

TEST(Password4e57, AMalformedOneIsNoneAndCountsNot) {
  Board4e57 board;
  for (const Line4e57& data :
       {text_4e57(0xB2, "123456", 6), text_4e57(0xB2, "123456", 11), text_4e57(0xB1, "123456", 10),
        text_4e57(0xB2,
                  std::string("123\0"
                              "456",
                              7),
                  10),
        Line4e57{0xB2}, Line4e57{}}) {
    EXPECT_THAT(board.ask(request_4e57(0x05, data)), IsEmpty());
  }
  EXPECT_EQ(board.device.wrong_passwords, 0);
  EXPECT_FALSE(board.device.is_open);
}

TEST(Password4e57, TheFormOfESPHomeIsAnsweredAndOpensNothing) {
  Board4e57 board;
  const std::string esphome = "4E 57 00 14 00 00 00 00 05 02 00 00 00 00 00 00 00 68 00 00 01 28";
  EXPECT_THAT(board.ask(captures::bytes(esphome)),
              ElementsAreArray(captures::bytes("4E 57 00 13 00 00 00 00 05 00 01 00 00 00 00 00 68 00 00 01 26")));
  EXPECT_FALSE(board.device.is_open);
  EXPECT_EQ(board.device.wrong_passwords, 0);
  EXPECT_TRUE(is_untouched(board));
  EXPECT_THAT(board.ask(request_4e57(0x05, {0x00, 0x01})), IsEmpty());
  EXPECT_THAT(board.ask(request_4e57(0x05, {0x01, 0x00})), IsEmpty());
  EXPECT_THAT(board.ask(request_4e57(0x05, {0x00, 0x00, 0x00})), IsEmpty());
}

}  // namespace
}  // namespace jk::protocols
