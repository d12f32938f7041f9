// SPDX-License-Identifier: Apache-2.0
// The built program at a shell: what is printed where, exit codes, Ctrl-C, no terminal, other folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

const std::string kQuick = " run board_answers_every_poll";

class CommandLine : public testing::Test {
 protected:
  /// In an empty folder of its own.
  tests::Ran at_shell(const std::string& words) {
    return tests::run("cd '" + folder_.text() + "' && { " + tests::cellrig() + " " + words + "; }");
  }
  tests::TemporaryFolder folder_;
};

}  // namespace

TEST_F(CommandLine, RunsFromAnyFolderAndPrintsTheReportLast) {
  const tests::Ran ran = at_shell(kQuick);
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, StartsWith("running 1 scenario on 1 core\n1/1  "));
  EXPECT_THAT(ran.output, HasSubstr("  pass  board_answers_every_poll "));
  const std::string path = ran.output.substr(ran.output.rfind(' ') + 1);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / path.substr(0, path.size() - 1))) << path;
}

TEST_F(CommandLine, WithoutATerminalThereAreNoControlCharacters) {
  EXPECT_THAT(at_shell(kQuick).output, Not(HasSubstr("\x1b")));
}

TEST_F(CommandLine, OnATerminalThereAreColoursUnlessTheyAreUnwanted) {
  const std::string inner = tests::cellrig() + kQuick;
  EXPECT_THAT(tests::run("cd '" + folder_.text() + "' && script -qec \"" + inner + "\" /dev/null").output,
              HasSubstr("\x1b[32mpass"));
  const tests::Ran plain =
      tests::run("cd '" + folder_.text() + "' && NO_COLOR=1 script -qec \"" + inner + "\" /dev/null");
  EXPECT_THAT(plain.output, HasSubstr("1/1"));
  EXPECT_THAT(plain.output, Not(HasSubstr("\x1b[32m")));
}

TEST_F(CommandLine, MistakesGoToStandardErrorAndNothingRuns) {
  const tests::Ran ran = at_shell("run --sed 3 --trace pdf 2>err.txt >stdout.txt");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_EQ(tests::slurp(folder_.path() / "err.txt"),
            "--sed is not an option of run. Near: --seed\n--trace: \"pdf\" is not a format; csv, vcd or csv,vcd\n");
  EXPECT_EQ(tests::slurp(folder_.path() / "stdout.txt"), "");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out"));
}

TEST_F(CommandLine, ListIsNamesThatRunAccepts) {
  const tests::Ran list = at_shell("list");
  EXPECT_EQ(list.exit_code, 0);
  EXPECT_THAT(list.output, HasSubstr("board_answers_every_poll\n"));
  EXPECT_EQ(list.output.find(' '), std::string::npos);
}

TEST_F(CommandLine, TextTracesAreWrittenWhenAsked) {
  ASSERT_EQ(at_shell(kQuick + " --trace csv,vcd --out o").exit_code, 0);
  for (const char* extension : {".trace", ".csv", ".vcd"}) {
    EXPECT_GT(std::filesystem::file_size(folder_.path() / ("o/board_answers_every_poll" + std::string(extension))),
              1000u)
        << extension;
  }
}

TEST_F(CommandLine, TheResultNamesTheFirmware) {
  ASSERT_EQ(at_shell(kQuick + " --out o").exit_code, 0);
  const auto result = reports::from_json(tests::slurp(folder_.path() / "o/result.json"));
  EXPECT_EQ(result.firmware_name, "jk");
  EXPECT_FALSE(result.firmware_version.empty());
  EXPECT_THAT(result.firmware_file, EndsWith("firmware/jk.so"));
}

TEST_F(CommandLine, InterruptedItWritesWhatItHasAndExits130) {
  std::ofstream(folder_.path() / "year.yaml")
      << "takes_a_year:\n  about: Interrupted long before its end.\n  board: boards/jk_b2a8s20p.yaml\n  pack: "
         "packs/lfp_8s_280ah.yaml\n"
         "  settings: {preset: LiFePO4}\n  start: {soc: 50 %}\n  run_for: 366 d\n  expect:\n"
         "    - always: max(cell.voltage) < 3.8 V\n";
  std::ofstream(folder_.path() / "interrupt.sh")
      << "set -m  # or SIGINT would be ignored in the background\n"
      << tests::cellrig()
      << " run board_answers_every_poll year.yaml --jobs 1 --out o &\n"
         "until [ -e o/takes_a_year.trace ] || ! kill -0 $! 2>&-; do :; done\nkill -INT $!\nwait $!\n";
  const tests::Ran ran = tests::run("cd '" + folder_.text() + "' && bash interrupt.sh");
  EXPECT_EQ(ran.exit_code, 130) << ran.output;
  const auto result = reports::from_json(tests::slurp(folder_.path() / "o/result.json"));
  ASSERT_EQ(result.scenarios.size(), 2u);
  EXPECT_EQ(result.scenarios[0].result, "pass");
  EXPECT_EQ(result.scenarios[1].result, "not_run");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "o/takes_a_year.trace")) << "half a trace";
  EXPECT_THAT(ran.output, HasSubstr("NOT_RUN  takes_a_year"));
}

TEST_F(CommandLine, EveryCommandHasHelp) {
  for (const char* command : {"", "run ", "list ", "validate ", "explain ", "report "}) {
    const tests::Ran ran = at_shell(std::string(command) + "--help");
    EXPECT_EQ(ran.exit_code, 0) << command;
    EXPECT_THAT(ran.output, HasSubstr("cellrig " + std::string(command)));
  }
  EXPECT_THAT(at_shell("--version").output, StartsWith("cellrig "));
}

TEST_F(CommandLine, AFullDiskIsNoGreen) { EXPECT_EQ(at_shell("list >/dev/full").exit_code, 2); }

/// The program as it is installed, in a folder with a space in its name.
class Installed : public CommandLine {
 protected:
  Installed() {
    namespace fs = std::filesystem;
    for (const char* folder : {"bin", "lib/cellrig/firmware", "share/cellrig"})
      fs::create_directories(prefix_ / folder);
    fs::copy_file(CELLRIG_BINARY_DIR "/cellrig", prefix_ / "bin/cellrig");
    fs::copy_file(CELLRIG_BINARY_DIR "/firmware/jk.so", prefix_ / "lib/cellrig/firmware/jk.so");
    fs::create_directory_symlink(CELLRIG_SOURCE_DIR "/scenarios", prefix_ / "share/cellrig/scenarios");
  }
  void write_red_scenario(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "never_true:\n  board: boards/jk_b2a8s20p.yaml\n  pack: packs/lfp_8s_280ah.yaml\n"
                           "  run_for: 1 s\n  expect:\n    - always: pack.voltage < 1 V\n";
  }
  /// Runs `words` in `folder`, then what its line `again:` says, there as well.
  void expect_the_same_again(const std::filesystem::path& folder, const std::string& words) {
    const std::string here = "cd '" + folder.string() + "' && ";
    const tests::Ran first = tests::run(here + "'" + (prefix_ / "bin/cellrig").string() + "' run " + words);
    const std::size_t begin = first.output.find("again: "), end = first.output.find("   (--gdb", begin);
    ASSERT_NE(end, std::string::npos) << first.output;
    const std::string line = first.output.substr(begin + 7, end - begin - 7);
    const tests::Ran again = tests::run(here + line);
    EXPECT_EQ(again.exit_code, 1) << line << again.output;
    EXPECT_THAT(again.output, HasSubstr("FAIL  never_true")) << line;
  }
  const std::filesystem::path prefix_ = folder_.path() / "a prefix";
};

TEST_F(Installed, TheLineAgainWorksForAFileBelow) {
  write_red_scenario(folder_.path() / "here/my scenarios/red.yaml");
  expect_the_same_again(folder_.path() / "here", "'my scenarios'");
}

TEST_F(Installed, TheLineAgainWorksForAFileOutside) {
  write_red_scenario(folder_.path() / "else where/red.yaml");
  std::filesystem::create_directory(folder_.path() / "here");
  expect_the_same_again(folder_.path() / "here", "'../else where/red.yaml'");
}

TEST_F(Installed, TheLineAgainRepeatsSeedAndFirmware) {
  write_red_scenario(folder_.path() / "here/red.yaml");
  std::filesystem::copy_file(CELLRIG_BINARY_DIR "/firmware/jk.so", folder_.path() / "here/own.so");
  expect_the_same_again(folder_.path() / "here", "red.yaml --seed 7 --firmware own.so");
}
