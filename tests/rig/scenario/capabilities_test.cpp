// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/capabilities.hpp"

#include <gtest/gtest.h>

namespace rig::scenario {
namespace {

Action action(const char* target, const char* key = "", const char* word = "") {
  Action a;
  a.target = target;
  if (*key != '\0') a.words[key] = word;
  return a;
}

const BenchCapabilities bench{"fake", false, {"charger", "load", "ntc", "ntc/open"}};

TEST(Capabilities, ABenchRunsWhatItCanDo) {
  Scenario scenario;
  scenario.actions = {action("charger"), action("ntc", "state", "open"), action("load")};
  EXPECT_TRUE(what_a_bench_cannot(scenario, bench).empty());
}

TEST(Capabilities, SayEachThingThatABenchCannotDoOnce) {
  Scenario scenario;
  scenario.actions = {action("discharge_bank", "state", "stuck on"), action("ntc", "state", "short"),
                      action("discharge_bank", "state", "stuck on")};
  const std::vector<std::string> expected{"bench fake cannot do discharge_bank/stuck on",
                                          "bench fake cannot do ntc/short"};
  EXPECT_EQ(what_a_bench_cannot(scenario, bench), expected);
}

TEST(Capabilities, ThePlainSideOfAWordNeedsNoMoreThanTheTarget) {
  Scenario scenario;
  scenario.actions = {action("ntc", "state", "normal"), action("charger", "polarity", "normal")};
  EXPECT_TRUE(what_a_bench_cannot(scenario, bench).empty());
}

TEST(Capabilities, TheSimulationCanDoEverything) {
  Scenario scenario;
  scenario.actions = {action("anything", "state", "odd")};
  EXPECT_TRUE(what_a_bench_cannot(scenario, sim_capabilities()).empty());
}

}  // namespace
}  // namespace rig::scenario
