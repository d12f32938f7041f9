// SPDX-License-Identifier: Apache-2.0
// What a fit says of a time constant that the data did not settle.
#include "rig/cli/fit_words.hpp"

#include <gmock/gmock.h>

namespace rig::cli {
namespace {

using cell_fit::Bound;
using testing::HasSubstr;

/// The words about one knot whose tau2 is 494 s ± 4 %.
std::string words_about(Bound bound) {
  cell_fit::Fitted f;
  cell_fit::Estimate e;
  for (std::size_t q = 0; q < cell_fit::quantities; ++q) {
    e.value[q] = {q == cell_fit::tau2 ? 494.0 : 0.03};
    e.relative_sd[q] = {0.04};
    e.at_bound[q] = {q == cell_fit::tau2 ? bound : Bound::none};
  }
  f.solution.groups = {e};
  f.solution.soc = {0.5};
  f.solution.slow_error_V = {0.001};
  cell_fit::SlowRun slow;
  slow.discharge = {-0.2, 4, 0, 2, {0, 1}, {2.5, 4.182}};
  const std::string name = "x", file = "slow.csv";
  return FitWords{name, {}, file, slow, f}.text();
}

}  // namespace

TEST(FitWords, GiveADeviationOfATimeConstant) { EXPECT_THAT(words_about(Bound::none), HasSubstr("  494 s ±4.0 %  ")); }

TEST(FitWords, SayThatATimeConstantIsLimited) {
  EXPECT_THAT(words_about(Bound::most), HasSubstr("  ≥ 494 s, limited by the rests  "));
  EXPECT_THAT(words_about(Bound::least), HasSubstr("  ≤ 494 s, limit of the slow pair  "));
}

}  // namespace rig::cli
