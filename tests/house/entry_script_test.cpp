// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <ostream>

#include "tests/house/fake_machine.hpp"

// ./cellrig on machines that lack something. "One sentence" means: one line on stderr, exit code 3, nothing on stdout.
namespace tests::house {

void PrintTo(const Outcome& outcome, std::ostream* out) {
  *out << "exit " << outcome.exit_code << "\nout: " << outcome.out << "\nerr: " << outcome.err;
}

namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class EntryScript : public ::testing::Test {
 protected:
  FakeMachine machine_;
};

MATCHER_P(IsOneSentenceWith, words, "is one line on stderr and exit code 3") {
  return arg.exit_code == 3 && arg.out.empty() && std::ranges::count(arg.err, '\n') == 1 &&
         arg.err.starts_with("cellrig: ") && arg.err.find(words) != std::string::npos;
}

TEST_F(EntryScript, HandsEveryArgumentThroughUntouched) {
  EXPECT_THAT(machine_.run({"run", "a b", "", "*", "--label=x\ty", "$HOME"}).out,
              StartsWith("<run><a b><><*><--label=x\ty><$HOME>\n"));
}

TEST_F(EntryScript, ReturnsTheExitCodeOfTheProgram) {
  machine_.note("environment", "PROGRAM_EXIT=42");
  EXPECT_EQ(machine_.run({"run"}).exit_code, 42);
}

TEST_F(EntryScript, LeavesTheWorkingFolderAlone) { EXPECT_THAT(machine_.run({}, "/usr").out, HasSubstr("in /usr\n")); }

TEST_F(EntryScript, KeepsItsOwnWordsOffStdout) {
  machine_.remove_package("ccache");
  const Outcome outcome = machine_.run({"list"});
  EXPECT_EQ(outcome.out, "<list>\nin /\n");
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("cellrig: installing ccache"), HasSubstr("cellrig: building release … ")));
}

TEST_F(EntryScript, NeitherInstallsNorConfiguresNorBuildsWhenNothingIsToDo) {
  machine_.run({"run"});
  const std::string configured = machine_.calls("cmake");
  const Outcome again = machine_.run({"run"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.err, IsEmpty());
  EXPECT_EQ(machine_.calls("cmake"), configured);
  EXPECT_THAT(machine_.calls("apt-get"), IsEmpty());
}

TEST_F(EntryScript, BuildsAgainWithoutConfiguringWhenASourceChanged) {
  machine_.run({"run"});
  const std::string configured = machine_.calls("cmake");
  machine_.source_changed();
  EXPECT_THAT(machine_.run({"run"}).err, AllOf(HasSubstr("building release"), Not(HasSubstr("(once)"))));
  EXPECT_EQ(machine_.calls("cmake"), configured);
}

TEST_F(EntryScript, ConfiguresAgainWhenThePresetsChanged) {
  machine_.run({"run"});
  const std::string configured = machine_.calls("cmake");
  std::filesystem::resize_file(machine_.checkout() / "CMakePresets.json", 1);
  EXPECT_EQ(machine_.run({"run"}).exit_code, 0);
  EXPECT_EQ(machine_.calls("cmake"), configured + configured);
}

TEST_F(EntryScript, InstallsWhatIsMissingAndOnlyThat) {
  machine_.remove_package("libsystemc-dev");
  machine_.remove_package("libyaml-cpp-dev");
  const Outcome outcome = machine_.run({"run"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("installing libsystemc-dev libyaml-cpp-dev … (once)"));
  EXPECT_THAT(
      machine_.calls("apt-get"),
      AllOf(HasSubstr("update\n"), HasSubstr("install --no-install-recommends libsystemc-dev libyaml-cpp-dev\n")));
  EXPECT_THAT(machine_.calls("sudo"), IsEmpty());
}

TEST_F(EntryScript, AsksOnlyForWhatTheCommandNeeds) {
  machine_.remove_package("libgtest-dev");
  machine_.remove_package("gdb");
  machine_.run({"run"});
  EXPECT_THAT(machine_.calls("apt-get"), IsEmpty());
  machine_.run({"run", "a_scenario", "--gdb"});
  EXPECT_THAT(machine_.calls("apt-get"),
              AllOf(HasSubstr("install --no-install-recommends gdb\n"), Not(HasSubstr("gtest"))));
  machine_.run({"test"});
  EXPECT_THAT(machine_.calls("apt-get"), HasSubstr("install --no-install-recommends libgtest-dev\n"));
}

TEST_F(EntryScript, UsesSudoWhenNotRoot) {
  machine_.be_user();
  machine_.remove_package("ccache");
  EXPECT_EQ(machine_.run({"run"}).exit_code, 0);
  EXPECT_THAT(machine_.calls("sudo"), HasSubstr("install --no-install-recommends ccache"));
}

TEST_F(EntryScript, NamesThePackagesInOneSentenceWithoutSudo) {
  machine_.be_user();
  machine_.remove_command("sudo");
  machine_.remove_package("ccache");
  EXPECT_THAT(machine_.run({"run"}),
              IsOneSentenceWith("neither root nor sudo to install them; ask for: apt-get install ccache"));
}

TEST_F(EntryScript, NamesThePackagesInOneSentenceWhenSudoWantsAPasswordWithoutATerminal) {
  machine_.be_user();
  machine_.note("sudo_wants_password", "");
  machine_.remove_package("ccache");
  EXPECT_THAT(machine_.run({"run"}), IsOneSentenceWith("run first: sudo apt-get install ccache"));
}

TEST_F(EntryScript, NamesThePackagesInOneSentenceOnAnotherDistribution) {
  machine_.remove_command("apt-get");
  machine_.remove_command("dpkg-query");
  EXPECT_THAT(machine_.run({"run"}), IsOneSentenceWith("no apt-get here"));
  EXPECT_THAT(machine_.run({"run"}), IsOneSentenceWith("libsystemc-dev"));
}

TEST_F(EntryScript, BelievesTheUserOfAnotherDistributionWhoInstalledThemHimself) {
  machine_.remove_command("apt-get");
  machine_.remove_command("dpkg-query");
  machine_.note("environment", "CELLRIG_SETUP=off");
  EXPECT_EQ(machine_.run({"run"}).exit_code, 0);
}

TEST_F(EntryScript, NamesThePackagesWhenTheyCannotBeFetched) {
  machine_.remove_package("ccache");
  machine_.note("no_network", "");
  const Outcome outcome = machine_.run({"run"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("could not install them (no network"));
  EXPECT_THAT(outcome.err, HasSubstr("needed: sudo apt-get install ccache\n"));
  EXPECT_THAT(machine_.calls("cmake"), IsEmpty());
}

TEST_F(EntryScript, ShowsTheEndOfTheLogAndItsPathWhenTheBuildFails) {
  machine_.note("build_fails", "");
  const Outcome outcome = machine_.run({"run"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("last words of the compiler"), Not(HasSubstr("first words"))));
  EXPECT_THAT(outcome.err, HasSubstr("building release failed; the whole output is in " +
                                     (machine_.checkout() / "build/log/release.log").string()));
}

TEST_F(EntryScript, RunsNoOldProgramWhenTheNewOneDoesNotBuild) {
  machine_.run({"run"});
  machine_.source_changed();
  machine_.note("build_fails", "");
  EXPECT_THAT(machine_.run({"run"}), AllOf(Field(&Outcome::exit_code, 3), Field(&Outcome::out, IsEmpty())));
}

TEST_F(EntryScript, ConfiguresFromTheBeginningAfterAFailedConfiguration) {
  machine_.run({"run"});
  const std::string once = machine_.calls("cmake");
  const auto presets = machine_.checkout() / "CMakePresets.json";
  std::filesystem::resize_file(presets, 1);
  machine_.note("configure_fails", "");
  EXPECT_THAT(machine_.run({"run"}).err, HasSubstr("configuring release failed"));
  std::filesystem::remove(machine_.checkout().parent_path() / "notes/configure_fails");
  std::ofstream(presets) << "{}";  // as it was when all was well: the half-configured folder is still not trusted
  EXPECT_EQ(machine_.run({"run"}).exit_code, 0);
  EXPECT_EQ(machine_.calls("cmake"), once + once + once);
}

TEST_F(EntryScript, StartedFourTimesAtOnceBuildsOneAtATime) {
  EXPECT_THAT(machine_.run_at_once({"run"}, 4), Each(Field(&Outcome::exit_code, 0)));
}

TEST_F(EntryScript, TestRunsEverythingButWhatTakesLongOrNeedsMoreAndEndsWithTheWordsOfCTest) {
  const Outcome outcome = machine_.run({"test", "-R", "a b"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "100% tests passed, 0 tests failed out of 3\n");
  EXPECT_THAT(machine_.calls("ctest"),
              AllOf(HasSubstr("-LE ^(full|spice)$"), HasSubstr("-R a b"), HasSubstr("--no-tests=error")));
}

TEST_F(EntryScript, TestLeavesTheChoiceOfLabelsToTheUser) {
  machine_.run({"test", "-L", "full"});
  EXPECT_THAT(machine_.calls("ctest"), AllOf(HasSubstr("-L full"), Not(HasSubstr("-LE"))));
}

TEST_F(EntryScript, TestInstallsNgspiceOnlyWhenTheTestsThatNeedItAreChosen) {
  machine_.remove_package("ngspice");
  EXPECT_THAT(machine_.run({"test"}).err, HasSubstr("leaving out"));
  machine_.run({"test", "-L", "full"});
  EXPECT_THAT(machine_.calls("apt-get"), IsEmpty());
  machine_.run({"test", "-L", "^spice$"});
  EXPECT_THAT(machine_.calls("apt-get"), HasSubstr("install --no-install-recommends ngspice\n"));
}

TEST_F(EntryScript, TestInstallsNgspiceWhenOnlyOtherTestsAreExcluded) {
  machine_.remove_package("ngspice");
  machine_.run({"test", "-LE", "^(full|spice)$"});
  EXPECT_THAT(machine_.calls("apt-get"), IsEmpty());
  machine_.run({"test", "-LE", "full"});
  EXPECT_THAT(machine_.calls("apt-get"), HasSubstr("install --no-install-recommends ngspice\n"));
}

TEST_F(EntryScript, TestsOfMergedSourcesAreBuiltWithTheProgram) {
  machine_.run({"test"});
  EXPECT_THAT(machine_.calls("ctest"), AllOf(HasSubstr("build/dev "), Not(HasSubstr("build/tested "))));
  machine_.note("environment", "CELLRIG_MERGE=ON");
  machine_.run({"test"});
  EXPECT_THAT(machine_.calls("ctest"), HasSubstr("build/tested "));
}

TEST_F(EntryScript, TestReturnsTheExitCodeOfCTest) {
  machine_.note("ctest_exit", "8");
  EXPECT_EQ(machine_.run({"test"}).exit_code, 8);
}

TEST_F(EntryScript, WorksThroughALink) {
  machine_.start_through_link();
  EXPECT_EQ(machine_.run({"run"}).exit_code, 0);
}

}  // namespace
}  // namespace tests::house
