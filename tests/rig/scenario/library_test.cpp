// SPDX-License-Identifier: Apache-2.0
// The library by numbers: how many different pairs of claim and stimulus it holds, and what it covers
// (docs/library.md).
#include "tests/rig/scenario/library.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "rig/scenario/claims.hpp"

namespace rig::scenario::library {
namespace {

const Scenario& called(const std::string& name) {
  const auto at = std::ranges::find(all(), name, &Scenario::name);
  EXPECT_NE(at, all().end()) << name;
  return *at;
}

TEST(Library, HoldsAtLeast120DifferentPairsOfClaimAndStimulus) {
  std::map<std::string, std::string> first;
  for (const Scenario& scenario : all())
    first.emplace(stimulus_of(scenario) + " => " + claim_of(scenario), scenario.name);
  std::cout << all().size() << " scenarios, " << first.size() << " different pairs of claim and stimulus\n";
  EXPECT_GE(first.size(), 120U);
}

TEST(Library, OtherNumbersCellsAndBoardsMakeNoNewPair) {
  Scenario one = called("overcharge_of_one_strong_cell_opens_the_charge_fet");
  Scenario other = one;
  other.settings.at("cell_count") = 24;
  other.run_for_s *= 2;
  for (Action& action : other.actions) action.at_s += 1;
  for (Claim& claim : other.claims) claim.after_s = 7;
  EXPECT_EQ(stimulus_of(one), stimulus_of(other));
  EXPECT_EQ(claim_of(one), claim_of(other));
  EXPECT_EQ(stimulus_of(called("overcharge_of_one_of_24_cells_opens_the_charge_fet")), stimulus_of(one));
}

TEST(Library, AnotherSettingActionStartOrClaimMakesOne) {
  const Scenario one = called("overcharge_of_one_strong_cell_opens_the_charge_fet");
  Scenario other = one;
  other.settings.at("cell_ovp_delay") += 1;
  EXPECT_NE(stimulus_of(one), stimulus_of(other));
  other = one;
  other.actions.front().values["ripple"] = {5, Dimension::current};
  EXPECT_NE(stimulus_of(one), stimulus_of(other));
  other = one;
  other.start["ambient"] = 40;
  EXPECT_NE(stimulus_of(one), stimulus_of(other));
  other = one;
  other.claims.pop_back();
  EXPECT_NE(claim_of(one), claim_of(other));
}

/// A label "row/aspect" is a promise; these aspects need the action that they speak of.
TEST(Library, ALabelThatSpeaksOfAnActionHasIt) {
  const auto does = [](const Scenario& scenario, const std::string& what) {
    return std::ranges::any_of(scenario.actions, [&](const Action& action) {
      const auto word = [&](const char* key) { return action.words.contains(key) ? action.words.at(key) : ""; };
      if (what == "reset") return word("do") == "reset";
      if (what == "power_cut") return action.target == "supply";
      return action.target == what;
    });
  };
  for (const Scenario& scenario : all()) {
    for (const std::string& label : scenario.labels) {
      const std::string aspect = label.substr(std::min(label.find('/') + 1, label.size()));
      if (label.find('/') == std::string::npos) continue;
      if (aspect == "reset" || aspect == "power_cut") {
        EXPECT_TRUE(does(scenario, aspect)) << scenario.name << ": " << label;
      }
      for (const std::string part : {"ntc", "lead"}) {
        if (label.starts_with(part + "/")) {
          EXPECT_TRUE(does(scenario, part)) << scenario.name << ": " << label;
        }
      }
    }
  }
}

TEST(Library, EveryLabelWithAStrokeBelongsToAFamily) {
  std::set<std::string> known;
  for (const Family& family : families()) {
    for (const std::string& row : family.rows) {
      for (const std::string& aspect : family.aspects) known.insert(row + "/" + aspect);
    }
  }
  for (const auto& [label, names] : coverage(all()))
    EXPECT_TRUE(known.contains(label)) << label << " of " << *names.begin();
}

TEST(Library, ThePageIsMadeFromIt) {
  std::ostringstream written;
  written << std::ifstream(CELLRIG_SOURCE_DIR "/docs/library.md").rdbuf();
  EXPECT_EQ(written.str(), page(all())) << "docs/library.md is older than the library: ninja library_page, then "
                                           "build/dev/tests/rig/scenario/library_page > docs/library.md";
}

}  // namespace
}  // namespace rig::scenario::library
