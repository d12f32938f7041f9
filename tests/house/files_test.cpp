// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "tests/house/tree.hpp"

// What can be said of every single file.
namespace tests::house {
namespace {

constexpr auto kLicence = "SPDX-License-Identifier: Apache-2.0";

class Files : public ::testing::Test {
 protected:
  static const std::vector<File>& tree() {
    static const std::vector<File> files = read_tree(CELLRIG_SOURCE_DIR);
    return files;
  }
};

std::string line_of(const std::string& text, int number) {
  std::size_t from = 0;
  for (; number > 1 && from != std::string::npos; --number) from = text.find('\n', from) + 1;
  return text.substr(from, text.find('\n', from) - from);
}

TEST_F(Files, OfCodeNameTheLicenceInTheirFirstLine) {
  for (const File& file : tree()) {
    const bool script = file.text.starts_with("#!");
    if (!script && !file.is_cpp()) continue;
    EXPECT_NE(line_of(file.text, script ? 2 : 1).find(kLicence), std::string::npos) << file.path;
  }
}

TEST_F(Files, LieInTheKnownFoldersOfTheHouse) {
  static const std::set<std::string> kPlaces{
      // folders
      ".ci", "cmake", "docs", "examples", "firmware-under-test", "models", "reports", "rig", "scenarios", "tests",
      // files
      ".clang-format", ".clang-tidy", ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CMakeLists.txt",
      "CMakePresets.json", "CONTRIBUTING.md", "LICENSE", "README.md", "cellrig"};
  for (const File& file : tree())
    EXPECT_TRUE(kPlaces.contains(file.top())) << file.path << " has no place in the house";
}

TEST_F(Files, OfCodeStayShortEnoughToRead) {
  for (const File& file : tree()) {
    if (!file.is_cpp()) continue;
    EXPECT_LE(std::ranges::count(file.text, '\n'), 400) << file.path;
  }
}

TEST_F(Files, ThatAreHeadersCountOnce) {
  for (const File& file : tree()) {
    if (!file.path.ends_with(".hpp")) continue;
    EXPECT_NE(file.text.find("\n#pragma once\n"), std::string::npos) << file.path;
  }
}

TEST_F(Files, RootCMakeListsFitsAScreen) {
  const auto root = std::ranges::find(tree(), "CMakeLists.txt", &File::path);
  ASSERT_NE(root, tree().end());
  EXPECT_LE(std::ranges::count(root->text, '\n'), 40);
}

TEST_F(Files, OfProseLinkOnlyToWhatIsThere) {
  const std::regex link("\\]\\(([^)#:]+)(#[^)]*)?\\)");  // relative links only: no scheme, no bare anchor
  for (const File& file : tree()) {
    if (!file.path.ends_with(".md")) continue;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), link), end; it != end; ++it) {
      const auto target =
          std::filesystem::path(CELLRIG_SOURCE_DIR) / std::filesystem::path(file.path).parent_path() / (*it)[1].str();
      EXPECT_TRUE(std::filesystem::exists(target)) << file.path << " links to " << (*it)[1];
    }
  }
}

TEST_F(Files, OfCodeLeaveNothingUndone) {
  for (const File& file : tree()) {
    if (!file.is_cpp()) continue;
    for (const char* word : {"TO"
                             "DO",
                             "FIX"
                             "ME",
                             "DIS"
                             "ABLED_",
                             "GTEST_"
                             "SKIP"}) {
      EXPECT_EQ(file.text.find(word), std::string::npos) << file.path << " holds " << word;
    }
  }
}

}  // namespace
}  // namespace tests::house
