// SPDX-License-Identifier: Apache-2.0
// Steps of `do:` that wait for a condition or for the step before, on the closed loop with the shipped firmware.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "rig/campaign/campaign.hpp"
#include "rig/scenario/reader.hpp"
#include "tests/support/program.hpp"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

reports::ScenarioResult ran(const std::string& text) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "one.yaml") << text;
  std::vector<rig::scenario::ScenarioError> errors;
  auto scenarios = rig::scenario::read_scenarios(folder.path() / "one.yaml", CELLRIG_SCENARIOS, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.what();
  if (scenarios.empty()) return {};
  rig::campaign::CampaignOptions options;
  options.folder = folder.path();
  options.runner = rig::bench::run_scenario;
  const auto scenario = std::make_shared<const rig::scenario::Scenario>(scenarios.front());
  return rig::campaign::run_campaign({{scenario, fs::path(CELLRIG_BINARY_DIR) / "firmware/jk.so", "", ""}}, options)
      .scenarios.front();
}

reports::ScenarioResult charged(const std::string& steps, const std::string& claims, const std::string& run_for) {
  return ran(R"(s:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  settings: {preset: LiFePO4, balance_enabled: off}
  start: {soc: 94 %, "cell[3].soc": 98 %}
  do:
    - {at: 1 s, charger: {current: 0.3 C, voltage: 32.1 V}}
)" + steps +
             "  run_for: " + run_for + "\n  expect:\n" + claims);
}

/// Figures "when P (line N)": when it came.
double came(const reports::ScenarioResult& result, const std::string& condition) {
  for (const auto& [name, value] : result.figures)
    if (name.starts_with("when " + condition)) return value.number;
  ADD_FAILURE() << condition << " never came";
  return -1;
}

TEST(Cues, ActAtTheNanosecondAtWhichAPlantSignalCrosses) {
  const auto result = charged("    - {when: \"cell[3].voltage >= 3.48 V\", ambient: 60 degC}\n", R"(
    - {when: "cell[3].voltage >= 3.48 V", then: ambient > 50 degC, within: 1 ns}
    - {never: ambient > 50 degC, while: "cell[3].voltage < 3.4799999 V", until: 3 min}
)",
                              "4 min");
  EXPECT_EQ(result.result, "pass") << result.reason;
  ASSERT_EQ(result.claims.size(), 2u);
  EXPECT_EQ(result.claims[0].measured->number, 0) << "not a nanosecond late";
  EXPECT_GT(came(result, "cell[3].voltage"), 100);
  EXPECT_EQ(static_cast<std::int64_t>(came(result, "cell[3].voltage") * 1e9 + 0.5), result.claims[0].t_worst_ns);
}

TEST(Cues, StepsFollowEachOtherFromTheInstantOfTheOneBefore) {
  const auto result = charged(R"(    - {when: charge_fet turns off, after: 2 s, charger: off}
    - {after: 3 s, load: {current: 20 A}}
    - {after: 5 s, load: off}
)",
                              R"(
    - {when: charge_fet turns off, then: port.current < -19 A, within: 5.0001 s, not before: 5 s, until: 265 s}
    - {when: port.current < -19 A, then: port.current > -1 A, within: 5.0001 s, not before: 4.9999 s}
)",
                              "10 min");
  EXPECT_EQ(result.result, "pass") << result.reason;
}

TEST(Cues, WaitForTheEntryBeforeThem) {
  const auto result = charged(R"(    - {when: "port.current > 10 A", after: 30 s, ambient: 26 degC}
    - {when: "port.current > 10 A", ambient: 60 degC}
    - {at: 100 s, ambient: 27 degC}
    - {when: charge_fet is on, ambient: 28 degC}
)",
                              "    - {always: discharge_fet, after: 1 s}\n", "3 min");
  EXPECT_EQ(result.result, "pass") << result.reason;
  std::vector<double> times;
  for (const auto& [name, value] : result.figures)
    if (name.starts_with("when ")) times.push_back(value.number);
  ASSERT_EQ(times.size(), 3u);  // "charge_fet is on" sorts first
  EXPECT_DOUBLE_EQ(times[0], 100);
  EXPECT_NEAR(times[1], 1, 0.1);
  EXPECT_NEAR(times[2], times[1] + 30, 1e-9);
}

TEST(Cues, SeeWhatTheBoardReports) {
  const auto result = charged("    - {when: \"bms.cell[3].voltage >= 3.48 V\", ambient: 60 degC}\n", R"(
    - {when: "bms.cell[3].voltage >= 3.48 V", then: ambient > 50 degC, within: 1 ns}
)",
                              "4 min");
  EXPECT_EQ(result.result, "pass") << result.reason;
}

TEST(Cues, ThatNeverCameFailTheRunAndSayHowNearTheyWere) {
  const std::string claim = "    - {always: discharge_fet, after: 1 s}\n";
  const auto result = charged(
      "    - {when: \"cell[3].voltage > 4 V\", charger: off}\n    - {when: charge_fet, load: off}\n", claim, "20 s");
  EXPECT_EQ(result.result, "fail");
  EXPECT_THAT(result.reason, HasSubstr("when cell[3].voltage > 4 V (line 8) never happened: came nearest with 3."));
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(result.findings[0].whose, "scenario");
  EXPECT_THAT(result.findings[1].what, HasSubstr("it waited for the step before"));
  const auto allowed =
      charged("    - {when: \"cell[3].voltage > 4 V\", may not happen: yes, charger: off}\n", claim, "20 s");
  EXPECT_EQ(allowed.result, "pass") << allowed.reason;
  EXPECT_EQ(allowed.findings.size(), 1u);
}

TEST(Cues, WhatComesTooLateForTheRunFailsIt) {
  const auto result = charged("    - {when: \"port.current > 10 A\", after: 19 s, charger: off}\n",
                              "    - {always: discharge_fet, after: 1 s}\n", "20 s");
  EXPECT_EQ(result.result, "fail");
  EXPECT_THAT(result.reason, HasSubstr("charger (line 8) never happened: due at 20."));
}

TEST(Cues, RepeatedActionsComeAtEvenTimesAndTheNextCountsFromTheLast) {
  const auto result =
      charged(R"(    - {when: "port.current > 10 A", after: 1 s, repeat: {every: 10 s, times: 4}, ambient: 60 degC}
    - {after: 2 s, ambient: 61 degC}
    - {at: 5 s, repeat: {every: 10 s, times: 3}, ambient: 25 degC}
)",
              R"(
    - {when: ambient > 50 degC, then: ambient < 30 degC, within: 5 s, until: 30 s}
    - {eventually: ambient > 60.5 degC, by: 35 s}
    - {always: ambient > 50 degC, after: 32.1 s}
)",
              "40 s");
  EXPECT_EQ(result.result, "pass") << result.reason;
  ASSERT_EQ(result.claims.size(), 3u);
  EXPECT_EQ(result.claims[0].occurrences, 3u);
  EXPECT_NEAR(result.claims[1].measured->number, 34, 0.1);
}

TEST(Cues, OfSeveralBoardsOneWaitsForTheOther) {
  const auto result = ran(R"(s:
  boards:
    a:
      board: boards/jk_b2a8s20p.yaml
      pack: packs/lfp_8s_280ah.yaml
      settings: {preset: LiFePO4, device_address: 1, balance_enabled: off}
      start: {soc: 94 %, "cell[3].soc": 98 %}
    b:
      board: boards/jk_b2a8s20p.yaml
      pack: packs/lfp_8s_280ah.yaml
      settings: {preset: LiFePO4, device_address: 2, balance_enabled: off}
      start: {soc: 40 %}
  do:
    - {at: 1 s, a.charger: {current: 0.3 C, voltage: 32.1 V}}
    - {when: "a.cell[3].voltage >= 3.48 V", b.charger: {current: 20 A, voltage: 29 V}}
    - {when: "b.port.current > 10 A", a.charger: off}
  run_for: 4 min
  expect:
    - {when: "a.cell[3].voltage >= 3.48 V", then: b.port.current > 19 A, within: 1 ms}
    - {when: "b.port.current > 10 A", then: a.port.current < 1 A, within: 1 ms}
)");
  EXPECT_EQ(result.result, "pass") << result.reason;
}

}  // namespace
