// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/render/drawing.hpp"
#include "reports/render/packed.hpp"
#include "reports/render/text.hpp"
#include "reports/render/view.hpp"
#include "reports/render/words.hpp"
#include "reports/trace/trace.hpp"

namespace reports::view {
namespace {

constexpr std::size_t max_pictures = 3;

// Every claim that did not pass, worst first; when all passed the protection event, else the claim with the least room.
std::vector<const ClaimResult*> to_be_shown(const ScenarioResult& scenario) {
  std::vector<const ClaimResult*> chosen;
  for (const ClaimResult& one : scenario.claims) {
    if (one.result != "pass" && one.result != "not_applicable") chosen.push_back(&one);
  }
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const auto* a, const auto* b) { return severity(a->result) < severity(b->result); });
  if (chosen.size() > max_pictures) chosen.resize(max_pictures);
  if (!chosen.empty() || scenario.claims.empty()) return chosen;
  const auto event = std::find_if(scenario.claims.begin(), scenario.claims.end(),
                                  [](const auto& one) { return one.timeline.has_value(); });
  chosen.push_back(event != scenario.claims.end() ? &*event : tightest(scenario));
  return chosen;
}

trace::Trace load(const ScenarioResult& scenario, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / scenario.trace_file;
  if (!std::filesystem::exists(file)) throw std::runtime_error("the trace " + scenario.trace_file + " is not there");
  const std::string found = sha256_file(file);
  if (found != scenario.trace_sha256) {
    throw std::runtime_error("the trace " + scenario.trace_file + " is not the one this result names: its SHA-256 is " +
                             found);
  }
  return trace::read(file);
}

void add_pictures(data& into, const ScenarioResult& scenario, const std::filesystem::path& folder,
                  std::size_t bytes_each) {
  data pictures = list();
  const trace::Trace trace = load(scenario, folder);
  for (const ClaimResult* one : to_be_shown(scenario)) {
    data shown = object();
    const Picture picture = picture_of(scenario, *one, trace);
    const std::int64_t end_ns = end_of(scenario, trace);
    shown.set("claim", text(one->text));
    shown.set("data", packed(picture, trace, end_ns, bytes_each));
    shown.set("svg", draw(picture, trace, end_ns));
    pictures.push_back(shown);
  }
  into.set("pictures", pictures);
}

data findings(const ScenarioResult& scenario) {
  data all = list();
  for (const Finding& finding : scenario.findings) {
    data row = object();
    row.set("at", text(seconds_text(finding.t_ns)));
    row.set("whose", text(finding.whose));
    row.set("what", text(finding.what));
    all.push_back(row);
  }
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

void add_hash(data& hashes, const std::string& name, const std::string& hash) {
  if (hash.empty()) return;
  data one = object();
  one.set("name", text(name));
  one.set("hash", text(hash));
  hashes.push_back(one);
}

void set_facts(data& all, const ScenarioResult& scenario, const Parameters& usual) {
  all.set("board", text(scenario.board));
  all.set("pack", text(scenario.pack));
  all.set("scenario_seed", text(std::to_string(scenario.seed)));
  all.set("simulated_time", text(trimmed(scenario.simulated_s, 6) + " s"));
  all.set("wake_ups", text(std::to_string(scenario.wake_ups)));
  all.set("scan_period", text(scenario.scan_period_s > 0 ? trimmed(scenario.scan_period_s * 1e3, 6) + " ms" : ""));
  all.set("labels", text(joined(scenario.labels)));
  data hashes = list();
  add_hash(hashes, scenario.file + ":" + std::to_string(scenario.line), scenario.scenario_sha256);
  const bool usual_settings = scenario.settings.empty() || scenario.settings == usual;
  add_hash(hashes, "settings", usual_settings ? "" : parameter_sha256(scenario.settings));
  const bool named_so = scenario.trace_file == scenario.name + ".trace";
  add_hash(hashes, named_so ? "trace" : "trace " + scenario.trace_file, scenario.trace_sha256);
  all.set("hashes", hashes);
}

// The line that runs it again: of a pass only where it is not the one that the page gives for all.
std::string again_of(const ScenarioResult& scenario) {
  const bool usual = scenario.again == "./cellrig run " + scenario.name + " --seed " + std::to_string(scenario.seed);
  return usual && shown_result(scenario) == "pass" ? "" : scenario.again;
}

// Only what differs from the settings that most scenarios of this board have.
void set_settings(data& all, const ScenarioResult& scenario, const Parameters& usual) {
  const Parameters differing = unusual(scenario.settings, usual);
  all.set("settings", settings(differing));
  all.set("has_settings", data(!differing.empty()));
  all.set("usual_settings", data(differing.empty() && !scenario.settings.empty()));
}

}  // namespace

data pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
  data all = list();
  for (const auto& [name, value] : pairs) {
    data row = object();
    row.set("name", text(name));
    row.set("value", text(value));
    all.push_back(row);
  }
  return all;
}

data settings(const Parameters& of) {
  std::vector<std::pair<std::string, std::string>> words;
  for (const auto& [name, value] : of) words.emplace_back(name, value.empty() ? "not a setting here" : value);
  return pairs(words);
}

std::size_t pictures_of(const ScenarioResult& scenario) {
  return scenario.trace_file.empty() ? 0 : to_be_shown(scenario).size();
}

data scenario(const ScenarioResult& scenario, const std::filesystem::path& folder, std::size_t bytes_each,
              const Parameters& usual) {
  data all = object();
  const std::string word = shown_result(scenario);
  set_result(all, word);
  set_shows(all, scenario.shows);
  all.set("open", data(word != "pass" && word != "not_run" && word != "not_applicable"));
  set_name(all, scenario.name);
  all.set("about", text(scenario.about));
  all.set("contradiction", text(contradiction(scenario)));
  all.set("reason", text(word == "pass" ? "" : scenario.reason));
  data claims = list();
  for (const ClaimResult& one : scenario.claims) {
    data row = claim(one, scenario.file);
    if (one.shows == scenario.shows) set_shows(row, {});  // said once, above the table
    claims.push_back(row);
  }
  all.set("claims", claims);
  all.set("imposed", text(joined(scenario.imposed)));
  all.set("has_claims", data(!scenario.claims.empty()));
  all.set("findings", findings(scenario));
  all.set("has_findings", data(!scenario.findings.empty()));
  std::vector<std::pair<std::string, std::string>> figures;
  for (const auto& [name, value] : scenario.figures) figures.emplace_back(name, value.text);
  all.set("figures", pairs(figures));
  all.set("has_figures", data(!figures.empty()));
  set_settings(all, scenario, usual);
  set_facts(all, scenario, usual);
  all.set("again", text(again_of(scenario)));
  all.set("pictures", data(false));
  all.set("trace_problem", data(false));
  if (scenario.trace_file.empty()) return all;
  try {
    add_pictures(all, scenario, folder, bytes_each);
  } catch (const std::exception& problem) {
    all.set("trace_problem", text(problem.what()));
  }
  return all;
}

}  // namespace reports::view
