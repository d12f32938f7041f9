// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/exit_code.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace rig::campaign {
namespace {

// Typed from the table in docs/command-line.md.
struct Row {
  const char* word;
  int in_folder, named, strict;
};
constexpr Row kTable[] = {
    {"pass", 0, 0, 0},  {"conditional_pass", 0, 0, 1}, {"conditional_fail", 1, 1, 1}, {"fail", 1, 1, 1},
    {"error", 2, 2, 2}, {"not_run", 2, 2, 2},          {"not_applicable", 0, 3, 0}};

TEST(ExitCode, FollowsTheTableForEveryWord) {
  for (const Row& row : kTable) {
    EXPECT_EQ(exit_code(Judged{row.word, false}, false), row.in_folder) << row.word;
    EXPECT_EQ(exit_code(Judged{row.word, true}, false), row.named) << row.word;
    EXPECT_EQ(exit_code(Judged{row.word, false}, true), row.strict) << row.word;
    EXPECT_TRUE(is_result_word(row.word));
  }
}

TEST(ExitCode, OfEveryMultisetOfUpToFourWordsIsTheHighest) {
  std::vector<Judged> chosen;
  int multisets = 0;
  const std::function<void(std::size_t, int, int)> extend = [&](std::size_t from, int plain, int strict) {
    if (!chosen.empty()) {
      const bool nothing = std::ranges::all_of(chosen, [](const Judged& j) { return j.result == "not_applicable"; });
      EXPECT_EQ(exit_code(chosen, false), nothing ? 3 : plain);
      EXPECT_EQ(exit_code(chosen, true), nothing ? 3 : strict);
      ++multisets;
    }
    if (chosen.size() == 4) return;
    for (std::size_t i = from; i < 14; ++i) {
      const Row& row = kTable[i / 2];
      const bool named = i % 2 == 1;
      chosen.push_back({row.word, named});
      const int here = named ? row.named : row.in_folder;
      extend(i, std::max(plain, here), std::max(strict, std::max(here, row.strict)));
      chosen.pop_back();
    }
  };
  extend(0, 0, 0);
  EXPECT_EQ(multisets, 14 + 105 + 560 + 2380);
}

TEST(ExitCode, AWordNobodyKnowsIsAnError) {
  for (const char* word : {"", "PASS", "passed", "ok"}) {
    EXPECT_EQ(exit_code(Judged{word, false}, false), 2) << word;
    EXPECT_FALSE(is_result_word(word));
  }
}

TEST(ExitCode, NothingRanIsNoGreen) {
  EXPECT_EQ(exit_code(std::vector<Judged>{}, false), 3);
  EXPECT_EQ(exit_code({{"not_applicable", false}, {"not_applicable", false}}, false), 3);
}

}  // namespace
}  // namespace rig::campaign
