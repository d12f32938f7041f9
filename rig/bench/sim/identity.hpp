// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "reports/result.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// What identifies a scenario in a result: names, hash, settings as people read them.
[[nodiscard]] reports::ScenarioResult identity(const scenario::Scenario& scenario, std::uint64_t seed);

}  // namespace rig::bench
