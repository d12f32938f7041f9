// SPDX-License-Identifier: Apache-2.0
// The whole loop, trace and verdicts on: plant, ADC, firmware in its shared object, telemetry, judge, recorder, SystemC
// kernel. Each iteration is a process of its own, as in a run; what counts is its CPU time. Read ratios against
// `calibration`.
#include <benchmark/benchmark.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "rig/bench/sim/run_scenario.hpp"
#include "rig/scenario/reader.hpp"

namespace {

namespace fs = std::filesystem;

double cpu_s() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// The first scenario of a shipped file.
rig::scenario::Scenario first_of(const std::string& file) {
  const fs::path shipped = fs::path(CELLRIG_SOURCE_DIR) / "scenarios";
  std::vector<rig::scenario::ScenarioError> errors;
  auto all = rig::scenario::read_scenarios(shipped / file, shipped, errors);
  if (!all.empty()) return all.front();
  throw std::runtime_error(errors.empty() ? file + ": no scenario" : errors.front().what());
}

/// The same with another time a channel of the cell scan: 16 ms = one cell sampled a tick, 2 ms = all eight.
rig::scenario::Scenario with_scan(rig::scenario::Scenario scenario, double s_per_channel) {
  if (s_per_channel > 0) {
    for (auto& scan : scenario.board.scans) scan.time_per_channel_s = s_per_channel;
  }
  return scenario;
}

struct Measured {
  double cpu_s = 0, wake_ups = 0, scan_period_s = 0;
};

Measured in_a_process(const rig::scenario::Scenario& scenario) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    const fs::path trace = fs::temp_directory_path() / ("benchmark_" + std::to_string(getpid()) + ".trace");
    rig::bench::RunOptions options;
    options.firmware = fs::path(CELLRIG_BINARY_DIR) / "firmware/jk.so";
    options.trace_file = trace;
    const double start = cpu_s();
    const auto result = rig::bench::run_scenario(scenario, options);
    const Measured m{cpu_s() - start, static_cast<double>(result.wake_ups), result.scan_period_s};
    fs::remove(trace);
    const bool ok = result.result == "pass" && write(pipe_ends[1], &m, sizeof m) == sizeof m;
    _exit(ok ? 0 : 1);
  }
  close(pipe_ends[1]);
  Measured m;
  const bool read_all = read(pipe_ends[0], &m, sizeof m) == sizeof m;
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!read_all || status != 0) throw std::runtime_error("the scenario did not pass");
  return m;
}

void closed_loop(benchmark::State& state, const char* file, double s_per_channel = 0) {
  const auto scenario = with_scan(first_of(file), s_per_channel);
  Measured sum;
  for (auto _ : state) {
    const Measured m = in_a_process(scenario);
    state.SetIterationTime(m.cpu_s);
    sum.cpu_s += m.cpu_s;
    sum.wake_ups += m.wake_ups;
    sum.scan_period_s = m.scan_period_s;
  }
  const double runs = static_cast<double>(state.iterations()), simulated_s = runs * scenario.run_for_s;
  state.counters["ns_per_wake_up"] = sum.cpu_s / sum.wake_ups * 1e9;
  state.counters["cells_per_wake_up"] = scenario.pack.cells / sum.scan_period_s / (sum.wake_ups / simulated_s);
  state.counters["wake_ups_per_s"] = sum.wake_ups / simulated_s;
  state.counters["scan_period_s"] = sum.scan_period_s;
  state.counters["x_real_time"] = simulated_s / sum.cpu_s;
  state.counters["x_real_time_at_10ms"] = 0.01 / (sum.cpu_s / sum.wake_ups);
}

/// The peer in the same run: a dependent chain of multiplications and a division, about 1 us on a 2.6 GHz machine.
void calibration(benchmark::State& state) {
  for (auto _ : state) {
    double x = 1.0001;
    for (int i = 0; i < 150; ++i) x = x * 1.0000001 + 1e-9 / x;
    benchmark::DoNotOptimize(x);
  }
}
BENCHMARK(calibration);
#define CLOSED_LOOP(name, ...) \
  BENCHMARK_CAPTURE(closed_loop, name, __VA_ARGS__)->UseManualTime()->Unit(benchmark::kMillisecond)
CLOSED_LOOP(overcharge_8s, "protection/overcharge.yaml");
CLOSED_LOOP(overcharge_8s_one_cell_a_tick, "protection/overcharge.yaml", 16e-3);
CLOSED_LOOP(overcharge_8s_all_cells_a_tick, "protection/overcharge.yaml", 2e-3);
CLOSED_LOOP(overcharge_24s, "protection/overcharge_24s.yaml");
CLOSED_LOOP(balancing_24h_8s, "balancing/overnight_24h.yaml");
CLOSED_LOOP(drive_cycle_8s, "endurance/drive_cycle.yaml");

}  // namespace
