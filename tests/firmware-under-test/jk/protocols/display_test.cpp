// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/display.hpp"

#include <gtest/gtest.h>

namespace jk::protocols {
namespace {

TEST(Display, CodesAreWrittenAsTheArticleAndTheGuideWriteThem) {
  using core::Diagnosis;
  EXPECT_EQ(diagnosis_text(Diagnosis::none), "OK");
  EXPECT_EQ(diagnosis_text(Diagnosis::initialising), "0x03");
  EXPECT_EQ(diagnosis_text(Diagnosis::cell_overvoltage), "E-01");
  EXPECT_EQ(diagnosis_text(Diagnosis::cell_undervoltage), "E-02");
  EXPECT_EQ(diagnosis_text(Diagnosis::temperature_sensor), "E-03");
  EXPECT_EQ(diagnosis_text(Diagnosis::other_protection), "E-04");
  EXPECT_EQ(diagnosis_text(Diagnosis::balancing_inactive), "B-07");
  EXPECT_EQ(diagnosis_text(Diagnosis::no_master), "C-FF");
}

TEST(Display, AFrameHasItsHeadItsCodeAndTheNumbers) {
  constexpr std::array<std::int32_t, 4> cells = {3300, 3310, 3290, 3300};
  core::Status status;
  status.cells_mV = cells;
  status.highest_cell = 1;
  status.lowest_cell = 2;
  status.pack_mV = 13'200;
  status.current_mA = -20'000;
  status.soc_percent = 60;
  status.diagnosis = core::Diagnosis::balancing_inactive;
  const DisplayFrame frame = display_frame(status);
  const std::array<std::uint8_t, 23> begin = {0xA5, 0x5A, 0x5D, 0x82, 0x10, 0x00, 'B',  '-',  '0',  '7',  ' ', ' ',
                                              ' ',  ' ',  60,   0x05, 0x28, 0xF8, 0x30, 0x0C, 0xEE, 0x0C, 0xDA};
  for (std::size_t i = 0; i < begin.size(); ++i) EXPECT_EQ(frame[i], begin[i]) << i;
  for (std::size_t i = begin.size(); i < frame.size(); ++i) EXPECT_EQ(frame[i], 0) << i;
}

TEST(Display, ACurrentBeyondItsWidthIsHeldAtTheEnd) {
  constexpr std::array<std::int32_t, 1> cells = {3300};
  core::Status status;
  status.cells_mV = cells;
  status.current_mA = 700'000;
  EXPECT_EQ(display_frame(status)[17], 0x7F);
  status.current_mA = -700'000;
  EXPECT_EQ(display_frame(status)[17], 0x80);
}

}  // namespace
}  // namespace jk::protocols
