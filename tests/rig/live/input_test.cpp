// SPDX-License-Identifier: Apache-2.0
#include "rig/live/input.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace rig::live {
namespace {

class InputTest : public testing::Test {
 protected:
  InputTest() { EXPECT_EQ(pipe(ends.data()), 0); }
  ~InputTest() override {
    close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
  }
  void type(std::string_view text) const {
    EXPECT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void hang_up() {
    close(ends[1]);
    ends[1] = -1;
  }
  std::array<int, 2> ends{};
};

TEST_F(InputTest, LinesMayComeInPieces) {
  Input input(ends[0]);
  type("one\ntw");
  input.read();
  EXPECT_EQ(input.next_line(), "one");
  EXPECT_FALSE(input.next_line());
  type("o\r\nthree");
  input.read();
  EXPECT_EQ(input.next_line(), "two");
  EXPECT_FALSE(input.has_lines());
}

TEST_F(InputTest, TheEndFinishesTheLastLineAndIsNoLineItself) {
  Input input(ends[0]);
  type("last");
  hang_up();
  input.read();
  EXPECT_EQ(input.descriptor(), ends[0]);
  input.read();
  EXPECT_EQ(input.descriptor(), -1);
  EXPECT_EQ(input.next_line(), "last");
  EXPECT_FALSE(input.next_line());
}

}  // namespace
}  // namespace rig::live
