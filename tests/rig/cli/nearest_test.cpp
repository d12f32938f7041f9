// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/nearest.hpp"

#include <gmock/gmock.h>

namespace rig::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kKnown = {"run",    "list",   "validate", "explain",
                                         "report", "--jobs", "--trace",  "--strict"};

TEST(Nearest, FindsSlipsOfTheHand) {
  EXPECT_THAT(nearest("rnu", kKnown), ElementsAre("run"));
  EXPECT_THAT(nearest("valdate", kKnown), ElementsAre("validate"));
  EXPECT_THAT(nearest("--job", kKnown), ElementsAre("--jobs"));
  EXPECT_THAT(nearest("reprot", kKnown), ElementsAre("report"));
}

TEST(Nearest, FindsAPartOfALongName) {
  EXPECT_THAT(nearest("overcharge", {"overcharge_of_one_strong_cell_opens_the_charge_fet", "cold_charge"}),
              ElementsAre("overcharge_of_one_strong_cell_opens_the_charge_fet"));
}

TEST(Nearest, IsSilentAboutWhatIsNotNear) {
  EXPECT_THAT(nearest("frobnicate", kKnown), IsEmpty());
  EXPECT_THAT(nearest("", kKnown), IsEmpty());
  EXPECT_EQ(near_text("frobnicate", kKnown), "");
}

TEST(Nearest, GivesTheBestFirstAndThreeAtMost) {
  EXPECT_THAT(nearest("cell", {"bell", "cell1", "cells", "cell", "hello", "sell"}),
              ElementsAre("cell", "bell", "cell1"));
  EXPECT_EQ(near_text("cell", {"sell", "cell1"}), " Near: cell1, sell");
}

TEST(Nearest, NamesEachOnce) { EXPECT_THAT(nearest("cel", {"cell", "cell"}), ElementsAre("cell")); }

}  // namespace
}  // namespace rig::cli
