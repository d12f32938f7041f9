// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/outputs.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/app/fake_board.hpp"

namespace jk::app {
namespace {

constexpr std::uint32_t half_ppm = 500'000;

Wishes with_converter(const core::BalanceCommand& command) {
  Wishes wishes;
  wishes.converter = command;
  return wishes;
}

TEST(OutputsTest, TheDutyIsWrittenWhileTheConverterStandsStill) {
  fake::Board board;
  Outputs outputs(board.host());
  outputs.drive(with_converter({true, core::Transfer::cell_to_store, 3}), half_ppm);
  EXPECT_EQ(board.duty_ppm, half_ppm);
  EXPECT_TRUE(board.level(3));
  board.edges.clear();
  outputs.drive(with_converter({true, core::Transfer::cell_to_store, 3}), half_ppm / 2);
  EXPECT_EQ(board.duty_ppm, half_ppm / 2);
  ASSERT_EQ(board.edges.size(), 2u);
  EXPECT_EQ(board.edges[0].level, 0u);
  EXPECT_EQ(board.edges[1].level, 1u);
}

TEST(OutputsTest, TheConverterDoesNotRunWhenACellCannotBeSelected) {
  fake::Board board;
  Outputs outputs(board.host());
  outputs.drive(with_converter({false, core::Transfer::cell_to_store, 0}), half_ppm);
  board.gpio_write_error = BOARD_EBUSY;
  board.first_failing_pin = 5;
  outputs.drive(with_converter({true, core::Transfer::store_to_cell, 5}), half_ppm);
  EXPECT_FALSE(board.level(3));
  board.gpio_write_error = 0;
  outputs.drive(with_converter({true, core::Transfer::store_to_cell, 5}), half_ppm);
  EXPECT_TRUE(board.level(3));
  EXPECT_TRUE(board.level(4));
  EXPECT_TRUE(board.level(5));
  EXPECT_FALSE(board.level(6));
  EXPECT_TRUE(board.level(7));
}

TEST(OutputsTest, WhatABoardNeedNotHaveIsWrittenOnceItIsWanted) {
  fake::Board board;
  Outputs outputs(board.host());
  outputs.drive({}, half_ppm);
  for (const fake::Edge& edge : board.edges) EXPECT_LT(edge.pin, 10u);
  Wishes all;
  all.precharge = all.heater = all.buzzer = all.led = all.dry_1 = all.dry_2 = true;
  outputs.drive(all, half_ppm);
  for (std::uint32_t pin = 10; pin < 16; ++pin) EXPECT_TRUE(board.level(pin)) << pin;
  outputs.drive({}, half_ppm);
  for (std::uint32_t pin = 10; pin < 16; ++pin) EXPECT_FALSE(board.level(pin)) << pin;
}

}  // namespace
}  // namespace jk::app
