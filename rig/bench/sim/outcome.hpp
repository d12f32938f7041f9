// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "reports/result.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "rig/expect/judge.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

[[nodiscard]] reports::Value value_of(const scenario::Quantity& quantity);
[[nodiscard]] reports::ClaimResult claim_result(const scenario::Scenario& scenario, const scenario::Claim& claim,
                                                const expect::Verdict& verdict, const scenario::Catalogue& catalogue);

/// Judged like a claim, but not armed is no failure. Adds to what the scenario says of it; a violated one stands among
/// the claims of the result, too, and fails the scenario.
void add_invariant(reports::ScenarioResult& result, const scenario::Scenario& scenario,
                   const scenario::Claim& invariant, const expect::Verdict& verdict,
                   const scenario::Catalogue& catalogue);

/// Claims on bms.* of the board with this prefix that passed although its bus was silent for longer than `allowed_s`:
/// what nobody said cannot be judged.
void doubt_silence(reports::ScenarioResult& result, const std::string& prefix, double silent_s, double allowed_s);

/// Result word and reason of the whole scenario: an error of the firmware outranks every verdict; then the worst claim.
void conclude(reports::ScenarioResult& result, const std::vector<FirmwareFinding>& findings);

}  // namespace rig::bench
