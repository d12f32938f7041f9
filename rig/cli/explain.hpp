// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "rig/scenario/scenario.hpp"

namespace rig::cli {

/// A scenario in words, everything resolved: what is under test with every setting and its unit, how it starts, what is
/// done when, and what must hold, with the source of each limit.
[[nodiscard]] std::string explain(const scenario::Scenario& scenario);

}  // namespace rig::cli
