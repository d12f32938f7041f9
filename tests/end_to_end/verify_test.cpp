// SPDX-License-Identifier: Apache-2.0
// The output folder of a run as others get it: checked and run again, damaged, moved, lied about.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>

#include "reports/digest.hpp"
#include "reports/manifest/manifest.hpp"
#include "tests/support/program.hpp"

namespace {

namespace fs = std::filesystem;
namespace bundle = reports::manifest;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class Verify : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<tests::TemporaryFolder>();
    const auto ran =
        tests::run(tests::cellrig() +
                   " run '" CELLRIG_SOURCE_DIR "/scenarios/protection/overcharge.yaml' --seed 3 --trace csv --out " +
                   original().string());
    ASSERT_EQ(ran.exit_code, 0) << ran.output;
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static fs::path original() { return folder_->path() / "run"; }
  static tests::Ran verify(const fs::path& folder) {
    return tests::run(tests::cellrig() + " verify '" + folder.string() + "'");
  }
  /// A second machine has the folder at another place, and no checkout.
  [[nodiscard]] fs::path copy() const {
    fs::copy(original(), mine_.path() / "copy", fs::copy_options::recursive);
    return mine_.path() / "copy";
  }
  static void write(const fs::path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }
  /// As somebody would who knows the format: the manifest fits the folder again.
  static void write_and_list(const fs::path& folder, const std::string& name, const std::string& bytes) {
    write(folder / name, bytes);
    bundle::Manifest manifest = bundle::from_json(tests::slurp(folder / "manifest.json"));
    for (bundle::Entry& entry : manifest.files)
      if (entry.path == name) entry.bytes = bytes.size(), entry.sha256 = reports::sha256(bytes);
    write(folder / "manifest.json", bundle::to_json(manifest));
  }

  static std::unique_ptr<tests::TemporaryFolder> folder_;
  tests::TemporaryFolder mine_;
};
std::unique_ptr<tests::TemporaryFolder> Verify::folder_;

TEST_F(Verify, ReproducesARunBitForBitAtAnotherPlace) {
  const fs::path moved = copy();
  const auto ran = tests::run("cd / && CELLRIG_SCENARIOS=/nowhere " + tests::cellrig() + " verify " + moved.string());
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, EndsWith("2 scenarios reproduced bit for bit\n"));
}

TEST_F(Verify, FindsOneFlippedByteInEachFile) {
  const fs::path damaged = copy();
  std::mt19937 draw(20261129);
  int files = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(damaged)) {
    if (!entry.is_regular_file()) continue;
    const std::string good = tests::slurp(entry.path());
    std::string bad = good;
    char& byte = bad[draw() % bad.size()];
    byte = static_cast<char>(byte ^ (1 << (draw() % 8)));
    write(entry.path(), bad);
    const auto ran = verify(damaged);
    const std::string name = entry.path().lexically_relative(damaged).generic_string();
    const bool is_manifest = name == bundle::file_name;  // which may have become none
    EXPECT_TRUE(ran.exit_code == 1 || (is_manifest && ran.exit_code == 3)) << name << ": " << ran.output;
    EXPECT_TRUE(is_manifest || ran.output == "changed: " + name + "\n") << ran.output;
    write(entry.path(), good);
    ++files;
  }
  EXPECT_GT(files, 15);
  EXPECT_EQ(verify(damaged).exit_code, 0);
}

TEST_F(Verify, FindsEachFileCutShortOrGrownByOneByteOrGone) {
  const fs::path damaged = copy();
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(damaged))
    if (entry.is_regular_file()) files.push_back(entry.path());
  EXPECT_GT(files.size(), 15u);
  for (const fs::path& file : files) {
    const std::string good = tests::slurp(file), name = file.lexically_relative(damaged).generic_string();
    const bool is_manifest = name == bundle::file_name;
    for (const std::string& bad : {good.substr(0, good.size() - 1), good + " ", std::string()}) {
      write(file, bad);
      const auto ran = verify(damaged);
      EXPECT_TRUE(ran.exit_code == 1 || (is_manifest && ran.exit_code == 3)) << name << ": " << ran.output;
      EXPECT_TRUE(is_manifest || ran.output == "changed: " + name + "\n") << ran.output;
    }
    fs::remove(file);
    EXPECT_EQ(verify(damaged).exit_code, is_manifest ? 3 : 1) << name;
    EXPECT_TRUE(is_manifest || verify(damaged).output == "missing: " + name + "\n") << name;
    write(file, good);
  }
  EXPECT_EQ(verify(damaged).exit_code, 0);
}

TEST_F(Verify, NamesWhatIsMissingAndWhatIsExtra) {
  const fs::path damaged = copy();
  fs::remove(damaged / "junit.xml");
  write(damaged / "inputs/more.yaml", "x");
  const auto ran = verify(damaged);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.output, "missing: junit.xml\nextra: inputs/more.yaml\n");
}

TEST_F(Verify, SaysWhichMemberOfTheResultIsNotWhatCameNow) {
  const fs::path forged = copy();
  std::string result = tests::slurp(forged / "result.json");
  const std::string member = "\"occurrences\": 1";
  result.replace(result.find(member), member.size(), "\"occurrences\": 9");
  write_and_list(forged, "result.json", result);
  const auto ran = verify(forged);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output,
              HasSubstr("result.json: scenarios[0] (overcharge_of_one_strong_cell_opens_the_charge_fet).claims["));
  EXPECT_THAT(ran.output, HasSubstr("].occurrences: 9 was recorded, 1 came now\n"));
}

TEST_F(Verify, SaysWhereATraceAndTheRunPartWhenAnInputWasOther) {
  const fs::path forged = copy();
  const std::string name = "inputs/scenarios/packs/lfp_8s_280ah.yaml";
  std::string pack = tests::slurp(forged / name);
  const auto at = pack.find("cells: 8");
  ASSERT_NE(at, std::string::npos);
  write_and_list(forged, name, pack + "# another pack\n");
  const auto ran = verify(forged);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output, HasSubstr("(overcharge_of_one_strong_cell_opens_the_charge_fet).scenario_sha256: "));
}

TEST_F(Verify, ASeedThatWasNotTheRunsOwnIsFound) {
  const fs::path forged = copy();
  bundle::Manifest manifest = bundle::from_json(tests::slurp(forged / "manifest.json"));
  manifest.run.seed = 4;
  write(forged / "manifest.json", bundle::to_json(manifest));
  const auto ran = verify(forged);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output, HasSubstr("result.json: seed: 3 was recorded, 4 came now\n"));
  EXPECT_THAT(ran.output, HasSubstr(".trace: seed: \"3\" was recorded, \"4\" came now\n"));
}

TEST_F(Verify, AReportThatSaysSomethingElseIsFound) {
  const fs::path forged = copy();
  std::string page = tests::slurp(forged / "report.html");
  page.replace(page.find("pass"), 4, "PASS");
  write_and_list(forged, "report.html", page);
  const auto ran = verify(forged);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output, HasSubstr("report.html: not what this version makes of result.json and traces\n"));
}

TEST_F(Verify, WhatIsNoBundleIsExitCodeThree) {
  EXPECT_EQ(verify(mine_.path()).exit_code, 3);
  EXPECT_THAT(verify(mine_.path()).output,
              HasSubstr("no manifest.json in it; verify takes the output folder of a run\n"));
  EXPECT_EQ(verify("/nowhere").exit_code, 3);
  const fs::path link = copy();
  fs::remove(link / "junit.xml");
  fs::create_symlink("/etc/hostname", link / "junit.xml");
  EXPECT_EQ(verify(link).exit_code, 3);
  EXPECT_THAT(verify(link).output, HasSubstr("junit.xml is a link; a bundle holds none\n"));
}

TEST_F(Verify, AFolderUsedAgainHoldsOneRunOnly) {
  const fs::path again = copy();
  const auto ran =
      tests::run(tests::cellrig() + " run cold_charge_is_refused_below_minus_20_degC --out " + again.string());
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_FALSE(fs::exists(again / "inputs/scenarios/protection/overcharge.yaml"));
  EXPECT_EQ(verify(again).exit_code, 0) << verify(again).output;
}

/// A user's folder: files beside the scenario, one of them called as a shipped one; results inside of it.
TEST_F(Verify, AUsersOwnFolderIsCarriedWhole) {
  const fs::path home = mine_.path() / "home";
  fs::create_directories(home / "packs");
  std::ifstream shipped(CELLRIG_SOURCE_DIR "/scenarios/packs/lfp_8s_280ah.yaml");
  write(home / "packs/lfp_8s_280ah.yaml", std::string(std::istreambuf_iterator<char>(shipped), {}) + "# mine\n");
  write(home / "mine.yaml",
        "mine:\n  board: boards/jk_b2a8s20p.yaml\n  pack: packs/lfp_8s_280ah.yaml\n  settings: {preset: LiFePO4}\n"
        "  start: {soc: 50 %}\n  run_for: 10 s\n  expect:\n    - always: max(cell.voltage) < 3.8 V\n");
  const std::string run = "cd " + home.string() + " && " + tests::cellrig() + " run . --out out";
  ASSERT_EQ(tests::run(run).exit_code, 0) << tests::run(run).output;
  ASSERT_EQ(tests::run(run).exit_code, 0) << "the copies in out/ are no scenarios: " << tests::run(run).output;
  EXPECT_EQ(tests::slurp(home / "out/inputs/files/packs/lfp_8s_280ah.yaml"),
            tests::slurp(home / "packs/lfp_8s_280ah.yaml"));
  EXPECT_FALSE(fs::exists(home / "out/inputs/scenarios/packs/lfp_8s_280ah.yaml"));
  fs::rename(home / "out", mine_.path() / "sent");
  fs::remove_all(home);
  EXPECT_EQ(verify(mine_.path() / "sent").exit_code, 0) << verify(mine_.path() / "sent").output;
}

}  // namespace
