// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <pugixml.hpp>

#include "reports/result.hpp"
#include "tests/reports/samples.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

using testing::HasSubstr;

std::string xmllint(const std::string& xml) {
  const Folder folder;
  write_bytes(folder / "junit.xml", xml);
  const std::string command = std::string(CELLRIG_XMLLINT) +
                              " --noout --schema " CELLRIG_SOURCE_DIR "/tests/reports/junit.xsd " +
                              (folder / "junit.xml").string() + " > " + (folder / "said").string() + " 2>&1";
  return std::system(command.c_str()) == 0 ? "" : bytes_of(folder / "said");
}

RunResult run_with(const std::string& result) {
  RunResult run;
  ScenarioResult one;
  one.name = "a_claim";
  one.result = result;
  one.claims.push_back(
      {"always x", result, "why it is so", {}, {}, {}, {}, {}, {}, {}, -1, {}, 0, 0, {}, {}, {}, "s.yaml", 4, {}});
  run.scenarios.push_back(one);
  return run;
}

pugi::xml_document parsed(const std::string& xml) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(xml.c_str()));
  return document;
}

std::string outcome(const std::string& result, bool strict = false) {
  RunResult run = run_with(result);
  run.strict = strict;
  const std::string xml = junit(run);
  EXPECT_EQ(xmllint(xml), "");
  const auto document = parsed(xml);
  const pugi::xml_node child = document.child("testsuites").child("testsuite").child("testcase").first_child();
  return child.empty() ? "plain" : child.name();
}

TEST(Junit, SampleRunIsAcceptedByTheStrictDialect) {
  const Folder folder;
  EXPECT_EQ(xmllint(junit(sample_run(folder.path))), "");
  EXPECT_EQ(xmllint(junit(RunResult{})), "");
}

TEST(Junit, TheStrictDialectRefusesWhatReadersRefuse) {
  const Folder folder;
  std::string xml = junit(sample_run(folder.path));
  xml.replace(xml.find("<testsuites "), 12, "<testsuites skipped=\"1\" ");
  EXPECT_THAT(xmllint(xml), HasSubstr("skipped"));
}

TEST(Junit, EachWordHasItsOutcome) {
  EXPECT_EQ(outcome("pass"), "plain");
  EXPECT_EQ(outcome("conditional_pass"), "system-out");
  EXPECT_EQ(outcome("conditional_pass", true), "failure");
  EXPECT_EQ(outcome("conditional_fail"), "failure");
  EXPECT_EQ(outcome("fail"), "failure");
  EXPECT_EQ(outcome("error"), "error");
  EXPECT_EQ(outcome("not_run"), "skipped");
  EXPECT_EQ(outcome("not_applicable"), "skipped");
  EXPECT_EQ(outcome("no such word"), "error");
}

TEST(Junit, APassWithAFailedClaimOrWithoutAnyIsAnError) {
  RunResult run = run_with("fail");
  run.scenarios[0].result = "pass";
  EXPECT_THAT(junit(run), HasSubstr("<error message=\"the scenario says pass but a claim says fail: always x\""));
  run.scenarios[0].claims.clear();
  EXPECT_THAT(junit(run), HasSubstr("<error message=\"the scenario says pass but no claim was judged\""));
}

TEST(Junit, CountsAddUp) {
  const Folder folder;
  const auto document = parsed(junit(sample_run(folder.path)));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  EXPECT_EQ(suite.attribute("tests").as_int(), 5);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("errors").as_int(), 1);
  EXPECT_EQ(suite.attribute("skipped").as_int(), 1);
  EXPECT_TRUE(document.child("testsuites").attribute("skipped").empty());
}

TEST(Junit, AFailureSaysWhyInItsTextAndInItsMessage) {
  const Folder folder;
  const auto document = parsed(junit(sample_run(folder.path)));
  const pugi::xml_node failure = document.select_node("//failure").node();
  EXPECT_STREQ(failure.attribute("message").value(), "charge_fet was on for 41.3 s with T1 at -23.1 degC");
  const std::string text = failure.text().get();
  for (const char* part : {"charge_fet was on for 41.3 s", "cold_charge_is_refused_below_minus_20_degC.yaml:31",
                           "measured 68.47 s", "limit <= 0 s", "[declared: Charge UTP -20 degC]",
                           "again: ./cellrig run cold_charge_is_refused_below_minus_20_degC --seed 1 --gdb"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Junit, HostileNamesStayWellFormed) {
  RunResult run = run_with("fail");
  run.scenarios[0].name = "a<b>&\"c'";
  run.scenarios[0].reason = std::string("\x1b[31m\0\xff ]]>", 11);
  run.host = "<h>";
  run.wall_s = std::nan("");
  const std::string xml = junit(run);
  EXPECT_EQ(xmllint(xml), "");
  const auto document = parsed(xml);
  EXPECT_STREQ(document.select_node("//testcase").node().attribute("name").value(), "a<b>&\"c'");
  for (const char byte : xml) EXPECT_FALSE(static_cast<unsigned char>(byte) < 0x20 && byte != '\n') << int{byte};
}

TEST(Junit, TimeStampLosesFractionAndZoneOrIsLeftOut) {
  RunResult run = run_with("pass");
  run.started = "2026-05-04T10:00:00.123+02:00";
  EXPECT_THAT(junit(run), HasSubstr("timestamp=\"2026-05-04T10:00:00\""));
  run.started = "yesterday, in the evening";
  EXPECT_THAT(junit(run), testing::Not(HasSubstr("timestamp")));
}

}  // namespace
}  // namespace reports
