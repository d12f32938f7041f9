// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <stdexcept>

#include "reports/digest.hpp"
#include "reports/render/assets.hpp"
#include "reports/render/text.hpp"
#include "reports/render/view.hpp"
#include "reports/render/words.hpp"

namespace reports {
namespace {

using view::data;

// 'sha256-…' of an inline style or script: the page's policy admits these two texts and nothing else.
std::string source_hash(std::string_view inline_text) { return "'sha256-" + sha256_base64(inline_text) + "'"; }

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
  constexpr std::size_t all = 1'000'000, least = 1'500, most = 60'000;
  std::size_t pictures = 1;
  for (const ScenarioResult& scenario : run.scenarios) pictures += view::pictures_of(scenario);
  return std::clamp(all / pictures, least, most);
}

// The result of a requirement in one scenario: its own claims where some name it, else the scenario.
std::string word_for(const ScenarioResult& scenario, const std::string& id) {
  std::string worst;
  for (const ClaimResult& claim : scenario.claims) {
    if (std::count(claim.shows.begin(), claim.shows.end(), id) == 0) continue;
    if (worst.empty() || severity(claim.result) < severity(worst)) worst = claim.result;
  }
  return worst.empty() || !contradiction(scenario).empty() || scenario.result == "error" ? shown_result(scenario)
                                                                                         : worst;
}

data requirements(const RunResult& run) {
  std::map<std::string, data> rows;
  for (const ScenarioResult* scenario : worst_first(run)) {
    std::vector<std::string> ids = scenario->shows;
    for (const ClaimResult& claim : scenario->claims) ids.insert(ids.end(), claim.shows.begin(), claim.shows.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const std::string& id : ids) {
      data one = view::object();
      view::set_result(one, word_for(*scenario, id));
      view::set_name(one, scenario->name);
      rows.try_emplace(id, view::list()).first->second.push_back(one);
    }
  }
  data all = view::list();
  for (const auto& [id, scenarios] : rows) {
    data row = view::object();
    row.set("id", view::text(id));
    row.set("scenarios", scenarios);
    all.push_back(row);
  }
  return all;
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

void set_assets(data& page) {
  const std::string css = std::string(assets::uPlot_min_css) + "\n" + std::string(assets::report_css);
  const std::string js =
      std::string(assets::uPlot_iife_min_js) + std::string(assets::report_js) + std::string(assets::plots_js);
  page.set("css", css);
  page.set("js", js);
  page.set("css_hash", source_hash(css));
  page.set("js_hash", source_hash(js));
  page.set("uplot_licence", std::string(assets::LICENSE));
}

}  // namespace

std::string html(const RunResult& run, const std::filesystem::path& folder) {
  data page = view::object();
  view::set_result(page, overall_result(run));
  page.set("number", view::text(std::to_string(run.scenarios.size())));
  page.set("counts", counts(run));
  set_identity(page, run);
  const std::size_t bytes_each = plot_bytes_each(run);
  data list = view::list(), sections = view::list();
  for (const ScenarioResult* scenario : worst_first(run)) {
    list.push_back(view::summary(*scenario));
    sections.push_back(view::scenario(*scenario, folder, bytes_each));
  }
  page.set("list", list);
  page.set("sections", sections);
  data needs = requirements(run);
  page.set("has_requirements", data(needs.is_non_empty_list()));
  page.set("requirements", needs);
  set_assets(page);
  kainjow::mustache::mustache document{std::string(assets::report_mustache)};
  if (!document.is_valid()) throw std::runtime_error("report.mustache: " + document.error_message());
  document.set_custom_escape([](const std::string& words) { return escaped(words); });
  return document.render(page);
}

}  // namespace reports
