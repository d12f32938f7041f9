// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <stdexcept>

#include "reports/clauses/clauses.hpp"
#include "reports/coverage/evidence.hpp"
#include "reports/render/words.hpp"

namespace reports::coverage {
namespace {

using Items = std::map<std::string, Item>;

void add(Items& items, const std::string& id, const Evidence& evidence) {
  Item& item = items[id];
  item.name = id;
  item.evidence.push_back(evidence);
}

void add_scenario(Items& items, std::size_t run, const ScenarioResult& scenario) {
  std::set<std::string> spoken_of;
  for (const ClaimResult& claim : scenario.claims) {
    const Evidence evidence = evidence_of(run, scenario, claim);
    for (const std::string& id : claim.shows) {
      add(items, id, evidence);
      spoken_of.insert(id);
    }
  }
  Evidence silent = evidence_of(run, scenario);
  if (!scenario.claims.empty() && disbelief(scenario).empty()) {
    silent.result = "not_run";
    silent.reason = "no claim of it names this";
  }
  for (const std::string& id : scenario.shows)
    if (!spoken_of.contains(id)) add(items, id, silent);
}

bool is_clause(const std::string& id) { return id.find('/') != std::string::npos; }

/// Clauses that no scenario names.
void add_catalogue(Items& items) {
  for (const clauses::Standard& standard : clauses::catalogue().standards) {
    for (const clauses::Clause& clause : standard.clauses) {
      if (items.contains(clause.id)) continue;
      Item& item = items[clause.id];
      item.name = clause.id;
      const bool applies = clause.coverage != "not_applicable";
      item.status = applies ? Status::hole : Status::not_applicable;
      item.reason = applies ? "no scenario of these runs names it" : clause.reason;
    }
  }
}

Scenario scenario_of(std::size_t run, const ScenarioResult& result) {
  Scenario scenario;
  scenario.run = run;
  scenario.name = result.name;
  scenario.place = result.file.empty() ? "" : result.file + ":" + std::to_string(result.line);
  scenario.result = shown_result(result);
  std::set<std::string> ids(result.shows.begin(), result.shows.end());
  Item item;
  for (const ClaimResult& claim : result.claims) {
    ids.insert(claim.shows.begin(), claim.shows.end());
    if (claim.shows.empty()) continue;
    item.evidence.push_back(evidence_of(run, result, claim));
    scenario.covering += item.evidence.back().covers ? 1 : 0;
  }
  if (result.claims.empty()) item.evidence.push_back(evidence_of(run, result));
  conclude(item, "no claim names a requirement");
  scenario.claims = result.claims.size();
  scenario.shows.assign(ids.begin(), ids.end());
  scenario.status = item.status;
  scenario.reason =
      item.reason.starts_with(result.name + ": ") ? item.reason.substr(result.name.size() + 2) : item.reason;
  return scenario;
}

void refuse_several(std::span<const RunResult> runs) {
  if (runs.empty()) throw std::invalid_argument("there is no run to take the coverage of");
  for (const RunResult& run : runs) {
    if (run.firmware_sha256 == runs.front().firmware_sha256) continue;
    throw std::invalid_argument("these runs are of different firmware: " + runs.front().firmware_file + " (SHA-256 " +
                                runs.front().firmware_sha256.substr(0, 12) + "…) and " + run.firmware_file + " (" +
                                run.firmware_sha256.substr(0, 12) + "…); what one has shown says nothing of the other");
  }
}

}  // namespace

Coverage collect(std::span<const RunResult> runs, const std::vector<Protection>& protections) {
  refuse_several(runs);
  Coverage coverage;
  const RunResult& first = runs.front();
  coverage.tool_version = first.tool_version;
  coverage.firmware_name = first.firmware_name;
  coverage.firmware_version = first.firmware_version;
  coverage.firmware_sha256 = first.firmware_sha256;
  coverage.protections = rows_of(runs, protections);
  Items items;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    coverage.runs.push_back({runs[i].bench, runs[i].seed, runs[i].scenarios.size()});
    for (const ScenarioResult& scenario : runs[i].scenarios) {
      add_scenario(items, i + 1, scenario);
      coverage.scenarios.push_back(scenario_of(i + 1, scenario));
    }
  }
  for (auto& [id, item] : items) conclude(item, "");
  add_catalogue(items);
  for (auto& [id, item] : items) (is_clause(id) ? coverage.clauses : coverage.requirements).push_back(std::move(item));
  return coverage;
}

std::map<std::string, std::map<Status, std::size_t>> counts(const Coverage& coverage) {
  std::map<std::string, std::map<Status, std::size_t>> all;
  for (const Row& row : coverage.protections)
    for (const Item& item : row.aspects) ++all["protections"][item.status];
  for (const Item& item : coverage.requirements) ++all["requirements"][item.status];
  for (const Item& item : coverage.clauses) ++all["clauses"][item.status];
  for (const Scenario& scenario : coverage.scenarios) ++all["scenarios"][scenario.status];
  return all;
}

}  // namespace reports::coverage
