// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "rig/scenario/files.hpp"
#include "rig/scenario/parts.hpp"

namespace rig::scenario {
namespace {

std::optional<BoardSpec> shipped_board(const std::string& name) {
  Node reference;
  reference.text = "boards/" + name + ".yaml";
  Files files(CELLRIG_SCENARIOS);
  Problems problems;
  return read_board(reference, {}, files, problems);
}

TEST(Buses, ABoardOfTheFamilyHas4e57ModbusAndCan) {
  for (const char* name :
       {"jk_b1a8s10p", "jk_b1a8s20p", "jk_b2a8s20p", "jk_pb2a16s15p", "jk_pb2a16s20p", "jk_b2a24s20p"}) {
    const auto board = shipped_board(name);
    ASSERT_TRUE(board) << name;
    ASSERT_EQ(board->uarts.size(), 3U) << name;
    EXPECT_EQ(board->uarts[0].port, 0U) << name;
    EXPECT_EQ(board->uarts[0].is, "jk_4e57") << name;
    EXPECT_EQ(board->uarts[0].baud, 115200) << name;
    EXPECT_EQ(board->uarts[1].port, 1U) << name;
    EXPECT_EQ(board->uarts[1].is, "jk_modbus") << name;
    EXPECT_EQ(board->uarts[1].baud, 115200) << name;
    EXPECT_EQ(board->uarts[2].port, 2U) << name;
    EXPECT_EQ(board->uarts[2].is, "jk_display") << name;
    EXPECT_EQ(board->uarts[2].baud, 2400) << name;
    ASSERT_EQ(board->can.size(), 1U) << name;
    EXPECT_EQ(board->can[0].bus, 0U) << name;
    EXPECT_EQ(board->can[0].bit_per_s, 250e3) << name;
    EXPECT_EQ(board->can[0].queue_frames, 16U) << name;
  }
}

}  // namespace
}  // namespace rig::scenario
