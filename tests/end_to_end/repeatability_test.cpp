// SPDX-License-Identifier: Apache-2.0
// The same seed gives the same bytes, whatever the job count and the processor's instruction set.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

namespace {

namespace fs = std::filesystem;

/// Everything a run wrote that must repeat: traces whole, result.json without the time of day.
std::map<std::string, std::string> evidence(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".trace") files[entry.path().filename()] = tests::slurp(entry.path());
  }
  auto result = nlohmann::json::parse(tests::slurp(folder / "result.json"));
  result.erase("time_of_day");
  for (auto& scenario : result["scenarios"]) scenario.erase("time_of_day");
  files["result.json"] = result.dump(1);
  return files;
}

const std::string many =
                      " '" CELLRIG_SOURCE_DIR "/scenarios/protection' '" CELLRIG_SOURCE_DIR
                      "/scenarios/faults' '" CELLRIG_SOURCE_DIR "/scenarios/balancing/convergence_8s_280ah_1a.yaml' ",
                  few = " '" CELLRIG_SOURCE_DIR "/scenarios/sensing' ";

std::map<std::string, std::string> run_with(const std::string& environment, const std::string& options,
                                            const std::string& scenarios = many) {
  const tests::TemporaryFolder out;
  const auto ran =
      tests::run(environment + " " + tests::cellrig() + " run " + scenarios + options + " --out " + out.text());
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  return evidence(out.path());
}

void expect_same(const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b) {
  ASSERT_GT(a.size(), 5u);
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, bytes] : a) EXPECT_TRUE(b.at(name) == bytes) << name << " differs";
}

}  // namespace

TEST(Repeatability, OneJobAndTwoGiveTheSameBytes) { expect_same(run_with("", "--jobs 1"), run_with("", "--jobs 2")); }

TEST(Repeatability, AProcessorWithoutFmaAndAvx2GivesTheSameBytes) {
  expect_same(run_with("", "--jobs 2"),
              run_with("GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-AVX512F,-FMA4", "--jobs 2"));
}

TEST(Repeatability, AnotherSeedGivesOtherTraces) {
  const auto one = run_with("", "--seed 1", few), two = run_with("", "--seed 2", few);
  EXPECT_NE(one.at("result.json"), two.at("result.json"));
}
