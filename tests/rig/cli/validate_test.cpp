// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <sstream>

#include "rig/cli/program.hpp"
#include "tests/rig/campaign/fake_scenario.hpp"
#include "tests/rig/cli/scenario_folder.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

reports::ScenarioResult passes(const scenario::Scenario& scenario, const bench::RunOptions&) {
  return campaign::fake_result(scenario, "pass");
}

/// A claim that nothing could break, and what is said of it.
class WithAWeakClaim : public ::testing::Test {
 public:
  WithAWeakClaim() {
    fs::current_path(folder_.path());
    std::string text = ScenarioFolder::scenario("weak");
    text.replace(text.find("max(cell.voltage) < 3.8 V"), 25, "bms.soc <= 100 %");
    folder_.write("weak.yaml", text);
    folder_.write("strong.yaml", ScenarioFolder::scenario("strong"));
  }
  ~WithAWeakClaim() override { fs::current_path("/"); }
  WithAWeakClaim(const WithAWeakClaim&) = delete;
  WithAWeakClaim& operator=(const WithAWeakClaim&) = delete;

 protected:
  int call(const std::vector<std::string>& words) {
    out_.str("");
    err_.str("");
    return program(words, {CELLRIG_BINARY_DIR "/cellrig", out_, err_, false, false, passes, {}});
  }
  ScenarioFolder folder_;
  std::ostringstream out_, err_;
};

TEST_F(WithAWeakClaim, ValidateWarns) {
  EXPECT_EQ(call({"validate", "weak.yaml"}), 0);
  EXPECT_EQ(out_.str(), "1 scenario in 1 file, well formed, 1 warning\n");
  EXPECT_EQ(err_.str(),
            "weak.yaml:10:15  warning: \"bms.soc <= 100 %\" is always true, since bms.soc lies between 0 % and "
            "100 %: the claim cannot fail here [lint/never-fails]\n");
}

TEST_F(WithAWeakClaim, ValidateStrictFailsByAWarningAlone) {
  EXPECT_EQ(call({"validate", "weak.yaml", "--strict"}), 1);
  EXPECT_EQ(call({"validate", "strong.yaml", "--strict"}), 0);
}

TEST_F(WithAWeakClaim, RunCountsWarnings) {
  EXPECT_EQ(call({"run", "weak.yaml", "--firmware", "fw.so", "--out", "o"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("1 warning of the linter; `"));
  EXPECT_THAT(out_.str(), HasSubstr(" validate weak.yaml` tells it\n"));
  EXPECT_EQ(call({"run", "strong.yaml", "--firmware", "fw.so", "--out", "o"}), 0);
  EXPECT_THAT(out_.str(), Not(HasSubstr("warning")));
}

TEST_F(WithAWeakClaim, InstancesOfATemplateShareAWarning) {
  const std::string text =
      "  weak:\n    parameters: {soc: required}\n    board: boards/jk_b2a8s20p.yaml\n"
      "    pack: packs/lfp_8s_280ah.yaml\n    settings: {preset: LiFePO4}\n    start: {soc: \"${soc}\"}\n"
      "    run_for: 10 s\n    expect: [always: bms.soc <= 100 %]\n";
  folder_.write("family.yaml", "templates:\n" + text + "all:\n  template: weak\n  for: {soc: [20 %, 30 %, 40 %]}\n");
  EXPECT_EQ(call({"validate", "family.yaml"}), 0) << err_.str();
  EXPECT_THAT(err_.str(), HasSubstr(" and 2 more)\n"));
}

}  // namespace
}  // namespace rig::cli
