// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/lint.hpp"

#include <algorithm>
#include <iterator>

#include "rig/lint/rules.hpp"

namespace rig::lint {
namespace {

using scenario::Claim;

constexpr void (*rules[])(const Subject&, const Claim&, Findings&) = {never_fails, short_window, below_resolution,
                                                                      never_driven, no_stimulus};

void silence(const Claim& claim, Findings& of_claim) {
  for (const auto& [rule, reason] : claim.lint_off) {
    const std::string& name = rule;
    if (std::erase_if(of_claim, [&](const Finding& finding) { return finding.rule == name; }) == 0)
      of_claim.push_back({name, place_of(claim, "lint off"), "lint off: there is nothing to silence here"});
  }
}

}  // namespace

scenario::SourcePosition place_of(const Claim& claim, std::string_view key) {
  const auto found = std::ranges::find_if(claim.places, [&](const auto& place) { return place.first == key; });
  return found == claim.places.end() ? claim.position : found->second;
}

std::vector<scenario::SignalId> signals_of(const scenario::Expression& expression) {
  std::vector<scenario::SignalId> all = expression.elements;
  if (expression.op == scenario::Expression::Op::signal) all.push_back(expression.signal);
  for (const scenario::Expression& child : expression.children)
    std::ranges::copy(signals_of(child), std::back_inserter(all));
  return all;
}

std::string in_words(double value, scenario::Dimension dimension) {
  std::string text = scenario::format({value, dimension}, 6);
  const std::size_t point = text.find('.'), unit = std::min(text.find(' '), text.size());
  if (point == std::string::npos) return text;
  const std::size_t last = text.find_last_not_of('0', unit - 1);
  const std::size_t kept = last == point ? point : last + 1;
  return text.erase(kept, unit - kept);
}

std::string quoted(const scenario::Expression& expression) { return "\"" + expression.text + "\""; }

std::vector<Finding> lint(const scenario::Scenario& scenario) {
  const scenario::Catalogue catalogue = make_catalogue(scenario);
  const Subject subject{scenario, catalogue, ranges_at_all(catalogue)};
  Findings all;
  for (const Claim& claim : scenario.claims) {
    Findings of_claim;
    for (const auto rule : rules) rule(subject, claim, of_claim);
    silence(claim, of_claim);
    std::ranges::move(of_claim, std::back_inserter(all));
  }
  return all;
}

}  // namespace rig::lint
