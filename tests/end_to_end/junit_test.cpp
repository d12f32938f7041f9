// SPDX-License-Identifier: Apache-2.0
// What a run leaves behind: well-formed JUnit, a report without anything fetched, traces that result.json names by
// hash.
#include <gtest/gtest.h>

#include "reports/digest.hpp"
#include "reports/result.hpp"
#include "tests/support/program.hpp"

TEST(Evidence, OfARunIsCompleteAndWellFormed) {
  const tests::TemporaryFolder out;
  const auto ran = tests::run(tests::cellrig() +
                              " run '" CELLRIG_SOURCE_DIR "/scenarios/faults' --trace csv,vcd --out " + out.text());
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  const auto lint = tests::run("xmllint --noout --schema '" CELLRIG_SOURCE_DIR "/tests/reports/junit.xsd' " +
                               out.text() + "/junit.xml");
  EXPECT_EQ(lint.exit_code, 0) << lint.output;
  const std::string report = tests::slurp(out.path() / "report.html");
  for (const char* fetched : {"src=\"http", "href=\"http", "url(http", "@import"})
    EXPECT_EQ(report.find(fetched), std::string::npos) << fetched;
  const auto result = reports::from_json(tests::slurp(out.path() / "result.json"));
  // what a page has once, and each scenario with its plot
  EXPECT_LT(report.size(), 200'000 + 5'500 * result.scenarios.size());
  ASSERT_FALSE(result.scenarios.empty());
  for (const auto& scenario : result.scenarios) {
    ASSERT_FALSE(scenario.trace_file.empty()) << scenario.name;
    EXPECT_EQ(reports::sha256_file(out.path() / scenario.trace_file), scenario.trace_sha256);
    for (const char* extension : {".csv", ".vcd"}) {
      EXPECT_TRUE(std::filesystem::exists((out.path() / scenario.trace_file).replace_extension(extension)))
          << scenario.name << extension;
    }
    EXPECT_FALSE(scenario.again.empty());
  }
  const std::size_t last_line = ran.output.rfind('\n', ran.output.size() - 2);
  EXPECT_NE(ran.output.find("report.html", last_line), std::string::npos) << "the last path printed is the report";
}
