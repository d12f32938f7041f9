// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/board_model.hpp"

#include <gtest/gtest.h>

namespace jk::app {
namespace {

TEST(BoardModel, IsReadFromTheName) {
  const struct {
    const char* name;
    std::int32_t balance_mA;
    std::uint32_t cells;
    std::int32_t continuous_A;
    bool is_pb;
    std::int32_t pack_lsb_mV;
  } rows[] = {{"JK-B1A8S10P", 1000, 8, 100, false, 4},   {"JK-B1A8S20P", 1000, 8, 200, false, 4},
              {"JK_B2A8S20P", 2000, 8, 200, false, 4},   {"JK-PB2A16S15P", 2000, 16, 150, true, 8},
              {"JK_PB2A16S20P", 2000, 16, 200, true, 8}, {"JK-B2A24S20P", 2000, 24, 200, false, 8}};
  for (const auto& row : rows) {
    const BoardModel model = board_model(row.name);
    EXPECT_EQ(model.balance_mA, row.balance_mA) << row.name;
    EXPECT_EQ(model.max_cells, row.cells) << row.name;
    EXPECT_EQ(model.continuous_A, row.continuous_A) << row.name;
    EXPECT_EQ(model.has_inverter_ports, row.is_pb) << row.name;
    EXPECT_EQ(model.pack_lsb_mV(), row.pack_lsb_mV) << row.name;
    EXPECT_EQ(model.name, row.name);
  }
}

TEST(BoardModel, OfAnyOtherNameBalancesNothing) {
  for (const char* name : {"", "JK", "JK-", "JK-B", "JK-C2A8S20P", "JK-BxA8S20P", "JK-B2A", "JK-B2A8S", "JK-B2A8S20",
                           "JK-B2A8S20Q", "JK-B0A8S20P", "JK-B16A8S20P", "JK-B2A0S20P", "JK-B2A8S0P", "JK-B-1A8S20P",
                           "somebody's board", "JK-B99999999999A8S20P", "JK-B2A8S1000P", "JK-B2A8S1000000000P"})
    EXPECT_EQ(board_model(name).balance_mA, 0) << name;
}

}  // namespace
}  // namespace jk::app
