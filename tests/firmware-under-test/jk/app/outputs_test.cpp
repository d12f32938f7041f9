// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/outputs.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/app/fake_board.hpp"

namespace jk::app {
namespace {

std::uint32_t duty_of(std::int32_t balance_mA, std::int32_t rated_mA) {
  fake::Board board;
  Outputs outputs(board.host(), balance_mA, rated_mA);
  outputs.set_converter({true, core::Transfer::cell_to_store, 3});
  return board.duty_ppm;
}

TEST(Outputs, DutyIsTheFractionOfTheRatedCurrent) {
  EXPECT_EQ(duty_of(500, 1000), 500'000u);
  EXPECT_EQ(duty_of(500, 2000), 250'000u);
  EXPECT_EQ(duty_of(2000, 2000), 1'000'000u);
}

TEST(Outputs, ASettingAboveTheRatingIsHeldAtTheRating) { EXPECT_EQ(duty_of(2000, 1000), 1'000'000u); }

TEST(Outputs, TheConverterDoesNotRunWhenACellCannotBeSelected) {
  fake::Board board;
  Outputs outputs(board.host(), 2000, 2000);
  outputs.set_converter({false, core::Transfer::cell_to_store, 0});
  board.gpio_write_error = BOARD_EBUSY;
  board.first_failing_pin = 5;
  outputs.set_converter({true, core::Transfer::store_to_cell, 5});
  EXPECT_FALSE(board.level(3));
  board.gpio_write_error = 0;
  outputs.set_converter({true, core::Transfer::store_to_cell, 5});
  EXPECT_TRUE(board.level(3));
  EXPECT_TRUE(board.level(4));
  EXPECT_TRUE(board.level(5));
  EXPECT_FALSE(board.level(6));
  EXPECT_TRUE(board.level(7));
}

}  // namespace
}  // namespace jk::app
