// SPDX-License-Identifier: Apache-2.0
#include "tests/house/tree.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace tests::house {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<File> tree_of(std::vector<File> files) {
  std::ranges::sort(files, {}, &File::path);
  return files;
}

TEST(HouseTable, ModelsKnowOnlyModels) {
  EXPECT_TRUE(may_know("models/pack/pack.cpp", "models/cell/cell.hpp"));
  EXPECT_FALSE(may_know("models/pack/pack.cpp", "rig/expect/judge.hpp"));
  EXPECT_FALSE(may_know("models/pack/pack.cpp", "firmware-under-test/include/board.h"));
  EXPECT_FALSE(may_know("models/pack/pack.cpp", "reports/result.hpp"));
}

TEST(HouseTable, RigKnowsTheBoundaryButNotTheFirmwareBehindIt) {
  EXPECT_TRUE(may_know("rig/bench/sim/a.cpp", "firmware-under-test/include/board.h"));
  EXPECT_FALSE(may_know("rig/bench/sim/a.cpp", "firmware-under-test/jk/core/protection.hpp"));
  EXPECT_FALSE(may_know("rig/bench/sim/a.cpp", "tests/support/x.hpp"));
}

TEST(HouseTable, FirmwareAndReportsKnowOnlyThemselves) {
  EXPECT_TRUE(may_know("firmware-under-test/jk/app/a.cpp", "firmware-under-test/jk/core/b.hpp"));
  EXPECT_FALSE(may_know("firmware-under-test/jk/app/a.cpp", "models/cell/cell.hpp"));
  EXPECT_TRUE(may_know("reports/render/a.cpp", "reports/result.hpp"));
  EXPECT_FALSE(may_know("reports/render/a.cpp", "rig/expect/judge.hpp"));
}

TEST(HouseTable, AFolderWhoseNameMerelyBeginsAlikeIsAnother) {
  EXPECT_FALSE(may_know("models/a.cpp", "models-extra/b.hpp"));
  EXPECT_FALSE(may_know("tests-of-mine/a.cpp", "rig/b.hpp"));
}

TEST(Includes, AreFoundWithTheirLinesButNotInsideComments) {
  const auto found =
      includes_of("#include \"a.hpp\"\n// #include \"b.hpp\"\n/*\n#include \"c.hpp\"\n*/\n  # include <d>\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "a.hpp");
  EXPECT_TRUE(found[0].quoted);
  EXPECT_EQ(found[1].name, "d");
  EXPECT_FALSE(found[1].quoted);
  EXPECT_EQ(found[1].line, 6);
}

TEST(Includes, AreReportedWithFileAndLineWhenTheTableForbidsThem) {
  const auto tree = tree_of({{"models/a.cpp", "\n#include \"rig/b.hpp\"\n"}, {"rig/b.hpp", ""}});
  EXPECT_THAT(forbidden_includes(tree), ElementsAre("models/a.cpp:2: models may not know rig/b.hpp"));
}

TEST(Includes, InAngleBracketsAreNoWayAround) {
  const auto tree = tree_of({{"models/a.cpp", "#include <rig/b.hpp>\n"}, {"rig/b.hpp", ""}});
  EXPECT_THAT(forbidden_includes(tree), ElementsAre(HasSubstr("models may not know rig/b.hpp")));
}

TEST(Includes, UpwardsThroughDotsAreNoWayAround) {
  const auto tree = tree_of({{"models/x/a.cpp", "#include \"../../rig/b.hpp\"\n"}, {"rig/b.hpp", ""}});
  EXPECT_THAT(forbidden_includes(tree), ElementsAre(HasSubstr("models may not know rig/b.hpp")));
}

TEST(Includes, ThatLeadNowhereAreReported) {
  EXPECT_THAT(forbidden_includes({{"models/a.cpp", "#include \"gone.hpp\"\n"}}),
              ElementsAre(HasSubstr("no file of ours")));
}

TEST(Links, AreReportedWhenTheTableForbidsThem) {
  const std::vector<File> tree{
      {"models/CMakeLists.txt", "target_link_libraries(models_x\n  PUBLIC models::y rig::z)\n"}};
  EXPECT_THAT(forbidden_links(tree), ElementsAre("models/CMakeLists.txt: may not link rig::z"));
}

TEST(Links, ToTheBoundaryAreFreeForTheRigAndToTheFirmwareAreNot) {
  const std::vector<File> tree{
      {"rig/CMakeLists.txt", "target_link_libraries(rig_x PRIVATE firmware::board firmware::core)"}};
  EXPECT_THAT(forbidden_links(tree), ElementsAre(HasSubstr("firmware::core")));
}

TEST(Links, InCommentsDoNotCount) {
  EXPECT_THAT(forbidden_links({{"models/CMakeLists.txt", "# target_link_libraries(models_x rig::z)\n"}}), IsEmpty());
}

TEST(Code, IsWhatRemainsWithoutCommentsAndStrings) {
  EXPECT_EQ(code_of("a /* b */ \"c\\\"d\" 'e' 1'000 // f\ng"), "a         \"    \" ' ' 1'000     \ng");
}

}  // namespace
}  // namespace tests::house
