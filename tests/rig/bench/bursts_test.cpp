// SPDX-License-Identifier: Apache-2.0
// A burst of the agenda (docs/adr/0009) is a way to save time, never another run: shipped scenarios, once as ever and
// once with every entry at the kernel's own time, give the same traces and verdicts to the byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <systemc>
#include <thread>

#include "rig/bench/sim/agenda.hpp"
#include "rig/campaign/campaign.hpp"
#include "rig/scenario/reader.hpp"
#include "tests/support/program.hpp"

namespace {

namespace fs = std::filesystem;
using rig::campaign::Runner;
using rig::campaign::Task;

/// Every scenario of a shipped folder, with the shipped firmware.
std::vector<Task> tasks_of(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(CELLRIG_SCENARIOS) / folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Task> tasks;
  for (const fs::path& file : files) {
    std::vector<rig::scenario::ScenarioError> errors;
    for (auto& scenario : rig::scenario::read_scenarios(file, CELLRIG_SCENARIOS, errors))
      tasks.push_back({std::make_shared<const rig::scenario::Scenario>(std::move(scenario)),
                       fs::path(CELLRIG_BINARY_DIR) / "firmware/jk.so", "", ""});
    EXPECT_TRUE(errors.empty()) << file;
  }
  return tasks;
}

constexpr const char* turns = "turns of the kernel";

/// Says beside the result how often the kernel went round.
reports::ScenarioResult counted(const rig::scenario::Scenario& scenario, const rig::bench::RunOptions& options) {
  reports::ScenarioResult result = run_scenario(scenario, options);
  result.figures[turns] = {static_cast<double>(sc_core::sc_delta_count()), "", ""};
  return result;
}

reports::ScenarioResult without_bursts(const rig::scenario::Scenario& scenario, const rig::bench::RunOptions& options) {
  rig::bench::Agenda::of_this_process().forbid_bursts();
  return counted(scenario, options);
}

struct Evidence {
  std::string name, verdicts, trace;
  double kernel_turns = 0;
};

std::vector<Evidence> evidence(const std::vector<Task>& tasks, const Runner& runner) {
  const tests::TemporaryFolder folder;
  rig::campaign::CampaignOptions options;
  options.jobs = std::max(1U, std::thread::hardware_concurrency());
  options.folder = folder.path();
  options.runner = runner;
  std::vector<Evidence> all;
  for (reports::ScenarioResult& result : run_campaign(tasks, options).scenarios) {
    EXPECT_NE(result.result, "error") << result.name << ": " << result.reason;
    const double kernel_turns = result.figures.at(turns).number;
    result.figures.erase(turns);
    result.wall_s = 0;
    all.push_back({result.name, reports::scenario_to_json(result), tests::slurp(folder.path() / result.trace_file),
                   kernel_turns});
  }
  return all;
}

class Bursts : public testing::TestWithParam<const char*> {};

TEST_P(Bursts, ChangeNoByteOfTraceOrVerdict) {
  const std::vector<Task> tasks = tasks_of(GetParam());
  const auto with = evidence(tasks, counted), without = evidence(tasks, without_bursts);
  ASSERT_EQ(with.size(), without.size());
  ASSERT_FALSE(with.empty());
  for (std::size_t i = 0; i < with.size(); ++i) {
    EXPECT_EQ(with[i].verdicts, without[i].verdicts) << with[i].name;
    EXPECT_TRUE(with[i].trace == without[i].trace) << with[i].name << ": the traces differ";
    EXPECT_LT(10 * with[i].kernel_turns, without[i].kernel_turns) << with[i].name << ": hardly a burst";
  }
}

INSTANTIATE_TEST_SUITE_P(Folders, Bursts,
                         testing::Values("protection", "faults", "sensing", "communication", "balancing"),
                         [](const auto& folder) { return std::string(folder.param); });

}  // namespace
