// SPDX-License-Identifier: Apache-2.0
// Every file in malformed/ is refused with exactly the lines of NAME.expected beside it, and nothing of it is used.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rig/scenario/model_pages.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const auto& entry : fs::directory_iterator(CELLRIG_MALFORMED)) {
    if (entry.path().extension() == ".yaml") result.push_back(entry.path().stem().string());
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::string without_folder(std::string text) {
  const std::string folder = std::string(CELLRIG_MALFORMED) + "/";
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
    text.erase(at, folder.size());
  return text;
}

class Malformed : public testing::TestWithParam<std::string> {};

TEST_P(Malformed, IsRefusedWithPositionAndReason) {
  const fs::path file = fs::path(CELLRIG_MALFORMED) / (GetParam() + ".yaml");
  std::vector<ScenarioError> errors;
  EXPECT_TRUE(read_scenarios(file, CELLRIG_SCENARIOS, errors).empty());
  std::string said;
  for (const ScenarioError& error : errors) said += without_folder(error.what()) + "\n";
  EXPECT_EQ(said, content(fs::path(CELLRIG_MALFORMED) / (GetParam() + ".expected")));
  EXPECT_FALSE(said.empty());
}

INSTANTIATE_TEST_SUITE_P(Files, Malformed, testing::ValuesIn(names()),
                         [](const auto& parameter) { return parameter.param; });

/// A range that is not tried could be anything.
TEST(MalformedFiles, TryEveryNumberOfEveryModel) {
  std::string said;
  for (const std::string& name : names()) said += content(fs::path(CELLRIG_MALFORMED) / (name + ".expected"));
  for (const ModelPage& page : model_pages()) {
    for (const ModelSection& section : page.sections) {
      for (const ModelKey& key : section.keys) {
        if (key.range.empty() || key.unit == "file") continue;
        const std::string name = key.key.substr(key.key.rfind('.') + 1);
        const bool is_tried = said.find("  " + name + ": ") != std::string::npos ||
                              said.find(": " + name + " is missing") != std::string::npos;
        EXPECT_TRUE(is_tried) << page.name << " " << key.key;
      }
    }
  }
}

TEST(MalformedFiles, AreAtLeastAHundredAndTwenty) { EXPECT_GE(names().size(), 120U); }

TEST(MalformedFiles, OverOneMegabyteAreRefused) {
  const fs::path file =
      fs::temp_directory_path() / ("cellrig_over_one_megabyte_" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(file) << "# " << std::string((1 << 20) + 1, 'x') << "\n";
  const std::string name = file.generic_string();
  std::vector<ScenarioError> errors;
  EXPECT_TRUE(read_scenarios(file, CELLRIG_SCENARIOS, errors).empty());
  fs::remove(file);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].sentence(), name + " has 1048580 bytes; at most 1 MB are read");
}

TEST(MalformedFiles, ThatDoNotExistAreNamed) {
  std::vector<ScenarioError> errors;
  EXPECT_TRUE(read_scenarios("nowhere/x.yaml", CELLRIG_SCENARIOS, errors).empty());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_STREQ(errors[0].what(), "nowhere/x.yaml:1:1  nowhere/x.yaml cannot be read");
}

TEST(MalformedFiles, AFolderInPlaceOfAFileIsRefused) {
  std::vector<ScenarioError> errors;
  EXPECT_TRUE(read_scenarios(CELLRIG_SCENARIOS, CELLRIG_SCENARIOS, errors).empty());
  EXPECT_EQ(errors.size(), 1U);
}

}  // namespace
}  // namespace rig::scenario
