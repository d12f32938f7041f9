// SPDX-License-Identifier: Apache-2.0
#include "rig/live/screen.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace rig::live {
namespace {

TEST(Screen, WithoutATerminalThereAreOnlyLines) {
  std::ostringstream out;
  {
    Screen screen(out, false);
    screen.line("one");
    screen.row("12.3 s");
    EXPECT_FALSE(screen.has_row());
  }
  EXPECT_EQ(out.str(), "one\n");
}

}  // namespace
}  // namespace rig::live
