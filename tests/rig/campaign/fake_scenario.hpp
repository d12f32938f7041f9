// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "reports/result.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::campaign {

inline scenario::Scenario fake_scenario(const std::string& name, std::size_t claims = 1) {
  scenario::Scenario scenario;
  scenario.name = name;
  scenario.position = {"fake.yaml", 1, 1};
  scenario.board.name = "JK-B2A8S20P";
  scenario.board.settings = {{"cell_ovp", scenario::Dimension::voltage, 0.001, 3.6}};
  for (std::size_t i = 0; i < claims; ++i) {
    scenario::Claim claim;
    claim.text = "claim " + std::to_string(i + 1);
    claim.position = {"fake.yaml", static_cast<int>(i) + 2, 1};
    scenario.claims.push_back(claim);
  }
  return scenario;
}

inline reports::ScenarioResult fake_result(const scenario::Scenario& scenario, const std::string& word = "pass") {
  reports::ScenarioResult result;
  result.name = scenario.name;
  result.result = word;
  for (const auto& claim : scenario.claims) {
    reports::ClaimResult judged;
    judged.text = claim.text;
    judged.result = word;
    result.claims.push_back(judged);
  }
  return result;
}

}  // namespace rig::campaign
