// SPDX-License-Identifier: Apache-2.0
// Every shipped file reads without a problem, and the numbers arrive where they belong. Expected figures are typed from
// the JK user manual (appendix) and from the wiring of the board, not taken from our own files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "rig/scenario/invariants.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> scenario_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string top = fs::relative(entry.path(), folder).begin()->string();
    const bool is_other =
        top == "boards" || top == "packs" || top == "benches" || top == "campaigns" || top == invariants_file;
    if (entry.path().extension() == ".yaml" && !is_other) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Scenario> read_all(const fs::path& folder) {
  std::vector<Scenario> all;
  for (const fs::path& file : scenario_files(folder)) {
    std::vector<ScenarioError> errors;
    for (Scenario& scenario : read_scenarios(file, CELLRIG_SCENARIOS, errors)) all.push_back(std::move(scenario));
    for (const ScenarioError& error : errors) ADD_FAILURE() << error.what();
  }
  return all;
}

Scenario read_text(const std::string& text, std::string* said = nullptr) {
  const fs::path file = fs::temp_directory_path() / ("cellrig_shipped_test_" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(file) << text;
  std::vector<ScenarioError> errors;
  std::vector<Scenario> scenarios = read_scenarios(file, CELLRIG_SCENARIOS, errors);
  fs::remove(file);
  for (const ScenarioError& error : errors) {
    if (said == nullptr) ADD_FAILURE() << error.what();
    if (said != nullptr) *said += error.sentence() + "\n";
  }
  return scenarios.empty() ? Scenario() : scenarios.front();
}

Scenario on(const std::string& board, const std::string& rest = "", const std::string& pack = "lfp_8s_280ah") {
  return read_text("s:\n  board: boards/" + board + ".yaml\n  pack: packs/" + pack + ".yaml\n  run_for: 20 min\n" +
                   rest + "  expect:\n    - always: discharge_fet is on\n");
}

TEST(ShippedScenarios, EachFitsOnOneScreen) {
  for (const fs::path& file : scenario_files(CELLRIG_SCENARIOS)) {
    std::ifstream stream(file);
    int lines = 0;
    for (std::string line; std::getline(stream, line);) lines = line.empty() || line.find("  ") != 0 ? 0 : lines + 1;
    EXPECT_LE(lines, 50) << file;
  }
}

TEST(TemporalWords, EachHasOneThatMustFailAndOneThatMustNeverArm) {
  std::set<std::string> names;
  for (const Scenario& scenario : read_all(CELLRIG_WORDS)) names.insert(scenario.name);
  for (const char* word :
       {"always", "never", "while", "within", "not_before", "for_at_least", "when_it_holds_for", "holds", "converges",
        "after", "until", "turns", "settles", "eventually", "after_a_condition", "until_a_condition", "between"}) {
    EXPECT_TRUE(names.contains(std::string(word) + "_must_fail")) << word;
    EXPECT_TRUE(names.contains(std::string(word) + "_never_arms")) << word;
  }
}

// JK user manual, appendix: one-key presets.
TEST(Presets, AreThoseOfTheManual) {
  const std::map<std::string, std::map<std::string, double>> manual{
      {"Li-ion", {{"cell_uvp", 2.9}, {"cell_uvpr", 3.2}, {"cell_ovp", 4.2}, {"cell_ovpr", 4.1}, {"power_off", 2.8}}},
      {"LiFePO4", {{"cell_uvp", 2.6}, {"cell_uvpr", 3.0}, {"cell_ovp", 3.6}, {"cell_ovpr", 3.4}, {"power_off", 2.5}}},
      {"LTO", {{"cell_uvp", 1.8}, {"cell_uvpr", 2.0}, {"cell_ovp", 2.7}, {"cell_ovpr", 2.4}, {"power_off", 1.7}}}};
  const std::map<std::string, double> common{{"balance_trigger", 0.01},
                                             {"charge_ocp_delay", 30},
                                             {"charge_ocp_release", 60},
                                             {"discharge_ocp_delay", 30},
                                             {"scp_release", 60},
                                             {"discharge_ocp_release", 60},
                                             {"charge_otp", 60},
                                             {"charge_otpr", 55},
                                             {"discharge_otp", 60},
                                             {"discharge_otpr", 55},
                                             {"charge_utp", -20},
                                             {"charge_utpr", -10},
                                             {"mos_otp", 75},
                                             {"mos_otpr", 70}};
  for (const auto& [preset, own] : manual) {
    const Scenario scenario = on("jk_b2a8s20p", "  settings: {preset: " + preset + "}\n");
    for (const auto& values : {own, common}) {
      for (const auto& [name, value] : values) EXPECT_EQ(scenario.settings.at(name), value) << preset << " " << name;
    }
  }
}

TEST(Boards, DifferWhereTheManualSaysSo) {
  struct Row {
    const char *file, *name;
    double balance_A, limit_A, delay_s, comparator_A, path_ohm;
  };
  for (const Row& row : {Row{"jk_b1a8s10p", "JK-B1A8S10P", 1, 100, 3, 350, 0.8e-3},
                         Row{"jk_b1a8s20p", "JK-B1A8S20P", 1, 200, 3, 700, 0.3e-3},
                         Row{"jk_b2a8s20p", "JK-B2A8S20P", 2, 200, 5, 700, 0.3e-3}}) {
    const Scenario s = on(row.file);
    EXPECT_EQ(s.board.name, row.name);
    EXPECT_EQ(s.board.firmware, "jk");
    EXPECT_EQ(s.board.converter.current_A, row.balance_A);
    EXPECT_EQ(s.settings.at("balance_current"), row.balance_A);
    EXPECT_EQ(s.settings.at("charge_ocp"), row.limit_A);
    EXPECT_EQ(s.settings.at("discharge_ocp"), row.limit_A);
    EXPECT_EQ(s.settings.at("cell_ovp_delay"), row.delay_s);
    EXPECT_EQ(s.settings.at("cell_uvp_delay"), row.delay_s);
    EXPECT_EQ(s.settings.at("scp_delay"), 1.5e-3);
    EXPECT_EQ(s.board.comparator_A, row.comparator_A);
    EXPECT_NEAR(s.board.charge_bank.on_ohm + s.board.discharge_bank.on_ohm + s.board.shunt_ohm + s.board.copper_ohm,
                row.path_ohm, 1e-9);
    EXPECT_EQ(s.board.charge_bank.breakdown_V, 46);
  }
}

TEST(Boards, AreWiredAsTheFirmwareExpects) {
  const BoardSpec board = on("jk_b2a8s20p").board;
  std::map<std::uint32_t, std::string> pins;
  for (const BoardSpec::Pin& pin : board.pins) {
    pins[pin.number] = pin.is;
    EXPECT_EQ(pin.output, pin.number != 2 && pin.number != 16) << pin.number;
    EXPECT_EQ(pin.reset_level, 0) << pin.number;
  }
  EXPECT_EQ(pins, (std::map<std::uint32_t, std::string>{{0, "charge_gate"},
                                                        {1, "discharge_gate"},
                                                        {2, "short_circuit_comparator"},
                                                        {3, "balance_run"},
                                                        {4, "balance_direction"},
                                                        {5, "balance_select_0"},
                                                        {6, "balance_select_1"},
                                                        {7, "balance_select_2"},
                                                        {8, "balance_select_3"},
                                                        {9, "balance_select_4"},
                                                        {12, "buzzer"},
                                                        {13, "led"},
                                                        {14, "dry_contact_1"},
                                                        {15, "dry_contact_2"},
                                                        {16, "button"}}));
  std::map<std::string, BoardSpec::Adc> adc;
  for (const BoardSpec::Adc& one : board.adc) adc[one.is] = one;
  EXPECT_EQ(adc.at("cell_voltage").first, 0U);
  EXPECT_EQ(adc.at("cell_voltage").count, 24U);
  EXPECT_EQ(adc.at("cell_voltage").spec.bits, 12);
  EXPECT_EQ(adc.at("cell_voltage").spec.offset_sigma, 1e-3);
  EXPECT_EQ(adc.at("port_current").first, 24U);
  EXPECT_TRUE(adc.at("port_current").spec.bipolar);
  EXPECT_DOUBLE_EQ(adc.at("port_current").spec.full_scale / 32768, 25e-3);
  EXPECT_EQ(adc.at("pack_voltage").first, 25U);
  EXPECT_DOUBLE_EQ(adc.at("pack_voltage").spec.full_scale / 16384, 4e-3);
  EXPECT_EQ(adc.at("ntc_1").first, 26U);
  EXPECT_EQ(adc.at("ntc_2").first, 27U);
  EXPECT_EQ(adc.at("ntc_mos").first, 28U);
  EXPECT_DOUBLE_EQ(adc.at("ntc_1").spec.noise_sigma, 0.5 / 4096);
  EXPECT_EQ(adc.at("balance_store").first, 29U);
  EXPECT_EQ(adc.at("port_voltage").first, 30U);
  EXPECT_DOUBLE_EQ(adc.at("port_voltage").spec.full_scale / 16384, 8e-3);
  ASSERT_EQ(board.scans.size(), 1U);
  EXPECT_EQ(board.scans[0].time_per_channel_s, 8e-3);
  EXPECT_EQ(board.watchdog_s, 2);
  EXPECT_EQ(board.ntc.divider_ohm, 10000);
  EXPECT_NEAR(board.mos_to_ambient_W_per_K, 1 / 3.0, 1e-12);
}

TEST(Boards, EverySettingHasTheUnitThatTheFirmwareIsTold) {
  const std::map<std::string, double> sizes{{"cell_count", 1},
                                            {"capacity", 1e-3},
                                            {"cell_ovp", 1e-3},
                                            {"cell_ovpr", 1e-3},
                                            {"cell_uvp", 1e-3},
                                            {"cell_uvpr", 1e-3},
                                            {"balance_trigger", 1e-3},
                                            {"balance_start", 1e-3},
                                            {"power_off", 1e-3},
                                            {"cell_ovp_delay", 1e-3},
                                            {"cell_uvp_delay", 1e-3},
                                            {"charge_ocp_delay", 1e-3},
                                            {"charge_ocp_release", 1e-3},
                                            {"discharge_ocp_delay", 1e-3},
                                            {"discharge_ocp_release", 1e-3},
                                            {"scp_release", 1e-3},
                                            {"temperature_delay", 1e-3},
                                            {"charge_ocp", 1e-3},
                                            {"discharge_ocp", 1e-3},
                                            {"balance_current", 1e-3},
                                            {"scp_delay", 1e-6},
                                            {"charge_otp", 0.1},
                                            {"charge_otpr", 0.1},
                                            {"discharge_otp", 0.1},
                                            {"discharge_otpr", 0.1},
                                            {"charge_utp", 0.1},
                                            {"charge_utpr", 0.1},
                                            {"discharge_utp", 0.1},
                                            {"discharge_utpr", 0.1},
                                            {"mos_otp", 0.1},
                                            {"mos_otpr", 0.1},
                                            {"charge_enabled", 1},
                                            {"discharge_enabled", 1},
                                            {"balance_enabled", 1}};
  std::map<std::string, double> read;
  for (const BoardSpec::Setting& setting : on("jk_b2a8s20p").board.settings) read[setting.name] = setting.unit_size;
  for (const auto& [name, size] : sizes) EXPECT_EQ(read[name], size) << name;
}

TEST(Packs, HaveTheParametersOfTheirCells) {
  const PackSpec big = on("jk_b2a8s20p").pack;
  EXPECT_EQ(big.cells, 8);
  EXPECT_EQ(big.cell.capacity_Ah, 280);
  EXPECT_DOUBLE_EQ(big.busbar_ohm, 0.06e-3);
  EXPECT_EQ(big.cell.params.ocv_V.x().size(), 201U);
  EXPECT_NEAR(big.cell.params.ocv_V.y().back(), 3.530, 0.001);
  EXPECT_EQ(big.cell.params.dudt_V_per_K.values().size(), 201U);
  EXPECT_EQ(big.cell.params.r0_ohm.axes().degC.at(5), 25);
  EXPECT_NEAR(big.cell.params.r0_ohm.values().at(5), 0.18e-3, 1e-12);
  const PackSpec small = on("jk_b2a8s20p", "", "lfp_8s_a123").pack;
  EXPECT_EQ(small.cell.params.heat_capacity_J_per_K, 70);
  EXPECT_EQ(small.cell.params.to_ambient_W_per_K, 0.096);
  EXPECT_NEAR(small.cell.params.r0_ohm.values().at(5), 0.0104999, 1e-9);
  EXPECT_EQ(on("jk_b2a8s20p", "", "lfp_4s_280ah").pack.cells, 4);
  const PackSpec ideal = on("jk_b2a8s20p", "", "ideal_8s_0m20").pack;
  EXPECT_EQ(ideal.cell.params.r0_ohm.values().front(), 0.2e-3);
  EXPECT_EQ(ideal.cell.params.r1_ohm.values().front(), 0);
  EXPECT_EQ(ideal.cell.params.ocv_V.y().front(), 3.33);
}

TEST(Scenario, CRatesBecomeCurrentsOfThePack) {
  const Scenario s = on("jk_b2a8s20p", "  do:\n    - at: 0 s\n      charger: {current: 0.3 C, voltage: 29 V}\n");
  EXPECT_DOUBLE_EQ(s.actions.at(0).values.at("current").value, 84);
  EXPECT_EQ(s.actions.at(0).values.at("current").dimension, Dimension::current);
}

TEST(Scenario, EveryActionArrivesWithItsValues) {
  const Scenario s = on("jk_b2a8s20p", R"(  do:
    - at: 2 s
      load: {power: 200 W}
    - at: 1 s
      charger: {current: 5 A, voltage: 29 V, resistance: 10 mohm}
    - at: 3 s
      short: {resistance: 1 mohm, inductance: 3 uH}
    - at: 4 s
      short: off
    - at: 5 s
      ambient: -20 degC
    - at: 6 s
      cell[3].temperature: 60 degC
    - at: 7 s
      supply: off
    - at: 8 s
      firmware: stall
    - at: 9 s
      reset: firmware
    - at: 10 s
      ntc[2]: short
    - at: 11 s
      profile: {file: data/a123_udds_25degC.csv, positive: discharge, interpolation: linear}
)");
  ASSERT_EQ(s.actions.size(), 11U);
  EXPECT_EQ(s.actions[0].target, "charger");  // in order of time
  EXPECT_EQ(s.actions[0].values.at("resistance").value, 10e-3);
  EXPECT_EQ(s.actions[1].values.at("power").value, 200);
  EXPECT_EQ(s.actions[2].values.at("inductance").value, 3e-6);
  EXPECT_EQ(s.actions[3].values.at("off").value, 1);
  EXPECT_EQ(s.actions[4].target, "ambient");
  EXPECT_EQ(s.actions[4].values.at("temperature").value, -20);
  EXPECT_EQ(s.actions[5].target, "cell");
  EXPECT_EQ(s.actions[5].cell, 3);
  EXPECT_EQ(s.actions[6].values.count("off"), 1U);
  EXPECT_EQ(s.actions[7].target, "firmware");
  EXPECT_EQ(s.actions[7].words.at("do"), "stall");
  EXPECT_EQ(s.actions[8].target, "firmware");
  EXPECT_EQ(s.actions[8].words.at("do"), "reset");
  EXPECT_EQ(s.actions[9].target, "ntc");
  EXPECT_EQ(s.actions[9].cell, 2);
  EXPECT_EQ(s.actions[9].words.at("state"), "short");
  EXPECT_EQ(s.actions[10].words.at("positive"), "discharge");
  EXPECT_EQ(s.actions[10].words.at("interpolation"), "linear");
  EXPECT_TRUE(fs::path(s.actions[10].words.at("file")).is_absolute());
  ASSERT_EQ(s.actions[10].series.x.size(), 36880U);
  EXPECT_EQ(s.actions[10].series.x.back(), 36879);
  EXPECT_EQ(*std::min_element(s.actions[10].series.y.begin(), s.actions[10].series.y.end()),
            -10.1451);  // discharge is negative
}

TEST(Scenario, StartsAtRestWhereTheFileIsSilent) {
  const Scenario s = on("jk_b2a8s20p", "  start:\n    cell[3].soc: 98 %\n    ambient: 10 degC\n");
  EXPECT_EQ(s.start,
            (std::map<std::string, double>{{"soc", 0.5}, {"cell[3].soc", 0.98}, {"ambient", 10}, {"temperature", 10}}));
}

TEST(Scenario, OwnSettingsWinOverPresetAndPackOverBoard) {
  const Scenario s =
      on("jk_b2a8s20p", "  settings: {cell_ovp: 3.55 V, preset: Li-ion, balance_enabled: off}\n", "lfp_4s_280ah");
  EXPECT_EQ(s.settings.at("cell_ovp"), 3.55);
  EXPECT_EQ(s.settings.at("cell_uvp"), 2.9);
  EXPECT_EQ(s.settings.at("balance_enabled"), 0);
  EXPECT_EQ(s.settings.at("cell_count"), 4);
  EXPECT_EQ(s.settings.at("capacity"), 280);
}

TEST(Scenario, ClaimsArriveWithEveryWord) {
  const Scenario s = read_text(R"(s:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_8s_280ah.yaml
  run_for: 20 min
  trace: {interval: 50 ms}
  expect:
    - when: max(cell.voltage) > 3.6 V
      when it holds for: 1 s
      then: charge_fet is off
      within: 5 s
      not before: 4 s
      for at least: 3 s
      after: 2 s
      until: 19 min
      limit: standard
      limit note: somewhere
      protection: cell_overvoltage
      name: my claim
      shows: [A-1, A-2]
    - never: charge_fet is off
      while: discharge_fet is on
    - holds: charge_fet
      for at least: 1 min
    - converges: max(cell.ocv) - min(cell.ocv)
      below: 40 mV
      within: 10 min
)");
  ASSERT_EQ(s.claims.size(), 4U);
  const Claim& c = s.claims[0];
  EXPECT_EQ(c.kind, ClaimKind::when_then);
  EXPECT_EQ(c.name, "my claim");
  EXPECT_EQ(c.when.text, "max(cell.voltage) > 3.6 V");
  EXPECT_EQ(c.then.text, "charge_fet is off");
  EXPECT_EQ(c.within_s, 5);
  EXPECT_EQ(c.not_before_s, 4);
  EXPECT_EQ(c.for_at_least_s, 3);
  EXPECT_EQ(c.when_holds_for_s, 1);
  EXPECT_EQ(c.after_s, 2);
  EXPECT_EQ(c.until_s, 1140);
  EXPECT_EQ(c.limit, LimitSource::standard);
  EXPECT_EQ(c.limit_note, "somewhere");
  EXPECT_EQ(c.protection, "cell_overvoltage");
  EXPECT_EQ(c.shows, (std::vector<std::string>{"A-1", "A-2"}));
  EXPECT_EQ(c.position.line, 7);
  EXPECT_EQ(c.text,
            "when max(cell.voltage) > 3.6 V holds for 1.000 s then charge_fet is off within 5.000 s not before 4.000 s "
            "for at least 3.000 s after 2.000 s until 19.00 min");
  EXPECT_EQ(s.claims[1].kind, ClaimKind::never);
  EXPECT_EQ(s.claims[1].while_->text, "discharge_fet is on");
  EXPECT_EQ(s.claims[2].for_at_least_s, 60);
  EXPECT_EQ(s.claims[3].below.value, 0.04);
  EXPECT_EQ(s.claims[3].then.dimension, Dimension::voltage);
  EXPECT_EQ(s.trace_interval_s, 0.05);
}

TEST(Scenario, TheHashChangesWithAnyFileItRefersTo) {
  const std::string one = on("jk_b2a8s20p").sha256;
  EXPECT_EQ(one, on("jk_b2a8s20p").sha256);
  EXPECT_NE(one, on("jk_b2a8s20p", "  about: x\n").sha256);
  EXPECT_NE(one, on("jk_b2a8s20p", "", "lfp_8s_a123").sha256);
}

}  // namespace
}  // namespace rig::scenario
