// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "reports/render/text.hpp"
#include "reports/render/view.hpp"
#include "reports/render/words.hpp"

namespace reports::view {
namespace {

using Scenarios = std::vector<const ScenarioResult*>;

// The letters of test laboratories, and three for what they have no letter for.
const char* letter(const std::string& word) {
  if (word == "pass") return "P";
  if (word == "fail") return "F";
  if (word == "conditional_pass" || word == "conditional_fail") return "C";
  if (word == "not_applicable") return "N/A";
  return word == "not_run" ? "–" : "E";
}

bool speaks_of(const ClaimResult& claim, const std::string& id) {
  return std::count(claim.shows.begin(), claim.shows.end(), id) > 0;
}

// The claims of a scenario that name the id, or all of them when none does.
std::vector<const ClaimResult*> claims_for(const ScenarioResult& scenario, const std::string& id) {
  std::vector<const ClaimResult*> named, all;
  for (const ClaimResult& claim : scenario.claims) {
    all.push_back(&claim);
    if (speaks_of(claim, id)) named.push_back(&claim);
  }
  return named.empty() ? all : named;
}

// The result of a requirement in one scenario: its own claims where some name it, else the scenario.
std::string word_for(const ScenarioResult& scenario, const std::string& id) {
  std::string worst;
  for (const ClaimResult& claim : scenario.claims) {
    if (speaks_of(claim, id) && (worst.empty() || severity(claim.result) < severity(worst))) worst = claim.result;
  }
  const bool by_scenario = worst.empty() || !contradiction(scenario).empty() || scenario.result == "error" ||
                           scenario.result == "not_run" || scenario.result == "not_applicable";
  return by_scenario ? shown_result(scenario) : worst;
}

// Nothing was shown: every scenario that speaks of it was left out.
bool is_hole(const Scenarios& scenarios, const std::string& id) {
  return std::all_of(scenarios.begin(), scenarios.end(), [&](const ScenarioResult* one) {
    const std::string word = word_for(*one, id);
    return word == "not_run" || word == "not_applicable";
  });
}

std::string overall_for(const Scenarios& scenarios, const std::string& id) {
  RunResult as_run;
  for (const ScenarioResult* one : scenarios) {
    ScenarioResult& copy = as_run.scenarios.emplace_back();
    copy.result = word_for(*one, id);
    ClaimResult claim;
    claim.result = copy.result;
    copy.claims.push_back(claim);
  }
  return overall_result(as_run);
}

std::map<std::string, Scenarios> by_id(const std::vector<const ScenarioResult*>& order) {
  std::map<std::string, Scenarios> all;
  for (const ScenarioResult* scenario : order) {
    std::set<std::string> ids(scenario->shows.begin(), scenario->shows.end());
    for (const ClaimResult& claim : scenario->claims) ids.insert(claim.shows.begin(), claim.shows.end());
    for (const std::string& id : ids) all[id].push_back(scenario);
  }
  return all;
}

bool is_clause(const std::string& id) { return id.find('/') != std::string::npos; }

std::string source_text(const std::set<std::string>& sources) {
  std::string words;
  for (const std::string& source : sources) words += (words.empty() ? "" : ", ") + source;
  return words;
}

std::set<std::string> sources_for(const ScenarioResult& scenario, const std::string& id) {
  std::set<std::string> sources;
  for (const ClaimResult* claim : claims_for(scenario, id)) {
    if (!claim->limit_source.empty()) sources.insert(claim->limit_source);
  }
  return sources;
}

data evidence(const ScenarioResult& scenario, const std::string& id) {
  data row = object();
  const std::string word = word_for(scenario, id);
  set_result(row, word);
  set_name(row, scenario.name);
  row.set("letter", letter(word));
  const ClaimResult* claim = tightest(claims_for(scenario, id));
  row.set("claim", claim != nullptr ? view::claim(*claim, scenario.file) : data(false));
  row.set("about", text(claim == nullptr ? scenario.reason : ""));
  row.set("place", text(scenario.file.empty() ? "" : scenario.file + ":" + std::to_string(scenario.line)));
  row.set("trace", text(scenario.trace_sha256.substr(0, 12)));
  return row;
}

data row_of(const std::string& id, const Scenarios& scenarios) {
  data row = object(), all = list();
  std::set<std::string> sources;
  std::size_t passed = 0;
  for (const ScenarioResult* one : scenarios) {
    all.push_back(evidence(*one, id));
    sources.merge(sources_for(*one, id));
    passed += word_for(*one, id) == "pass" ? 1 : 0;
  }
  const std::string word = overall_for(scenarios, id);
  set_result(row, word);
  row.set("letter", letter(word));
  row.set("clause", text(id));
  set_clause(row, id);
  row.set("hole", data(is_hole(scenarios, id)));
  row.set("remark", text(std::to_string(passed) + " of " + std::to_string(scenarios.size()) +
                         (scenarios.size() == 1 ? " scenario passes" : " scenarios pass")));
  row.set("sources", text(source_text(sources)));
  row.set("scenarios", all);
  return row;
}

}  // namespace

Evidence evidence_of(const std::vector<const ScenarioResult*>& order) {
  Evidence all{list(), list(), {}, 0};
  for (const auto& [id, scenarios] : by_id(order)) {
    if (is_clause(id)) all.clause_ids.insert(id);
    all.holes += is_hole(scenarios, id) ? 1 : 0;
    (is_clause(id) ? all.clauses : all.requirements).push_back(row_of(id, scenarios));
  }
  return all;
}

}  // namespace reports::view
