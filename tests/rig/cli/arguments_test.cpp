// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/arguments.hpp"

#include <gmock/gmock.h>

#include "rig/cli/help.hpp"

namespace rig::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Words = std::vector<std::string>;

TEST(Arguments, RunHasItsDefaults) {
  const Arguments arguments = parse_arguments({"run"});
  EXPECT_THAT(arguments.mistakes, IsEmpty());
  EXPECT_EQ(arguments.command, "run");
  EXPECT_EQ(arguments.seed, 1u);
  EXPECT_FALSE(arguments.jobs || arguments.firmware || arguments.out || arguments.csv || arguments.vcd ||
               arguments.strict);
}

TEST(Arguments, RunTakesEveryOption) {
  const Arguments arguments = parse_arguments({"run",
                                               "a",
                                               "--label",
                                               "fast",
                                               "--label=slow",
                                               "b",
                                               "--firmware",
                                               "x.so",
                                               "--jobs",
                                               "4",
                                               "--out",
                                               "o",
                                               "--seed",
                                               "18446744073709551615",
                                               "--trace",
                                               "csv,vcd",
                                               "--strict",
                                               "--fail-fast",
                                               "--without-label",
                                               "long",
                                               "--bench",
                                               "sim"});
  EXPECT_THAT(arguments.mistakes, IsEmpty());
  EXPECT_THAT(arguments.what, ElementsAre("a", "b"));
  EXPECT_THAT(arguments.labels, ElementsAre("fast", "slow"));
  EXPECT_THAT(arguments.without, ElementsAre("long"));
  EXPECT_EQ(arguments.firmware, "x.so");
  EXPECT_EQ(arguments.out, "o");
  EXPECT_EQ(arguments.jobs, 4u);
  EXPECT_EQ(arguments.seed, UINT64_MAX);
  EXPECT_TRUE(arguments.csv && arguments.vcd && arguments.strict && arguments.fail_fast);
}

TEST(Arguments, PdfStandsAloneOrTakesOneOfItsWords) {
  EXPECT_EQ(parse_arguments({"report", "r.json"}).pdf, "off");
  for (const Words& words : {Words{"report", "--pdf", "r.json"}, {"report", "r.json", "--pdf"}}) {
    const Arguments arguments = parse_arguments(words);
    EXPECT_THAT(arguments.mistakes, IsEmpty());
    EXPECT_EQ(arguments.pdf, "auto");
    EXPECT_THAT(arguments.what, ElementsAre("r.json"));
  }
  EXPECT_EQ(parse_arguments({"run", "--pdf", "weasyprint", "a"}).pdf, "weasyprint");
  EXPECT_EQ(parse_arguments({"run", "--pdf=chromium"}).pdf, "chromium");
  EXPECT_THAT(parse_arguments({"run", "--pdf=word"}).mistakes,
              ElementsAre("--pdf: \"word\" is not auto, chromium, weasyprint or off"));
}

struct Mistake {
  Words words;
  std::string sentence;
};

class MistakenLine : public ::testing::TestWithParam<Mistake> {};

TEST_P(MistakenLine, IsAnsweredInOneSentence) {
  EXPECT_THAT(parse_arguments(GetParam().words).mistakes, ElementsAre(GetParam().sentence));
}

const std::string kJobs = " is not a whole number from 1 to 1024";
const std::string kSeed = " is not a whole number from 0 to 18446744073709551615";

INSTANTIATE_TEST_SUITE_P(
    All, MistakenLine,
    ::testing::Values(
        Mistake{{}, "a command is missing: `cellrig run` runs all scenarios, `cellrig --help` lists the commands"},
        Mistake{{""}, "a command is missing: `cellrig run` runs all scenarios, `cellrig --help` lists the commands"},
        Mistake{{"rnu"}, "rnu is not a command; `cellrig --help` lists them. Near: run"},
        Mistake{{"frobnicate"}, "frobnicate is not a command; `cellrig --help` lists them."},
        Mistake{{"--jobs", "3"}, "--jobs is not an option; `cellrig --help` lists them."},
        Mistake{{"help", "rnu"}, "rnu is not a command; `cellrig --help` lists them. Near: run"},
        Mistake{{"run", "--job", "3"}, "--job is not an option of run. Near: --jobs"},
        Mistake{{"run", "--stirct"}, "--stirct is not an option of run. Near: --strict"},
        Mistake{{"run", "--see=1"}, "--see is not an option of run. Near: --seed"},
        Mistake{{"list", "--strict"}, "--strict is not an option of list."},
        Mistake{{"run", "--jobs", "0"}, "--jobs: \"0\"" + kJobs},
        Mistake{{"run", "--jobs", "1025"}, "--jobs: \"1025\"" + kJobs},
        Mistake{{"run", "--jobs", "two"}, "--jobs: \"two\"" + kJobs},
        Mistake{{"run", "--jobs=4x"}, "--jobs: \"4x\"" + kJobs},
        Mistake{{"run", "--seed=-1"}, "--seed: \"-1\"" + kSeed},
        Mistake{{"run", "--seed", "1.5"}, "--seed: \"1.5\"" + kSeed},
        Mistake{{"run", "--seed", "18446744073709551616"}, "--seed: \"18446744073709551616\"" + kSeed},
        Mistake{{"run", "--trace", "cvs"}, "--trace: \"cvs\" is not a format; csv, vcd or csv,vcd"},
        Mistake{{"run", "--trace", "csv,"}, "--trace: \"\" is not a format; csv, vcd or csv,vcd"},
        Mistake{{"run", "--out="},
                "run: the argument for option '--out' should follow immediately after the equal sign"},
        Mistake{{"run", "--out", ""}, "--out: the path is empty"},
        Mistake{{"run", "--seed"}, "run: the required argument for option '--seed' is missing"},
        Mistake{{"run", "--seed", "1", "--seed", "2"}, "run: option '--seed' cannot be specified more than once"},
        Mistake{{"run", "--bench", "nucleo:/dev/ttyACM0"},
                "--bench nucleo:/dev/ttyACM0 is not in this version; it has the bench sim, and bench files "
                "(.yaml) that limit it"},
        Mistake{{"run", "--back-to-back", "a,b"}, "--back-to-back is not in this version"},
        Mistake{{"run", ""}, "an empty word is neither a path nor a name"},
        Mistake{{"explain", "a", "b"}, "explain takes one NAME, not 2"},
        Mistake{{"report"}, "report takes one RESULT.json, not 0"},
        Mistake{{"replay", "a"}, "replay takes CELL.yaml and PROFILE.csv, not 1 words"},
        Mistake{{"fit"}, "fit takes DATA.csv, one pulse test or more"},
        Mistake{{"live"}, "live takes a BOARD; `cellrig live jk_b2a8s20p` has one"},
        Mistake{{"live", "a", "b", "c", "--pack", "p", "--pack", "q"},
                "--pack: one for all boards or one for each of the 3, not 2"},
        Mistake{{"live", "a", "--pack", "p", "--pack", "q"}, "--pack: one, not 2"},
        Mistake{[] {
                  Words words(27, "a");
                  words.insert(words.begin(), "live");
                  return words;
                }(),
                "live takes at most 26 boards, not 27"},
        Mistake{{"bench"}, "bench is not in this version"},
        Mistake{{"schema", "board", "pack"}, "schema takes one KIND, not 2"},
        Mistake{{"new"}, "new takes one NAME, of the scenario to write, not 0"},
        Mistake{{"verify", "d", "e"}, "verify takes one DIR, the output folder of a run, not 2"},
        Mistake{{"test"},
                "test is answered by the script ./cellrig at the root of the source tree, not by this program"}));

TEST(Arguments, EveryMistakeIsToldAtOnce) {
  EXPECT_THAT(parse_arguments({"run", "--jobz", "--seed", "x", "--trace", "pdf"}).mistakes,
              ElementsAre("--jobz is not an option of run. Near: --jobs", "--seed: \"x\"" + kSeed,
                          "--trace: \"pdf\" is not a format; csv, vcd or csv,vcd"));
}

TEST(Arguments, HelpIsThereForEveryCommandInThreeWays) {
  for (const CommandHelp& command : commands()) {
    if (!command.available()) continue;
    const std::string text = page(command);
    EXPECT_THAT(text, HasSubstr("cellrig " + command.name));
    for (const Words& words : {Words{command.name, "--help"}, Words{command.name, "-h"}, Words{"help", command.name}}) {
      EXPECT_EQ(parse_arguments(words).show, text);
    }
    EXPECT_THAT(overview(), HasSubstr("cellrig " + command.usage));
  }
  EXPECT_EQ(parse_arguments({"--help"}).show, overview());
}

TEST(Arguments, TheHelpOfRunNamesEveryOptionItTakes) {
  for (const char* option : {"--label", "--without-label", "--firmware", "--jobs", "--out", "--seed", "--trace",
                             "--strict", "--fail-fast", "--gdb", "--bench", "--pdf"}) {
    EXPECT_THAT(page(*find_command("run")), HasSubstr(option));
  }
}

TEST(Arguments, VersionIsANameAndANumber) {
  EXPECT_THAT(parse_arguments({"--version"}).show, ::testing::MatchesRegex("cellrig [0-9.]+\n"));
}

}  // namespace
}  // namespace rig::cli
