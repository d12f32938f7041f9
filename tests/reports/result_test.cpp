// SPDX-License-Identifier: Apache-2.0
#include "reports/result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/reports/samples.hpp"
#include "tests/reports/schema_check.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;

ordered_json sample() {
  const Folder folder;
  return ordered_json::parse(to_json(sample_run(folder.path)));
}

std::string complaint_about(const std::string& text) {
  try {
    (void)from_json(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}
std::string complaint_about(const ordered_json& document) { return complaint_about(document.dump()); }

// A valid document in which every optional member is present.
ordered_json full() {
  ordered_json document = sample();
  document["scenarios"][2]["claims"][0] = document["scenarios"][0]["claims"][0];
  return document;
}

TEST(Result, RoundTripGivesTheSameBytes) {
  const Folder folder;
  const std::string text = to_json(sample_run(folder.path));
  EXPECT_EQ(to_json(from_json(text)), text);
  EXPECT_EQ(complaint_about(text), "");
}

TEST(Result, RoundTripOfOneScenarioKeepsEveryMember) {
  const Folder folder;
  for (const ScenarioResult& one : sample_run(folder.path).scenarios) {
    const std::string text = scenario_to_json(one);
    EXPECT_EQ(scenario_to_json(scenario_from_json(text)), text);
  }
  const ScenarioResult back = scenario_from_json(scenario_to_json(sample_run(folder.path).scenarios[0]));
  EXPECT_EQ(back.claims[0].timeline->t_act, 605'020'000'000);
  EXPECT_EQ(back.claims[0].timeline->peak.text, "3.612 V");
  EXPECT_EQ(back.claims[0].margin->number, 0.18);
  EXPECT_FALSE(back.claims[1].timeline.has_value());
  EXPECT_EQ(back.settings.at("cell_ovp"), "3.600 V");
  EXPECT_EQ(back.wall_s, 0.031);
}

TEST(Result, KeepsLargeSeedsAndNumbersThatAreNotKnown) {
  ScenarioResult one;
  one.result = "error";
  one.seed = 0xFFFFFFFFFFFFFFFF;
  one.figures["x"] = {std::nan(""), "V", "not known"};
  one.figures["y"] = {std::numeric_limits<double>::infinity(), "V", ""};
  const ScenarioResult back = scenario_from_json(scenario_to_json(one));
  EXPECT_EQ(back.seed, 0xFFFFFFFFFFFFFFFF);
  EXPECT_TRUE(std::isnan(back.figures.at("x").number));
  EXPECT_TRUE(std::isnan(back.figures.at("y").number));
}

TEST(Result, ControlCharactersAndBrokenUtf8BecomeTheReplacementCharacter) {
  ScenarioResult one;
  one.result = "error";
  one.reason = std::string("a\0b\x1b\xff", 5) + "ü\n";
  EXPECT_EQ(scenario_from_json(scenario_to_json(one)).reason, "a\uFFFDb\uFFFD\uFFFDü\n");
}

TEST(Result, WithoutTimeOfDayTwoRunsAreEqual) {
  const Folder folder;
  RunResult run = sample_run(folder.path);
  ordered_json first = ordered_json::parse(to_json(run));
  run.started = "2027-01-01T00:00:00Z";
  run.host = "elsewhere";
  run.wall_s = 9;
  for (ScenarioResult& one : run.scenarios) one.wall_s = 9;
  ordered_json second = ordered_json::parse(to_json(run));
  EXPECT_NE(first, second);
  for (ordered_json* document : {&first, &second}) {
    document->erase("time_of_day");
    for (auto& one : (*document)["scenarios"]) one.erase("time_of_day");
  }
  EXPECT_EQ(first.dump(), second.dump());
}

TEST(Result, EveryMissingMemberIsNamedWithItsPath) {
  const ordered_json good = full();
  const std::vector<std::string> places = {"",
                                           "/firmware",
                                           "/time_of_day",
                                           "/counts",
                                           "/scenarios/0",
                                           "/scenarios/0/time_of_day",
                                           "/scenarios/0/claims/0/measured",
                                           "/scenarios/0/claims/0/timeline",
                                           "/scenarios/1/findings/0"};
  int tried = 0;
  for (const std::string& place : places) {
    for (const auto& [key, value] : good.at(ordered_json::json_pointer(place)).items()) {
      ordered_json bad = good;
      bad.at(ordered_json::json_pointer(place)).erase(key);
      EXPECT_THAT(complaint_about(bad), HasSubstr(key + ": is missing")) << place;
      ++tried;
    }
  }
  EXPECT_GT(tried, 50);
  ordered_json bad = good;
  bad["scenarios"][1]["claims"][0].erase("reason");
  EXPECT_EQ(complaint_about(bad), "result document: scenarios[1].claims[0].reason: is missing");
}

TEST(Result, EveryMemberOfTheWrongTypeIsNamed) {
  const ordered_json good = full();
  const ordered_json flat = good.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    ordered_json bad = good;
    bad.at(ordered_json::json_pointer(pointer)) = ordered_json::array({1});
    const std::string last = pointer.substr(pointer.find_last_of('/') + 1);
    const bool is_empty_list = value.is_null();
    const std::string complaint = complaint_about(bad);
    EXPECT_THAT(complaint, testing::StartsWith("result document: ")) << pointer;
    EXPECT_THAT(complaint, HasSubstr(is_empty_list || isdigit(last[0]) != 0 ? "" : last)) << pointer;
  }
}

TEST(Result, UnknownMembersWordsAndVersionsAreRefused) {
  ordered_json bad = sample();
  bad["scenarios"][0]["reson"] = "";
  EXPECT_EQ(complaint_about(bad), "result document: scenarios[0].reson: unknown key");
  bad = sample();
  bad["scenarios"][0]["result"] = "passed";
  EXPECT_EQ(complaint_about(bad), "result document: scenarios[0].result: \"passed\" is not one of its words");
  bad = sample();
  bad["schema_version"] = 2;
  EXPECT_THAT(complaint_about(bad), HasSubstr("schema_version: version 2 is not known"));
  bad = sample();
  bad["scenarios"][0]["line"] = -1;
  EXPECT_THAT(complaint_about(bad), HasSubstr("scenarios[0].line: out of range: -1"));
  bad = sample();
  bad["scenarios"][0]["wake_ups"] = -1;
  EXPECT_THAT(complaint_about(bad), HasSubstr("scenarios[0].wake_ups: a whole number from 0"));
  bad = sample();
  bad["scenarios"][0]["claims"][0]["t_worst_ns"] = 18446744073709551615U;
  EXPECT_THAT(complaint_about(bad), HasSubstr("t_worst_ns: a whole number is expected"));
}

TEST(Result, CountsThatDoNotFitTheScenariosAreRefused) {
  ordered_json bad = sample();
  bad["counts"]["pass"] = 5;
  EXPECT_EQ(complaint_about(bad), "result document: counts.pass: says 5, but there are 2");
}

TEST(Result, TextThatIsNoJsonAndKeysThatStandTwiceAreRefused) {
  EXPECT_THAT(complaint_about(std::string("{\"a\": 1")), HasSubstr("parse error"));
  EXPECT_THAT(complaint_about(std::string("<!doctype html>")),
              testing::StartsWith("result document: parse error at line 1, column 1: "));
  EXPECT_THAT(complaint_about(std::string("[]")), HasSubstr("an object is expected, not array"));
  EXPECT_THAT(complaint_about(std::string("{\"seed\": 1, \"seed\": 2}")), HasSubstr("the key seed stands twice"));
}

class Schema : public testing::Test {
 protected:
  std::string complaint_of_schema(const ordered_json& document) const {
    return complaint(schema_, schema_, nlohmann::json::parse(document.dump()), "");
  }
  nlohmann::json schema_ = nlohmann::json::parse(bytes_of(CELLRIG_SOURCE_DIR "/reports/result.schema.json"));
};

TEST_F(Schema, AcceptsWhatTheWriterWrites) {
  EXPECT_EQ(complaint_of_schema(full()), "");
  EXPECT_EQ(complaint_of_schema(ordered_json::parse(to_json(RunResult{}))), "");
}

TEST_F(Schema, AgreesWithTheReaderOnEveryMissingAndEveryUnknownMember) {
  const ordered_json good = full();
  std::vector<std::string> objects = {""};
  const ordered_json flat = good.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    for (std::size_t slash = pointer.find('/', 1); slash != std::string::npos; slash = pointer.find('/', slash + 1)) {
      objects.push_back(pointer.substr(0, slash));
    }
  }
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  for (const std::string& place : objects) {
    const ordered_json& object = good.at(ordered_json::json_pointer(place));
    if (!object.is_object()) continue;
    for (const auto& [key, value] : object.items()) {
      ordered_json bad = good;
      bad.at(ordered_json::json_pointer(place)).erase(key);
      EXPECT_EQ(complaint_of_schema(bad).empty(), complaint_about(bad).empty()) << place << ' ' << key;
    }
    ordered_json bad = good;
    bad.at(ordered_json::json_pointer(place))["unheard of"] = ordered_json::array();
    EXPECT_EQ(complaint_of_schema(bad).empty(), complaint_about(bad).empty()) << place;
  }
}

}  // namespace
}  // namespace reports
