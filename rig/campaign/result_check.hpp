// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "reports/result.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::campaign {

/// Looks at a result as an auditor: every claim of the scenario is judged, all words are known ones, and the result of
/// the scenario is the worst of its claims. Empty = nothing to say; otherwise a sentence, and the result must not
/// count.
[[nodiscard]] std::string contradiction(const reports::ScenarioResult& result, const scenario::Scenario& scenario);

}  // namespace rig::campaign
