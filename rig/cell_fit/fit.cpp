// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_fit/fit.hpp"

#include <cmath>
#include <map>

#include "models/cell/cell_type.hpp"
#include "rig/cell_fit/cell_of.hpp"
#include "rig/cell_fit/refusal.hpp"
#include "rig/cell_fit/survey.hpp"
#include "rig/scenario/text.hpp"

namespace rig::cell_fit {
namespace {

using cell_bench::ErrorSum;
using cell_bench::Profile;
using cell_bench::Replay;
using scenario::fixed;

constexpr double least_known_r0 = 1;  // relative standard deviation
constexpr double largest_rms_V = 0.05;

void check_r0(const Solution& s) {
  for (const Estimate& group : s.groups) {
    for (std::size_t k = 0; k < s.soc.size(); ++k) {
      if (group.relative_sd[r0][k] <= least_known_r0) continue;
      throw Refusal("R0 at " + fixed(100 * s.soc[k], 1) + " % state of charge and " + fixed(group.temperature_degC, 0) +
                    " degC is not determined (standard deviation " + fixed(100 * group.relative_sd[r0][k], 0) +
                    " %); add pulses there");
    }
  }
}

/// The tests again, by the cell that a file with these parameters describes.
void replay_all(const std::vector<PulseTest>& tests, const Profile& slow_profile, const SlowRun& slow, Fitted& f) {
  const auto type = std::make_shared<models::cell::CellType>(f.cell);
  const double branch = slow.main().current_A < 0 ? -1 : 1;
  ErrorSum all;
  std::map<int, ErrorSum, std::greater<>> bands;
  for (std::size_t t = 0; t < tests.size(); ++t) {
    const Profile& p = tests[t].profile;
    f.replays.push_back(cell_bench::replay(type, p, {f.solution.start_soc[t], branch, tests[t].temperature_degC}, {}));
    const Replay& r = f.replays.back();
    for (std::size_t k = 0; k < p.time_s.size(); ++k) {
      const double error = r.model_V[k] - p.voltage_V[k];
      all.add(error, p.time_s[k]);
      bands[static_cast<int>(std::min(9.0, std::max(0.0, std::floor(r.states[k].soc * 10))))].add(error, p.time_s[k]);
    }
  }
  f.voltage_V = all.errors();
  for (const auto& [tenth, sum] : bands) f.bands.push_back({0.1 * tenth, 0.1 * (tenth + 1), sum.errors()});
  const Profile run = main_stretch(slow_profile, slow);
  f.slow_V = cell_bench::replay(type, run, {branch < 0 ? 1.0 : 0.0, branch, slow.temperature_degC}, {}).voltage_V;
}

}  // namespace

Fitted fit(const std::vector<PulseTest>& tests, const Profile& slow_profile, const SlowRun& slow,
           const Chemistry& chemistry, const Weights& weights) {
  for (const PulseTest& test : tests)
    check(survey(test.profile, slow.capacity_Ah), test.profile, chemistry, slow.capacity_Ah);
  Fitted f;
  f.solution = solve(tests, slow, chemistry, weights);
  check_r0(f.solution);
  f.cell = cell_of(f.solution, slow.capacity_Ah, chemistry);
  replay_all(tests, slow_profile, slow, f);
  const double worst_V = std::max(f.voltage_V.rms, f.slow_V.rms);
  if (worst_V > largest_rms_V) {
    throw Refusal("the best circuit misses the measured voltage by " + fixed(1e3 * worst_V, 0) + " mV RMS" +
                  (f.slow_V.rms > f.voltage_V.rms ? " along the slow run" : "") +
                  "; these files do not describe one cell (50 mV or less is accepted): another cell, current or start");
  }
  return f;
}

}  // namespace rig::cell_fit
