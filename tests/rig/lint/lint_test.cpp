// SPDX-License-Identifier: Apache-2.0
// Every file of files/ is told exactly the lines of NAME.expected beside it, and its near twin NAME.twin.yaml nothing.
#include "rig/lint/lint.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rig/scenario/claims.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::lint {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

const fs::path lint_files = CELLRIG_LINT;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// "NAME.yaml:10:7  sentence [lint/rule]", a line each.
std::string told_of(const fs::path& file) {
  std::vector<scenario::ScenarioError> errors;
  const auto scenarios = scenario::read_scenarios(file, CELLRIG_SCENARIOS, errors);
  std::string lines;
  for (const scenario::ScenarioError& error : errors) lines += std::string(error.what()) + "\n";
  if (scenarios.empty()) lines += "nothing was read\n";
  for (const scenario::Scenario& one : scenarios) {
    for (const Finding& finding : lint(one)) {
      const scenario::SourcePosition& at = finding.position;
      lines += fs::path(at.file).filename().string() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
               "  " + finding.sentence + " [lint/" + finding.rule + "]\n";
    }
  }
  return lines;
}

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(lint_files)) {
    if (entry.path().extension() == ".expected") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

class LintFile : public testing::TestWithParam<std::string> {};

TEST_P(LintFile, IsToldWithPositionAndReason) {
  const std::string said = told_of(lint_files / (GetParam() + ".yaml"));
  EXPECT_EQ(said, content_of(lint_files / (GetParam() + ".expected")));
  EXPECT_FALSE(said.empty());
}

TEST_P(LintFile, HasATwinThatIsToldNothing) { EXPECT_EQ(told_of(lint_files / (GetParam() + ".twin.yaml")), ""); }

INSTANTIATE_TEST_SUITE_P(Files, LintFile, testing::ValuesIn(cases()),
                         [](const auto& parameter) { return parameter.param; });

TEST(LintFiles, TryEveryRule) {
  std::string said;
  for (const std::string& name : cases()) said += content_of(lint_files / (name + ".expected"));
  for (const std::string& rule : scenario::lint_rules()) EXPECT_NE(said.find("[lint/" + rule + "]"), said.npos) << rule;
}

TEST(LintFiles, AllTakePart) {
  std::vector<std::string> idle;
  for (const auto& entry : fs::directory_iterator(lint_files)) {
    std::string name = entry.path().stem().string();
    if (name.ends_with(".twin")) name.resize(name.size() - 5);
    if (!fs::exists(lint_files / (name + ".expected"))) idle.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(idle, IsEmpty());
}

/// Each warning in what is shipped is a weak claim or a mistake of the linter.
TEST(ShippedLibrary, IsToldNothing) {
  std::string said;
  for (const auto& entry : fs::recursive_directory_iterator(CELLRIG_SCENARIOS)) {
    const std::string folder = fs::relative(entry.path(), CELLRIG_SCENARIOS).begin()->string();
    const bool is_part = folder == "boards" || folder == "packs" || folder == "benches" || folder == "campaigns" ||
                         folder == "data" || folder == "invariants.yaml";
    if (!is_part && entry.path().extension() == ".yaml") said += told_of(entry.path());
  }
  EXPECT_EQ(said, "");
}

}  // namespace
}  // namespace rig::lint
