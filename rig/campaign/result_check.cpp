// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/result_check.hpp"

#include <algorithm>

#include "rig/campaign/exit_code.hpp"

namespace rig::campaign {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

int severity(const std::string& word) {
  if (word == "pass") return 0;
  if (word == "not_applicable") return 1;
  if (word == "conditional_pass") return 2;
  if (word == "conditional_fail") return 3;
  if (word == "fail") return 4;
  return 5;  // error, not_run
}

bool claims_decide(const std::string& word) { return word != "error" && word != "not_run" && word != "not_applicable"; }

}  // namespace

std::string contradiction(const reports::ScenarioResult& result, const scenario::Scenario& scenario) {
  if (result.name != scenario.name) return "the result is that of " + quoted(result.name);
  if (!is_result_word(result.result)) return quoted(result.result) + " is not a result";
  int worst = 0;
  for (const reports::ClaimResult& claim : result.claims) {
    if (!is_result_word(claim.result)) return quoted(claim.result) + " is not a result, claim " + quoted(claim.text);
    worst = std::max(worst, severity(claim.result));
  }
  if (!claims_decide(result.result)) return {};
  if (result.claims.empty()) return quoted(result.result) + " without any claim";
  const auto judged = static_cast<std::size_t>(std::ranges::count_if(
      result.claims, [](const reports::ClaimResult& claim) { return !claim.invariant.has_value(); }));
  if (judged != scenario.claims.size()) {
    return std::to_string(judged) + " of " + std::to_string(scenario.claims.size()) + " claims were judged";
  }
  if (severity(result.result) < worst) return quoted(result.result) + ", but one of its claims is worse";
  return {};
}

}  // namespace rig::campaign
