// SPDX-License-Identifier: Apache-2.0
// Campaigns of the built program: what they find, that they go on where they stopped, and the same bytes every time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

using nlohmann::json;
using testing::HasSubstr;

namespace {

const std::string in_source = "CELLRIG_SCENARIOS='" CELLRIG_SOURCE_DIR "/scenarios' ";

/// The overvoltage scenario of two minutes: cell 3 reaches the setting on the way, or starts too low for that.
const char* const overcharge = R"(overcharge:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  settings: {preset: LiFePO4, balance_enabled: off, cell_ovp: 3.50 V, cell_ovpr: 3.40 V}
  start: {soc: 94 %}
  do:
    - at: 0 s
      charger: {current: 0.3 C, voltage: 32.1 V}
    - at: 30 s
      ambient: 20 degC
    - at: 40 s
      ambient: 21 degC
  run_for: 60 s
  expect:
    - when: cell[3].voltage >= 3.49 V
      then: charge_fet is off
      within: 25 s
    - always: max(cell.voltage) < 3.80 V
)";

class Campaign : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path() / name) << text; }
  tests::Ran at_shell(const std::string& words) const {
    return tests::run("cd '" + folder_.text() + "' && " + in_source + tests::cellrig() + " " + words);
  }
  [[nodiscard]] std::string text(const std::string& name) const { return tests::slurp(folder_.path() / name); }
  [[nodiscard]] json parsed(const std::string& name) const { return json::parse(text(name)); }
  tests::TemporaryFolder folder_;
};

const char* const drawn = R"(lot:
  scenario: overcharge.yaml
  draw:
    start.cell[3].soc: {uniform: {from: 99.45 %, to: 99.6 %}}
    start.ambient: {normal: {mean: 25 degC, sigma: 3 K}}
  runs: 60
  seed: 3
)";

std::string ovp(const std::string& rest) {
  return "found:\n  scenario: thresholds/cell_voltage.yaml\n  search:\n    trip:\n      value: "
         "do[1].hold.cell[3].voltage\n"
         "      between: [3.45 V, 3.80 V]\n      resolution: 0.5 mV\n      around: settings.cell_ovp\n"
         "      trips: charge_fet is off\n    tolerance: 3 mV\n" +
         rest;
}

}  // namespace

TEST_F(Campaign, FindsTheConfiguredOvervoltageInAtMostSixteenRuns) {
  write("c.yaml", ovp(""));
  const auto ran = at_shell("campaign c.yaml --out o");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  const json found = parsed("o/campaign.json");
  constexpr double step_of_the_adc_V = 5.0 / 4096;
  EXPECT_LE(found["runs"].get<int>(), 16);
  EXPECT_NEAR(found["trip"]["happens"].get<double>(), 3.6, 0.001 + step_of_the_adc_V);
  EXPECT_LE(found["trip"]["happens"].get<double>() - found["trip"]["does_not_happen"].get<double>(), 0.0005 + 1e-9);
  EXPECT_THAT(ran.output, HasSubstr("found   set 3.6000 V   trips 3.60"));
}

TEST_F(Campaign, ReportsTheOffsetOfAFirmwareThatTripsThirtySevenMillivoltsHigh) {
  write("c.yaml", ovp(""));
  ASSERT_EQ(at_shell("campaign c.yaml --out right").exit_code, 0);
  const auto ran =
      at_shell("campaign c.yaml --out o --firmware '" CELLRIG_BINARY_DIR "/firmware/defects/ovp_offset_37_mV.so'");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  const json found = parsed("o/campaign.json");
  EXPECT_LE(found["runs"].get<int>(), 16);
  const double of_the_channel_V = parsed("right/campaign.json")["trip"]["offset"].get<double>();
  EXPECT_NEAR(found["trip"]["offset"].get<double>() - of_the_channel_V, 0.037, 5.0 / 4096);
  EXPECT_EQ(found["result"], "fail");
  EXPECT_THAT(ran.output, HasSubstr("above settings.cell_ovp 3.6 V; 0.003 V are allowed"));
}

TEST_F(Campaign, FindsReleaseAndTheWorstPhaseOfTheScan) {
  const auto ran = at_shell("campaign campaigns/ovp_threshold.yaml --out o");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  const json found = parsed("o/campaign.json");
  EXPECT_NEAR(found["release"]["happens"].get<double>(), 3.4, 0.001 + 5.0 / 4096);
  EXPECT_DOUBLE_EQ(found["scan_s"].get<double>(), 0.064);
  ASSERT_EQ(found["delay_over_overdrive"].size(), 3u);
  // Delay 5 s from the tick that sees the whole scan: what comes right behind its sample waits one scan longer.
  constexpr double tick_s = 0.016, scan_s = 0.064, phase_s = scan_s / 64;
  for (const json& point : found["delay_over_overdrive"]) {
    const double least = point["min_s"].get<double>(), most = point["max_s"].get<double>();
    EXPECT_EQ(point["missed"], 0);
    EXPECT_GE(most, least + scan_s - phase_s - 1e-6);
    EXPECT_GE(most,
              5.0 + scan_s + 6 * 0.008 - tick_s);  // sampled third of eight, 8 ms each: 48 ms to the end of the scan
    EXPECT_LE(most, 5.0 + scan_s + 6 * 0.008 + tick_s);
  }
}

TEST_F(Campaign, AnInterruptedOneGoesOnToTheSameBytes) {
  write("overcharge.yaml", overcharge);
  write("c.yaml", drawn);
  ASSERT_EQ(at_shell("campaign c.yaml --out whole --jobs 1").exit_code, 0);
  // Killed as soon as ten runs are on disk.
  const auto killed = tests::run("cd '" + folder_.text() + "' && (" + in_source + "exec " + tests::cellrig() +
                                 " campaign c.yaml --out cut --jobs 2) & pid=$!; file='" + folder_.text() +
                                 "/cut/runs.jsonl'; while kill -0 $pid && [ $(cat \"$file\" | wc -l) -lt 11 ]; do :; "
                                 "done 2>/dev/null; kill -9 $pid; wait $pid");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "cut/campaign.json"));
  const std::string cut = text("cut/runs.jsonl"), whole = text("whole/runs.jsonl");
  EXPECT_LT(cut.size(), whole.size());
  const auto resumed = at_shell("campaign c.yaml --out cut --jobs 2 --resume");
  EXPECT_EQ(resumed.exit_code, 0) << resumed.output;
  EXPECT_EQ(text("cut/runs.jsonl"), whole);
  json a = parsed("whole/campaign.json"), b = parsed("cut/campaign.json");
  a.erase("time_of_day");
  b.erase("time_of_day");
  EXPECT_EQ(a.dump(), b.dump());
}

// The kernel ends it in the middle of a write, at the same byte every time: SIGXFSZ when runs.jsonl reaches its limit.
TEST_F(Campaign, LosesNothingWhereverItIsCut) {
  write("overcharge.yaml", overcharge);
  write("c.yaml", drawn);
  ASSERT_EQ(at_shell("campaign c.yaml --out whole --jobs 1").exit_code, 0);
  const std::string whole = text("whole/runs.jsonl");
  json expected = parsed("whole/campaign.json");
  expected.erase("time_of_day");
  for (const char* blocks : {"1", "5", "14"}) {  // of 512 bytes: in the first run and further on
    SCOPED_TRACE(blocks);
    std::filesystem::remove_all(folder_.path() / "cut");
    const auto cut = tests::run("cd '" + folder_.text() + "' && ulimit -c 0 && ulimit -f " + blocks + " && " +
                                in_source + tests::cellrig() + " campaign c.yaml --out cut --jobs 2");
    EXPECT_NE(cut.exit_code, 0);
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "cut/campaign.json"));
    const std::string left = text("cut/runs.jsonl");
    EXPECT_LT(left.size(), whole.size());
    EXPECT_EQ(left, whole.substr(0, left.size()));
    ASSERT_EQ(at_shell("campaign c.yaml --out cut --jobs 2 --resume").exit_code, 0);
    EXPECT_EQ(text("cut/runs.jsonl"), whole);
    json found = parsed("cut/campaign.json");
    found.erase("time_of_day");
    EXPECT_EQ(found.dump(), expected.dump());
    for (const char* file : {"campaign.txt", "campaign.html", "results.csv"})
      EXPECT_EQ(text(std::string("cut/") + file), text(std::string("whole/") + file)) << file;
  }
}

TEST_F(Campaign, DoesNotGoOnWithAnother) {
  write("overcharge.yaml", overcharge);
  write("c.yaml", drawn);
  ASSERT_EQ(at_shell("campaign c.yaml --out o").exit_code, 0);
  const std::string before = text("o/runs.jsonl");
  write("c.yaml", std::string(drawn) + "  about: another\n");
  const auto ran = at_shell("campaign c.yaml --out o --resume");
  EXPECT_EQ(ran.exit_code, 3) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("this is another campaign"));
  EXPECT_EQ(text("o/runs.jsonl"), before);
}

TEST_F(Campaign, AFailingRunIsRepeatedExactlyByItsCommandAndShrinks) {
  write("overcharge.yaml", overcharge);
  write("c.yaml",
        "grid:\n  scenario: overcharge.yaml\n  vary:\n    start.cell[3].soc: [99.5 %, 95.1234 %]\n  shrink: on\n");
  const auto ran = at_shell("campaign c.yaml --out o");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  const json found = parsed("o/campaign.json");
  EXPECT_EQ(found["counts"], json({{"pass", 1}, {"fail", 1}}));
  const json failing = found["failing"].at(0);
  EXPECT_EQ(failing["run"], 1);

  const auto again = at_shell("run o/failing/run_1.yaml --seed 1 --out again");
  EXPECT_EQ(again.exit_code, 1) << again.output;
  const json result = parsed("again/result.json")["scenarios"].at(0);
  EXPECT_EQ(result["reason"], failing["reason"]);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "o/failing/report.html"));

  ASSERT_EQ(at_shell("validate o/shrunk.yaml").exit_code, 0);
  const auto shrunk = at_shell("run o/shrunk.yaml --seed 1 --out small");
  EXPECT_EQ(shrunk.exit_code, 1) << shrunk.output;
  const json small = parsed("small/result.json")["scenarios"].at(0);
  ASSERT_EQ(small["claims"].size(), 1u);
  EXPECT_EQ(small["claims"].at(0)["text"], result["claims"].at(0)["text"]);
  EXPECT_EQ(found["shrunk"]["actions"], 0);
  EXPECT_EQ(found["shrunk"]["actions_before"], 3);
}

TEST_F(Campaign, ABrokenInvariantShrinksToo) {
  write("c.yaml", R"(blind:
  scenario: campaigns/on_test/limits.yaml::charge_with_faults
  vary: {start.ambient: [5 degC]}
  faults:
    first_at: 10 s
    second_at: 20 s
    list: {open_lead: {"lead[2]": open}, wire_cut: {line: {of: jk_4e57, cut: on}}}
  shrink: on
)");
  const auto ran = at_shell("campaign c.yaml --out o");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  const auto shrunk = at_shell("run o/shrunk.yaml --seed 1 --out small");
  EXPECT_EQ(shrunk.exit_code, 1) << shrunk.output;
  const json small = parsed("small/result.json")["scenarios"].at(0);
  EXPECT_THAT(small["reason"].get<std::string>(), testing::StartsWith("a cell above its limit is not charged: "));
  EXPECT_THAT(text("o/shrunk.yaml"), testing::Not(HasSubstr("no current beyond the short circuit")));
  EXPECT_THAT(text("o/shrunk.yaml"), testing::Not(HasSubstr("balance_enabled")));
}

TEST_F(Campaign, EveryShippedThresholdLiesWhereItIsSet) {
  const auto ran = at_shell("campaign campaigns/thresholds.yaml --out o");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  for (const char* name :
       {"cell_uvp", "pack_ovp", "pack_uvp", "charge_ocp", "discharge_ocp", "discharge_ocp_2", "discharge_ocp_3",
        "short_circuit", "charge_otp", "discharge_otp", "charge_utp", "discharge_utp", "mos_otp"}) {
    SCOPED_TRACE(name);
    const json found = parsed(std::string("o/") + name + "/campaign.json");
    EXPECT_EQ(found["trip"]["found"], true);
    EXPECT_LE(found["trip"]["tries"].get<int>(), 16);
  }
  // delay 2 s, current seen each 16 ms: the overcurrent is seen up to one tick later
  for (const json& point : parsed("o/discharge_ocp/campaign.json")["delay_over_overdrive"]) {
    EXPECT_GE(point["min_s"].get<double>(), 2.0);
    EXPECT_LE(point["max_s"].get<double>(), 2.0 + 0.016 + 0.001);
  }
}

TEST_F(Campaign, ThePhasesOfAScanShowFastestAndSlowestReaction) {
  write("c.yaml", "swept:\n  scenario: thresholds/cell_voltage.yaml\n  phases: 64\n");
  ASSERT_EQ(at_shell("campaign c.yaml --out one --jobs 1").exit_code, 0);
  ASSERT_EQ(at_shell("campaign c.yaml --out two --jobs 2").exit_code, 0);
  EXPECT_EQ(text("one/runs.jsonl"), text("two/runs.jsonl"));
  const json reaction = parsed("one/campaign.json")["subjects"].at(0)["reaction"];
  EXPECT_EQ(reaction["phases"], 64);
  EXPECT_NEAR(reaction["max"].get<double>() - reaction["min"].get<double>(), 0.063, 1e-6);
  for (const char* file : {"campaign.txt", "campaign.html", "results.csv"})
    EXPECT_EQ(text(std::string("one/") + file), text(std::string("two/") + file)) << file;
  EXPECT_THAT(text("one/campaign.html"), HasSubstr("reaction over phase"));
}

TEST_F(Campaign, AMistakeIsToldAndNothingRuns) {
  write("overcharge.yaml", overcharge);
  write("c.yaml",
        "grid:\n  scenario: overcharge.yaml\n  vary:\n    settings.cell_ovp: [3.6 V, 36 V]\n    do[9].at: [1 s]\n");
  const auto ran = at_shell("campaign c.yaml --out o");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_EQ(ran.output, "c.yaml:5:5  do[9].at: the last entry is do[2]\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "o"));
  write("c.yaml", "grid:\n  scenario: overcharge.yaml\n  vary:\n    settings.cell_ovp: [3.6 V, 36 V]\n");
  EXPECT_THAT(at_shell("campaign c.yaml --out o").output,
              HasSubstr("overcharge.yaml:4:63  cell_ovp: \"36 V\" is outside"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "o"));
}

TEST_F(Campaign, OnATerminalThereIsABarWithRateAndTimeLeft) {
  write("overcharge.yaml", overcharge);
  write("c.yaml", drawn);
  const auto ran = tests::run("cd '" + folder_.text() + "' && " + in_source + "script -qec \"" + tests::cellrig() +
                              " campaign c.yaml --out o\" /dev/null");
  EXPECT_THAT(ran.output, HasSubstr("━"));
  EXPECT_THAT(ran.output, HasSubstr("/60  "));
  EXPECT_THAT(ran.output, HasSubstr(" runs/s  "));
  EXPECT_THAT(ran.output, HasSubstr(" s left"));
}
