// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "rig/campaign/plan.hpp"

namespace rig::campaign {

/// The parts of a campaign, each as it stands behind its key. nullopt, or less of it, when a problem was said.
[[nodiscard]] std::optional<Search> read_search(const scenario::Node& node, scenario::Problems& problems);
[[nodiscard]] std::optional<Phases> read_phases(const scenario::Node& node, scenario::Problems& problems);
[[nodiscard]] std::optional<Faults> read_faults(const scenario::Node& node, scenario::Problems& problems);
[[nodiscard]] std::vector<Variation> read_vary(const scenario::Node& node, scenario::Problems& problems);
[[nodiscard]] std::vector<Draw> read_draw(const scenario::Node& node, scenario::Problems& problems);

}  // namespace rig::campaign
