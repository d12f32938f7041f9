// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>

#include "firmware-under-test/jk/core/measurement.hpp"

namespace jk::core {
namespace {

bool is_cell_max_known(const Measurement& measurement) {
  return measurement.readings()[static_cast<std::size_t>(Signal::cell_max)].is_known;
}

TEST(CellCount, AnotherOneMakesTheLastScanUnknown) {
  constexpr std::array<std::int32_t, 4> raw = {2700, 2703, 2690, 2710};
  Measurement measurement(4);
  measurement.take_scan(raw, not_compared, 0);
  ASSERT_EQ(measurement.highest_cell(), 3u);
  ASSERT_EQ(measurement.lowest_cell(), 2u);
  for (const std::size_t count : {2u, 4u}) {
    measurement.set_cell_count(count);
    EXPECT_EQ(measurement.highest_cell(), 0u);
    EXPECT_EQ(measurement.lowest_cell(), 0u);
    EXPECT_EQ(measurement.cells_present(), 0u);
    EXPECT_EQ(measurement.cells_mV().size(), count);
    EXPECT_FALSE(is_cell_max_known(measurement));
    measurement.take_scan(std::span(raw).first(count), not_compared, 0);
    EXPECT_EQ(measurement.highest_cell(), count - 1);
    EXPECT_TRUE(is_cell_max_known(measurement));
  }
}

}  // namespace
}  // namespace jk::core
