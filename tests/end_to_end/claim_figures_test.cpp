// SPDX-License-Identifier: Apache-2.0
// What a verdict is worth without its figures: every claim of two fields of the library has all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

namespace {

using nlohmann::json;

/// The figure is that of a cell that min or max picks.
bool picks_a_cell(const json& claim) {
  const std::string text = claim["text"];
  if (text.find(" and ") != std::string::npos) return false;  // or a bit has decided
  for (const char* begin : {"always max(cell.", "always min(cell.", "never max(cell.", "never min(cell.", "max(cell.",
                            "min(cell.", "when max(cell.voltage) >="})
    if (text.starts_with(begin)) return true;
  return false;
}

/// `always`, `never` of a state: what is measured is the longest violation, here none.
bool is_state(const json& claim) { return claim["limit"]["number"] == 0 && claim["limit"]["unit"] == "s"; }

std::string missing_of(const json& claim) {
  for (const char* member : {"measured", "limit", "limit_is", "margin", "resolution"})
    if (!claim.contains(member)) return member;
  if (!(claim["margin"]["number"].get<double>() >= 0)) return "a margin that says pass";
  if (claim["limit_source"] == "") return "limit_source";
  if (claim["t_worst_ns"].get<std::int64_t>() < 0) return "t_worst_ns";
  if (claim["occurrences"] == 0) return "occurrences";
  const bool wants_element = picks_a_cell(claim) && !is_state(claim);
  return wants_element && claim["worst_element"] == "" ? "worst_element" : "";
}

}  // namespace

TEST(ClaimFigures, EveryClaimHasValueLimitSourceSignedMarginMomentAndCell) {
  const tests::TemporaryFolder out;
  const auto ran = tests::run(tests::cellrig() +
                              " run '" CELLRIG_SOURCE_DIR "/scenarios/protection' '" CELLRIG_SOURCE_DIR
                              "/scenarios/balancing' --without-label endurance --out " +
                              out.text());
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  const json result = json::parse(tests::slurp(out.path() / "result.json"));
  std::size_t claims = 0, values = 0, times = 0, cells = 0;
  for (const json& scenario : result["scenarios"]) {
    for (const json& claim : scenario["claims"]) {
      EXPECT_EQ(missing_of(claim), "") << scenario["name"] << ": " << claim["text"];
      ++claims;
      ++(claim["margin"]["unit"] == "s" ? times : values);
      cells += claim["worst_element"] != "" ? 1 : 0;
    }
  }
  EXPECT_GT(claims, 400u);
  EXPECT_GT(values, 100u);
  EXPECT_GT(times, 200u);
  EXPECT_GT(cells, 80u);
}
