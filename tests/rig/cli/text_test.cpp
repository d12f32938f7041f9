// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/text.hpp"

#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace rig::cli {
namespace {

TEST(Text, CountsPlacesNotBytes) {
  EXPECT_EQ(width("−20 °C"), 6u);
  EXPECT_EQ(padded("°C", 4), "°C  ");
  EXPECT_EQ(padded("long", 2), "long");
}

TEST(Text, AShellReadsQuotedWordsBack) {
  for (const std::string word : {"plain", "", "two words", "it's", "$HOME", "a;b", "*", "~/x", "a\nb", "über"}) {
    EXPECT_EQ(tests::run("printf '%s' " + shell_quoted(word)).output, word);
  }
  EXPECT_EQ(shell_quoted("scenarios/a.yaml::b"), "scenarios/a.yaml::b");
}

TEST(Text, ATerminalGetsNoControlCharacters) { EXPECT_EQ(printable("a\x1b[31mb\nc\x7f°"), "a?[31mb?c?°"); }

TEST(Text, OneThingIsSingular) {
  EXPECT_EQ(counted(1, "core"), "1 core");
  EXPECT_EQ(counted(0, "core"), "0 cores");
}

}  // namespace
}  // namespace rig::cli
