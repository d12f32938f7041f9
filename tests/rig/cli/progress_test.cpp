// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/progress.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

namespace rig::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

TEST(Progress, LooksAsPromised) {
  EXPECT_EQ(Progress::line(8, 2, 8, 0.42), "running 8 scenarios on 2 cores ━━━━━━━━━━━━━━━━━━━━━ 8/8  0.4 s");
  EXPECT_EQ(Progress::line(2, 1, 1, 12), "running 2 scenarios on 1 core ━━━━━━━━━━            1/2  12.0 s");
  EXPECT_EQ(Progress::line(1, 1, 0, 0), "running 1 scenario on 1 core                       0/1  0.0 s");
}

TEST(Progress, IsPlainLinesWithoutATerminal) {
  std::ostringstream out;
  Progress progress(out, false, 2, 2);
  progress.finished_one();
  progress.tick();
  progress.finished_one();
  progress.end();
  EXPECT_THAT(out.str(), MatchesRegex("running 2 scenarios on 2 cores\n2/2  [0-9.]+ s\n"));
}

TEST(Progress, RewritesOneLineOnATerminal) {
  std::ostringstream out;
  Progress progress(out, true, 1, 1);
  progress.finished_one();
  progress.end();
  EXPECT_THAT(out.str(), HasSubstr("\r\x1b[Krunning 1 scenario on 1 core ━━━━━━━━━━━━━━━━━━━━━ 1/1"));
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

}  // namespace
}  // namespace rig::cli
