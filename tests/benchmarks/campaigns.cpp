// SPDX-License-Identifier: Apache-2.0
// Campaigns of the built program, by the CPU time that it and all its processes take. The peer in the same run is the
// bare scenario: a fork, the simulation, no reading, no record. `ratio` is what a run of a campaign costs beside it.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "rig/bench/sim/run_scenario.hpp"
#include "rig/scenario/reader.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path shipped_scenarios = fs::path(CELLRIG_SOURCE_DIR) / "scenarios";
double bare_run_s = 0;  // of the last bare_run

double children_cpu_s() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void bare_run(benchmark::State& state) {
  std::vector<rig::scenario::ScenarioError> errors;
  const auto all =
      rig::scenario::read_scenarios(shipped_scenarios / "campaigns/on_test/limits.yaml", shipped_scenarios, errors);
  const rig::scenario::Scenario* lot = nullptr;
  for (const auto& one : all)
    if (one.name == "charge_of_a_lot") lot = &one;
  if (lot == nullptr) return state.SkipWithError("charge_of_a_lot is not there");
  rig::bench::RunOptions options;
  options.firmware = fs::path(CELLRIG_BINARY_DIR) / "firmware/jk.so";
  const double before_s = children_cpu_s();
  std::size_t runs = 0;
  for (auto _ : state) {
    const double start_s = children_cpu_s();
    const pid_t child = fork();
    if (child == 0) _exit(rig::bench::run_scenario(*lot, options).claims.empty() ? 1 : 0);
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) state.SkipWithError("the scenario gave nothing");
    state.SetIterationTime(children_cpu_s() - start_s);
    ++runs;
  }
  bare_run_s = (children_cpu_s() - before_s) / static_cast<double>(runs);
}

/// A campaign of the shipped ones, `runs` runs of it an iteration.
void campaign(benchmark::State& state, const std::string& word, double runs, double asked_runs, double asked_s) {
  const fs::path out = fs::temp_directory_path() / ("campaign_benchmark_" + std::to_string(getpid()));
  const std::string command = "CELLRIG_SCENARIOS='" + shipped_scenarios.string() +
                              "' '" CELLRIG_BINARY_DIR "/cellrig' campaign " + word + " --out '" + out.string() +
                              "' >/dev/null";
  double cpu_s = 0;
  for (auto _ : state) {
    const double start_s = children_cpu_s();
    if (std::system(command.c_str()) != 0) state.SkipWithError("the campaign did not pass");
    state.SetIterationTime(children_cpu_s() - start_s);
    cpu_s += children_cpu_s() - start_s;
  }
  fs::remove_all(out);
  const double each_s = cpu_s / runs / static_cast<double>(state.iterations());
  state.counters["ms_a_run"] = 1e3 * each_s;
  state.counters["on_2_cores_s"] = each_s * asked_runs / 2;
  state.counters["asked_s"] = asked_s;
  if (bare_run_s > 0) state.counters["ratio"] = each_s / bare_run_s;
}

BENCHMARK(bare_run)->UseManualTime()->Iterations(100)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(campaign, ten_thousand_draws_of_120_s, "campaigns/lots.yaml", 500, 10000, 20)
    ->UseManualTime()
    ->Iterations(2)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(campaign, sixty_four_phases_of_ten, "campaigns/phases.yaml", 640, 640, 3)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
