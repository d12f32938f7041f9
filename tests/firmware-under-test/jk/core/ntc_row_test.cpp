// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/measurement.hpp"
#include "firmware-under-test/jk/core/ntc_table.hpp"

namespace jk::core {
namespace {

TEST(NtcRow, AValueIsTheSameWhereverTheSearchBegins) {
  constexpr std::int32_t warmest = 125, coldest = 3889;
  for (std::size_t first = 0; first + 1 < ntc_row_count; ++first) {
    for (std::int32_t raw = warmest; raw <= coldest; ++raw) {
      std::size_t row = first;
      ASSERT_EQ(ntc_ddegC(raw, row), ntc_ddegC(raw)) << raw << " from row " << first;
      std::size_t again = row;
      ASSERT_EQ(ntc_ddegC(raw, again), ntc_ddegC(raw));
      ASSERT_EQ(again, row) << "it is found there";
    }
  }
}

TEST(NtcRow, StaysWhenTheSensorIsOpenOrShorted) {
  for (const std::int32_t raw : {-1, 0, 124, 3890, 4095, 4096}) {
    std::size_t row = 65;
    EXPECT_EQ(ntc_ddegC(raw, row), std::nullopt);
    EXPECT_EQ(row, 65u);
  }
}

}  // namespace
}  // namespace jk::core
