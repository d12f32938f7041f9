// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <thread>

#include "reports/digest.hpp"
#include "reports/render/assets.hpp"
#include "reports/render/document.hpp"
#include "reports/render/text.hpp"
#include "reports/render/view.hpp"
#include "reports/render/words.hpp"

namespace reports {
namespace {

using view::data;

std::vector<const ScenarioResult*> worst_first(const RunResult& run) {
  std::vector<const ScenarioResult*> order;
  for (const ScenarioResult& scenario : run.scenarios) order.push_back(&scenario);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return severity(shown_result(*a)) < severity(shown_result(*b));
  });
  return order;
}

data counts(const RunResult& run) {
  data all = view::list();
  for (std::size_t index = 0; index < result_words.size(); ++index) {
    const std::string word((index == 0 ? result_words.back() : result_words[index - 1]));  // pass first, then by alarm
    const auto count = std::count_if(run.scenarios.begin(), run.scenarios.end(),
                                     [&](const auto& one) { return shown_result(one) == word; });
    if (count == 0 && word != "pass" && word != "fail" && word != "error") continue;
    data one = view::object();
    view::set_result(one, word);
    one.set("count", view::text(std::to_string(count)));
    one.set("zero", data(count == 0));
    all.push_back(one);
  }
  return all;
}

// A library shares this; a plot alone has more than a screen can show.
std::size_t plot_bytes_each(const RunResult& run) {
  constexpr std::size_t all = 600'000, least = 1'500, most = 60'000;
  std::size_t pictures = 1;
  for (const ScenarioResult& scenario : run.scenarios) pictures += view::pictures_of(scenario);
  return std::clamp(all / pictures, least, most);
}

// The first in full; of another board what it has in other words, where that is less.
data parameter_sets(const std::vector<UsualParameters>& usual) {
  data all = view::list();
  for (const UsualParameters& one : usual) {
    const UsualParameters& first = usual.front();
    const Parameters differing = unusual(one.settings, first.settings);
    const bool shorter = &one != &first && differing.size() < one.settings.size() / 2;
    data set = view::object();
    set.set("board", view::text(one.board));
    set.set("sha256", view::text(parameter_sha256(one.settings)));
    set.set("count", view::text(std::to_string(one.scenarios)));
    set.set("unlike", view::text(shorter ? first.board : ""));
    set.set("settings", view::settings(shorter ? differing : one.settings));
    all.push_back(set);
  }
  return all;
}

const Parameters& usual_for(const std::string& board, const std::vector<UsualParameters>& usual) {
  static const Parameters none;
  const auto found = std::find_if(usual.begin(), usual.end(), [&](const auto& one) { return one.board == board; });
  return found == usual.end() ? none : found->settings;
}

// What the report is called on every page: of the whole result, so that another result has another.
std::string report_id(const RunResult& run) {
  std::string id = sha256(to_json(run)).substr(0, 16);
  std::transform(id.begin(), id.end(), id.begin(),
                 [](char digit) { return digit >= 'a' ? static_cast<char>(digit - 32) : digit; });
  for (const std::size_t at : {12u, 8u, 4u}) id.insert(at, "-");
  return "CR-" + id;
}

// Margin boxes of a printed page.
std::string page_style(const std::string& id) {
  return "@page { @bottom-left { content: \"Cellrig report " + id +
         "\"; font: 8pt sans-serif; color: #444; } @bottom-right { content: \"Page \" counter(page) \" of \" "
         "counter(pages); font: 8pt sans-serif; color: #444; } }\n";
}

void set_decision_rule(data& page, const DecisionRule& decision) {
  page.set("guard_band", data(decision.rule == "guard_band"));
  page.set("coverage_factor", view::text(trimmed(decision.coverage_factor.value_or(0), 3)));
  data rows = view::list();
  for (const StatedUncertainty& one : decision.uncertainty) {
    data row = view::object();
    row.set("stated", view::text(stated_text(one)));
    rows.push_back(row);
  }
  page.set("uncertainties", rows);
}

void set_identity(data& page, const RunResult& run) {
  page.set("firmware", view::text(run.firmware_name + " " + run.firmware_version));
  page.set("firmware_file", view::text(run.firmware_file));
  page.set("firmware_sha256", view::text(run.firmware_sha256));
  page.set("tool_version", view::text(run.tool_version));
  page.set("bench", view::text(run.bench));
  page.set("seed", view::text(std::to_string(run.seed)));
  page.set("started", view::text(run.started));
  page.set("host", view::text(run.host));
  page.set("wall", view::text(fixed(run.wall_s, 2) + " s"));
  page.set("strict", data(run.strict));
  set_decision_rule(page, run.decision_rule);
  page.set("simulated", data(run.bench.starts_with("sim")));
  double simulated_s = 0;
  std::uint64_t wake_ups = 0;
  for (const ScenarioResult& scenario : run.scenarios) {
    simulated_s += scenario.simulated_s;
    wake_ups += scenario.wake_ups;
  }
  page.set("simulated_time", view::text(fixed(simulated_s, 0) + " s"));
  page.set("wake_ups", view::text(std::to_string(wake_ups)));
}

void set_assets(data& page, const std::string& id) {
  const std::string css = std::string(assets::uPlot_min_css) + "\n" + std::string(assets::report_css) + page_style(id);
  const std::string js =
      std::string(assets::uPlot_iife_min_js) + std::string(assets::report_js) + std::string(assets::plots_js);
  view::set_style(page, css);  // the page's policy admits this style, this script and nothing else
  page.set("js", js);
  page.set("js_hash", view::source_hash(js));
  page.set("uplot_licence", std::string(assets::LICENSE));
}

// What the scenarios show, and what none does.
void set_evidence(data& page, const RunResult& run, const std::vector<const ScenarioResult*>& order) {
  const view::Evidence evidence = view::evidence_of(order);
  page.set("has_clauses", data(evidence.clauses.is_non_empty_list()));
  page.set("clauses", evidence.clauses);
  const view::CatalogueRest rest = view::rest_of_catalogue(evidence.clause_ids);
  page.set("has_rest", data(rest.clauses.is_non_empty_list()));
  page.set("rest", rest.clauses);
  page.set("holes", view::text(std::to_string(rest.holes)));
  page.set("beyond_the_rig", view::text(std::to_string(rest.not_applicable)));
  page.set("has_requirements", data(evidence.requirements.is_non_empty_list()));
  page.set("requirements", evidence.requirements);
  page.set("unshown", view::text(evidence.holes > 0 ? std::to_string(evidence.holes) : ""));
  const view::Invariants invariants =
      view::invariants_of(order, run.invariants.value_or(std::vector<InvariantCount>{}));
  page.set("has_invariants", data(invariants.rows.is_non_empty_list()));
  page.set("invariants", invariants.rows);
  page.set("idle", view::text(invariants.idle > 0 ? std::to_string(invariants.idle) : ""));
}

/// `make` of 0 … count - 1, in order; made on all cores, for most of the time of a page goes into its pictures.
data in_order(std::size_t count, const std::function<data(std::size_t)>& make) {
  kainjow::mustache::list made(count);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t index = next++; index < count; index = next++) made[index] = make(index);
  };
  std::vector<std::future<void>> others;
  for (unsigned k = 1; k < std::min(std::thread::hardware_concurrency(), 8U) && k < count; ++k)
    others.push_back(std::async(std::launch::async | std::launch::deferred, work));
  work();
  for (std::future<void>& other : others) other.get();
  return data(made);
}

}  // namespace

std::string html(const RunResult& run, const std::filesystem::path& folder) {
  data page = view::object();
  view::set_result(page, overall_result(run));
  page.set("number", view::text(std::to_string(run.scenarios.size())));
  page.set("counts", counts(run));
  set_identity(page, run);
  const std::string id = report_id(run);
  page.set("id", view::text(id));
  const std::vector<const ScenarioResult*> order = worst_first(run);
  const std::vector<UsualParameters> usual = usual_parameters(run);
  const std::size_t bytes_each = plot_bytes_each(run);
  data list = view::list();
  for (const ScenarioResult* scenario : order) list.push_back(view::summary(*scenario));
  page.set("list", list);
  page.set("sections", in_order(order.size(), [&](std::size_t index) {
             const ScenarioResult& scenario = *order[index];
             return view::scenario(scenario, folder, bytes_each, usual_for(scenario.board, usual));
           }));
  set_evidence(page, run, order);
  page.set("coverage", view::text(std::filesystem::exists(folder / "coverage.html") ? "coverage.html" : ""));
  page.set("has_parameters", data(!usual.empty()));
  page.set("parameters", parameter_sets(usual));
  set_assets(page, id);
  return view::rendered("report", assets::report_mustache, page);
}

}  // namespace reports
