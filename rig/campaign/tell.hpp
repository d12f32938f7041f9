// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rig/campaign/plan.hpp"
#include "rig/campaign/record.hpp"
#include "rig/campaign/sweep.hpp"
#include "rig/campaign/threshold.hpp"

namespace rig::campaign {

/// What a campaign found, for people and for machines.
struct Told {                      // NOLINT(bugprone-exception-escape): moved JSON throws nothing
  std::string result, reason;      // the worst of its runs
  std::vector<std::string> lines;  // of the text table
  nlohmann::ordered_json details;  // members of campaign.json
};

[[nodiscard]] Told tell_sweep(const Plan& plan, const std::vector<scenario::Scenario>& bases, const Sweep& sweep,
                              const std::vector<Record>& records);
[[nodiscard]] Told tell_threshold(const Plan& plan, const ThresholdFound& found, std::size_t runs);

/// "5 pass · 1 fail · 0 error", other words when they occur.
[[nodiscard]] std::string counts_text(const std::vector<Record>& records);

/// Claim whose delay a phase sweep shows: the one called so, else the first when … then; nullopt: none.
[[nodiscard]] std::optional<std::size_t> reaction_claim(const Phases& phases, const scenario::Scenario& scenario);

}  // namespace rig::campaign
