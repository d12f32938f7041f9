// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <kainjow/mustache.hpp>
#include <set>
#include <string>

#include "reports/render/parameters.hpp"
#include "reports/result.hpp"

/// What the template sees: texts only, every number already in words. Names as in assets/report.mustache.
namespace reports::view {

using kainjow::mustache::data;

/// printable(); the template escapes. An empty text is false, so that {{#name}} leaves its part out. Every name is set
/// in every object: mustache would else look it up in the object around.
[[nodiscard]] data text(const std::string& words);
[[nodiscard]] data object();
[[nodiscard]] data list();
/// {word, symbol, name} of a result: "fail", "✕", "conditional fail" without underscore.
void set_result(data& into, const std::string& word);
/// {name, title}: the title may be broken after each underscore.
void set_name(data& into, const std::string& name);
/// {shows: [{id}]}
void set_shows(data& into, const std::vector<std::string>& shows);

/// `scenario_file`: where the claim stands there, its line says where.
[[nodiscard]] data claim(const ClaimResult& claim, const std::string& scenario_file);

/// {catalogued, requirement, stimulus, rig_shows, rig_cannot, confidence, verification} of a clause of the catalogue;
/// all false of an id that is not in it.
void set_clause(data& row, const std::string& id);
/// Clauses of the catalogue but for `shown`: first those that a scenario could show, then those that none can.
struct CatalogueRest {
  data clauses;
  std::size_t holes, not_applicable;
};
[[nodiscard]] CatalogueRest rest_of_catalogue(const std::set<std::string>& shown);

/// What holds in every run. Rows {word, result, idle, invariant, armed_in, of, violations, margin, where, violated:
/// [{name, title}]}: the least margin and the scenario that has it. `idle`: so many armed nowhere.
struct Invariants {
  data rows;
  std::size_t idle;
};
[[nodiscard]] Invariants invariants_of(const std::vector<const ScenarioResult*>& order,
                                       const std::vector<InvariantCount>& counts);

/// What each clause ("standard:edition/clause") and each requirement is shown by. Rows {id, word, letter, remark,
/// sources, hole, scenarios: […]}; `order`: that of the scenarios in each row.
struct Evidence {
  data clauses, requirements;
  std::set<std::string> clause_ids;
  std::size_t holes = 0;  // of both, those that nothing shows
};
[[nodiscard]] Evidence evidence_of(const std::vector<const ScenarioResult*>& order);
/// `folder`: where the scenario's trace is. Pictures are drawn here; a trace that is missing, damaged or not the one
/// that the result names gives a sentence instead of a picture, and `trace_problem` is set. `bytes_each`: most that the
/// data of one plot may take. `usual`: settings that are listed elsewhere.
[[nodiscard]] data scenario(const ScenarioResult& scenario, const std::filesystem::path& folder, std::size_t bytes_each,
                            const Parameters& usual);
/// [{name, value}]
[[nodiscard]] data pairs(const std::vector<std::pair<std::string, std::string>>& pairs);
/// The same of settings; one without a value is none of that board.
[[nodiscard]] data settings(const Parameters& of);
[[nodiscard]] std::size_t pictures_of(const ScenarioResult& scenario);
/// The worst claim in one line, for the list: {tightest, measured, limit, margin}.
[[nodiscard]] data summary(const ScenarioResult& scenario);

/// The claim with the least room: a failed one first, then the smallest margin; nullptr without claims.
[[nodiscard]] const ClaimResult* tightest(const ScenarioResult& scenario);
[[nodiscard]] const ClaimResult* tightest(const std::vector<const ClaimResult*>& claims);

}  // namespace reports::view
