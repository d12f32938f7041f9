// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reports/result.hpp"
#include "rig/bench/sim/run_scenario.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::campaign {

/// Runs one scenario in the calling process: rig::bench::run_scenario, or a stand-in in tests.
using Runner = std::function<reports::ScenarioResult(const scenario::Scenario&, const bench::RunOptions&)>;

/// One scenario, with what its run needs beyond itself.
struct Task {
  std::shared_ptr<const scenario::Scenario> scenario;
  std::filesystem::path firmware;
  std::string again;           // the command that repeats exactly this run
  std::string not_applicable;  // why the bench cannot run it; "" when it can
};

struct CampaignOptions {
  unsigned jobs = 1;
  std::uint64_t seed = 1;
  std::filesystem::path folder;   // exists; traces and logs are written here
  bool csv = false, vcd = false;  // text traces as well
  bool strict = false,
       fail_fast = false;   // with fail_fast nothing behind the first red one (conditional: of strict) counts
  bool in_process = false;  // no child processes; for a debugger, one task only
  double stall_limit_s = 600;
  scenario::BenchUncertainty uncertainty = {};  // what the bench states
  Runner runner;
  std::function<void()> on_finished = {};  // once a scenario, in order of finishing
  std::function<void()> on_tick = {};
};

struct CampaignResult {
  std::vector<reports::ScenarioResult> scenarios;  // in the order of the tasks; with fail_fast the last may be red
  int interrupted_by = 0;                          // signal number, 0 = ran to the end
};

/// Runs every task in a process of its own and collects the results. Whatever happens to a process, its scenario gets a
/// result: a crash, a missing or contradictory result is `error`; what an interruption prevented is `not_run`. Apart
/// from wall_s, results do not depend on `jobs`. What a run printed is kept in <scenario>.log and told as a finding.
[[nodiscard]] CampaignResult run_campaign(const std::vector<Task>& tasks, const CampaignOptions& options);

}  // namespace rig::campaign
