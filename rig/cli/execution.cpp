// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/execution.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "reports/digest.hpp"
#include "rig/campaign/firmware_identity.hpp"
#include "rig/campaign/pool.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/progress.hpp"
#include "rig/cli/text.hpp"

namespace rig::cli {

namespace fs = std::filesystem;
using campaign::Task;
using Words = std::vector<std::string>;

namespace {

std::set<fs::path> files_of(const std::vector<Task>& tasks) {
  std::set<fs::path> files;
  for (const Task& task : tasks) files.insert(task.firmware);
  return files;
}

void identify(const std::vector<Task>& tasks, reports::RunResult& run) {
  Words files, names, versions, hashes;
  for (const fs::path& file : files_of(tasks)) {
    const campaign::FirmwareIdentity identity = campaign::identify_firmware(file);
    files.push_back(file.string());
    names.push_back(identity.name);
    versions.push_back(identity.version);
    hashes.push_back(reports::sha256_file(file));
  }
  run.firmware_file = joined(files, ", ");
  run.firmware_name = joined(names, ", ");
  run.firmware_version = joined(versions, ", ");
  run.firmware_sha256 = joined(hashes, ", ");
}

reports::DecisionRule rule_of(const scenario::BenchUncertainty& bench) {
  reports::DecisionRule rule;
  if (!bench.any()) return rule;
  rule.rule = "guard_band";
  rule.coverage_factor = scenario::BenchUncertainty::k;
  for (const scenario::Uncertainty& one : bench.stated) {
    const bool is_temperature = one.dimension == scenario::Dimension::temperature;
    const auto unit = is_temperature ? scenario::Dimension::temperature_difference : one.dimension;
    reports::StatedUncertainty stated;
    stated.quantity = scenario::dimension_name(one.dimension);
    if (one.absolute > 0)
      stated.absolute = {one.absolute, std::string(scenario::base_unit(unit)), scenario::format({one.absolute, unit})};
    if (one.relative > 0) stated.relative = one.relative;
    stated.coverage_factor = one.k;
    stated.source = one.source;
    rule.uncertainty.push_back(std::move(stated));
  }
  return rule;
}

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

}  // namespace

campaign::CampaignResult run_tasks(const std::vector<Task>& tasks, const scenario::BenchCapabilities& bench,
                                   const fs::path& folder, double stall_s, const Call& call) {
  const auto cores = static_cast<unsigned>(
      std::min<std::size_t>(call.arguments.jobs.value_or(campaign::available_cores()), tasks.size()));
  Progress progress(call.host.out, call.host.out_is_terminal, tasks.size(), cores);
  campaign::CampaignOptions options;
  options.jobs = cores;
  options.seed = call.arguments.seed;
  options.folder = folder;
  options.csv = call.arguments.csv;
  options.vcd = call.arguments.vcd;
  options.strict = call.arguments.strict;
  options.fail_fast = call.arguments.fail_fast;
  options.in_process = call.arguments.in_process;
  options.stall_limit_s = stall_s;
  options.uncertainty = bench.uncertainty;
  options.runner = call.host.runner;
  options.on_finished = [&] { progress.finished_one(); };
  options.on_tick = [&] { progress.tick(); };
  campaign::CampaignResult result = run_campaign(tasks, options);
  progress.end();
  return result;
}

reports::RunResult begin_result(const std::vector<Task>& tasks, const scenario::BenchCapabilities& bench,
                                const Call& call) {
  reports::RunResult run;
  if (call.arguments.bench != "sim") run.bench = "sim, limited to " + bench.name;
  run.decision_rule = rule_of(bench.uncertainty);
  run.tool_version = CELLRIG_VERSION;
  run.host = host_name();
  run.started = time_of_day();
  run.seed = call.arguments.seed;
  run.strict = call.arguments.strict;
  identify(tasks, run);
  return run;
}

}  // namespace rig::cli
