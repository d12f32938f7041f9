// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/timeline.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/rig/expect/support.hpp"

namespace rig::expect::test {
namespace {

/// Cell 3 rises through 3.60 V at 10 s, peaks at 3.64 V at 14 s; the gate falls at 15.02 s, the current dies within 2
/// ms after it.
Bench overcharge() {
  Bench bench;
  bench.when("charge_gate turns off", "bms.alarm.cell_overvoltage", 1.0).protection = "cell_overvoltage";
  bench.limits.settings = {{"cell_uvp", 2.8}, {"cell_ovp", 3.60}};
  bench.source.plant("cell[3].voltage", [](double t) { return 3.64 - 0.0025 * (t - 14) * (t - 14); });
  bench.source.plant("port.current", [](double) { return 84.0; });
  bench.source.hold("bms.alarm.cell_overvoltage", 0);
  bench.at(15.02, "charge_gate", 0).at(15.2, "bms.alarm.cell_overvoltage", 1);
  bench.plant_at(15.02, "port.current", [](double t) { return 84.0 * std::exp(-(t - 15.02) / 0.0005); });
  return bench;
}

TEST(Timeline, DatesAnOvercharge) {
  Bench bench = overcharge();
  const auto verdict = bench.only(20);
  EXPECT_EQ(verdict.result, Result::pass);
  ASSERT_TRUE(verdict.timeline);
  EXPECT_NEAR(static_cast<double>(verdict.timeline->t_cross), 10e9, 20);
  EXPECT_EQ(verdict.timeline->t_act, 15'020'000'000);
  EXPECT_EQ(verdict.timeline->t_detect, 15'200'000'000);
  EXPECT_NEAR(static_cast<double>(verdict.timeline->t_clear), 15.02e9 + 0.5e6 * std::log(84.0), 2);
  EXPECT_NEAR(verdict.timeline->peak, 3.64, 1e-8);
  EXPECT_EQ(verdict.timeline->peak_dimension, scenario::Dimension::voltage);
}

TEST(Timeline, TheLastCrossingBeforeTheActCounts) {
  Bench bench = overcharge();
  bench.source.plant("cell[3].voltage", [](double t) {  // a first visit above the limit around 3 s
    return 3.5 + 0.2 * std::exp(-(t - 3) * (t - 3)) + 0.13 / (1 + std::exp(-(t - 11) * 4));
  });
  const auto verdict = bench.only(20);
  EXPECT_NEAR(static_cast<double>(verdict.timeline->t_cross), (11 + std::log(0.1 / 0.03) / 4) * 1e9, 1e3);
  EXPECT_NEAR(verdict.timeline->peak, 3.63, 1e-6) << "not the 3.7 V of the first visit";
}

TEST(Timeline, ThePeakBetweenTwoSamplesIsFound) {
  Bench bench = overcharge();
  bench.source.plant("cell[3].voltage", [](double t) { return 3.64 - 0.0025 * (t - 14.0317) * (t - 14.0317); });
  EXPECT_NEAR(bench.only(20).timeline->peak, 3.64, 1e-8);
}

/// Current in the run, direction that the protection blocks -> is the current gone at the act?
bool cleared_at_the_act(const std::string& protection, double current_A) {
  Bench bench;
  bench.always("ambient < 200 degC").protection = protection;
  bench.source.plant("ambient", [](double) { return 25.0; });
  bench.limits.settings = {{"mos_otp", 90}, {"charge_otp", 60}, {"discharge_otp", 60}};
  bench.source.plant("mos.temperature", [](double t) { return 85 + t; });
  bench.source.plant("cell[1].temperature", [](double t) { return 55 + t; });
  bench.source.plant("port.current", [=](double) { return current_A; });
  bench.at(8.0, "charge_gate", 0).at(8.0, "discharge_gate", 0);
  const auto timeline = *bench.only(10).timeline;
  EXPECT_EQ(timeline.t_act, 8 * kSecond) << protection;
  EXPECT_NEAR(static_cast<double>(timeline.t_cross), 5e9, 2) << protection;
  return timeline.t_clear == 8 * kSecond;
}

TEST(Timeline, OnlyTheBlockedDirectionMustClear) {
  EXPECT_TRUE(cleared_at_the_act("charge_overtemperature", -50));
  EXPECT_FALSE(cleared_at_the_act("charge_overtemperature", 50));
  EXPECT_TRUE(cleared_at_the_act("discharge_overtemperature", 50));
  EXPECT_FALSE(cleared_at_the_act("discharge_overtemperature", -50));
  EXPECT_FALSE(cleared_at_the_act("mos_overtemperature", 50));
  EXPECT_FALSE(cleared_at_the_act("mos_overtemperature", -50));
  EXPECT_TRUE(cleared_at_the_act("mos_overtemperature", 0.9));
}

TEST(Timeline, WhatDidNotHappenIsMinusOne) {
  Bench bench = overcharge();
  bench.changes.clear();
  const auto verdict = bench.only(13);
  ASSERT_TRUE(verdict.timeline);
  EXPECT_NEAR(static_cast<double>(verdict.timeline->t_cross), 10e9, 20);
  EXPECT_EQ(verdict.timeline->t_act, -1);
  EXPECT_EQ(verdict.timeline->t_detect, -1);
  EXPECT_EQ(verdict.timeline->t_clear, -1);
  EXPECT_NEAR(verdict.timeline->peak, 3.6375, 1e-8);
}

TEST(Timeline, AGateThatFallsForAnotherReasonIsNotTheAct) {
  Bench bench = overcharge();
  bench.at(1.0, "charge_gate", 0).at(2.0, "charge_gate", 1);
  const auto verdict = bench.only(20);
  EXPECT_EQ(verdict.timeline->t_act, 15'020'000'000);
  EXPECT_EQ(verdict.timeline->t_detect, 15'200'000'000);
}

TEST(Timeline, AnActBeforeTheTrueCrossingIsKnownByItsFlag) {
  Bench bench = overcharge();
  bench.source.plant("cell[3].voltage", [](double t) { return 3.5999 - 0.001 * (t - 14) * (t - 14); });
  const auto verdict = bench.only(20);
  EXPECT_EQ(verdict.timeline->t_cross, -1);
  EXPECT_EQ(verdict.timeline->t_act, 15'020'000'000);
  EXPECT_EQ(verdict.timeline->t_detect, 15'200'000'000);
}

TEST(Timeline, WithoutAnEventThereIsNoPeak) {
  Bench bench = overcharge();
  bench.changes.clear();
  const auto verdict = bench.only(5);
  EXPECT_EQ(verdict.timeline->t_cross, -1);
  EXPECT_TRUE(std::isnan(verdict.timeline->peak));
}

TEST(Timeline, OfAShortCircuitUsesTheComparatorAndTheMagnitude) {
  Bench bench;
  bench.when("discharge_gate turns off", "discharge_fet is off", 1.0).protection = "short_circuit";
  bench.limits.settings.emplace_back(Judge::Limits::comparator, 700);
  bench.source.hold("bms.alarm.discharge_overcurrent", 0);
  bench.plant_at(1.0, "port.current", [](double t) { return -2000 * (1 - std::exp(-(t - 1) / 1e-3)); });
  bench.at_ns(1'001'900'000, "discharge_gate", 0).at_ns(1'001'910'000, "discharge_fet", 0);
  bench.plant_at(1.00191, "port.current", [](double t) {
    return -2000 * (1 - std::exp(-1.91)) + (t - 1.00191) * 2e7 > 0
               ? 0.0
               : -2000 * (1 - std::exp(-1.91)) + (t - 1.00191) * 2e7;
  });
  const auto timeline = *bench.only(3, 0.0001).timeline;
  EXPECT_NEAR(static_cast<double>(timeline.t_cross), 1e9 - 1e6 * std::log(1 - 0.35), 2);
  EXPECT_EQ(timeline.t_act, 1'001'900'000);
  EXPECT_NEAR(static_cast<double>(timeline.t_clear), 1.00191e9 + (2000 * (1 - std::exp(-1.91)) - 1) / 2e7 * 1e9, 2);
  EXPECT_NEAR(timeline.peak, 2000 * (1 - std::exp(-1.91)), 1e-3);
}

TEST(Timeline, AMistakeInItsNamesIsRefused) {
  Bench unknown = overcharge();
  unknown.claims[0].protection = "cell_overvoltag";
  EXPECT_THROW((void)unknown.only(1), std::invalid_argument);
  Bench unset = overcharge();
  unset.limits.settings.clear();
  EXPECT_THROW((void)unset.only(1), std::invalid_argument);
}

/// Signals under these expressions, by name.
void collect_names(const scenario::Expression& e, const scenario::Catalogue& catalogue, std::set<std::string>& names) {
  std::vector<SignalId> ids = e.elements;
  if (e.signal >= 0) ids.push_back(e.signal);
  for (const SignalId id : ids) names.insert(catalogue.info(id).name);
  for (const auto& child : e.children) collect_names(child, catalogue, names);
}

TEST(Timelines, OfAScenarioReadWhatItsJudgeReadsForThem) {
  for (const auto& row : protections()) {
    Bench bench;
    bench.always("ambient < 200 degC").protection = row.name;
    bench.limits.settings = {{row.setting, 1}, {Judge::Limits::comparator, 1}};
    const Judge judge(bench.claims, bench.catalogue, bench.source, bench.limits);
    scenario::Scenario scenario;
    scenario.pack.cells = 4;
    scenario.claims = bench.claims;
    std::set<std::string> names{"ambient"};
    for (const auto& timeline : timelines_of(scenario)) collect_names(timeline, bench.catalogue, names);
    for (std::size_t i = 0; i < bench.catalogue.size(); ++i) {
      const auto id = static_cast<SignalId>(i);
      EXPECT_EQ(judge.reads(id), names.contains(bench.catalogue.info(id).name)) << bench.catalogue.info(id).name;
    }
    EXPECT_TRUE(names.contains("port.current")) << row.name;
  }
}

TEST(Timelines, AScenarioWithoutAProtectionHasNone) {
  scenario::Scenario scenario;
  scenario.claims.resize(2);
  EXPECT_TRUE(timelines_of(scenario).empty());
}

TEST(Protections, EveryRowNamesSignalsThatExist) {
  const Bench bench;
  EXPECT_EQ(protections().size(), 16u);
  for (const auto& row : protections()) {
    EXPECT_NO_THROW((void)bench.expression(row.true_quantity + " < " + row.true_quantity)) << row.name;
    EXPECT_TRUE(row.flag.empty() || bench.catalogue.find(row.flag)) << row.flag;
    EXPECT_TRUE(bench.catalogue.find(row.gate)) << row.gate;
  }
}

// name, setting, flag, gate and blocked direction as the JK documents give them
TEST(Protections, ABoardThatCannotTellHasItsGateForAFlag) {
  Bench bench;
  bench.always("ambient < 200 degC").protection = "power_off";
  bench.source.plant("ambient", [](double) { return 25.0; });
  bench.limits.settings = {{"power_off", 2.5}};
  for (const char* cell : {"cell[1].voltage", "cell[2].voltage", "cell[3].voltage", "cell[4].voltage"})
    bench.plant_at(5, cell, [](double) { return 2.4; });
  bench.at(7, "charge_gate", 0);
  const auto timeline = bench.only(20).timeline.value();
  EXPECT_EQ(timeline.t_cross, ns(5));
  EXPECT_EQ(timeline.t_act, ns(7));
  EXPECT_EQ(timeline.t_detect, ns(7));
  EXPECT_EQ(timeline.t_release, -1);
}

TEST(Protections, AreTheTableOfTheBoard) {
  struct Row {
    const char *name, *setting, *flag, *gate;
    bool above;
    int sign;
  };
  const Row rows[] = {
      {"cell_overvoltage", "cell_ovp", "cell_overvoltage", "charge_gate", true, 1},
      {"cell_undervoltage", "cell_uvp", "undervoltage", "discharge_gate", false, -1},
      {"pack_overvoltage", "pack_ovp", "pack_overvoltage", "charge_gate", true, 1},
      {"pack_undervoltage", "pack_uvp", "undervoltage", "discharge_gate", false, -1},
      {"charge_overcurrent", "charge_ocp", "charge_overcurrent", "charge_gate", true, 1},
      {"discharge_overcurrent", "discharge_ocp", "discharge_overcurrent", "discharge_gate", true, -1},
      {"discharge_overcurrent_2", "discharge_ocp_2", "discharge_overcurrent", "discharge_gate", true, -1},
      {"discharge_overcurrent_3", "discharge_ocp_3", "discharge_overcurrent", "discharge_gate", true, -1},
      {"short_circuit", "", "discharge_overcurrent", "discharge_gate", true, -1},
      {"charge_overtemperature", "charge_otp", "battery_overtemperature", "charge_gate", true, 1},
      {"charge_undertemperature", "charge_utp", "battery_low_temperature", "charge_gate", false, 1},
      {"discharge_overtemperature", "discharge_otp", "battery_overtemperature", "discharge_gate", true, -1},
      {"discharge_undertemperature", "discharge_utp", "battery_low_temperature", "discharge_gate", false, -1},
      {"mos_overtemperature", "mos_otp", "mos_overtemperature", "discharge_gate", true, 0},
      {"box_overtemperature", "box_otp", "box_overtemperature", "discharge_gate", true, 0},
      {"power_off", "power_off", "", "charge_gate", false, 0},
  };
  ASSERT_EQ(protections().size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    const auto& row = protections()[i];
    EXPECT_EQ(row.name, rows[i].name);
    EXPECT_EQ(row.setting, rows[i].setting) << row.name;
    EXPECT_EQ(row.flag, *rows[i].flag == 0 ? "" : std::string("bms.alarm.") + rows[i].flag) << row.name;
    EXPECT_EQ(row.gate, rows[i].gate) << row.name;
    EXPECT_EQ(row.above, rows[i].above) << row.name;
    EXPECT_EQ(row.current_sign, rows[i].sign) << row.name;
  }
}

}  // namespace
}  // namespace rig::expect::test
