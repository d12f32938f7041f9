// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/tree.hpp"

#include <gtest/gtest.h>

namespace rig::scenario {
namespace {

TEST(Tree, EveryKeyAndValueHasItsPlace) {
  const Node root = parse_tree("a:\n  b: [1, \"two\"]\n  ä: {c: 3 V}\n", "f.yaml");
  const Node::Entry& a = root.entries.at(0);
  EXPECT_EQ(a.key_position.line, 1);
  EXPECT_EQ(a.key_position.column, 1);
  const Node::Entry& b = a.value.entries.at(0);
  EXPECT_EQ(b.key_position.line, 2);
  EXPECT_EQ(b.key_position.column, 3);
  EXPECT_EQ(b.value.items.at(1).position.column, 10);
  EXPECT_EQ(b.value.items.at(1).text_offset, 1);  // behind the quote
  const Node::Entry& umlaut = a.value.entries.at(1);
  EXPECT_EQ(umlaut.value.entries.at(0).value.position.line, 3);
  EXPECT_EQ(umlaut.value.entries.at(0).value.position.column, 10);  // characters, not bytes
  EXPECT_EQ(umlaut.value.position.file, "f.yaml");
}

TEST(Tree, TextThatIsFoldedOrEscapedHasNoOffset) {
  const Node root = parse_tree("a: \"x\\ty\"\nb: >\n  one\n  two\nc: one\n  two\n", "f.yaml");
  for (const Node::Entry& entry : root.entries) EXPECT_EQ(entry.value.text_offset, -1) << entry.key;
}

TEST(Tree, WindowsLineEndsAreAccepted) {
  const Node root = parse_tree("a: 1\r\nb: 2\r\n", "f.yaml");
  EXPECT_EQ(root.find("b")->value.text, "2");
}

TEST(Tree, QuotedNamesWithBracketsAreKeysInsideBraces) {
  const Node root = parse_tree("start: {\"cell[3].soc\": 98 %, soc: 94 %}\n", "f.yaml");
  EXPECT_EQ(root.entries.at(0).value.entries.at(0).key, "cell[3].soc");
}

TEST(Tree, SixtyFourLevelsAreReadAndSixtyFiveAreNot) {
  const auto nested = [](std::size_t lists) {
    return "a: " + std::string(lists, '[') + "1" + std::string(lists, ']') + "\n";
  };
  EXPECT_NO_THROW(static_cast<void>(parse_tree(nested(63), "f.yaml")));
  EXPECT_THROW(static_cast<void>(parse_tree(nested(64), "f.yaml")), ScenarioError);
}

TEST(Tree, OverridesWinKeyByKeyAndKeepTheirPlace) {
  const Node base = parse_tree("a: {x: 1, y: 2}\nb: [1, 2]\n", "base.yaml");
  const Node over = parse_tree("b: [3]\na: {y: 5, z: 6}\n", "over.yaml");
  const Node both = merged(base, over);
  const Node& a = both.find("a")->value;
  EXPECT_EQ(a.find("x")->value.text, "1");
  EXPECT_EQ(a.find("y")->value.text, "5");
  EXPECT_EQ(a.find("y")->value.position.file, "over.yaml");
  EXPECT_EQ(a.find("x")->value.position.file, "base.yaml");
  EXPECT_EQ(a.find("z")->value.text, "6");
  EXPECT_EQ(both.find("b")->value.items.size(), 1U);
}

TEST(Tree, OverlongAndSurrogateSequencesAreNotUtf8) {
  for (const char* bytes :
       {"a: \xC0\xAF\n", "a: \xE0\x80\xAF\n", "a: \xED\xA0\x80\n", "a: \xF5\x80\x80\x80\n", "a: \xE2\x82\n"}) {
    EXPECT_THROW(static_cast<void>(parse_tree(bytes, "f.yaml")), ScenarioError) << bytes;
  }
}

}  // namespace
}  // namespace rig::scenario
