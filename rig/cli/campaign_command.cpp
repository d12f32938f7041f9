// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/digest.hpp"
#include "rig/campaign/apart.hpp"
#include "rig/campaign/exit_code.hpp"
#include "rig/campaign/firmware_identity.hpp"
#include "rig/campaign/page.hpp"
#include "rig/campaign/pool.hpp"
#include "rig/campaign/scenario_text.hpp"
#include "rig/campaign/shrink.hpp"
#include "rig/campaign/tell.hpp"
#include "rig/cli/campaign_failing.hpp"
#include "rig/cli/campaign_progress.hpp"
#include "rig/cli/campaign_scenarios.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/stall_limit.hpp"
#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using campaign::Plan;
using campaign::Record;
using campaign::Shot;
using Json = nlohmann::ordered_json;

/// A campaign that can start: nothing in it is wrong.
struct Prepared {
  Plan plan;
  std::vector<scenario::Scenario> bases;
  campaign::Sweep sweep;  // of all but a search
};

class Preparation {
 public:
  explicit Preparation(const Call& call) : call_(call), files_(call.places.scenarios) {}

  /// Every campaign of FILE, or the one of FILE::NAME; mistakes in `mistakes`.
  std::vector<std::unique_ptr<Prepared>> prepare(const std::string& word) {
    std::vector<std::unique_ptr<Prepared>> all;
    const std::size_t colons = word.rfind("::");
    const std::string path = word.substr(0, colons), name = colons == std::string::npos ? "" : word.substr(colons + 2);
    const fs::path file = CampaignScenarios::campaign_file(path, call_.places.scenarios);
    if (file.empty()) {
      mistakes.push_back(path +
                         (fs::is_directory(path) ? " is a folder; a campaign file is due" : ": no such campaign file"));
      return all;
    }
    scenario::Problems problems;
    CampaignScenarios scenarios(call_.places.scenarios, files_, problems);
    const auto find = [&](const std::string& subject, const fs::path& beside, std::string& complaint) {
      return scenarios.find(subject, beside, complaint);
    };
    for (Plan& plan : campaign::read_plans(file, files_, find, problems)) {
      if (!name.empty() && plan.name != name) continue;
      all.push_back(std::make_unique<Prepared>());
      all.back()->plan = std::move(plan);
    }
    if (all.empty() && !problems.any()) mistakes.push_back(path + ": no campaign " + name + " in it");
    for (const auto& one : all)
      if (!problems.any()) check(*one, problems);
    for (const scenario::ScenarioError& error : problems.sorted()) mistakes.emplace_back(error.what());
    return all;
  }

  scenario::Files& files() { return files_; }
  std::vector<std::string> mistakes;

 private:
  void check(Prepared& prepared, scenario::Problems& problems) {
    for (const campaign::Subject& subject : prepared.plan.subjects)
      if (auto base = read_scenario(subject.tree, files_, problems)) prepared.bases.push_back(std::move(*base));
    if (problems.any()) return;
    if (prepared.plan.search) return campaign::check_search(prepared.plan, prepared.bases.front(), files_, problems);
    prepared.sweep = sweep_of(prepared.plan, prepared.bases, problems);
    if (problems.any()) return;
    check_reaction(prepared, problems);
    std::set<std::string> told;
    for (const std::size_t run : prepared.sweep.to_check) {
      std::vector<scenario::ScenarioError> errors;
      static_cast<void>(read_scenario(prepared.sweep.shot(run).tree, files_, errors));
      for (const scenario::ScenarioError& error : errors)
        if (told.insert(error.what()).second) problems.add(error);
    }
  }

  static void check_reaction(const Prepared& prepared, scenario::Problems& problems) {
    if (!prepared.plan.phases) return;
    for (const scenario::Scenario& base : prepared.bases) {
      if (campaign::reaction_claim(*prepared.plan.phases, base)) continue;
      const std::string& name = prepared.plan.phases->claim;
      problems.add(prepared.plan.phases->position, "phases: " + base.name + " has no claim " +
                                                       (name.empty() ? "when … then" : name) +
                                                       " whose delay would be the reaction");
    }
  }

  const Call& call_;
  scenario::Files files_;
};

/// One campaign from its folder to its last line.
class CampaignRun {
 public:
  CampaignRun(const Prepared& prepared, scenario::Files& files, fs::path folder, double stall_s, const Call& call)
      : prepared_(prepared),
        plan_(prepared.plan),
        files_(files),
        folder_(std::move(folder)),
        stall_s_(stall_s),
        call_(call) {}

  /// Result word. Throws Interrupted.
  std::string run() {
    fs::create_directories(folder_);
    const auto start = std::chrono::steady_clock::now();
    const Json identity = this->identity();
    for (const char* old : {"campaign.json", "campaign.txt", "campaign.html", "results.csv"}) fs::remove(folder_ / old);
    campaign::RunLog log(folder_ / "runs.jsonl", identity.dump(), call_.arguments.resume);
    CampaignProgress progress(call_.host.out, call_.host.out_is_terminal, plan_.name, prepared_.sweep.count,
                              log.kept().size());
    campaign::Shooter shooter(setting(progress), log);
    campaign::Told told = plan_.search ? search(shooter) : sweep(shooter);
    log.synchronise();
    progress.end();
    const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    write(identity, told, shooter.made(), wall_s);
    return told.result;
  }

 private:
  campaign::Shooter::Setting setting(CampaignProgress& progress) const {
    campaign::Shooter::Setting setting;
    setting.runner = call_.host.runner;
    setting.firmware = [this](const scenario::Scenario& scenario) { return firmware_of(scenario, call_); };
    setting.files = &files_;
    setting.jobs = call_.arguments.jobs.value_or(campaign::available_cores());
    setting.stall_limit_s = stall_s_;
    setting.on_progress = [&progress](std::size_t done) { progress.show(done); };
    return setting;
  }

  /// What must be the same for a campaign to go on where it stopped.
  Json identity() const {
    Json json{{"campaign", plan_.name},
              {"tool_version", CELLRIG_VERSION},
              {"tool_sha256", reports::sha256_file(call_.host.executable)},
              {"file_sha256", plan_.text_sha256},
              {"seed", plan_.seed}};
    std::set<fs::path> firmwares;
    for (const scenario::Scenario& base : prepared_.bases) {
      json["scenarios"].push_back({{"name", base.name}, {"sha256", base.sha256}});
      firmwares.insert(firmware_of(base, call_));
    }
    for (const fs::path& file : firmwares)
      json["firmware"].push_back({{"file", file.filename().string()}, {"sha256", reports::sha256_file(file)}});
    return json;
  }

  campaign::Told search(campaign::Shooter& shooter) {
    const campaign::ThresholdFound found = search_threshold(plan_, prepared_.bases.front(), shooter);
    return tell_threshold(plan_, found, shooter.made());
  }

  campaign::Told sweep(campaign::Shooter& shooter) {
    const std::vector<Record> records = shooter.run(prepared_.sweep.count, prepared_.sweep.shot);
    campaign::Told told = tell_sweep(plan_, prepared_.bases, prepared_.sweep, records);
    std::vector<Failing> failing;
    for (const Record& record : records) {
      if (campaign::exit_code(campaign::Judged{record.result, false}, call_.arguments.strict) != campaign::kExitPass)
        failing.push_back({record, prepared_.sweep.shot(record.run)});
    }
    FailingTold words = tell_failing(failing, folder_, files_, stall_s_, call_);
    told.lines.insert(told.lines.end(), words.lines.begin(), words.lines.end());
    told.details["failing"] = std::move(words.list);
    if (plan_.shrink) shrink_first(failing, shooter, told);
    return told;
  }

  void shrink_first(const std::vector<Failing>& failing, campaign::Shooter& shooter, campaign::Told& told) {
    const auto broken = [](const Record::Claim& claim) { return claim.result == "fail"; };
    const auto first = std::ranges::find_if(failing, [&](const Failing& f) {
      return f.record.result == "fail" && std::ranges::any_of(f.record.claims, broken);
    });
    if (first == failing.end()) return told.lines.push_back("    nothing to shrink: no claim was broken");
    const auto claim =
        static_cast<std::size_t>(std::ranges::find_if(first->record.claims, broken) - first->record.claims.begin());
    const bool measured = first->record.claims[claim].measured.has_value();
    const auto what = [](const Record& record) { return record.reason.substr(0, record.reason.find(": ")); };
    const bool is_invariant = claim >= campaign::count_of_claims(first->shot.tree);
    const auto still_fails = [&](const std::vector<scenario::ScenarioTree>& trees) {
      const auto records = shooter.run(trees.size(), [&](std::size_t i) {
        return Shot{trees[i], {{"shrinking", std::to_string(i)}}, first->shot.seed, {}};
      });
      std::vector<bool> fails;
      for (const Record& r : records)
        fails.push_back(r.result == "fail" && (is_invariant ? what(r) == what(first->record)
                                                            : r.claims.size() == 1 && broken(r.claims[0]) &&
                                                                  r.claims[0].measured.has_value() == measured));
      return fails;
    };
    const campaign::Shrunk shrunk = campaign::shrink(first->shot.tree, claim, still_fails);
    const fs::path file = folder_ / "shrunk.yaml";
    const std::string again = again_line(file, first->shot.seed, call_);
    campaign::write_scenario(
        shrunk.tree, shrunk.tree.entry.key + "_shrunk",
        {"The smallest scenario found that still fails as run " + std::to_string(first->record.run) + " did.",
         "again: " + again},
        file, files_);
    told.lines.push_back("    shrunk from " + counted(campaign::count_of_actions(first->shot.tree), "action") + " to " +
                         std::to_string(campaign::count_of_actions(shrunk.tree)) + " in " +
                         std::to_string(shrunk.tried) + " runs: " + file.string());
    Json& json = told.details["shrunk"];
    json["run"] = first->record.run;
    json["claim"] = claim;
    json["file"] = "shrunk.yaml";
    json["actions_before"] = campaign::count_of_actions(first->shot.tree);
    json["actions"] = campaign::count_of_actions(shrunk.tree);
    json["tried"] = shrunk.tried;
  }

  void write(const Json& identity, const campaign::Told& told, std::size_t runs, double wall_s) {
    Json json{{"schema_version", 1}};
    json.update(identity);
    json["about"] = plan_.about;
    json["file"] = plan_.file.generic_string();
    json["result"] = told.result;
    json["reason"] = told.result == "pass" ? "" : told.reason;
    json["runs"] = runs;
    json.update(told.details);
    const std::vector<Record> records = campaign::read_records(folder_ / "runs.jsonl");
    write_file(folder_ / "campaign.html", campaign::page_of(json, records));
    write_file(folder_ / "results.csv", campaign::csv_of(records));
    json["time_of_day"] = {{"ended", time_of_day()}, {"wall_s", wall_s}};
    write_file(folder_ / "campaign.json", json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    std::string text;
    for (const std::string& line : told.lines) text += line + "\n";
    if (told.result != "pass" && !told.reason.empty())
      text += "  " + told.result + ": " + printable(told.reason) + "\n";
    write_file(folder_ / "campaign.txt", text);
    char time[48];
    std::snprintf(time, sizeof time, "%.1f s", wall_s);
    call_.host.out << text << "    " << time << "   " << (folder_ / "campaign.html").string() << "\n" << std::flush;
  }

  const Prepared& prepared_;
  const Plan& plan_;
  scenario::Files& files_;
  fs::path folder_;
  double stall_s_;
  const Call& call_;
};

void check_firmware(const std::vector<std::unique_ptr<Prepared>>& all, const Call& call,
                    std::vector<std::string>& mistakes) {
  std::set<fs::path> told;
  for (const auto& one : all)
    for (const scenario::Scenario& base : one->bases) {
      const fs::path file = firmware_of(base, call);
      if (!fs::is_regular_file(file) && told.insert(file).second)
        mistakes.push_back("firmware " + file.string() + ": no such file");
    }
}

fs::path folder_for(const Plan& plan, bool alone, const Call& call) {
  if (!call.arguments.out) return fs::path("out") / plan.name;
  return alone ? fs::path(*call.arguments.out) : fs::path(*call.arguments.out) / plan.name;
}

}  // namespace

int campaign_command(const Call& call) {
  Preparation preparation(call);
  const auto all = campaign::apart([&] { return preparation.prepare(call.arguments.what.front()); });
  std::vector<std::string> mistakes = preparation.mistakes;
  const double stall_s = stall_limit_s(mistakes);
  if (mistakes.empty()) check_firmware(all, call, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  int code = campaign::kExitPass;
  for (const auto& one : all) {
    const fs::path folder = folder_for(one->plan, all.size() == 1, call);
    try {
      const std::string result = CampaignRun(*one, preparation.files(), folder, stall_s, call).run();
      code = std::max(code, campaign::exit_code(campaign::Judged{result, false}, call.arguments.strict));
    } catch (const campaign::AnotherCampaign& other) {
      return malformed(call.host, {other.what()});
    } catch (const campaign::Interrupted& interrupted) {
      call.host.out << "\n"
                    << one->plan.name << " was interrupted; --resume goes on with " << folder.string() << "\n"
                    << std::flush;
      return 128 + interrupted.signal;
    }
  }
  return code;
}

}  // namespace rig::cli
