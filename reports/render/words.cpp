// SPDX-License-Identifier: Apache-2.0
#include "reports/render/words.hpp"

#include <algorithm>

#include "reports/render/text.hpp"

namespace reports {

std::size_t severity(std::string_view word) {
  return static_cast<std::size_t>(std::find(result_words.begin(), result_words.end(), word) - result_words.begin());
}

std::string limit_text(const ClaimResult& claim) {
  if (!claim.limit || claim.limit->text.empty()) return "";
  return (claim.limit_is ? *claim.limit_is + " " : "") + claim.limit->text;
}

std::string uncertainty_text(const ClaimResult& claim) {
  return claim.uncertainty ? "±" + claim.uncertainty->text : "";
}

std::string stated_text(const StatedUncertainty& stated) {
  std::string text = stated.absolute ? stated.absolute->text : "";
  if (stated.relative) text += (text.empty() ? "" : " + ") + trimmed(*stated.relative * 100, 4) + " %";
  if (stated.absolute && stated.relative) text = "(" + text + ")";
  return stated.quantity + " ±" + text + ", k = " + trimmed(stated.coverage_factor, 3) + ": " + stated.source;
}

std::string contradiction(const ScenarioResult& scenario) {
  if (severity(scenario.result) == result_words.size()) return "\"" + scenario.result + "\" is not a result word";
  if (scenario.result != "pass" && scenario.result != "conditional_pass") return "";
  if (scenario.claims.empty()) return "the scenario says " + scenario.result + " but no claim was judged";
  for (const ClaimResult& claim : scenario.claims) {
    if (claim.result == "pass" || claim.result == "not_applicable") continue;
    if (claim.result == "conditional_pass" && scenario.result == "conditional_pass") continue;
    return "the scenario says " + scenario.result + " but a claim says " + claim.result + ": " + claim.text;
  }
  return "";
}

std::string shown_result(const ScenarioResult& scenario) {
  return contradiction(scenario).empty() ? scenario.result : "error";
}

std::optional<std::vector<InvariantCount>> count_invariants(const std::vector<ScenarioResult>& scenarios) {
  std::optional<std::vector<InvariantCount>> counts;
  for (const ScenarioResult& scenario : scenarios) {
    if (!scenario.invariants) continue;
    if (!counts) counts.emplace();
    for (const InvariantResult& one : *scenario.invariants) {
      auto row = std::ranges::find(*counts, one.name, &InvariantCount::name);
      if (row == counts->end()) row = counts->insert(row, {one.name, 0, 0, 0});
      row->armed_in += one.armed > 0 ? 1 : 0;
      row->scenarios += 1;
      row->violations += one.violations;
    }
  }
  return counts;
}

std::string overall_result(const RunResult& result) {
  const auto rank = [](std::string_view word) {  // a thing that was not run does not spoil a pass, and never makes one
    const std::size_t place = severity(word);
    return place <= severity("conditional_pass") ? place : word == "pass" ? 4 : word == "not_run" ? 5 : 6;
  };
  std::string worst = "not_applicable";
  for (const ScenarioResult& scenario : result.scenarios) {
    const std::string word = shown_result(scenario);
    if (rank(word) < rank(worst)) worst = word;
  }
  return result.scenarios.empty() ? "not_run" : worst;
}

}  // namespace reports
