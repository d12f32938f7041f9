// SPDX-License-Identifier: Apache-2.0
#include "reports/coverage/evidence.hpp"

#include <algorithm>

#include "reports/render/words.hpp"

namespace reports::coverage {
namespace {

std::string place_of(const std::string& file, int line) {
  return file.empty() ? "" : file + ":" + std::to_string(line);
}

std::string with(const std::string& words, const std::string& reason) {
  return reason.empty() ? words : words + ": " + reason;
}

bool is_word_of(const std::string& result, std::string_view word) { return result == word; }

bool failed(const Evidence& evidence) {
  return evidence.result == "fail" || evidence.result == "error" || evidence.result == "conditional_fail";
}

}  // namespace

std::string_view status_word(Status status) {
  constexpr std::array<std::string_view, 5> words = {"failed", "hole", "conditional", "not_applicable", "covered"};
  return words[static_cast<std::size_t>(status)];
}

std::string disbelief(const ScenarioResult& scenario) {
  std::string contradicts = contradiction(scenario);
  if (!contradicts.empty()) return contradicts;
  for (const char* word : {"error", "not_run", "not_applicable"})
    if (is_word_of(scenario.result, word)) return with(word, scenario.reason);
  const bool all_pass = std::ranges::all_of(scenario.claims, [](const auto& claim) { return claim.result == "pass"; });
  return scenario.result == "fail" && all_pass ? with("the scenario failed", scenario.reason) : "";
}

Evidence evidence_of(std::size_t run, const ScenarioResult& scenario, const ClaimResult& claim) {
  Evidence evidence{run, scenario.name, claim.text, place_of(claim.file, claim.line), "", claim.result, false, ""};
  evidence.reason = disbelief(scenario);
  if (!evidence.reason.empty()) {
    evidence.result = shown_result(scenario);
  } else if (claim.result != "pass") {
    evidence.reason = with(claim.result, claim.reason);
  } else if (claim.occurrences == 0) {
    evidence.reason = "not armed";
  }
  evidence.covers = evidence.reason.empty();
  return evidence;
}

Evidence evidence_of(std::size_t run, const ScenarioResult& scenario) {
  Evidence evidence{run, scenario.name,          "",    place_of(scenario.file, scenario.line),
                    "",  shown_result(scenario), false, ""};
  evidence.reason = disbelief(scenario);
  if (evidence.reason.empty()) evidence.reason = "no claim was judged";
  return evidence;
}

void conclude(Item& item, const std::string& otherwise) {
  const auto first = [&](const auto& is_such) { return std::ranges::find_if(item.evidence, is_such); };
  const auto tell = [&](Status status, const Evidence& evidence) {
    item.status = status;
    item.reason = evidence.scenario + ": " + evidence.reason;
  };
  const auto bad = first(failed), end = item.evidence.end();
  if (bad != end) return tell(Status::failed, *bad);
  if (first([](const Evidence& one) { return one.covers; }) != end) {
    item.status = Status::covered;
    item.reason.clear();
    return;
  }
  const auto conditional = first([](const Evidence& one) { return one.result == "conditional_pass"; });
  if (conditional != end) return tell(Status::conditional, *conditional);
  if (!item.evidence.empty()) return tell(Status::hole, item.evidence.front());
  item.status = Status::hole;
  item.reason = otherwise;
}

}  // namespace reports::coverage
