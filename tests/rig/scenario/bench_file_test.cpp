// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/bench_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/program.hpp"

namespace rig::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;

class BenchFile : public ::testing::Test {
 protected:
  std::optional<BenchCapabilities> read(const std::string& uncertainty) {
    std::ofstream(folder_.path() / "b.yaml") << "name: b\nis: sim\ncan: [soc]\n" << uncertainty;
    errors_.clear();
    auto bench = read_bench(folder_.path() / "b.yaml", folder_.path(), errors_);
    sentences_.clear();
    for (const ScenarioError& error : errors_) sentences_.emplace_back(error.what());
    return bench;
  }
  std::string only_error(const std::string& uncertainty) {
    EXPECT_FALSE(read(uncertainty).has_value());
    EXPECT_EQ(sentences_.size(), 1u) << ::testing::PrintToString(sentences_);
    return sentences_.empty() ? "" : sentences_.front().substr(folder_.text().size() + 1);
  }
  tests::TemporaryFolder folder_;
  std::vector<ScenarioError> errors_;
  std::vector<std::string> sentences_;
};

TEST_F(BenchFile, StatesItsUncertaintyByQuantity) {
  const auto bench = read(
      "uncertainty:\n  voltage: {absolute: 1 mV, relative: 0.05 %, k: 2, source: certificate 1}\n"
      "  temperature: {absolute: 0.6 K, k: 3, source: certificate 2}\n"
      "  time: {relative: 50 ppm, k: 2, source: oscillator}\n");
  ASSERT_TRUE(bench.has_value()) << ::testing::PrintToString(sentences_);
  const BenchUncertainty& stated = bench->uncertainty;
  ASSERT_EQ(stated.stated.size(), 3u);
  EXPECT_EQ(stated.stated[0].source, "certificate 1");
  EXPECT_DOUBLE_EQ(stated.standard(Dimension::voltage, -4), (0.001 + 0.0005 * 4) / 2);
  EXPECT_DOUBLE_EQ(stated.standard(Dimension::temperature, 85), 0.2);
  EXPECT_DOUBLE_EQ(stated.standard(Dimension::time, 10), 50e-6 * 10 / 2);
  EXPECT_TRUE(std::isnan(stated.standard(Dimension::current, 1)));
}

TEST_F(BenchFile, WithoutAStatementNothingIsKnown) {
  const auto bench = read("");
  ASSERT_TRUE(bench.has_value());
  EXPECT_FALSE(bench->uncertainty.any());
}

TEST_F(BenchFile, MistakesInAStatementAreToldWithTheirPlace) {
  const std::string head = "uncertainty:\n  voltage: ";
  EXPECT_EQ(only_error(head + "{k: 2, source: c}\n"), "b.yaml:5:12  voltage: absolute or relative is due");
  EXPECT_EQ(only_error("uncertainty:\n  temperature: {k: 2, source: c}\n"),
            "b.yaml:5:16  temperature: absolute is due");
  EXPECT_EQ(only_error(head + "{absolute: 1 mV, source: c}\n"), "b.yaml:5:12  voltage: k is missing");
  EXPECT_EQ(only_error(head + "{absolute: 1 mV, k: 2}\n"), "b.yaml:5:12  voltage: source is missing");
  EXPECT_EQ(only_error(head + "{absolute: 1 mV, k: 0.5, source: c}\n"),
            "b.yaml:5:32  k: \"0.5\" is no coverage factor; 2 is usual, 1 to 10");
  EXPECT_EQ(only_error(head + "{absolute: 0 mV, k: 2, source: c}\n"),
            "b.yaml:5:23  absolute: \"0 mV\" must be greater than zero");
  EXPECT_EQ(only_error(head + "{absolute: 1 mA, k: 2, source: c}\n"),
            "b.yaml:5:23  absolute: \"1 mA\" is a current; a voltage is due, such as 1 V or 1000 mV");
  EXPECT_EQ(only_error("uncertainty:\n  temperature: {absolute: 1 K, relative: 1 %, k: 2, source: c}\n").substr(0, 59),
            "b.yaml:5:32  temperature: relative is not a key here. Known");
  EXPECT_EQ(only_error("uncertainty: {}\n"), "b.yaml:4:14  uncertainty: voltage, current, temperature or time is due");
  EXPECT_EQ(only_error("uncertainty: 5 mV\n"),
            "b.yaml:4:14  uncertainty: a mapping (key: value) is due; this is a text");
}

}  // namespace
}  // namespace rig::scenario
