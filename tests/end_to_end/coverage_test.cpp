// SPDX-License-Identifier: Apache-2.0
// Coverage of claims, from a part of the shipped library.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class Coverage : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<tests::TemporaryFolder>();
    ASSERT_EQ(run("a", "overcurrent_again.yaml").exit_code, 0);
    ASSERT_EQ(run("b", "cold_charge.yaml").exit_code, 0);
  }
  static void TearDownTestSuite() { folder_.reset(); }
  static tests::Ran run(const std::string& name, const std::string& file, const std::string& more = "") {
    return tests::run(tests::cellrig() + " run '" CELLRIG_SOURCE_DIR "/scenarios/protection/" + file + "' --out " +
                      path(name) + more);
  }
  static std::string path(const std::string& name) { return (folder_->path() / name).string(); }
  static tests::Ran coverage(const std::string& words) { return tests::run(tests::cellrig() + " coverage " + words); }
  static std::string slurp(const std::string& name) { return tests::slurp(folder_->path() / name); }
  static std::string status(const std::string& name, const std::string& row, const std::string& aspect) {
    const auto document = nlohmann::json::parse(slurp(name + "/coverage.json"));
    for (const auto& one : document["protections"]) {
      if (one["row"] != row) continue;
      for (const auto& item : one["aspects"])
        if (item["aspect"] == aspect) return item["status"];
    }
    return "";
  }

  static std::unique_ptr<tests::TemporaryFolder> folder_;
};
std::unique_ptr<tests::TemporaryFolder> Coverage::folder_;

TEST_F(Coverage, OfARunIsWhatItsScenariosHaveDone) {
  for (const char* aspect : {"set", "held", "cleared", "re_trip", "beyond", "at_delay", "after_delay"})
    EXPECT_EQ(status("a", "charge_ocp", aspect), "covered") << aspect;
  for (const char* aspect : {"at", "inside", "before_delay"})
    EXPECT_EQ(status("a", "charge_ocp", aspect), "hole") << aspect;
  EXPECT_EQ(status("a", "charge_utp", "set"), "hole");
  EXPECT_EQ(status("a", "sensors", "at"), "not_applicable");
}

TEST_F(Coverage, ReportAndCoverageLinkToEachOther) {
  EXPECT_THAT(slurp("a/report.html"), HasSubstr("<a href=\"coverage.html\">"));
  const std::string page = slurp("a/coverage.html");
  const std::string link = "<a href=\"report.html#charge_overcurrent_comes_back_as_long_as_the_charger_insists\">";
  EXPECT_THAT(page, HasSubstr(link));
}

TEST_F(Coverage, IsPartOfTheBundle) {
  for (const char* name : {"coverage.html", "coverage.csv", "coverage.json"})
    EXPECT_THAT(slurp("a/manifest.json"), HasSubstr(name));
  const auto ran = tests::run(tests::cellrig() + " verify " + path("a"));
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

TEST_F(Coverage, OfSeveralRunsCountsTogether) {
  const auto ran = coverage(path("a") + " " + path("b") + "/result.json --out " + path("both"));
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("protections"), EndsWith("both/coverage.html\n")));
  EXPECT_EQ(status("both", "charge_ocp", "re_trip"), "covered");
  EXPECT_EQ(status("both", "charge_utp", "set"), "covered");
  EXPECT_EQ(status("both", "scp", "set"), "hole");
  EXPECT_THAT(slurp("both/coverage.html"), Not(HasSubstr("report.html")));
  EXPECT_THAT(slurp("both/coverage.csv"), HasSubstr("protection,\"charge_ocp\",re_trip,covered,"));
}

TEST_F(Coverage, OfNothingAndOfTwoFirmwaresIsRefused) {
  EXPECT_EQ(coverage("").exit_code, 3);
  const auto none = coverage(path("nowhere"));
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_THAT(none.output, HasSubstr("nowhere"));
  fs::create_directory(folder_->path() / "c");
  auto other = nlohmann::ordered_json::parse(slurp("a/result.json"));
  other["firmware"]["sha256"] = std::string(64, '0');
  std::ofstream(folder_->path() / "c/result.json") << other.dump();
  const auto two = coverage(path("a") + " " + path("c") + " --out " + path("refused"));
  EXPECT_EQ(two.exit_code, 3) << two.output;
  EXPECT_THAT(two.output, HasSubstr("these runs are of different firmware"));
  EXPECT_FALSE(fs::exists(folder_->path() / "refused"));
}

}  // namespace
