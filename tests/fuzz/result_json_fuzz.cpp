// SPDX-License-Identifier: Apache-2.0
// result.json. Refused: by std::runtime_error with a reason. Accepted: what is written from it reads back and is
// written again byte for byte.
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

#include "reports/result.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

bool are_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool are_same(const std::optional<reports::Value>& a, const std::optional<reports::Value>& b) {
  return a.has_value() == b.has_value() && (!a || (are_same(a->number, b->number) && a->unit == b->unit));
}

bool have_same_figures(const reports::ScenarioResult& a, const reports::ScenarioResult& b) {
  if (!are_same(a.simulated_s, b.simulated_s) || !are_same(a.wall_s, b.wall_s) || a.wake_ups != b.wake_ups ||
      a.claims.size() != b.claims.size())
    return false;
  for (std::size_t i = 0; i < a.claims.size(); ++i)
    if (!are_same(a.claims[i].measured, b.claims[i].measured) || !are_same(a.claims[i].limit, b.claims[i].limit) ||
        a.claims[i].t_worst_ns != b.claims[i].t_worst_ns)
      return false;
  return true;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using tests::fuzz::require;
  const std::string text(tests::fuzz::text_of(data, size));
  reports::RunResult result;
  try {
    result = reports::from_json(text);
  } catch (const std::runtime_error& error) {
    require(*error.what() != '\0', "a refusal has a reason");
    return 0;
  }
  const std::string written = reports::to_json(result);
  const reports::RunResult again = reports::from_json(written);
  require(reports::to_json(again) == written, "what is written reads back the same");
  require(again.scenarios.size() == result.scenarios.size(), "every scenario reads back");
  for (std::size_t i = 0; i < result.scenarios.size(); ++i) {
    const reports::ScenarioResult& scenario = result.scenarios[i];
    require(have_same_figures(scenario, again.scenarios[i]), "figures read back the same");
    const std::string one = reports::scenario_to_json(scenario);
    require(reports::scenario_to_json(reports::scenario_from_json(one)) == one, "a scenario reads back the same");
    for (const reports::ClaimResult& claim : scenario.claims) static_cast<void>(reports::limit_text(claim));
  }
  return 0;
}
