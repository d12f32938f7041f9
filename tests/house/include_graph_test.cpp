// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "tests/house/tree.hpp"

// The rules of the house (docs/architecture.md), tried on this very checkout.
namespace tests::house {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class House : public ::testing::Test {
 protected:
  static const std::vector<File>& tree() {
    static const std::vector<File> files = read_tree(CELLRIG_SOURCE_DIR);
    return files;
  }
};

/// One line for each place in C++ files whose path matches `where` and whose code, comments aside, matches `what`.
std::vector<std::string> places(const std::vector<File>& tree, const char* where, const char* what) {
  const std::regex path(where);
  const std::regex code(what);
  std::vector<std::string> found;
  for (const File& file : tree) {
    if (!file.is_cpp() || !std::regex_search(file.path, path)) continue;
    const std::string text = code_of(file.text);
    for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it) {
      const auto line = 1 + std::count(text.begin(), text.begin() + it->position(), '\n');
      found.push_back(file.path + ":" + std::to_string(line) + ": " + it->str());
    }
  }
  return found;
}

TEST_F(House, IsReadAtAll) {
  EXPECT_THAT(tree(), SizeIs(::testing::Gt(20U)));
  EXPECT_NE(std::ranges::find(tree(), "firmware-under-test/include/board.h", &File::path), tree().end());
}

TEST_F(House, IncludesObeyTheTable) { EXPECT_THAT(forbidden_includes(tree()), IsEmpty()); }

TEST_F(House, LinkLinesObeyTheTable) { EXPECT_THAT(forbidden_links(tree()), IsEmpty()); }

TEST_F(House, TheBoundaryIncludesOnlyStdintAndStddef) {
  const auto board = std::ranges::find(tree(), "firmware-under-test/include/board.h", &File::path);
  ASSERT_NE(board, tree().end());
  for (const Include& include : includes_of(board->text)) {
    EXPECT_TRUE(include.name == "stdint.h" || include.name == "stddef.h") << include.name;
  }
}

TEST_F(House, OnlyTheCoatOfAModelKnowsSystemC) {
  for (const File& file : tree()) {
    if (!file.is_cpp() || (file.top() != "models" && file.top() != "firmware-under-test")) continue;
    if (file.top() == "models" && file.path.find("_module.") != std::string::npos) continue;
    for (const Include& include : includes_of(file.text)) {
      EXPECT_FALSE(include.name.starts_with("systemc") || include.name.starts_with("sysc/")) << file.path;
    }
  }
}

TEST_F(House, NothingInModelsFirmwareOrVerdictsReadsTheHostClock) {
  EXPECT_THAT(places(tree(), "^(models|firmware-under-test/jk|rig/expect)/",
                     "_clock::now|\\bclock_gettime\\b|\\bgettimeofday\\b|\\btime\\s*\\(\\s*(NULL|nullptr|0)\\s*\\)|"
                     "\\bclock\\s*\\(\\s*\\)"),
              IsEmpty());
}

// glibc's libm differs in the last bit with and without FMA (docs/adr/0005).
TEST_F(House, NumbersThatReachATraceUseOurOwnExponentials) {
  EXPECT_THAT(
      places(tree(), "^(models|firmware-under-test/jk|rig/expect|rig/bench|rig/campaign|rig/scenario)/",
             "\\bstd::(exp2?|expm1|log(2|10|1p)?|pow|sin|cos|tan|a?sinh?|a?cosh?|atan2?|a?tanh|cbrt|hypot|fma|erfc?|"
             "[lt]gamma)\\b"),
      IsEmpty());
}

TEST_F(House, NothingSleeps) {
  EXPECT_THAT(places(tree(), "^(models|firmware-under-test|rig|reports|tests)/",
                     "\\b(sleep_for|sleep_until|u?sleep|nanosleep)\\s*\\("),
              IsEmpty());
}

}  // namespace
}  // namespace tests::house
