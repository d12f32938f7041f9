// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/output_folder.hpp"

#include <gmock/gmock.h>

#include "rig/cli/places.hpp"
#include "tests/rig/cli/scenario_folder.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::ThrowsMessage;

class OutputFolder : public ::testing::Test {
 public:
  OutputFolder() { fs::current_path(folder_.path()); }
  ~OutputFolder() override { fs::current_path("/"); }
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

 protected:
  ScenarioFolder folder_;
};

TEST_F(OutputFolder, IsNewEachTimeAndLatestPointsAtIt) {
  const fs::path first = make_output_folder({});
  const fs::path second = make_output_folder({});
  EXPECT_NE(first, second);
  EXPECT_THAT(second.string(), MatchesRegex("out/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9-]*Z.*"));
  EXPECT_TRUE(fs::equivalent("out/latest", second));
  EXPECT_TRUE(fs::read_symlink("out/latest").is_relative());
}

TEST_F(OutputFolder, AnEarlierResultDoesNotSurvive) {
  for (const char* name : {"result.json", "junit.xml", "report.html", "mine.txt"})
    folder_.write(std::string("o/") + name, "old");
  EXPECT_EQ(make_output_folder("o"), "o");
  for (const char* name : {"result.json", "junit.xml", "report.html"})
    EXPECT_FALSE(fs::exists(fs::path("o") / name)) << name;
  EXPECT_TRUE(fs::exists("o/mine.txt"));
}

TEST_F(OutputFolder, AFileInItsPlaceIsSaid) {
  folder_.write("o", "a file");
  EXPECT_THAT([] { (void)make_output_folder("o"); }, ThrowsMessage<std::runtime_error>(HasSubstr("o")));
  EXPECT_THAT([] { (void)make_output_folder("o/below"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("the results have no place")));
}

TEST_F(OutputFolder, FilesAreWrittenWholeOrTold) {
  write_file("x", "content");
  EXPECT_EQ(read_file("x"), "content");
  EXPECT_FALSE(fs::exists("x.part"));
  EXPECT_THAT([] { write_file("no/such/x", ""); },
              ThrowsMessage<std::runtime_error>(HasSubstr("no/such/x cannot be written: No such")));
  EXPECT_THAT([] { (void)read_file("gone"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("gone cannot be read: No such")));
  EXPECT_THAT([] { (void)read_file("."); },
              ThrowsMessage<std::runtime_error>(HasSubstr(". is a folder; a file is due")));
}

TEST_F(OutputFolder, PathsForPeopleAreShort) {
  EXPECT_EQ(for_people(folder_.at("a/../b.yaml")), "b.yaml");
  EXPECT_EQ(for_people("./x/y.yaml"), "x/y.yaml");
  EXPECT_EQ(for_people("/usr/share/x"), "/usr/share/x");
}

TEST_F(OutputFolder, PlacesAreFoundFromTheExecutable) {
  folder_.write("tree/scenarios/a.yaml", "");
  folder_.write("tree/firmware-under-test/x", "");
  folder_.write("tree/build/release/firmware/jk.so", "");
  const Places source = find_places(folder_.path() / "tree/build/release/cellrig");
  EXPECT_EQ(source.scenarios, folder_.path() / "tree/scenarios");
  EXPECT_EQ(source.firmware, folder_.path() / "tree/build/release/firmware");

  folder_.write("usr/share/cellrig/scenarios/a.yaml", "");
  folder_.write("usr/lib/cellrig/firmware/jk.so", "");
  const Places installed = find_places(folder_.path() / "usr/bin/cellrig");
  EXPECT_EQ(installed.scenarios, folder_.path() / "usr/share/cellrig/scenarios");
  EXPECT_EQ(installed.firmware, folder_.path() / "usr/lib/cellrig/firmware");

  EXPECT_EQ(find_places(folder_.path() / "alone/cellrig").scenarios, "");
}

TEST_F(OutputFolder, TheProgramIsNamedSoThatItStartsFromHere) {
  folder_.write("tree/scenarios/a.yaml", "");
  folder_.write("tree/firmware-under-test/x", "");
  folder_.write("tree/cellrig", "");
  folder_.write("tree/build/release/cellrig", "");
  folder_.write("usr/bin/cellrig", "");
  const auto word = [&](const char* executable) { return find_places(folder_.path() / executable).program; };
  EXPECT_EQ(word("tree/build/release/cellrig"), (folder_.path() / "tree/cellrig").string());
  std::filesystem::current_path("tree");
  EXPECT_EQ(word("tree/build/release/cellrig"), "./cellrig");
  std::filesystem::current_path(folder_.path());

  EXPECT_EQ(word("usr/bin/cellrig"), (folder_.path() / "usr/bin/cellrig").string());
  const std::string path = std::getenv("PATH");
  setenv("PATH", (path + ":" + (folder_.path() / "usr/bin").string()).c_str(), 1);
  EXPECT_EQ(word("usr/bin/cellrig"), "cellrig");
  setenv("PATH", path.c_str(), 1);
}

TEST_F(OutputFolder, TheEnvironmentMayNameOtherScenarios) {
  setenv("CELLRIG_SCENARIOS", "/elsewhere", 1);
  EXPECT_EQ(find_places(folder_.path() / "cellrig").scenarios, "/elsewhere");
  unsetenv("CELLRIG_SCENARIOS");
}

}  // namespace
}  // namespace rig::cli
