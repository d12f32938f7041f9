// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/campaign_failing.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rig/campaign/scenario_text.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 20, most_traces = 5, most_shown = 5;

std::string name_of(const Failing& failing) {
  const std::string tail = "_run_" + std::to_string(failing.record.run);
  return failing.shot.tree.entry.key.substr(0, 150 - tail.size()) + tail;
}

std::string values_text(const campaign::Places& values) {
  std::vector<std::string> parts;
  for (const auto& [place, text] : values) parts.push_back(place + " " + text);
  return joined(parts, ", ");
}

/// With a trace, in the folder of the failing ones.
reports::ScenarioResult run_again(const Failing& failing, const fs::path& file, const std::string& again,
                                  double stall_limit_s, scenario::Files& files, const Call& call) {
  campaign::Shot shot = failing.shot;
  shot.tree.entry.key = name_of(failing);
  scenario::Scenario scenario = campaign::scenario_of(shot, files);
  scenario.file = file;
  const fs::path firmware = firmware_of(scenario, call);
  const campaign::Task task{std::make_shared<const scenario::Scenario>(std::move(scenario)), firmware, again, ""};
  campaign::CampaignOptions options;
  options.seed = shot.seed;
  options.folder = file.parent_path();
  options.stall_limit_s = stall_limit_s;
  options.runner = call.host.runner;
  return run_campaign({task}, options).scenarios.front();
}

void add_lines(const Failing& one, const std::string& again, std::vector<std::string>& lines) {
  std::string word = one.record.result;
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  lines.push_back("  " + word + "  run " + std::to_string(one.record.run) + "   " + values_text(one.record.values));
  lines.push_back("        " + printable(one.record.reason));
  lines.push_back("        again: " + again);
}

}  // namespace

fs::path firmware_of(const scenario::Scenario& scenario, const Call& call) {
  if (call.arguments.firmware) return *call.arguments.firmware;
  return for_people(call.places.firmware / (scenario.board.firmware + ".so"));
}

std::string again_line(const fs::path& file, std::uint64_t seed, const Call& call) {
  std::string line =
      shell_quoted(call.places.program) + " run " + shell_quoted(file.string()) + " --seed " + std::to_string(seed);
  if (call.arguments.firmware) line += " --firmware " + shell_quoted(*call.arguments.firmware);
  return line;
}

FailingTold tell_failing(const std::vector<Failing>& failing, const fs::path& folder, scenario::Files& files,
                         double stall_limit_s, const Call& call) {
  FailingTold told;
  told.list = nlohmann::ordered_json::array();
  const fs::path own = folder / "failing";
  std::error_code unused;
  fs::remove_all(own, unused);
  reports::RunResult run;
  for (std::size_t i = 0; i < std::min(failing.size(), most_files); ++i) {
    const Failing& one = failing[i];
    const fs::path file = own / ("run_" + std::to_string(one.record.run) + ".yaml");
    const std::string again = again_line(file, one.shot.seed, call);
    campaign::write_scenario(
        one.shot.tree, name_of(one),
        {"Run " + std::to_string(one.record.run) + " of a campaign: " + values_text(one.record.values),
         "again: " + again},
        file, files);
    if (i < most_traces) run.scenarios.push_back(run_again(one, file, again, stall_limit_s, files, call));
    told.list.push_back({{"run", one.record.run},
                         {"result", one.record.result},
                         {"reason", one.record.reason},
                         {"file", "failing/" + file.filename().string()},
                         {"seed", one.shot.seed}});
    if (i < most_shown) add_lines(one, again, told.lines);
  }
  if (failing.size() > most_shown)
    told.lines.push_back("  … and " + std::to_string(failing.size() - most_shown) + " more; runs.jsonl has them all");
  if (run.scenarios.empty()) return told;
  run.tool_version = CELLRIG_VERSION;
  run.started = time_of_day();
  write_file(own / "result.json", reports::to_json(run));
  write_file(own / "report.html", reports::html(run, own));
  told.lines.push_back("        pictures: " + (own / "report.html").string());
  return told;
}

}  // namespace rig::cli
