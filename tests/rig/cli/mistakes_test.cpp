// SPDX-License-Identifier: Apache-2.0
// What somebody is told who names the wrong thing.
#include <gmock/gmock.h>

#include <sstream>

#include "rig/cli/help.hpp"
#include "rig/cli/program.hpp"
#include "tests/rig/cli/scenario_folder.hpp"

namespace rig::cli {
namespace {

using ::testing::EndsWith;

class Mistakes : public ::testing::Test {
 public:
  Mistakes() { std::filesystem::current_path(folder_.path()); }
  ~Mistakes() override { std::filesystem::current_path("/"); }
  Mistakes(const Mistakes&) = delete;
  Mistakes& operator=(const Mistakes&) = delete;

 protected:
  /// What a malformed call says.
  std::string told(const std::vector<std::string>& words) {
    std::ostringstream out, err;
    EXPECT_EQ(program(words, {CELLRIG_BINARY_DIR "/cellrig", out, err, false, false, {}, {}}), 3);
    EXPECT_EQ(out.str(), "");
    return err.str();
  }
  ScenarioFolder folder_;
};

TEST_F(Mistakes, AFolderWhereSomethingElseIsDue) {
  std::filesystem::create_directories("empty");
  EXPECT_EQ(told({"coverage", "empty"}), "empty: no result.json in it; coverage takes the output folders of runs\n");
  EXPECT_EQ(told({"campaign", "empty"}), "empty is a folder; a campaign file is due\n");
  EXPECT_EQ(told({"campaign", "gone.yaml"}), "gone.yaml: no such campaign file\n");
}

TEST_F(Mistakes, AFirmwareThatIsMissingSaysHowToNameAnother) {
  folder_.write("s/good.yaml", ScenarioFolder::scenario("a_pass"));
  EXPECT_THAT(told({"run", "s", "--firmware", "gone.so"}), EndsWith("firmware gone.so: no such file\n"));
  folder_.write("s/boards/mine.yaml", "based_on: boards/jk_b2a8s20p.yaml\nname: mine\nfirmware: gone\n");
  std::string scenario = ScenarioFolder::scenario("a_pass");
  scenario.replace(scenario.find("jk_b2a8s20p"), 11, "mine");
  folder_.write("s/good.yaml", scenario);
  EXPECT_THAT(told({"run", "s"}),
              EndsWith("gone.so: no such file; the board file names it, --firmware FILE.so another\n"));
}

TEST(Overview, KeepsEachCommandApartFromWhatItDoes) {
  std::istringstream lines(overview());
  int commands = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  cellrig ")) continue;
    EXPECT_NE(line.find("  ", 10), std::string::npos) << line;
    ++commands;
  }
  EXPECT_GT(commands, 10);
}

}  // namespace
}  // namespace rig::cli
