// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/program.hpp"

#include <gmock/gmock.h>
#include <signal.h>

#include <sstream>

#include "rig/cli/gdb.hpp"
#include "tests/rig/campaign/fake_scenario.hpp"
#include "tests/rig/cli/scenario_folder.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// The word after the first underscore of a scenario's name is its result: "a_fail", "b_conditional_pass"; "x_crash"
/// dies.
reports::ScenarioResult bench(const scenario::Scenario& scenario, const bench::RunOptions&) {
  const std::string word = scenario.name.substr(scenario.name.find('_') + 1);
  if (word == "crash") raise(SIGKILL);
  return campaign::fake_result(scenario, word);
}

class Program : public ::testing::Test {
 public:
  Program() { fs::current_path(folder_.path()); }
  ~Program() override { fs::current_path("/"); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

 protected:
  int call(const std::vector<std::string>& words) {
    out_.str("");
    err_.str("");
    return program(words, {CELLRIG_BINARY_DIR "/cellrig", out_, err_, false, false, bench, {}});
  }
  int run(const std::vector<std::string>& names, std::vector<std::string> options = {}) {
    std::string file;
    for (const std::string& name : names) file += ScenarioFolder::scenario(name);
    folder_.write("s/all.yaml", file);
    std::vector<std::string> words = {"run", "s", "--firmware", "fw.so", "--out", "o"};
    words.insert(words.end(), options.begin(), options.end());
    return call(words);
  }
  ScenarioFolder folder_;
  std::ostringstream out_, err_;
};

TEST_F(Program, ExitsWithTheHighestOfItsResults) {
  EXPECT_EQ(run({"a_pass", "b_pass"}), 0);
  EXPECT_EQ(run({"a_pass", "b_not_applicable"}), 0);
  EXPECT_EQ(run({"a_pass", "b_conditional_pass"}), 0);
  EXPECT_EQ(run({"a_pass", "b_conditional_pass"}, {"--strict"}), 1);
  EXPECT_EQ(run({"a_pass", "b_fail"}), 1);
  EXPECT_EQ(run({"a_conditional_fail", "b_pass"}), 1);
  EXPECT_EQ(run({"a_fail", "b_crash", "c_pass"}), 2);
  EXPECT_EQ(run({"a_unknownword"}), 2);
}

TEST_F(Program, WhatIsNamedAndNotApplicableIsThree) {
  folder_.write("s/all.yaml", ScenarioFolder::scenario("b_not_applicable"));
  EXPECT_EQ(call({"run", "s/all.yaml::b_not_applicable", "--firmware", "fw.so", "--out", "o"}), 3);
}

TEST_F(Program, ASelectionOfWhichNothingCanRunIsThreeAndSaysSo) {
  EXPECT_EQ(run({"a_not_applicable", "b_not_applicable"}), 3);
  EXPECT_EQ(err_.str(), "nothing of this can run on bench sim\n");
  EXPECT_EQ(reports::from_json(tests::slurp("o/result.json")).scenarios.size(), 2u) << "written as ever";
}

/// The runner says pass to whatever it gets: what is not applicable must not reach it.
class OnALimitedBench : public Program {
 public:
  OnALimitedBench() {
    folder_.write("bench.yaml", "name: small bench\nis: sim\ncan: [soc, charger]\nobserves: [cell.voltage]\n");
    folder_.write("s/all.yaml", with_action("a_pass", "charger: {current: 5 A, voltage: 29 V}") +
                                    with_action("b_pass", "\"ntc[1]\": open"));
  }

 protected:
  static std::string with_action(const std::string& name, const std::string& action) {
    return ScenarioFolder::scenario(name) + "  do:\n    - {at: 1 s, " + action + "}\n";
  }
  int run_here(const std::string& what) {
    return call({"run", what, "--bench", "bench.yaml", "--firmware", "fw.so", "--out", "o"});
  }
};

TEST_F(OnALimitedBench, AFolderLeavesOutWhatItCannotDoAndSaysWhy) {
  EXPECT_EQ(run_here("s"), 0);
  const reports::RunResult result = reports::from_json(tests::slurp("o/result.json"));
  ASSERT_EQ(result.scenarios.size(), 2u);
  EXPECT_EQ(result.bench, "sim, limited to small bench");
  EXPECT_EQ(result.scenarios[0].result, "pass");
  EXPECT_EQ(result.scenarios[1].result, "not_applicable");
  EXPECT_EQ(result.scenarios[1].reason, "bench small bench cannot do ntc/open");
  EXPECT_EQ(result.scenarios[1].claims.at(0).result, "not_applicable");
  EXPECT_THAT(out_.str(), HasSubstr("bench small bench cannot do ntc/open"));
  EXPECT_THAT(tests::slurp("o/junit.xml"),
              HasSubstr("<skipped message=\"not_applicable: bench small bench cannot do ntc/open\""));
  EXPECT_THAT(tests::slurp("o/report.html"), HasSubstr("bench small bench cannot do ntc/open"));
}

TEST_F(OnALimitedBench, AFileOfWhichNothingCanRunIsThreeAndSaysSo) {
  folder_.write("s/all.yaml", with_action("b_pass", "\"ntc[1]\": open"));
  EXPECT_EQ(run_here("s/all.yaml"), 3);
  EXPECT_EQ(err_.str(), "nothing of this can run on bench small bench\n");
  EXPECT_TRUE(fs::exists("o/report.html"));
}

TEST_F(OnALimitedBench, ANameIsAUsageErrorAndNothingRuns) {
  EXPECT_EQ(run_here("s/all.yaml::b_pass"), 3);
  EXPECT_EQ(err_.str(), "b_pass is not applicable: bench small bench cannot do ntc/open\n");
  EXPECT_FALSE(fs::exists("o"));
  EXPECT_EQ(run_here("s/all.yaml::a_pass"), 0);
}

TEST_F(OnALimitedBench, AClaimOnWhatItCannotObserveIsNotApplicable) {
  folder_.write("bench.yaml", "name: small bench\nis: sim\ncan: [soc, charger, ntc/open]\n");
  EXPECT_EQ(run_here("s"), 3) << "none of both can be judged";
  EXPECT_THAT(out_.str(), HasSubstr("bench small bench cannot observe cell.voltage"));
  EXPECT_EQ(run_here("s/all.yaml::a_pass"), 3);
  EXPECT_EQ(err_.str(), "a_pass is not applicable: bench small bench cannot observe cell.voltage\n");
}

TEST_F(OnALimitedBench, ATimelineOfWhatItCannotObserveIsNotApplicable) {
  folder_.write("bench.yaml", "name: small bench\nis: sim\ncan: [soc]\nobserves: [cell.voltage, charge_gate]\n");
  folder_.write("s/all.yaml", ScenarioFolder::scenario("a_pass") + "      protection: cell_overvoltage\n");
  EXPECT_EQ(run_here("s/all.yaml::a_pass"), 3);
  EXPECT_EQ(err_.str(), "a_pass is not applicable: bench small bench cannot observe port.current\n");
  EXPECT_EQ(call({"list", "s", "--bench", "bench.yaml"}), 3);
}

TEST_F(OnALimitedBench, ListNamesWhatItCanRun) {
  EXPECT_EQ(call({"list", "s", "--bench", "bench.yaml"}), 0);
  EXPECT_EQ(out_.str(), "a_pass\n");
}

TEST_F(OnALimitedBench, ListThatNamesNothingIsThreeAndSaysSo) {
  folder_.write("s/all.yaml", with_action("b_pass", "\"ntc[1]\": open"));
  EXPECT_EQ(call({"list", "s", "--bench", "bench.yaml"}), 3);
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(err_.str(), "nothing of this can run on bench small bench\n");
}

TEST_F(OnALimitedBench, TheLineAgainNamesTheBench) {
  folder_.write("s/all.yaml", with_action("a_fail", "charger: off"));
  EXPECT_EQ(run_here("s"), 1);
  EXPECT_THAT(out_.str(), HasSubstr("--bench bench.yaml"));
}

TEST_F(OnALimitedBench, MistakesInItsFileRunNothing) {
  folder_.write("bench.yaml", "name: x\nis: analog\ncan: [charger, chargr]\nobserves: [cell.volt, bms.soc]\n");
  EXPECT_EQ(run_here("s"), 3);
  EXPECT_EQ(err_.str(),
            "bench.yaml:2:5  is: \"analog\" is not one of sim\n"
            "bench.yaml:3:16  can: \"chargr\" is nothing that a scenario asks for. Near: charger\n"
            "bench.yaml:4:12  observes: \"cell.volt\" is no signal that a bench may list; what the board reports is "
            "always seen. Near: cell.voltage, cell.soc, cell.ocv\n"
            "bench.yaml:4:23  observes: \"bms.soc\" is no signal that a bench may list; what the board reports is "
            "always seen.\n");
  EXPECT_EQ(call({"run", "s", "--bench", "gone.yaml", "--firmware", "fw.so", "--out", "o"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("gone.yaml cannot be read"));
}

TEST_F(Program, ABenchFileIsAlsoLookedForInTheShippedFolder) {
  EXPECT_EQ(call({"list", "--bench", "benches/analog.yaml"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("overcharge_of_one_strong_cell_opens_the_charge_fet"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("cold_charge_is_refused_below_minus_20_degC"))) << "it has no cold chamber";
  EXPECT_THAT(out_.str(), Not(HasSubstr("charge_bank_stuck_on_lets_an_overcharge_go_on")));
}

TEST_F(Program, WritesItsFilesAndPrintsTheReportLast) {
  ASSERT_EQ(run({"a_pass", "b_fail"}), 1);
  for (const char* file : {"o/result.json", "o/junit.xml", "o/summary.md", "o/report.html", "o/coverage.html",
                           "o/coverage.csv", "o/coverage.json"})
    EXPECT_GT(fs::file_size(file), 100u) << file;
  EXPECT_THAT(out_.str(), HasSubstr("1 pass · 1 fail · 0 error"));
  EXPECT_THAT(out_.str(), EndsWith("report: o/report.html\n"));
  EXPECT_THAT(out_.str(),
              HasSubstr("again: " CELLRIG_SOURCE_DIR "/cellrig run s/all.yaml::b_fail --seed 1 --firmware fw.so"));
  const reports::RunResult result = reports::from_json(tests::slurp("o/result.json"));
  EXPECT_EQ(result.scenarios.size(), 2u);
  EXPECT_EQ(result.firmware_file, "fw.so");
  EXPECT_EQ(result.firmware_sha256.size(), 64u);
}

TEST_F(Program, TheSeedIsInTheResultAndInTheLineThatRepeatsIt) {
  ASSERT_EQ(run({"b_fail"}, {"--seed", "42"}), 1);
  EXPECT_EQ(reports::from_json(tests::slurp("o/result.json")).seed, 42u);
  EXPECT_THAT(out_.str(), HasSubstr(" --seed 42 "));
}

TEST_F(Program, WithoutOutItFillsANewFolderAndLatest) {
  folder_.write("s/all.yaml", ScenarioFolder::scenario("a_pass"));
  EXPECT_EQ(call({"run", "s", "--firmware", "fw.so"}), 0);
  EXPECT_TRUE(fs::exists("out/latest/report.html"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("latest"))) << "a later run would show another picture there";
}

TEST_F(Program, MalformedWordsFilesAndFirmwareRunNothing) {
  folder_.write("s/bad.yaml", "one: {nonsense: 1}");
  folder_.write("s/good.yaml", ScenarioFolder::scenario("a_pass"));
  EXPECT_EQ(call({"run", "s", "--out", "o"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("s/bad.yaml:1:"));
  EXPECT_EQ(call({"run", "s/good.yaml", "--sed", "3", "--out", "o"}), 3);
  EXPECT_EQ(call({"run", "s/good.yaml", "--firmware", "gone.so", "--out", "o"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("firmware gone.so: no such file\n"));
  EXPECT_EQ(call({"run", "s/good.yaml", "--firmware", "s", "--out", "o"}), 3);
  EXPECT_EQ(call({"run", "s/good.yaml", "--firmware", "fw.so", "--out", "fw.so"}), 3);
  EXPECT_FALSE(fs::exists("o"));
  EXPECT_EQ(out_.str(), "");
}

TEST_F(Program, AStallLimitThatIsNoNumberIsAMistake) {
  for (const char* text : {"x", "0", "-1", "nan", "10s"}) {
    setenv("CELLRIG_STALL_LIMIT_S", text, 1);
    EXPECT_EQ(run({"a_pass"}), 3) << text;
    EXPECT_THAT(err_.str(), HasSubstr("CELLRIG_STALL_LIMIT_S"));
  }
  setenv("CELLRIG_STALL_LIMIT_S", "60", 1);
  EXPECT_EQ(run({"a_pass"}), 0);
  unsetenv("CELLRIG_STALL_LIMIT_S");
}

TEST_F(Program, AResultThatCannotBeWrittenIsAnError) {
  fs::create_directories("o/report.html/in_the_way");
  EXPECT_EQ(run({"a_pass"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("the results have no place"));
}

TEST_F(Program, ListPrintsNamesAndNothingElse) {
  folder_.write("s/all.yaml", ScenarioFolder::scenario("one") + ScenarioFolder::scenario("two", "odd"));
  EXPECT_EQ(call({"list", "s"}), 0);
  EXPECT_EQ(out_.str(), "one\ntwo\n");
  EXPECT_EQ(call({"list", "s", "--label", "odd"}), 0);
  EXPECT_EQ(out_.str(), "two\n");
  folder_.write("s/bad.yaml", "x");
  EXPECT_EQ(call({"list", "s"}), 3);
  EXPECT_EQ(out_.str(), "");
}

TEST_F(Program, ValidateCountsOrTells) {
  folder_.write("s/all.yaml", ScenarioFolder::scenario("one") + ScenarioFolder::scenario("two"));
  EXPECT_EQ(call({"validate", "s"}), 0);
  EXPECT_EQ(out_.str(), "2 scenarios in 1 file, well formed\n");
  folder_.write("s/bad.yaml", "x: {y: 1}");
  EXPECT_EQ(call({"validate", "s"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("s/bad.yaml:1:"));
}

TEST_F(Program, ExplainKnowsShippedNames) {
  EXPECT_EQ(call({"explain", "cold_charge_is_refused_below_minus_20_degC"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("What must hold"));
  EXPECT_EQ(call({"explain", "cold_charge"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("Near: cold_charge_is_refused_below_minus_20_degC"));
}

TEST_F(Program, ExplainKnowsModelsByAnyOfTheirNames) {
  EXPECT_EQ(call({"explain", "converter"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("efficiency_in"));
  const std::string page = out_.str();
  EXPECT_EQ(call({"explain", "balancing_converter"}), 0);
  EXPECT_EQ(out_.str(), page);
  EXPECT_EQ(call({"explain", "signals"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("bms.alarm.cell_overvoltage"));
  EXPECT_EQ(call({"explain", "mosfett"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("no scenario or model is called mosfett. Near: mosfet"));
}

TEST_F(Program, ExplainKnowsSignalsSettingsAndKeys) {
  EXPECT_EQ(call({"explain", "cell[3].voltage"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("cell[3].voltage   a signal"));
  EXPECT_EQ(call({"explain", "bms.alarm.cell_overvoltage"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("alarm word, bit 10"));
  EXPECT_EQ(call({"explain", "cell_ovp"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("voltage, 3.600 V when not said (jk_b2a8s20p), 1.200 V to 4.350 V"));
  EXPECT_EQ(call({"explain", "settles"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("calls for `to`, `band`, `within`"));
  EXPECT_EQ(call({"explain", "flood"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("flood   a key of do (an action and its moment)"));
  EXPECT_EQ(call({"explain", "settels"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("settels is no signal, setting or key either. Near: settles"));
}

TEST_F(Program, ExplainWithoutANameListsTheModels) {
  EXPECT_EQ(call({"explain"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("  cell "));
  const std::string list = out_.str();
  EXPECT_EQ(call({"explain", "models"}), 0);
  EXPECT_EQ(out_.str(), list);
  EXPECT_THAT(out_.str(), HasSubstr("signals             everything that a claim can name"));
}

TEST_F(Program, ReportRendersTheSameAgain) {
  ASSERT_EQ(run({"a_pass", "b_fail"}), 1);
  const std::string html = tests::slurp("o/report.html"), junit = tests::slurp("o/junit.xml");
  fs::remove("o/report.html");
  fs::remove("o/junit.xml");
  EXPECT_EQ(call({"report", "o/result.json"}), 0);
  EXPECT_THAT(out_.str(), EndsWith("report: o/report.html\n"));
  EXPECT_EQ(tests::slurp("o/report.html"), html);
  EXPECT_EQ(tests::slurp("o/junit.xml"), junit);
}

/// Sets a variable of the environment for one test.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* const old = getenv(name)) old_ = old;
    setenv(name, value.c_str(), 1);
  }
  ~Environment() { old_ ? setenv(name_, old_->c_str(), 1) : unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST_F(Program, AMissingPdfIsASentenceUnlessItsProgramWasNamed) {
  const Environment nothing_installed("PATH", "/nowhere");
  EXPECT_EQ(run({"a_pass"}, {"--pdf"}), 0);
  EXPECT_THAT(err_.str(), HasSubstr("no PDF: neither chromium nor weasyprint is installed here"));
  EXPECT_THAT(out_.str(), EndsWith("report: o/report.html\n"));
  EXPECT_EQ(run({"a_pass"}, {"--pdf", "chromium"}), 2);
  EXPECT_EQ(run({"a_fail"}, {"--pdf", "chromium"}), 2);
  EXPECT_EQ(call({"report", "o/result.json", "--pdf"}), 0);
  EXPECT_EQ(call({"report", "o/result.json", "--pdf=weasyprint"}), 2);
  EXPECT_EQ(call({"report", "o/result.json"}), 0);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Program, ThePdfLiesBesideTheReport) {
  folder_.write("bin/weasyprint", "#!/bin/sh\necho %PDF- >\"$2\"\n");
  fs::permissions("bin/weasyprint", fs::perms::owner_all);
  const Environment path("PATH", folder_.at("bin"));
  EXPECT_EQ(run({"a_fail"}, {"--pdf"}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("o/report.pdf, printed by "));
  EXPECT_TRUE(fs::exists("o/report.pdf"));
  ASSERT_EQ(run({"a_pass"}), 0);
  EXPECT_FALSE(fs::exists("o/report.pdf")) << "that of an earlier run";
}

TEST_F(Program, AStepOnGitHubGetsTheSummaryAppended) {
  folder_.write("step.md", "before\n");
  const Environment step("GITHUB_STEP_SUMMARY", folder_.at("step.md"));
  ASSERT_EQ(run({"a_pass", "b_fail"}), 1);
  EXPECT_THAT(tests::slurp("o/summary.md"), HasSubstr("1 pass · 1 fail"));
  EXPECT_EQ(tests::slurp("step.md"), "before\n" + tests::slurp("o/summary.md") + "\n");
  const Environment gone("GITHUB_STEP_SUMMARY", "/nowhere/step.md");
  EXPECT_EQ(run({"a_pass"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("GITHUB_STEP_SUMMARY: /nowhere/step.md cannot be written"));
}

TEST_F(Program, ReportOfSomethingElseIsMalformed) {
  folder_.write("x.json", "{}");
  EXPECT_EQ(call({"report", "x.json"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("x.json"));
  EXPECT_EQ(call({"report", "gone.json"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("gone.json cannot be read"));
}

TEST_F(Program, TheDebuggerGetsTheSameRunInOneProcess) {
  EXPECT_THAT(gdb_words("/x/cellrig", {"run", "a", "--gdb", "--seed", "2"}),
              ElementsAre("gdb", "--args", "/x/cellrig", "run", "a", "--in-process", "--seed", "2"));
  const std::string path = std::getenv("PATH");
  setenv("PATH", folder_.text().c_str(),
         1);  // a debugger found by mistake would take this process's place, and end well
  EXPECT_EQ(run({"a_pass", "b_pass"}, {"--gdb"}), 3);
  setenv("PATH", path.c_str(), 1);
  EXPECT_THAT(err_.str(), HasSubstr("--gdb takes one scenario, not 2; name it"));
  EXPECT_EQ(run({"a_pass", "b_pass"}, {"--in-process"}), 3);
  EXPECT_EQ(run({"b_fail"}, {"--in-process"}), 1);
}

TEST_F(Program, AMachineWithoutDebuggerIsTold) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", folder_.text().c_str(), 1);
  EXPECT_EQ(run({"a_pass"}, {"--gdb"}), 3);
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(err_.str(), "--gdb: gdb is not installed (apt-get install gdb)\n");
}

TEST_F(Program, OutputThatCannotBeWrittenIsNoGreen) {
  out_.setstate(std::ios::badbit);
  EXPECT_EQ(program({"list"}, {CELLRIG_BINARY_DIR "/cellrig", out_, err_, false, false, bench, {}}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("the output cannot be written"));
}

}  // namespace
}  // namespace rig::cli
