// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <set>

#include "rig/campaign/apart.hpp"
#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/execution.hpp"
#include "rig/cli/gdb.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/results.hpp"
#include "rig/cli/run_bundle.hpp"
#include "rig/cli/selection.hpp"
#include "rig/cli/stall_limit.hpp"
#include "rig/cli/summary.hpp"
#include "rig/cli/text.hpp"
#include "rig/cli/warnings.hpp"
#include "rig/expect/timeline.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using campaign::Task;
using Words = std::vector<std::string>;

fs::path firmware_for(const scenario::Scenario& scenario, const Call& call) {
  if (call.arguments.firmware) return *call.arguments.firmware;
  return for_people(call.places.firmware / (scenario.board.firmware + ".so"));
}

/// Only options that change what runs: the seed always, so that the line stays true when the default changes.
std::string again(const Selected& selected, const Call& call) {
  std::string line = shell_quoted(call.places.program) + " run " + shell_quoted(selected.selector);
  line += " --seed " + std::to_string(call.arguments.seed);
  if (call.arguments.firmware) line += " --firmware " + shell_quoted(*call.arguments.firmware);
  if (call.arguments.bench != "sim") line += " --bench " + shell_quoted(call.arguments.bench);
  return line;
}

std::vector<Task> tasks_of(const Selection& selection, const scenario::BenchCapabilities& bench, const Call& call) {
  std::vector<Task> tasks;
  for (const Selected& selected : selection.scenarios) {
    tasks.push_back(
        {selected.scenario, firmware_for(*selected.scenario, call), again(selected, call),
         joined(what_a_bench_cannot(*selected.scenario, bench, expect::timelines_of(*selected.scenario)), "; ")});
  }
  return tasks;
}

/// Who asks for a scenario by its name wants it run, and not left out.
Words named_but_not_applicable(const Selection& selection, const std::vector<Task>& tasks) {
  Words mistakes;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!selection.scenarios[i].named || tasks[i].not_applicable.empty()) continue;
    mistakes.push_back(tasks[i].scenario->name + " is not applicable: " + tasks[i].not_applicable);
  }
  return mistakes;
}

std::set<fs::path> firmwares_of(const std::vector<Task>& tasks) {
  std::set<fs::path> files;
  for (const Task& task : tasks) files.insert(task.firmware);
  return files;
}

/// What forbids a run before it starts.
Words mistakes_before(const std::vector<Task>& tasks, const Call& call) {
  Words mistakes;
  for (const fs::path& firmware : firmwares_of(tasks)) {
    if (!fs::exists(firmware))
      mistakes.push_back("firmware " + firmware.string() + ": no such file" +
                         (call.arguments.firmware ? "" : "; the board file names it, --firmware FILE.so another"));
    else if (!fs::is_regular_file(firmware))
      mistakes.push_back("firmware " + firmware.string() + ": not a file");
  }
  const char* alone = call.arguments.gdb ? "--gdb" : call.arguments.in_process ? "--in-process" : nullptr;
  if (alone != nullptr && tasks.size() != 1) {
    mistakes.push_back(std::string(alone) + " takes one scenario, not " + std::to_string(tasks.size()) + "; name it");
  }
  return mistakes;
}

std::vector<campaign::Judged> judged(const reports::RunResult& run, const Selection& selection) {
  std::vector<campaign::Judged> all;
  for (std::size_t i = 0; i < run.scenarios.size(); ++i)
    all.push_back({run.scenarios[i].result, selection.scenarios[i].named});
  return all;
}

bool is_whole_library(const Call& call) {
  return call.arguments.what.empty() && call.arguments.labels.empty() && call.arguments.without.empty();
}

void tell_of_warnings(const Selection& selection, const Call& call) {
  const std::size_t count = warnings_of(selection).size();
  if (count == 0) return;
  call.host.out << counted(count, "warning") << " of the linter; `" << shell_quoted(call.places.program) << " validate";
  for (const std::string& word : call.arguments.what) call.host.out << " " << shell_quoted(word);
  call.host.out << "` tells " << (count == 1 ? "it" : "them") << "\n";
}

int run_and_report(const Selection& selection, const std::vector<Task>& tasks, const scenario::BenchCapabilities& bench,
                   double stall_s, const Call& call) {
  fs::path folder;
  try {
    folder = make_output_folder(call.arguments.out);
  } catch (const std::runtime_error& refused) {
    return malformed(call.host, {refused.what()});
  }
  const auto start = std::chrono::steady_clock::now();
  const RunBundle bundle(selection, tasks, call);
  reports::RunResult run = begin_result(tasks, bench, call);
  campaign::CampaignResult done = run_tasks(tasks, bench, folder, stall_s, call);
  run.scenarios = std::move(done.scenarios);
  run.invariants = reports::count_invariants(run.scenarios);
  run.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  write_file(folder / "result.json", reports::to_json(run));
  const Rendered rendered = render_results(run, folder, call);
  bundle.write(run, rendered.files, folder);
  tell_of_warnings(selection, call);
  call.host.out << summary(run, {call.host.colours, rendered.report.string(), is_whole_library(call)}) << std::flush;
  if (done.interrupted_by != 0) return 128 + done.interrupted_by;
  const std::vector<campaign::Judged> all = judged(run, selection);
  if (nothing_applies(all)) return malformed(call.host, {nothing_runs_on(bench)});
  return std::max(campaign::exit_code(all, run.strict), rendered.exit_code);
}

}  // namespace

int run_command(const Call& call) {
  Selection selection;
  scenario::BenchCapabilities bench;
  const std::vector<Task> tasks = campaign::apart([&] {
    selection = select(call.arguments, call.places);
    bench = bench_of(call.arguments, call.places, selection.mistakes);
    return tasks_of(selection, bench, call);
  });
  Words mistakes = std::move(selection.mistakes);
  if (mistakes.empty()) mistakes = named_but_not_applicable(selection, tasks);
  const double stall_s = stall_limit_s(mistakes);
  if (mistakes.empty()) mistakes = mistakes_before(tasks, call);
  if (mistakes.empty() && call.arguments.gdb) mistakes.push_back(become(gdb_words(call.host.executable, call.words)));
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  return run_and_report(selection, tasks, bench, stall_s, call);
}

}  // namespace rig::cli
