// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/capabilities.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

Action action(const char* target, const char* key = "", const char* word = "") {
  Action a;
  a.target = target;
  if (*key != '\0') a.words[key] = word;
  return a;
}

Expression parsed(const char* text) { return parse_expression(text, make_catalogue(8), {}); }

const BenchCapabilities bench{"fake", false, {"charger", "load", "ntc", "ntc/open"}, {"cell.voltage"}};

std::vector<std::string> cannot(const Scenario& scenario, const BenchCapabilities& one) {
  return what_a_bench_cannot(scenario, one, {});
}

TEST(Capabilities, ABenchRunsWhatItCanDo) {
  Scenario scenario;
  scenario.actions = {action("charger"), action("ntc", "state", "open"), action("load")};
  EXPECT_TRUE(cannot(scenario, bench).empty());
}

TEST(Capabilities, ABenchHasOneBoardUnlessItSaysSo) {
  Scenario scenario;
  scenario.called = "a";
  scenario.others.resize(1);
  scenario.others[0].called = "b";
  EXPECT_EQ(cannot(scenario, bench), std::vector<std::string>{"bench fake cannot run boards"});
  EXPECT_TRUE(cannot(scenario, sim_capabilities()).empty());
}

TEST(Capabilities, SayEachThingThatABenchCannotDoOnce) {
  Scenario scenario;
  scenario.actions = {action("discharge_bank", "state", "stuck on"), action("ntc", "state", "short"),
                      action("discharge_bank", "state", "stuck on")};
  const std::vector<std::string> expected{"bench fake cannot do discharge_bank/stuck on",
                                          "bench fake cannot do ntc/short"};
  EXPECT_EQ(cannot(scenario, bench), expected);
}

TEST(Capabilities, ThePlainSideOfAWordNeedsNoMoreThanTheTarget) {
  Scenario scenario;
  scenario.actions = {action("ntc", "state", "normal"), action("charger", "polarity", "normal")};
  EXPECT_TRUE(cannot(scenario, bench).empty());
}

TEST(Capabilities, EachFaultOfACellIsANeedOfItsOwn) {
  Scenario scenario;
  Action faults = action("cell");
  faults.values = {{"internal_short", {2, Dimension::resistance}}, {"open_weld", {1, Dimension::boolean}}};
  scenario.actions = {faults};
  const std::vector<std::string> expected{"bench fake cannot do cell/internal_short",
                                          "bench fake cannot do cell/open_weld"};
  EXPECT_EQ(cannot(scenario, bench), expected);
}

TEST(Capabilities, HowARunStartsIsANeedToo) {
  Scenario scenario;
  scenario.start = {
      {"ambient", -25}, {"cell[3].soc", 0.9}, {"cell[4].temperature", 40}, {"soc", 0.5}, {"temperature", -25}};
  const std::vector<std::string> expected{
      "bench fake cannot start with ambient", "bench fake cannot start with cell/soc",
      "bench fake cannot start with cell/temperature", "bench fake cannot start with soc"};
  EXPECT_EQ(cannot(scenario, bench), expected);
}

TEST(Capabilities, ARoomWithCellsAllAlikeNeedsNoMoreThanTheirCharge) {
  Scenario scenario;
  scenario.start = {
      {"ambient", 25}, {"cell[3].soc", 0.5}, {"cell[4].temperature", 25}, {"soc", 0.5}, {"temperature", 25}};
  EXPECT_TRUE(cannot(scenario, {"soc only", false, {"soc"}, {}}).empty());
}

TEST(Capabilities, CellsAtATemperatureOfTheirOwnAreANeed) {
  Scenario scenario;
  scenario.start = {{"ambient", 25}, {"temperature", 40}};
  EXPECT_EQ(cannot(scenario, bench), std::vector<std::string>{"bench fake cannot start with cell/temperature"});
}

/// `always: …` for a pack of 8.
Claim claim(const char* expression) {
  Claim c;
  c.then = parsed(expression);
  return c;
}

TEST(Capabilities, WhatAClaimReadsMustBeObservable) {
  Scenario scenario;
  scenario.pack.cells = 8;
  scenario.claims = {claim("cell[3].soc < 90 %"), claim("max(cell.soc) < 95 %"), claim("cell[3].voltage < 3.6 V"),
                     claim("charge_fet is on and min(cell.ocv) > 3 V")};
  const std::vector<std::string> expected{"bench fake cannot observe cell.soc", "bench fake cannot observe charge_fet",
                                          "bench fake cannot observe cell.ocv"};
  EXPECT_EQ(cannot(scenario, bench), expected);
}

TEST(Capabilities, EveryPartOfAClaimCounts) {
  Scenario scenario;
  scenario.pack.cells = 8;
  Claim c = claim("charge_fet is off");
  c.when = parsed("port.current > 3 A");
  c.while_ = parsed("discharge_gate is on");
  scenario.claims = {c};
  EXPECT_THAT(cannot(scenario, bench), testing::UnorderedElementsAre("bench fake cannot observe charge_fet",
                                                                     "bench fake cannot observe port.current",
                                                                     "bench fake cannot observe discharge_gate"));
}

TEST(Capabilities, WhatATimelineReadsMustBeObservable) {
  Scenario scenario;
  scenario.pack.cells = 8;
  const std::vector<Expression> timelines{parsed("min(cell.temperature) > -20 degC"), parsed("bms.alarm.any is on"),
                                          parsed("cell[2].voltage > 3 V"), parsed("abs(port.current) < 1 A")};
  const std::vector<std::string> expected{"bench fake cannot observe cell.temperature",
                                          "bench fake cannot observe port.current"};
  EXPECT_EQ(what_a_bench_cannot(scenario, bench, timelines), expected);
}

TEST(Capabilities, WhatTheBoardReportsIsAlwaysSeen) {
  Scenario scenario;
  scenario.pack.cells = 8;
  scenario.claims = {claim("bms.alarm.any is off and max(bms.cell.voltage) < 3.6 V and bms.poll_age < 1 s")};
  EXPECT_TRUE(cannot(scenario, bench).empty());
  EXPECT_THAT(known_observables(), testing::Not(testing::Contains(testing::StartsWith("bms."))));
}

TEST(Capabilities, TheSimulationCanDoEverything) {
  Scenario scenario;
  scenario.actions = {action("anything", "state", "odd")};
  EXPECT_TRUE(cannot(scenario, sim_capabilities()).empty());
}

}  // namespace
}  // namespace rig::scenario
