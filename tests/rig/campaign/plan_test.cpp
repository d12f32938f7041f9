// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/plan.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.hpp"

namespace rig::campaign {
namespace {

const char* const scenario_of_the_plan = R"(s:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  run_for: 10 s
  expect:
    - always: charge_fet is on
)";

/// A campaign file read; what was said stands one mistake a line, without the folder.
class PlanFile : public testing::Test {
 protected:
  std::vector<Plan> read(const std::string& text) {
    const std::filesystem::path file = folder.path() / "c.yaml", other = folder.path() / "s.yaml";
    std::ofstream(file) << text;
    std::ofstream(other) << scenario_of_the_plan;
    scenario::Files files(CELLRIG_SOURCE_DIR "/scenarios");
    scenario::Problems problems;
    const FindScenarios find = [&](const std::string& word, const std::filesystem::path&, std::string& complaint) {
      if (word == "s") return scenario_trees(other, files, problems);
      complaint = "no shipped scenario is called " + word + ".";
      return std::vector<scenario::ScenarioTree>();
    };
    std::vector<Plan> plans = read_plans(file, files, find, problems);
    said.clear();
    for (const scenario::ScenarioError& error : problems.sorted()) {
      const auto& at = error.position();
      said += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + error.sentence() + "\n";
    }
    return plans;
  }
  tests::TemporaryFolder folder;
  std::string said;
};

struct Slip {
  const char *text, *said;
};

TEST_F(PlanFile, ASlipIsToldWithItsPlace) {
  const Slip slips[] = {
      {"c:\n  scenario: s\n", "1:1 c: one of search, phases, faults, vary, draw is due, or shrink: on\n"},
      {"c:\n  scenario: t\n  phases: 64\n", "2:13 scenario: no shipped scenario is called t.\n"},
      {"c:\n  phases: 64\n", "2:3 c: scenario is missing\n"},
      {"c!:\n  scenario: s\n  phases: 64\n",
       "1:1 the name of a campaign is made of letters, digits, _ and -; not \"c!\"\n"},
      {"c:\n  scenario: s\n  phases: many\n",
       "3:11 phases: \"many\" is not a whole number from 2 to 100000, nor a mapping {count: 64, …}\n"},
      {"c:\n  scenario: s\n  phases: 64\n  faults: {}\n", nullptr},
      {"c:\n  scenario: s\n  vary: {settings.cell_ovp: 3.6 V}\n",
       "3:29 settings.cell_ovp: a list of values is due, such as [3.5 V, 3.6 V]\n"},
      {"c:\n  scenario: s\n  draw: {run_for: {uniform: {from: 1 s, to: 2 s}}}\n",
       "3:3 draw: runs: is missing, how many are drawn\n"},
      {"c:\n  scenario: s\n  runs: 3\n  vary: {run_for: [1 s]}\n",
       "3:3 runs: without draw: every run would be the same\n"},
      {"c:\n  scenario: s\n  runs: 3\n  draw: {run_for: {gaussian: {mean: 1 s}}}\n",
       "4:20 run_for: gaussian is not one of normal, uniform, triangular, lognormal\n"},
      {"c:\n  scenario: s\n  runs: 3\n  draw: {run_for: {normal: {mean: 10, sigma: 1 s}}}\n",
       "4:46 sigma: \"1 s\" must be a number without a unit, such as 1\n"},
      {"c:\n  scenario: s\n  runs: 3\n  draw: {run_for: {normal: {mean: 10 s, sigma: -1 s}}}\n",
       "4:28 normal: sigma must be greater than zero\n"},
      {"c:\n  scenario: s\n  runs: 3\n  draw: {run_for: {uniform: {from: 10 s, to: 5 s}}}\n",
       "4:29 uniform: from must be below to\n"},
      {"c:\n  scenario: s\n  runs: 3\n  draw: {run_for: {normal: {mean: 10 s, sigma: 1 s, least: 90 s}}}\n",
       "4:28 normal: next to nothing of it lies between least and most\n"},
      {"c:\n  scenario: s\n  faults:\n    first_at: 2 s\n    second_at: 1 s\n    list: {a: {supply: off}, b: {adc: "
       "stop}}\n",
       "5:16 second_at: lies not behind first_at\n"},
      {"c:\n  scenario: s\n  faults:\n    first_at: 1 s\n    second_at: 2 s\n    list: {a: {supply: off}}\n",
       "6:11 list: a pair takes two faults\n"},
      {"c:\n  scenario: s\n  search:\n    trip: {value: run_for, between: [1 s, 2 s], resolution: 1 ms, trips: "
       "charge_fet is off}\n",
       "4:19 value: \"run_for\" is not in an action; such as do[1].hold.cell[3].voltage\n"},
      {"c:\n  scenario: s\n  search:\n    trip: {value: \"do[0].at\", between: [1 s, 2 V], resolution: 1 ms, trips: "
       "charge_fet is off}\n",
       "4:46 between: \"2 V\" is a voltage; a time is due, such as 2 s or 2000 ms\n"},
      {"c:\n  scenario: s\n  search:\n    trip: {value: \"do[0].at\", between: [1 s, 2 s], resolution: 0 ms, trips: "
       "charge_fet is off}\n",
       "4:64 resolution: \"0 ms\" must be greater than zero\n"},
      {"c:\n  scenario: s\n  search:\n    trip: {value: \"do[0].at\", between: [1 s, 2 s], resolution: 1 ms, around: "
       "settings.x, trips: charge_fet is off}\n",
       "4:5 search: tolerance is missing: how far from `around` is still right\n"},
      {"c:\n  scenario: s\n  phase: 3\n", nullptr},
  };
  for (const Slip& slip : slips) {
    static_cast<void>(read(slip.text));
    if (slip.said == nullptr)
      EXPECT_FALSE(said.empty()) << slip.text;
    else
      EXPECT_EQ(said, slip.said) << slip.text;
  }
}

TEST_F(PlanFile, UnitsOfASearchAreThoseOfItsFirstValue) {
  const auto plans = read(R"(c:
  scenario: s
  search:
    trip:
      value: do[1].hold.cell[3].voltage
      between: [3450 mV, 3.8 V]
      resolution: 500 uV
      around: settings.cell_ovp
      trips: charge_fet is off
    tolerance: 0.006 V
    overdrives: [5 mV, 0.1 V]
)");
  ASSERT_EQ(said, "");
  const Search& search = *plans.at(0).search;
  EXPECT_EQ(search.trip.action, 1u);
  EXPECT_EQ(search.trip.from.unit, "mV");
  EXPECT_DOUBLE_EQ(search.trip.to.number, 3800);
  EXPECT_DOUBLE_EQ(search.trip.resolution, 0.5);
  EXPECT_DOUBLE_EQ(search.tolerance->number, 6);
  EXPECT_DOUBLE_EQ(search.overdrives.at(1).number, 100);
  EXPECT_EQ(search.trip.from.text(3600.125), "3600.125 mV");
}

TEST_F(PlanFile, ADrawKeepsTheUnitOfItsFirstNumber) {
  const auto plans = read(
      "c:\n  scenario: s\n  runs: 3\n  seed: 9\n  draw:\n    start.soc: {normal: {mean: 90 %, sigma: 5000 ppm}}\n");
  ASSERT_EQ(said, "");
  EXPECT_EQ(plans[0].draw.at(0).distribution.unit, "%");
  EXPECT_DOUBLE_EQ(plans[0].draw[0].distribution.b, 0.5);
  EXPECT_EQ(plans[0].seed, 9u);
}

}  // namespace
}  // namespace rig::campaign
