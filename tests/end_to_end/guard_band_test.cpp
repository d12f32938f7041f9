// SPDX-License-Identifier: Apache-2.0
// A bench that states its uncertainty, from its file to every page of the report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// A pack at rest: each cell has the same voltage all the time, whatever the board does.
std::string at_rest(const std::string& claims) {
  return "at_rest:\n  board: boards/jk_b2a8s20p.yaml\n  pack: packs/lfp_8s_280ah.yaml\n"
         "  settings: {preset: LiFePO4, balance_enabled: off}\n  start: {soc: 50 %}\n  run_for: 10 s\n  expect:\n" +
         claims;
}

class GuardBand : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path() / name) << text; }
  void SetUp() override {
    write("plain.yaml", "name: our rack\nis: sim\ncan: [soc]\nobserves: [cell.voltage, port.current]\n");
    write("rack.yaml",
          "name: our rack\nis: sim\ncan: [soc]\nobserves: [cell.voltage, port.current, discharge_fet]\nuncertainty:\n"
          "  voltage: {absolute: 10 mV, k: 2, source: certificate 2026-114}\n"
          "  time: {absolute: 50 ms, k: 2, source: clock of the rack}\n");
  }
  [[nodiscard]] tests::Ran run(const std::string& bench, const std::string& options = "") const {
    return tests::run("cd '" + folder_.text() + "' && CELLRIG_SCENARIOS='" CELLRIG_SOURCE_DIR "/scenarios' " +
                      tests::cellrig() + " run s.yaml --bench " + bench + " --out o " + options);
  }
  [[nodiscard]] json result() const { return json::parse(text("result.json")); }
  [[nodiscard]] std::string text(const std::string& name) const { return tests::slurp(folder_.path() / "o" / name); }
  /// As the model has it, to the figure.
  [[nodiscard]] double voltage_at_rest() const {
    write("s.yaml", at_rest("    - always: max(cell.voltage) < 3.9 V\n"));
    EXPECT_EQ(run("plain.yaml").exit_code, 0);
    return result()["scenarios"][0]["claims"][0]["measured"]["number"].get<double>();
  }
  tests::TemporaryFolder folder_;
};

std::string volts(double value) { return nlohmann::json(value).dump() + " V"; }

}  // namespace

TEST_F(GuardBand, TellsPassConditionalAndFailApartAndTheExitCodeFollows) {
  const double v = voltage_at_rest();
  struct Row {
    double room;
    const char* word;
    int exit_code, strict_exit_code;
  };
  for (const Row& row : {Row{0.011, "pass", 0, 0}, Row{0.009, "conditional_pass", 0, 1},
                         Row{-0.009, "conditional_fail", 1, 1}, Row{-0.011, "fail", 1, 1}}) {
    write("s.yaml", at_rest("    - always: max(cell.voltage) < " + volts(v + row.room) + "\n"));
    EXPECT_EQ(run("rack.yaml", "--strict").exit_code, row.strict_exit_code) << row.word;
    const auto ran = run("rack.yaml");
    EXPECT_EQ(ran.exit_code, row.exit_code) << ran.output;
    const json claim = result()["scenarios"][0]["claims"][0];
    EXPECT_EQ(claim["result"], row.word);
    EXPECT_EQ(result()["scenarios"][0]["result"], row.word);
    EXPECT_NEAR(claim["uncertainty"]["number"].get<double>(), 0.010, 1e-12);
    EXPECT_NEAR(claim["margin"]["number"].get<double>(), row.room, 1e-6) << "to the limit, not to the band";
    EXPECT_THAT(ran.output, HasSubstr("±10.00 mV"));
    write("s.yaml", at_rest("    - always: max(cell.voltage) < " + volts(v + row.room) + "\n"));
    EXPECT_EQ(run("plain.yaml").exit_code, row.room > 0 ? 0 : 1);
    EXPECT_FALSE(result()["scenarios"][0]["claims"][0].contains("uncertainty"));
  }
}

TEST_F(GuardBand, EveryPageNamesTheRuleAndTheUncertainty) {
  write("s.yaml", at_rest("    - always: max(cell.voltage) < " + volts(voltage_at_rest() + 0.004) +
                          "\n    - always: discharge_fet is on\n      after: 1 s\n"));
  const auto ran = run("rack.yaml");
  EXPECT_THAT(ran.output, HasSubstr("1 conditional_pass"));
  const json rule = result()["decision_rule"];
  EXPECT_EQ(rule["rule"], "guard_band");
  EXPECT_EQ(rule["coverage_factor"], 2);
  EXPECT_EQ(rule["uncertainty"][0]["quantity"], "voltage");
  EXPECT_EQ(rule["uncertainty"][0]["absolute"]["text"], "10.00 mV");
  EXPECT_EQ(rule["uncertainty"][1]["source"], "clock of the rack");
  EXPECT_EQ(result()["scenarios"][0]["claims"][1]["result"], "pass");
  EXPECT_FALSE(result()["scenarios"][0]["claims"][1].contains("uncertainty")) << "a state that always was";
  const std::string page = text("report.html");
  EXPECT_THAT(page, HasSubstr("Guard band of the expanded uncertainty (w = U, k = 2"));
  EXPECT_THAT(page, HasSubstr("voltage ±10.00 mV, k = 2: certificate 2026-114"));
  EXPECT_THAT(page, HasSubstr("±10.00 mV<small>guard band</small>"));
  EXPECT_THAT(page, HasSubstr("<small>simple acceptance</small>"));
  EXPECT_THAT(page, HasSubstr("the limit lies inside the uncertainty of 10.00 mV (k = 2)"));
  EXPECT_THAT(page, HasSubstr("data-word=\"conditional_pass\"")) << "what the filter looks for";
  EXPECT_THAT(text("summary.md"), HasSubstr("decided with a guard band of the bench's uncertainty"));
  EXPECT_THAT(text("summary.md"), HasSubstr("conditional pass"));
  EXPECT_THAT(text("junit.xml"), HasSubstr("<property name=\"decision_rule\" value=\"guard_band\""));
  EXPECT_THAT(text("junit.xml"), HasSubstr("±10.00 mV; limit"));
}

TEST_F(GuardBand, InSimulationTheRuleIsSimpleAndTheResolutionIsStated) {
  write("s.yaml", at_rest("    - always: max(cell.voltage) < 3.9 V\n"));
  EXPECT_EQ(run("plain.yaml").exit_code, 0);
  EXPECT_EQ(result()["decision_rule"]["rule"], "simple_acceptance");
  EXPECT_FALSE(result()["decision_rule"].contains("coverage_factor"));
  EXPECT_GT(result()["scenarios"][0]["claims"][0]["resolution"]["number"].get<double>(), 0);
  EXPECT_THAT(text("report.html"),
              HasSubstr("Simple acceptance: a claim passes when its figure lies within the limit."));
  EXPECT_THAT(text("report.html"), Not(HasSubstr("guard band")));
}

TEST_F(GuardBand, AConditionalResultIsReproducedFromTheFolder) {
  write("s.yaml", at_rest("    - always: max(cell.voltage) < " + volts(voltage_at_rest() + 0.004) + "\n"));
  ASSERT_EQ(run("rack.yaml").exit_code, 0);
  std::filesystem::remove(folder_.path() / "rack.yaml");
  const auto ran = tests::run(tests::cellrig() + " verify '" + folder_.text() + "/o'");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}
