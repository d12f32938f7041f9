// SPDX-License-Identifier: Apache-2.0
// What holds for every scenario that comes with Cellrig.
#include <gtest/gtest.h>

#include <set>

#include "rig/scenario/capabilities.hpp"
#include "tests/rig/scenario/library.hpp"

namespace rig::scenario {
namespace {

TEST(ShippedScenarios, AllRead) {
  const std::vector<Scenario>& all = library::all();
  EXPECT_GE(all.size(), 20U);
  for (const Scenario& scenario : all) {
    EXPECT_FALSE(scenario.about.empty()) << scenario.name;
    EXPECT_FALSE(scenario.labels.empty()) << scenario.name;
    EXPECT_FALSE(scenario.shows.empty()) << scenario.name;
    EXPECT_FALSE(scenario.claims.empty()) << scenario.name;
    EXPECT_EQ(scenario.sha256.size(), 64U) << scenario.name;
    for (const Claim& claim : scenario.claims) EXPECT_FALSE(claim.text.empty()) << scenario.name;
  }
}

TEST(ShippedScenarios, NamesAreUnique) {
  std::set<std::string> names;
  for (const Scenario& scenario : library::all()) EXPECT_TRUE(names.insert(scenario.name).second) << scenario.name;
}

TEST(Capabilities, ABenchThatCanNothingRunsNoShippedScenario) {
  const BenchCapabilities nothing{"nothing", false, {}, {}};
  for (const Scenario& scenario : library::all())
    EXPECT_FALSE(what_a_bench_cannot(scenario, nothing, {}).empty()) << scenario.name;
}

TEST(Capabilities, WhatAnyShippedScenarioNeedsMayStandInABenchFile) {
  BenchCapabilities all{"all", false, {}, {}};
  for (const std::string& need : known_needs()) all.can.insert(need);
  for (const std::string& signal : known_observables()) all.observes.insert(signal);
  const std::vector<Scenario>& scenarios = library::all();
  for (const Scenario& scenario : scenarios)
    EXPECT_TRUE(what_a_bench_cannot(scenario, all, {}).empty()) << scenario.name;
  EXPECT_GT(scenarios.size(), 50U);
}

}  // namespace
}  // namespace rig::scenario
