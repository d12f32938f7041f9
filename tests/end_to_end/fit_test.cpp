// SPDX-License-Identifier: Apache-2.0
// `cellrig fit` at a shell, on the LG M50T data; what it writes is judged by `cellrig replay`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "tests/support/program.hpp"

using testing::HasSubstr;

namespace {

const std::filesystem::path kSource = CELLRIG_SOURCE_DIR;
const std::string kData = (kSource / "tests/data/cells").string(), kHppc = kData + "/lgm50t_hppc.csv",
                  kSlow = kData + "/lgm50t_capacity_c20.csv";

class FitCommand : public testing::Test {
 protected:
  tests::Ran at_shell(const std::string& words) {
    return tests::run("cd '" + folder_.text() + "' && " + tests::cellrig() + " " + words);
  }
  tests::Ran fit(const std::string& more = "") {
    return at_shell("fit " + kHppc + " --ocv " + kSlow + " --chemistry NMC --out m50t.yaml " + more);
  }
  /// With these options it says why not and writes nothing.
  void expect_refused(const std::string& options, const std::string& words) {
    const tests::Ran ran = fit(options);
    EXPECT_EQ(ran.exit_code, 3);
    EXPECT_THAT(ran.output, HasSubstr(words));
    EXPECT_FALSE(wrote("m50t.yaml"));
  }
  [[nodiscard]] bool wrote(const char* file) const { return std::filesystem::exists(folder_.path() / file); }
  tests::TemporaryFolder folder_;
};

/// The numbers of a table, comments and names of columns aside.
std::vector<double> numbers(const std::filesystem::path& csv) {
  std::istringstream lines(tests::slurp(csv));
  std::vector<double> all;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || std::isdigit(static_cast<unsigned char>(line.front())) == 0) continue;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) all.push_back(std::stod(cell));
  }
  return all;
}

}  // namespace

TEST_F(FitCommand, WithoutItsProgramSaysWhatIsMissing) {
  std::filesystem::copy_file(CELLRIG_BINARY_DIR "/cellrig", folder_.path() / "cellrig");
  const tests::Ran ran =
      tests::run("cd '" + folder_.text() + "' && ./cellrig fit a.csv --ocv b.csv --chemistry NMC --out c.yaml");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output,
              HasSubstr("cellrig-fit cannot be started (No such file or directory); it belongs beside cellrig"));
}

TEST_F(FitCommand, WritesACellThatReplaysItsDataWithin4mV) {
  const tests::Ran ran = fit();
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("Residual by state of charge"));
  const tests::Ran replay = at_shell("replay m50t.yaml " + kHppc + " --start fit --max-rms 4mV");
  EXPECT_EQ(replay.exit_code, 0) << replay.output;
}

TEST_F(FitCommand, DrawsMeasuredAgainstModel) {
  ASSERT_EQ(fit().exit_code, 0);
  const std::string page = tests::slurp(folder_.path() / "m50t.html");
  EXPECT_THAT(page, HasSubstr(">measured</text>"));
  EXPECT_THAT(page, HasSubstr(">model</text>"));
}

TEST_F(FitCommand, MadeTheLgM50TOfTheCatalogue) {
  ASSERT_EQ(fit("--start T=23degC").exit_code, 0);
  for (const auto& [made, shipped] : {std::pair("m50t_ocv.csv", "ocv_nmc_21700_lgm50t.csv"),
                                      std::pair("m50t_resistances.csv", "ecm_nmc_21700_lgm50t.csv")}) {
    const std::vector<double> a = numbers(folder_.path() / made),
                              b = numbers(kSource / "scenarios/packs/cells/data" / shipped);
    ASSERT_EQ(a.size(), b.size()) << shipped;
    for (std::size_t k = 0; k < a.size(); ++k) ASSERT_NEAR(a[k], b[k], 0.01 * std::abs(b[k])) << shipped << " " << k;
  }
}

TEST_F(FitCommand, RefusesTheWrongSignAndWritesNothing) {
  expect_refused("--positive discharge", "use --positive charge");
}

TEST_F(FitCommand, RefusesDataThatCannotIdentifyTheModelAndWritesNothing) {
  const tests::Ran ran = at_shell("fit " + kSlow + " --ocv " + kSlow + " --chemistry NMC --out x.yaml");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, HasSubstr("no step of the current"));
  EXPECT_FALSE(wrote("x.yaml") || wrote("x_ocv.csv") || wrote("x.html"));
}

TEST_F(FitCommand, ReplacesOnlyWhatItMade) {
  ASSERT_EQ(fit().exit_code, 0);
  EXPECT_EQ(fit().exit_code, 0);
  std::ofstream(folder_.path() / "m50t.yaml") << "name: mine\n";
  const tests::Ran ran = fit();
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, HasSubstr("was not made by cellrig fit"));
}

TEST_F(FitCommand, NeverReplacesAFileThatItDidNotMake) {
  for (const char* there : {"x.yaml", "x_ocv.csv", "x_resistances.csv", "x.html"}) {
    const tests::TemporaryFolder folder;
    std::ofstream(folder.path() / there) << "mine\n";
    const tests::Ran ran = tests::run("cd '" + folder.text() + "' && " + tests::cellrig() + " fit " + kHppc +
                                      " --ocv " + kSlow + " --chemistry NMC --out x.yaml");
    EXPECT_EQ(ran.exit_code, 3) << there;
    EXPECT_THAT(ran.output, HasSubstr(std::string(there) + " is there and was not made by cellrig fit"));
    EXPECT_EQ(tests::slurp(folder.path() / there), "mine\n");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << there;
  }
}

TEST_F(FitCommand, NeverReplacesWhatItReads) {  // not even when the file says that fit made it
  for (const char* input : {"x_ocv.csv", "x_resistances.csv"}) {
    const std::string data = "# Made by cellrig fit\n" + tests::slurp(kSlow);
    std::ofstream(folder_.path() / input) << data;
    const tests::Ran ran = at_shell("fit " + kHppc + " --ocv ./" + input + " --chemistry NMC --out x.yaml");
    EXPECT_EQ(ran.exit_code, 3) << input;
    EXPECT_THAT(ran.output, HasSubstr("would be replaced, and is read"));
    EXPECT_EQ(tests::slurp(folder_.path() / input), data);
    EXPECT_FALSE(wrote("x.yaml") || wrote("x.html"));
    std::filesystem::remove(folder_.path() / input);
  }
}

TEST_F(FitCommand, SaysWhichVoltagesAreTakenAsFullAndEmpty) {
  const tests::Ran ran = fit();
  EXPECT_THAT(ran.output, HasSubstr("4.182 V taken as 100 %, 2.500 V as 0 %"));
}

TEST_F(FitCommand, TakesNoHysteresisToStartFrom) {
  const tests::Ran ran = fit("--start 'soc=1 h=-1'");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, HasSubstr("leave h out"));
}

TEST_F(FitCommand, HelpNamesDataToTry) {
  for (const char* command : {"fit", "replay"})
    EXPECT_THAT(at_shell(std::string(command) + " --help").output, HasSubstr("tests/data/cells/lgm50t_hppc.csv"));
}

TEST_F(FitCommand, HelpSaysWhichOptionsMustBeGiven) {
  const std::string help = at_shell("fit --help").output;
  const std::size_t due = help.find("must be given"), free = help.find("\nOptions\n");
  for (const char* option : {"--ocv", "--chemistry", "--out"}) {
    EXPECT_GT(help.find(option), due) << option;
    EXPECT_LT(help.find(option), free) << option;
  }
}

TEST_F(FitCommand, TakesOtherLimitsWhenTheyAreNamed) {
  expect_refused("--limits 2.5V..4.1V", "--limits asks for 2.500 V and 4.100 V");
}

TEST_F(FitCommand, WritesARunawayLimitAndSaysWhereItComesFrom) {
  ASSERT_EQ(fit().exit_code, 0);
  EXPECT_THAT(tests::slurp(folder_.path() / "m50t.yaml"),
              HasSubstr("runaway: 130 degC  # estimate: a polyethylene separator melts\n"));
  ASSERT_EQ(fit("--runaway 152.5degC").exit_code, 0);
  EXPECT_THAT(tests::slurp(folder_.path() / "m50t.yaml"),
              HasSubstr("runaway: 152.5 degC  # as given with --runaway\n"));
}

TEST_F(FitCommand, WritesACellWhoseRunawayIsWatchedFor) {
  ASSERT_EQ(fit().exit_code, 0);
  std::ofstream(folder_.path() / "pack.yaml") << "name: fitted\ncells: 8\ncell: m50t.yaml\nbusbar: 0.06 mohm\n";
  std::ofstream(folder_.path() / "s.yaml") << "watched:\n  board: boards/jk_b2a8s20p.yaml\n  pack: pack.yaml\n"
                                              "  run_for: 1 s\n  expect:\n    - always: thermal_runaway is off\n";
  const tests::Ran ran = at_shell("run s.yaml --out out");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(tests::slurp(folder_.path() / "out/result.json"), testing::Not(HasSubstr("thermal runaway")));
}

TEST_F(FitCommand, RefusesARunawayLimitThatACellFileMayNotGive) {
  for (const char* wrong : {"20degC", "130", "130V", "901degC", "''"})
    expect_refused(std::string("--runaway ") + wrong, "is not a temperature from 50 degC to 900 degC");
}

TEST_F(FitCommand, NamesEveryOptionThatIsMissing) {
  const tests::Ran ran = at_shell("fit " + kHppc);
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, testing::AllOf(HasSubstr("--ocv is missing"), HasSubstr("one of LFP, NMC, NCA, LCO, LTO"),
                                         HasSubstr("--out CELL.yaml")));
}
