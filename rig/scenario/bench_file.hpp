// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "rig/scenario/capabilities.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// Reads a bench file: `{name, is: sim, can: [charger, ntc/open, …], observes: [cell.voltage, …], uncertainty:
/// {voltage: {absolute: 1 mV, relative: 0.05 %, k: 2, source}, …}, source}`. `shipped` is where a relative path is
/// looked for when it does not exist from here. nullopt and sentences in `errors` when anything is wrong.
[[nodiscard]] std::optional<BenchCapabilities> read_bench(const std::filesystem::path& file,
                                                          const std::filesystem::path& shipped,
                                                          std::vector<ScenarioError>& errors);

}  // namespace rig::scenario
