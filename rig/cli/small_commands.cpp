// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "rig/campaign/exit_code.hpp"
#include "rig/cli/bundle.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/explain.hpp"
#include "rig/cli/explain_model.hpp"
#include "rig/cli/explain_signals.hpp"
#include "rig/cli/explain_word.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/results.hpp"
#include "rig/cli/selection.hpp"
#include "rig/cli/summary.hpp"
#include "rig/cli/text.hpp"
#include "rig/expect/timeline.hpp"

namespace rig::cli {

int list_command(const Call& call) {
  Selection selection = select(call.arguments, call.places);
  const scenario::BenchCapabilities bench = bench_of(call.arguments, call.places, selection.mistakes);
  if (!selection.mistakes.empty()) return malformed(call.host, selection.mistakes);
  bool any = false;
  for (const Selected& selected : selection.scenarios) {
    if (!what_a_bench_cannot(*selected.scenario, bench, expect::timelines_of(*selected.scenario)).empty()) continue;
    call.host.out << selected.scenario->name << "\n";
    any = true;
  }
  if (!any) return malformed(call.host, {nothing_runs_on(bench)});
  return campaign::kExitPass;
}

int explain_command(const Call& call) {
  const std::string name = call.arguments.what.empty() ? "models" : call.arguments.what.front();
  if (const scenario::ModelPage* model = scenario::find_model(name); model != nullptr || name == "models") {
    call.host.out << (model != nullptr ? explain(*model) : explainable());
    return campaign::kExitPass;
  }
  if (name == "signals") {
    call.host.out << explain_signals();
    return campaign::kExitPass;
  }
  if (const std::string text = explain_word(name, call.places.scenarios); !text.empty()) {
    call.host.out << text;
    return campaign::kExitPass;
  }
  Selection selection = select(call.arguments, call.places);
  if (!selection.mistakes.empty()) {
    const std::string near = near_words(name, call.places.scenarios);
    if (!near.empty()) selection.mistakes.push_back(name + " is no signal, setting or key either." + near);
    return malformed(call.host, selection.mistakes);
  }
  for (const Selected& selected : selection.scenarios) {
    if (&selected != &selection.scenarios.front()) call.host.out << "\n";
    call.host.out << explain(*selected.scenario);
  }
  return campaign::kExitPass;
}

int report_command(const Call& call) {
  const std::filesystem::path file = call.arguments.what.front();
  reports::RunResult run;
  try {
    run = reports::from_json(read_file(file));
  } catch (const std::exception& unreadable) {
    const std::string reason = unreadable.what();
    const bool names_file = reason.find(file.string()) != std::string::npos;
    return malformed(call.host, {names_file ? reason : file.string() + ": " + reason});
  }
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const Rendered rendered = render_results(run, folder, call);
  if (file.filename() == "result.json") refresh_bundle(folder, rendered.files);
  call.host.out << summary(run, {call.host.colours, rendered.report.string()});
  return rendered.exit_code;
}

}  // namespace rig::cli
