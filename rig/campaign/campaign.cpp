// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/campaign.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "reports/digest.hpp"
#include "rig/bench/sim/identity.hpp"
#include "rig/campaign/exit_code.hpp"
#include "rig/campaign/file_name.hpp"
#include "rig/campaign/pool.hpp"
#include "rig/campaign/result_check.hpp"

namespace rig::campaign {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const Task& task, const CampaignOptions& options, const char* extension) {
  return options.folder / (file_stem(task.scenario->name) + extension);
}

void remove_old_files(const Task& task, const CampaignOptions& options) {
  for (const char* extension : {".trace", ".csv", ".vcd", ".log"}) fs::remove(file_of(task, options, extension));
}

reports::ClaimResult unjudged(const scenario::Claim& claim, const scenario::Scenario& scenario,
                              const std::string& word) {
  reports::ClaimResult result;
  result.text = claim.text;
  result.result = word;
  result.protection = claim.protection;
  result.shows = claim.shows.empty() ? scenario.shows : claim.shows;
  result.file = claim.position.file;
  result.line = claim.position.line;
  return result;
}

/// A result for a scenario that gave none of its own.
reports::ScenarioResult substitute(const Task& task, const CampaignOptions& options, const std::string& word,
                                   const std::string& reason) {
  const scenario::Scenario& scenario = *task.scenario;
  reports::ScenarioResult result = bench::identity(scenario, options.seed);
  result.result = word;
  result.reason = reason;
  const std::string of_claims = word == "not_applicable" ? word : "not_run";
  for (const scenario::Claim& claim : scenario.claims) result.claims.push_back(unjudged(claim, scenario, of_claims));
  if (word == "error") result.findings.push_back({0, "rig", reason});
  return result;
}

reports::ScenarioResult run_here(const Task& task, const CampaignOptions& options) {
  bench::RunOptions run;
  run.seed = options.seed;
  run.firmware = task.firmware;
  run.uncertainty = options.uncertainty;
  run.trace_file = file_of(task, options, ".trace");
  reports::ScenarioResult result = options.runner(*task.scenario, run);
  result.seed = options.seed;
  if (!fs::exists(run.trace_file)) return result;
  result.trace_file = run.trace_file.filename();
  result.trace_sha256 = reports::sha256_file(run.trace_file);
  if (options.csv) reports::write_csv(run.trace_file, file_of(task, options, ".csv"));
  if (options.vcd) reports::write_vcd(run.trace_file, file_of(task, options, ".vcd"));
  return result;
}

reports::ScenarioResult interpret(const Task& task, const CampaignOptions& options, const Outcome& outcome) {
  const auto error = [&](const std::string& why) { return substitute(task, options, "error", why); };
  if (outcome.ending == Ending::interrupted || outcome.ending == Ending::not_started) {
    return substitute(task, options, "not_run", outcome.text);
  }
  if (outcome.ending != Ending::finished) return error(outcome.text);
  try {
    reports::ScenarioResult result = reports::scenario_from_json(outcome.text);
    const std::string wrong = contradiction(result, *task.scenario);
    return wrong.empty() ? result : error("the result contradicts itself: " + wrong);
  } catch (const std::exception& unreadable) {
    return error(std::string("the result cannot be read: ") + unreadable.what());
  }
}

void keep_output(const Task& task, const CampaignOptions& options, const std::string& output,
                 reports::ScenarioResult& result) {
  if (output.empty()) return;
  const fs::path log = file_of(task, options, ".log");
  std::ofstream(log, std::ios::binary) << output;
  result.findings.push_back({0, "rig", "something was printed during the run, see " + log.filename().string()});
}

/// A trace that no result names is half a trace: whoever finds it must not take it for a whole one.
void remove_unnamed_traces(const Task& task, const CampaignOptions& options, const reports::ScenarioResult& result) {
  if (!result.trace_file.empty()) return;
  for (const char* extension : {".trace", ".csv", ".vcd"}) fs::remove(file_of(task, options, extension));
}

reports::ScenarioResult collect(const Task& task, const CampaignOptions& options, const Outcome& outcome) {
  reports::ScenarioResult result = interpret(task, options, outcome);
  keep_output(task, options, outcome.output, result);
  remove_unnamed_traces(task, options, result);
  result.again = task.again;
  result.wall_s = outcome.wall_s;
  return result;
}

Job job_of(const Task& task, const CampaignOptions& options) {
  return {[&task, &options] { return reports::scenario_to_json(run_here(task, options)); },
          {file_of(task, options, ".trace"), file_of(task, options, ".csv"), file_of(task, options, ".vcd")}};
}

bool is_red(const std::string& word, const CampaignOptions& options) {
  return exit_code({word}, options.strict) != kExitPass;
}

PoolResult run_in_processes(const std::vector<Task>& tasks, const CampaignOptions& options) {
  std::vector<Job> jobs;
  for (const Task& task : tasks) jobs.push_back(job_of(task, options));
  PoolOptions pool;
  pool.jobs = options.jobs;
  pool.stall_limit_s = options.stall_limit_s;
  pool.on_tick = options.on_tick;
  if (options.fail_fast)
    pool.is_last = [&](std::size_t i, const Outcome& o) {
      return is_red(interpret(tasks[i], options, o).result, options);
    };
  if (options.on_finished) pool.on_finished = [&](std::size_t, const Outcome&) { options.on_finished(); };
  return run_pool(jobs, pool);
}

PoolResult run_in_this_process(const Task& task, const CampaignOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  Outcome outcome;
  try {
    outcome = {Ending::finished, job_of(task, options).work(), "", 0};
  } catch (const std::exception& error) {
    outcome = {Ending::threw, error.what(), "", 0};
  }
  outcome.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {{outcome}, 0};
}

void stop_at_first_red(std::vector<reports::ScenarioResult>& scenarios, const CampaignOptions& options) {
  const auto red = std::ranges::find_if(scenarios, [&](const auto& s) { return is_red(s.result, options); });
  const auto behind = scenarios.end() - red - 1;
  if (behind <= 0) return;
  red->findings.push_back({0, "rig",
                           "stopped at the first red (--fail-fast): " + std::to_string(behind) +
                               (behind == 1 ? " scenario was" : " scenarios were") + " not run"});
  scenarios.erase(red + 1, scenarios.end());
}

}  // namespace

CampaignResult run_campaign(const std::vector<Task>& tasks, const CampaignOptions& options) {
  for (const Task& task : tasks) remove_old_files(task, options);
  std::vector<Task> able;
  std::ranges::copy_if(tasks, std::back_inserter(able), [](const Task& task) { return task.not_applicable.empty(); });
  const bool here = options.in_process && able.size() == 1;
  const PoolResult pool = here ? run_in_this_process(able.front(), options) : run_in_processes(able, options);
  CampaignResult result;
  result.interrupted_by = pool.interrupted_by;
  std::size_t ran = 0;
  for (const Task& task : tasks) {
    const bool is_able = task.not_applicable.empty();
    result.scenarios.push_back(is_able ? collect(able[ran], options, pool.outcomes[ran])
                                       : substitute(task, options, "not_applicable", task.not_applicable));
    ran += is_able ? 1 : 0;
  }
  if (options.fail_fast) stop_at_first_red(result.scenarios, options);
  return result;
}

}  // namespace rig::campaign
