// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/selection.hpp"

#include <gmock/gmock.h>

#include "tests/rig/cli/scenario_folder.hpp"

namespace rig::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SelectionTest : public ::testing::Test {
 protected:
  Selection choose(const std::vector<std::string>& what, const std::vector<std::string>& labels = {},
                   const std::vector<std::string>& without = {}) {
    Arguments arguments;
    arguments.what = what;
    arguments.labels = labels;
    arguments.without = without;
    return select(arguments, places_);
  }
  static std::vector<std::string> names(const Selection& selection) {
    std::vector<std::string> all;
    for (const Selected& selected : selection.scenarios) all.push_back(selected.scenario->name);
    return all;
  }
  ScenarioFolder folder_;
  Places places_{CELLRIG_SOURCE_DIR "/scenarios", "", "./cellrig"};
};

TEST_F(SelectionTest, AFolderIsItsScenarioFilesInOrderOfPath) {
  folder_.write("b.yaml", ScenarioFolder::scenario("second") + ScenarioFolder::scenario("first"));
  folder_.write("a/z.yml", ScenarioFolder::scenario("deep"));
  for (const char* other : {"boards/x.yaml", "packs/x.yaml", "benches/x.yaml", "data/x.yaml", "campaigns/x.yaml",
                            ".git/x.yaml", ".x.yaml", "notes.txt"}) {
    folder_.write(other, "this: is no scenario");
  }
  const Selection selection = choose({folder_.text()});
  EXPECT_THAT(selection.mistakes, IsEmpty());
  EXPECT_THAT(names(selection), ElementsAre("deep", "second", "first"));
  EXPECT_FALSE(selection.scenarios[0].named);
  EXPECT_EQ(selection.files, 2u);
}

TEST_F(SelectionTest, OneOfAFileIsNamedByPathAndName) {
  folder_.write("a.yaml", ScenarioFolder::scenario("one") + ScenarioFolder::scenario("two"));
  const Selection selection = choose({folder_.at("a.yaml") + "::two"});
  EXPECT_THAT(names(selection), ElementsAre("two"));
  EXPECT_TRUE(selection.scenarios[0].named);
}

TEST_F(SelectionTest, TheSelectorSelectsExactlyThatOneAgain) {
  folder_.write("a.yaml", ScenarioFolder::scenario("one") + ScenarioFolder::scenario("two"));
  const Selection first = choose({folder_.text(), "cold_charge_is_refused_below_minus_20_degC"});
  ASSERT_THAT(first.scenarios, SizeIs(3));
  EXPECT_EQ(first.scenarios[2].selector, "cold_charge_is_refused_below_minus_20_degC");
  for (const Selected& selected : first.scenarios) {
    EXPECT_THAT(names(choose({selected.selector})), ElementsAre(selected.scenario->name));
  }
}

TEST_F(SelectionTest, WithoutAWordItIsWhatComesWithCellrig) {
  const Selection all = choose({});
  EXPECT_THAT(all.mistakes, IsEmpty());
  EXPECT_GT(all.scenarios.size(), 10u);
}

TEST_F(SelectionTest, TheSameFileTwiceIsOneRun) {
  folder_.write("a.yaml", ScenarioFolder::scenario("one"));
  const Selection selection =
      choose({folder_.text(), folder_.at("a.yaml"), folder_.text() + "/./a.yaml", folder_.at("a.yaml") + "::one"});
  EXPECT_THAT(selection.mistakes, IsEmpty());
  EXPECT_THAT(names(selection), ElementsAre("one"));
  EXPECT_TRUE(selection.scenarios[0].named);
}

TEST_F(SelectionTest, OneNameInTwoPlacesNamesBoth) {
  folder_.write("a.yaml", ScenarioFolder::scenario("first") + ScenarioFolder::scenario("same"));
  folder_.write("b.yaml", ScenarioFolder::scenario("same"));
  const Selection selection = choose({folder_.text()});
  EXPECT_THAT(selection.mistakes,
              ElementsAre(for_people(folder_.at("b.yaml")).string() + ":1:1  same: this name is already that of " +
                          for_people(folder_.at("a.yaml")).string() + ":11"));
  EXPECT_THAT(selection.scenarios, IsEmpty());
}

TEST_F(SelectionTest, EveryMalformedFileIsToldAndNothingIsSelected) {
  folder_.write("a.yaml", "one: {nonsense: 1}");
  folder_.write("b.yaml", "two: [");
  folder_.write("c.yaml", ScenarioFolder::scenario("good"));
  const Selection selection = choose({folder_.text()});
  EXPECT_THAT(selection.mistakes, ::testing::Contains(HasSubstr("a.yaml:1:")));
  EXPECT_THAT(selection.mistakes, ::testing::Contains(HasSubstr("b.yaml:1:")));
  EXPECT_THAT(selection.scenarios, IsEmpty());
}

TEST_F(SelectionTest, WhatIsNotThereIsNeverGreen) {
  folder_.write("empty/notes.txt", "");
  EXPECT_THAT(choose({folder_.at("empty")}).mistakes, ElementsAre(folder_.at("empty") + ": no scenario in it"));
  EXPECT_THAT(choose({"no/such.yaml"}).mistakes, ElementsAre("no/such.yaml: no such file or folder"));
  EXPECT_THAT(choose({"such.yaml"}).mistakes, ElementsAre("such.yaml: no such file or folder"));
  EXPECT_THAT(
      choose({"cold_charge_is_refused"}).mistakes,
      ElementsAre("no scenario is called cold_charge_is_refused. Near: cold_charge_is_refused_below_minus_20_degC"));
}

TEST_F(SelectionTest, LabelsKeepAnyOfThem) {
  folder_.write("a.yaml", ScenarioFolder::scenario("one", "fast") + ScenarioFolder::scenario("two", "slow") +
                              ScenarioFolder::scenario("three", "fast, odd"));
  EXPECT_THAT(names(choose({folder_.text()}, {"fast"})), ElementsAre("one", "three"));
  EXPECT_THAT(names(choose({folder_.text()}, {"slow", "odd"})), ElementsAre("two", "three"));
  EXPECT_THAT(choose({folder_.text()}, {"fats"}).mistakes,
              ElementsAre("no scenario here carries the label fats. Near: fast"));
}

TEST_F(SelectionTest, UnwantedLabelsGoAlsoFromWhatIsAskedFor) {
  folder_.write("a.yaml", ScenarioFolder::scenario("one", "fast") + ScenarioFolder::scenario("two", "slow") +
                              ScenarioFolder::scenario("three", "fast, odd") + ScenarioFolder::scenario("four"));
  EXPECT_THAT(names(choose({folder_.text()}, {}, {"slow"})), ElementsAre("one", "three", "four"));
  EXPECT_THAT(names(choose({folder_.text()}, {"fast"}, {"slow", "odd"})), ElementsAre("one"));
  EXPECT_THAT(choose({folder_.text()}, {}, {"solw"}).mistakes,
              ElementsAre("no scenario here carries the label solw. Near: slow"));
  EXPECT_THAT(choose({folder_.text()}, {"odd"}, {"fast", "slow"}).mistakes,
              ElementsAre("no scenario is left without the label fast or slow"));
}

TEST_F(SelectionTest, MissingShippedScenariosAreSaid) {
  places_.scenarios = folder_.path() / "gone";
  EXPECT_THAT(choose({}).mistakes, ElementsAre(HasSubstr("CELLRIG_SCENARIOS may name another")));
  places_.scenarios.clear();
  EXPECT_THAT(choose({"some_name"}).mistakes, ElementsAre(HasSubstr("is not there (scenarios/)")));
}

TEST_F(SelectionTest, ALinkThatLeadsBackIsSaidNotFollowedForEver) {
  folder_.write("a/x.yaml", ScenarioFolder::scenario("one"));
  std::filesystem::create_directory_symlink(folder_.path(), folder_.path() / "a/back");
  EXPECT_THAT(choose({folder_.text()}).mistakes, ::testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace rig::cli
