// SPDX-License-Identifier: Apache-2.0
// How much faster the plant is than ngspice on the same pack, both in one run: an hour at 1 Hz drive current and an
// hour of CC/CV charge, every cell and the pack voltage put out at the same step. Nothing but the plant runs: no
// firmware, kernel or trace.
//
// The ratio is CPU time against CPU time, medians of runs that alternate. Of ngspice counts the transient analysis
// alone: process time less that of the same netlist stopped after 10 ms, or the elapsed time of the analysis by its own
// clock, whichever is smaller. Its result stays in its memory. ngspice takes its fastest tolerance that gets through
// (reltol 1e-3), although it then strays by up to 1.2 mV at 1 s (tests/models/spice_test.cpp). Of the plant counts all:
// construction, segments, output.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/support/program.hpp"
#include "tests/support/spice/ngspice.hpp"

namespace {

using namespace tests::spice;

constexpr int pairs = 7, plant_runs_a_pair = 100;
constexpr double asked_ratio = 300;

double cpu_s() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

/// Runs the plant of a case to its end; row after row all cells and the pack. Returns segments.
long run_plant(const Case& c, double step_s, std::vector<double>& out) {
  auto plant = make_plant(c);
  const auto step = static_cast<std::int64_t>(step_s * 1e9 + 0.5), end = static_cast<std::int64_t>(c.duration_s * 1e9);
  double* row = out.data();
  long segments = 0;
  for (std::int64_t t = 0; t <= end;) {
    const std::int64_t horizon = plant.look_ahead();
    ++segments;
    if (const std::int64_t last = std::min(horizon - 1, end); t <= last) {
      const std::int64_t count = (last - t) / step + 1;
      plant.voltages(t, step, static_cast<std::size_t>(count), row);
      t += count * step;
      row += count * (c.cells + 1);
    }
    plant.advance_exactly_to(horizon);
  }
  return segments;
}

double plant_cpu_s(const Case& c, double step_s, std::vector<double>& out) {
  const double start = cpu_s();
  for (int i = 0; i < plant_runs_a_pair; ++i) run_plant(c, step_s, out);
  return (cpu_s() - start) / plant_runs_a_pair;
}

bool compare(int cells, Drive drive, double step_s, const tests::TemporaryFolder& folder) {
  const Case c = make_case(cells, drive);
  std::vector<double> out(static_cast<std::size_t>(c.duration_s / step_s + 2) * static_cast<std::size_t>(cells + 1));
  const long segments = run_plant(c, step_s, out);
  std::vector<double> plant, theirs, whole, by_its_clock;
  for (int i = 0; i < pairs; ++i) {
    plant.push_back(plant_cpu_s(c, step_s, out));
    const double start_up = run_ngspice(netlist(c, {step_s, 1e-2, 1e-3, {}}), folder.path()).cpu_s;
    const NgspiceRun run = run_ngspice(netlist(c, {step_s, c.duration_s, 1e-3, {}}), folder.path());
    whole.push_back(run.cpu_s);
    by_its_clock.push_back(run.transient_s);
    theirs.push_back(std::min(run.cpu_s - start_up, run.transient_s));
  }
  const double ratio = median(theirs) / median(plant);
  std::printf("%3dS %-11s %5.1f s  %9.1f %9.1f %9.1f  %8.3f %7ld %9.0f  %6.0f x%s\n", cells,
              drive == Drive::cc_cv ? "CC/CV" : "drive cycle", step_s, 1e3 * median(whole), 1e3 * median(by_its_clock),
              1e3 * median(theirs), 1e3 * median(plant), segments, 1e9 * median(plant) / c.duration_s, ratio,
              ratio >= asked_ratio ? "" : "  below 300");
  std::fflush(stdout);
  return ratio >= asked_ratio;
}

}  // namespace

int main() {
  if (!has_ngspice()) {
    std::puts("ngspice is not on this machine: sudo apt-get install ngspice");
    return EXIT_FAILURE;
  }
  std::printf("an hour simulated, ms of CPU, medians of %d alternating runs\n", pairs);
  std::puts("                          ngspice                        plant                        ratio");
  std::puts("pack                step  process  its clock transient      all segments  ns a s");
  const tests::TemporaryFolder folder;
  bool all = true;
  for (const Drive drive : {Drive::drive_cycle, Drive::cc_cv})
    for (const int cells : {8, 24})
      for (const double step_s : {1.0, 0.1}) all = compare(cells, drive, step_s, folder) && all;
  std::puts(all ? "300 x or more everywhere" : "less than 300 x somewhere");
  return EXIT_SUCCESS;
}
