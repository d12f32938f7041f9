// SPDX-License-Identifier: Apache-2.0
// What is written down does not change what happens: verdicts are the same whatever the interval of the trace.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "reports/result.hpp"
#include "tests/support/program.hpp"

namespace {

reports::RunResult traced_every(const std::string& interval, const std::string& file) {
  const tests::TemporaryFolder folder;
  const std::string text = tests::slurp(CELLRIG_SOURCE_DIR "/scenarios/protection/" + file);
  std::ofstream(folder.path() / "s.yaml")
      << std::regex_replace(text, std::regex("\n  run_for:"), "\n  trace: {interval: " + interval + "}\n  run_for:");
  const auto run = tests::run("CELLRIG_SCENARIOS='" CELLRIG_SOURCE_DIR "/scenarios' " + tests::cellrig() + " run '" +
                              folder.text() + "/s.yaml' --out '" + folder.text() + "/o'");
  EXPECT_LT(run.exit_code, 2) << run.output;
  return reports::from_json(tests::slurp(folder.path() / "o/result.json"));
}

}  // namespace

TEST(TripTimes, DoNotDependOnTheIntervalOfTheTrace) {
  for (const char* file : {"overcharge.yaml", "short_circuit.yaml", "hot_charge.yaml"}) {
    const auto fine = traced_every("20 ms", file), coarse = traced_every("7 s", file);
    ASSERT_EQ(fine.scenarios.size(), coarse.scenarios.size());
    for (std::size_t s = 0; s < fine.scenarios.size(); ++s) {
      const auto &a = fine.scenarios[s], &b = coarse.scenarios[s];
      EXPECT_NE(a.trace_sha256, b.trace_sha256) << a.name;
      EXPECT_EQ(a.wake_ups, b.wake_ups) << a.name;
      ASSERT_EQ(a.claims.size(), b.claims.size());
      for (std::size_t c = 0; c < a.claims.size(); ++c) {
        EXPECT_EQ(a.claims[c].t_worst_ns, b.claims[c].t_worst_ns) << a.name << ": " << a.claims[c].text;
        EXPECT_EQ(a.claims[c].measured.has_value(), b.claims[c].measured.has_value());
        if (a.claims[c].measured && b.claims[c].measured) {
          EXPECT_EQ(a.claims[c].measured->number, b.claims[c].measured->number) << a.name << ": " << a.claims[c].text;
        }
        ASSERT_EQ(a.claims[c].timeline.has_value(), b.claims[c].timeline.has_value());
        if (!a.claims[c].timeline) continue;
        EXPECT_EQ(a.claims[c].timeline->t_cross, b.claims[c].timeline->t_cross) << a.name;
        EXPECT_EQ(a.claims[c].timeline->t_act, b.claims[c].timeline->t_act) << a.name;
        EXPECT_EQ(a.claims[c].timeline->t_detect, b.claims[c].timeline->t_detect) << a.name;
      }
    }
  }
}
