// SPDX-License-Identifier: Apache-2.0
// Who asks for PROT-CUTP-3 is shown one scenario.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "reports/clauses/clauses.hpp"
#include "tests/rig/scenario/library.hpp"

namespace rig::scenario {
namespace {

/// Requirements of our own, PROT-CUTP-3, that a scenario or a claim of it shows; clauses of standards are not.
std::set<std::string> requirements_of(const Scenario& scenario) {
  static const std::regex form("[A-Z]+(-[A-Z0-9]+)*-[0-9]+");
  std::set<std::string> ids;
  const auto take = [&](const std::vector<std::string>& shows) {
    for (const std::string& id : shows) {
      const bool is_clause = id.find('/') != std::string::npos;
      EXPECT_NE(is_clause, std::regex_match(id, form)) << scenario.name << ": " << id;
      if (!is_clause) ids.insert(id);
    }
  };
  take(scenario.shows);
  for (const Claim& claim : scenario.claims) take(claim.shows);
  return ids;
}

TEST(ShippedScenarios, ARequirementIsShownByOneOfThem) {
  std::map<std::string, std::string> shown_by;
  for (const Scenario& scenario : library::all()) {
    for (const std::string& id : requirements_of(scenario)) {
      const std::string& name = scenario.template_name.empty() ? scenario.name : scenario.template_name;
      const auto [first, is_new] = shown_by.emplace(id, name);
      EXPECT_TRUE(is_new || first->second == name)
          << id << " is shown by " << first->second << " and by " << scenario.name;
    }
  }
  EXPECT_GT(shown_by.size(), 50U);
}

TEST(ShippedScenarios, EveryClauseTheyShowIsInTheCatalogue) {
  std::set<std::string> ids;
  for (const Scenario& scenario : library::all()) {
    ids.insert(scenario.shows.begin(), scenario.shows.end());
    for (const Claim& claim : scenario.claims) ids.insert(claim.shows.begin(), claim.shows.end());
  }
  std::erase_if(ids, [](const std::string& id) { return id.find('/') == std::string::npos; });
  for (const std::string& id : ids) EXPECT_NE(reports::clauses::catalogue().find(id), nullptr) << id;
  EXPECT_GT(ids.size(), 10U);
}

}  // namespace
}  // namespace rig::scenario
