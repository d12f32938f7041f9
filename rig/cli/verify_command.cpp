// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <algorithm>
#include <optional>

#include "reports/manifest/manifest.hpp"
#include "rig/campaign/apart.hpp"
#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/execution.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/results.hpp"
#include "rig/cli/selection.hpp"
#include "rig/cli/stall_limit.hpp"
#include "rig/cli/text.hpp"
#include "rig/expect/timeline.hpp"
#include "rig/scenario/scenario_tree.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
namespace bundle = reports::manifest;
using campaign::Task;
using Words = std::vector<std::string>;

/// No bundle, or one that cannot be run again as it says.
struct NotABundle : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class TemporaryOutput {
 public:
  TemporaryOutput() {
    std::string name = (fs::temp_directory_path() / "cellrig-verify-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder can be made in " + name);
    path_ = name;
  }
  ~TemporaryOutput() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryOutput(const TemporaryOutput&) = delete;
  TemporaryOutput& operator=(const TemporaryOutput&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct ReadFile {
  explicit ReadFile(const fs::path& shipped) : files(shipped) {}
  scenario::Files files;
  std::vector<scenario::ScenarioTree> trees;
};

/// What stands in the folder against its manifest. Sentences for what differs.
Words changes(const fs::path& folder, const std::string& text, const bundle::Manifest& manifest) {
  Words told;
  if (!is_as_written(text, manifest)) told.emplace_back("changed: manifest.json");
  const bundle::Differences found = compare(folder, manifest);
  for (const std::string& file : found.changed) told.push_back("changed: " + file);
  for (const std::string& file : found.missing) told.push_back("missing: " + file);
  for (const std::string& file : found.extra) told.push_back("extra: " + file);
  return told;
}

/// Reads the inputs of a bundle, runs them again, and holds the outcome against what was recorded.
class Repetition {
 public:
  Repetition(const fs::path& folder, const bundle::Manifest& manifest, const Call& call)
      : folder_(folder), manifest_(manifest), arguments_(call.arguments) {
    arguments_.seed = manifest.run.seed;
    arguments_.strict = manifest.run.strict;
    arguments_.fail_fast = manifest.run.fail_fast;
    arguments_.csv = manifest.run.csv;
    arguments_.vcd = manifest.run.vcd;
    if (manifest.run.bench != "sim") arguments_.bench = (folder / manifest.run.bench).string();
    places_ = {folder / "inputs/scenarios", folder / "inputs/firmware", call.places.program};
  }

  /// The signal that ended it early, 0: none. Sentences for what differs in `differences`.
  int run(const Call& caller, Words& differences) {
    const Call call{caller.words, arguments_, places_, caller.host};
    const reports::RunResult recorded = recorded_result();
    const scenario::BenchCapabilities bench = bench_here();
    const std::vector<Task> tasks = campaign::apart([&] { return tasks_here(bench); });
    Words mistakes;
    const double stall_s = stall_limit_s(mistakes);
    if (!mistakes.empty()) throw NotABundle(mistakes.front());
    reports::RunResult now = begin_result(tasks, bench, call);
    campaign::CampaignResult done = run_tasks(tasks, bench, output_.path(), stall_s, call);
    if (done.interrupted_by != 0) return done.interrupted_by;
    now.scenarios = std::move(done.scenarios);
    now.invariants = reports::count_invariants(now.scenarios);
    give_recorded_names(now);
    compare_results(recorded, now, differences);
    if (differences.empty()) compare_pages(recorded, differences);
    return 0;
  }

 private:
  reports::RunResult recorded_result() const {
    const std::string text = read_file(folder_ / "result.json");
    reports::RunResult run = reports::from_json(text);
    Words names, listed;
    for (const reports::ScenarioResult& scenario : run.scenarios) names.push_back(scenario.name);
    for (const auto& scenario : manifest_.run.scenarios) listed.push_back(scenario.name);
    const bool is_whole = names.size() == listed.size() || manifest_.run.fail_fast;
    if (!is_whole || names.size() > listed.size() || !std::equal(names.begin(), names.end(), listed.begin()))
      throw NotABundle("manifest.json: its scenarios are not those of result.json");
    return run;
  }

  scenario::BenchCapabilities bench_here() const {
    Words mistakes;
    scenario::BenchCapabilities bench = bench_of(arguments_, places_, mistakes);
    if (!mistakes.empty()) throw NotABundle(joined(mistakes, "\n"));
    return bench;
  }

  std::vector<Task> tasks_here(const scenario::BenchCapabilities& bench) {
    std::vector<Task> tasks;
    for (const auto& wanted : manifest_.run.scenarios) {
      const auto found = std::make_shared<const scenario::Scenario>(scenario_called(wanted.name, wanted.file));
      tasks.push_back({found, firmware_of(*found), "",
                       joined(what_a_bench_cannot(*found, bench, expect::timelines_of(*found)), "; ")});
    }
    return tasks;
  }

  /// Only this one: the inputs of others in its file are not in the bundle.
  scenario::Scenario scenario_called(const std::string& name, const std::string& file) {
    std::vector<scenario::ScenarioError> errors;
    const auto [known, is_new] = read_.try_emplace(file, places_.scenarios);
    if (is_new) {
      scenario::Problems problems;
      known->second.trees = scenario_trees(folder_ / file, known->second.files, problems);
      errors = problems.sorted();
    }
    const auto is_it = [&](const scenario::ScenarioTree& tree) { return tree.entry.key == name; };
    const auto tree = std::ranges::find_if(known->second.trees, is_it);
    std::optional<scenario::Scenario> scenario;
    if (errors.empty() && tree != known->second.trees.end())
      scenario = read_scenario(*tree, known->second.files, errors);
    Words sentences;
    for (const scenario::ScenarioError& error : errors) sentences.emplace_back(error.what());
    if (sentences.empty() && !scenario) sentences.push_back(file + ": no scenario in it is called " + name);
    if (!sentences.empty()) throw NotABundle(joined(sentences, "\n"));
    return std::move(*scenario);
  }

  fs::path firmware_of(const scenario::Scenario& scenario) const {
    const auto& firmware = manifest_.run.firmware;
    const auto one_for_all = firmware.find("");
    const auto found = one_for_all != firmware.end() ? one_for_all : firmware.find(scenario.board.firmware);
    if (found == firmware.end()) throw NotABundle("manifest.json: no firmware " + scenario.board.firmware);
    return folder_ / found->second;
  }

  /// Inputs are called in a result as they were when they were first read.
  [[nodiscard]] std::string recorded_name(const std::string& here) const {
    const std::string path = fs::path(here).lexically_relative(folder_).generic_string();
    const auto entry = std::ranges::find(manifest_.files, path, &bundle::Entry::path);
    return entry == manifest_.files.end() || entry->was.empty() ? here : entry->was;
  }

  void give_recorded_names(reports::RunResult& now) const {
    for (reports::ScenarioResult& scenario : now.scenarios) {
      scenario.file = recorded_name(scenario.file);
      for (reports::ClaimResult& claim : scenario.claims) claim.file = recorded_name(claim.file);
    }
    Words files;
    for (const auto& [name, file] : manifest_.run.firmware) files.push_back(recorded_name((folder_ / file).string()));
    std::ranges::sort(files);
    now.firmware_file = joined(files, ", ");
  }

  void compare_results(const reports::RunResult& recorded, const reports::RunResult& now, Words& differences) const {
    const std::string member = bundle::first_result_difference(to_json(recorded), to_json(now));
    if (!member.empty()) differences.push_back("result.json: " + member);
    for (const reports::ScenarioResult& scenario : recorded.scenarios) {
      if (scenario.trace_file.empty()) continue;
      const fs::path again = output_.path() / scenario.trace_file;
      const std::string difference =
          !fs::exists(again) ? "came not now" : bundle::first_trace_difference(folder_ / scenario.trace_file, again);
      if (difference.empty()) continue;
      differences.push_back(scenario.trace_file + ": " + difference);
      return;
    }
  }

  /// Reports and text forms of traces are made from what has just been found to be the same.
  void compare_pages(const reports::RunResult& recorded, Words& differences) const {
    write_pages(recorded, output_.path());
    for (const fs::directory_entry& entry : fs::directory_iterator(output_.path())) {
      const fs::path there = folder_ / entry.path().filename();
      if (entry.path().extension() == ".log") continue;  // may hold addresses
      if (!fs::exists(there) || read_file(there) != read_file(entry.path()))
        differences.push_back(there.filename().string() + ": not what this version makes of result.json and traces");
    }
    std::ranges::sort(differences);
  }

  fs::path folder_;
  const bundle::Manifest& manifest_;
  Arguments arguments_;
  Places places_;
  TemporaryOutput output_;
  std::map<std::string, ReadFile> read_;
};

int differs(const Call& call, const Words& differences) {
  for (const std::string& sentence : differences) call.host.out << printable(sentence) << "\n";
  return campaign::kExitFail;
}

int verify(const fs::path& folder, const Call& call) {
  const fs::path file = folder / bundle::file_name;
  if (!fs::is_regular_file(fs::symlink_status(file)))
    throw NotABundle(folder.string() + ": no manifest.json in it; verify takes the output folder of a run");
  const std::string text = read_file(file);
  bundle::Manifest manifest;
  Words changed;
  try {
    manifest = bundle::from_json(text);
    changed = changes(folder, text, manifest);
  } catch (const std::runtime_error& refused) {
    throw NotABundle(folder.string() + ": " + refused.what());
  }
  if (!changed.empty()) return differs(call, changed);
  call.host.out << counted(manifest.files.size(), "file") << " as recorded\n" << std::flush;
  if (manifest.run.tool_version != CELLRIG_VERSION)
    call.host.out << "recorded by version " << manifest.run.tool_version << ", this is " CELLRIG_VERSION "\n";
  Words differences;
  const int signal = Repetition(folder, manifest, call).run(call, differences);
  if (signal != 0) return 128 + signal;
  if (!differences.empty()) return differs(call, differences);
  call.host.out << counted(manifest.run.scenarios.size(), "scenario") << " reproduced bit for bit\n";
  return campaign::kExitPass;
}

}  // namespace

int verify_command(const Call& call) {
  const fs::path given = call.arguments.what.front();
  if (!fs::is_directory(given)) return malformed(call.host, {given.string() + ": no such folder"});
  try {
    return verify(fs::canonical(given), call);
  } catch (const NotABundle& wrong) {
    return malformed(call.host, {wrong.what()});
  }
}

}  // namespace rig::cli
