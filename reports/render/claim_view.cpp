// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/render/text.hpp"
#include "reports/render/view.hpp"
#include "reports/render/words.hpp"

namespace reports::view {
namespace {

const char* symbol(const std::string& word) {
  if (word == "pass") return "✓";
  if (word == "fail" || word == "conditional_fail") return "✕";
  if (word == "conditional_pass") return "≈";
  return word == "error" ? "!" : "–";
}

std::string margin_text(const ClaimResult& claim) {
  if (!claim.margin) return "";
  const std::string& words = claim.margin->text;
  const bool has_sign = words.starts_with("-") || words.starts_with("+");
  return (claim.margin->number >= 0 && !has_sign ? "+" : "") + words;
}

std::string ratio_text(const ClaimResult& claim) {
  if (!claim.margin_ratio || !std::isfinite(*claim.margin_ratio)) return "";
  return (*claim.margin_ratio >= 0 ? "+" : "") + fixed(*claim.margin_ratio * 100, 1) + " %";
}

std::string place(const ClaimResult& claim, const std::string& scenario_file) {
  if (claim.file.empty()) return "";
  return (claim.file == scenario_file ? "line " : claim.file + ":") + std::to_string(claim.line);
}

void add_instant(data& rows, const char* name, const char* meaning, std::int64_t t_ns, std::int64_t cross_ns) {
  data row = object();
  row.set("name", name);
  row.set("meaning", meaning);
  row.set("at", text(t_ns < 0 ? "did not happen" : seconds_text(t_ns)));
  row.set("since", text(t_ns < 0 || cross_ns < 0 ? "–" : signed_time_text(t_ns - cross_ns)));
  rows.push_back(row);
}

data timeline(const Timeline& times) {
  data rows = list();
  add_instant(rows, "t_cross", "the true quantity crosses the setting", times.t_cross, times.t_cross);
  add_instant(rows, "t_detect", "the flag is seen on the bus", times.t_detect, times.t_cross);
  add_instant(rows, "t_act", "the gate pin falls", times.t_act, times.t_cross);
  add_instant(rows, "t_clear", "the current is gone", times.t_clear, times.t_cross);
  data all = object();
  all.set("instants", rows);
  all.set("peak", text(times.peak.text));
  return all;
}

}  // namespace

data text(const std::string& words) { return words.empty() ? data(false) : data(printable(words)); }
data object() { return data(data::type::object); }
data list() { return data(data::type::list); }

void set_result(data& into, const std::string& word) {
  std::string name = word;
  std::replace(name.begin(), name.end(), '_', ' ');
  into.set("word", text(severity(word) < result_words.size() ? word : "error"));
  into.set("symbol", symbol(word));
  into.set("result", text(name));
}

void set_name(data& into, const std::string& name) {
  std::string title;
  for (const char character : escaped(name)) {
    title += character;
    if (character == '_') title += "<wbr>";
  }
  into.set("name", text(name));
  into.set("title", text(title));
}

void set_shows(data& into, const std::vector<std::string>& shows) {
  data ids = list();
  for (const std::string& id : shows) {
    data one = object();
    one.set("id", text(id));
    ids.push_back(one);
  }
  into.set("shows", ids);
}

data claim(const ClaimResult& claim, const std::string& scenario_file) {
  data row = object();
  set_result(row, claim.result);
  set_shows(row, claim.shows);
  row.set("text", text(claim.text));
  row.set("place", text(place(claim, scenario_file)));
  row.set("reason", text(claim.reason));
  row.set("measured", text(claim.measured ? claim.measured->text : ""));
  row.set("resolution", text(claim.resolution && claim.resolution->number > 0 ? claim.resolution->text : ""));
  row.set("uncertainty", text(uncertainty_text(claim)));
  row.set("limit", text(limit_text(claim)));
  row.set("source", text(claim.limit_source));
  row.set("note", text(claim.limit_note));
  row.set("margin", text(margin_text(claim)));
  row.set("ratio", text(ratio_text(claim)));
  row.set("negative", data(claim.margin && claim.margin->number < 0));
  row.set("moment", text(claim.t_worst_ns >= 0 ? seconds_text(claim.t_worst_ns) : "–"));
  row.set("element", text(claim.worst_element));
  row.set("occurrences", text(std::to_string(claim.occurrences)));
  row.set("violations", text(claim.violations > 0 ? std::to_string(claim.violations) : ""));
  row.set("timeline", claim.timeline ? timeline(*claim.timeline) : data(false));
  row.set("protection", text(claim.protection));
  return row;
}

const ClaimResult* tightest(const std::vector<const ClaimResult*>& claims) {
  const auto room = [](const ClaimResult& claim) {
    return claim.margin_ratio.value_or(std::numeric_limits<double>::infinity());
  };
  const ClaimResult* best = nullptr;
  for (const ClaimResult* one : claims) {
    const bool worse = best != nullptr && (severity(one->result) < severity(best->result) ||
                                           (one->result == best->result && room(*one) < room(*best)));
    if (best == nullptr || worse) best = one;
  }
  return best;
}

const ClaimResult* tightest(const ScenarioResult& scenario) {
  std::vector<const ClaimResult*> all;
  for (const ClaimResult& one : scenario.claims) all.push_back(&one);
  return tightest(all);
}

data summary(const ScenarioResult& scenario) {
  data row = object();
  set_result(row, shown_result(scenario));
  set_shows(row, scenario.shows);
  set_name(row, scenario.name);
  row.set("reason", text(scenario.result == "pass" ? "" : scenario.reason));
  row.set("claims", text(std::to_string(scenario.claims.size())));
  const ClaimResult* worst = tightest(scenario);
  row.set("tightest", worst != nullptr ? claim(*worst, scenario.file) : data(false));
  return row;
}

}  // namespace reports::view
