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
    shown.set("svg", draw(picture, trace, end_ns, scenario.name + ": " + one->text));
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

std::vector<std::pair<std::string, std::string>> facts(const ScenarioResult& scenario) {
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) pairs.emplace_back(name, value);
  };
  add("scenario file", scenario.file.empty() ? "" : scenario.file + ":" + std::to_string(scenario.line));
  add("SHA-256 of scenario, pack and board files", scenario.scenario_sha256);
  add("SHA-256 of the settings", scenario.settings.empty() ? "" : parameter_sha256(scenario.settings));
  add("board", scenario.board);
  add("pack", scenario.pack);
  add("seed", std::to_string(scenario.seed));
  add("simulated time", trimmed(scenario.simulated_s, 6) + " s");
  add("firmware wake-ups", std::to_string(scenario.wake_ups));
  add("scan period", scenario.scan_period_s > 0 ? trimmed(scenario.scan_period_s * 1e3, 6) + " ms" : "");
  add("trace", scenario.trace_file);
  add("SHA-256 of the trace", scenario.trace_sha256);
  std::string labels;
  for (const std::string& label : scenario.labels) labels += (labels.empty() ? "" : ", ") + label;
  add("labels", labels);
  std::string imposed;
  for (const std::string& signal : scenario.imposed) imposed += (imposed.empty() ? "" : ", ") + signal;
  add("imposed by an ideal source", imposed);
  return pairs;
}

// Only what differs from the settings that most scenarios of this board have.
void set_settings(data& all, const ScenarioResult& scenario, const Parameters& usual) {
  std::vector<std::pair<std::string, std::string>> differing;
  for (const auto& [name, value] : unusual(scenario.settings, usual)) {
    differing.emplace_back(name, value.empty() ? "not a setting here" : value);
  }
  all.set("settings", pairs(differing));
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
  for (const ClaimResult& one : scenario.claims) claims.push_back(claim(one));
  all.set("claims", claims);
  std::string imposed;
  for (const std::string& name : scenario.imposed) imposed += (imposed.empty() ? "" : ", ") + name;
  all.set("imposed", text(imposed));
  all.set("has_claims", data(!scenario.claims.empty()));
  all.set("findings", findings(scenario));
  all.set("has_findings", data(!scenario.findings.empty()));
  std::vector<std::pair<std::string, std::string>> figures;
  for (const auto& [name, value] : scenario.figures) figures.emplace_back(name, value.text);
  all.set("figures", pairs(figures));
  all.set("has_figures", data(!figures.empty()));
  set_settings(all, scenario, usual);
  all.set("facts", pairs(facts(scenario)));
  all.set("again", text(scenario.again));
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
