// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "rig/scenario/scenario_tree.hpp"

namespace rig::campaign {

/// Which of these trees still fail for the claim; runs them side by side.
using StillFails = std::function<std::vector<bool>(const std::vector<scenario::ScenarioTree>&)>;

struct Shrunk {
  scenario::ScenarioTree tree;
  std::size_t tried = 0;
};

/// The smallest tree found that still fails: fewer claims and actions (ddmin: Zeller, Hildebrandt, Simplifying and
/// isolating failure-inducing input, 2002), fewer keys in settings and start, a shorter run, rounder numbers; in turn
/// until nothing helps. Of several that fail the first counts, so that the result does not depend on how many ran at a
/// time. `claim`: entry of expect: that fails; it stays.
/// Beyond its end: an invariant; then the first entry stays.
[[nodiscard]] Shrunk shrink(scenario::ScenarioTree tree, std::size_t claim, const StillFails& still_fails);

/// Texts that say less exactly what `text` says, coarsest first: "3.6412 V" gives "4 V", "3.6 V", "3.64 V", "3.641 V".
[[nodiscard]] std::vector<std::string> rounder(const std::string& text);

}  // namespace rig::campaign
