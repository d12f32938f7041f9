// SPDX-License-Identifier: Apache-2.0
// What a firmware probes stands in every form of the trace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "reports/trace/trace.hpp"
#include "tests/support/program.hpp"

namespace {

namespace fs = std::filesystem;

class Probe : public testing::Test {
 protected:
  Probe() {
    ran_ = tests::run(tests::cellrig() + " run '" CELLRIG_SOURCE_DIR "/scenarios/faults/reset.yaml' --firmware '" +
                      CELLRIG_CONFORMANCE_DIR "/step.so' --trace csv,vcd --out " + out_.text());
  }
  [[nodiscard]] fs::path file(const char* extension) const {
    for (const auto& entry : fs::directory_iterator(out_.path())) {
      if (entry.path().extension() == extension) return entry.path();
    }
    return {};
  }
  tests::TemporaryFolder out_;
  tests::Ran ran_;
};

}  // namespace

TEST_F(Probe, IsASignalOfTheBinaryTrace) {
  const auto trace = reports::trace::read(file(".trace"));
  const auto& last = trace.header.signals.back();
  ASSERT_EQ(last.name, "probe.code") << ran_.output;
  std::size_t values = 0;
  for (const auto& change : trace.changes) values += change.signal + 1 == trace.header.signals.size() ? 1 : 0;
  EXPECT_GT(values, 100u) << "it samples a noisy current every 10 ms for 20 s";
}

TEST(ProbeAhead, OfAResetIsDropped) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "reset.yaml") << R"(reset_within_a_step:
  board: boards/jk_b2a8s20p.yaml
  pack: packs/lfp_4s_280ah.yaml
  do:
    - at: 1 s
      reset: firmware
  run_for: 2 s
  expect:
    - always: firmware.running is off
      after: 1.0001 s
      until: 1.0499 s
)";
  const auto ran = tests::run(tests::cellrig() + " run " + folder.text() + "/reset.yaml --firmware '" +
                              CELLRIG_CONFORMANCE_DIR "/probes_ahead.so' --out " + folder.text() + "/out");
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  std::size_t before = 0, during = 0, after = 0;
  for (const auto& file : fs::directory_iterator(folder.path() / "out")) {
    if (file.path().extension() != ".trace") continue;
    const auto trace = reports::trace::read(file);
    for (const auto& change : trace.changes) {
      if (trace.header.signals[change.signal].name != "probe.ahead") continue;
      ++(change.t_ns < 1'000'000'000 ? before : change.t_ns < 1'050'000'000 ? during : after);
    }
  }
  EXPECT_GT(before, 50u);
  EXPECT_EQ(during, 0u);
  EXPECT_GT(after, 50u);
}

TEST_F(Probe, IsAColumnOfTheCsv) {
  const std::string csv = tests::slurp(file(".csv"));
  EXPECT_THAT(csv.substr(0, csv.find('\n')), testing::HasSubstr(",probe.code")) << ran_.output;
}

TEST_F(Probe, IsAVariableOfTheVcd) {
  EXPECT_THAT(tests::slurp(file(".vcd")),
              testing::ContainsRegex("scope module probe .end\n.var [a-z0-9 ]+ .+ code .end"));
}
