// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/scenario.hpp"

namespace rig::lint {

/// A claim that says less than it seems to.
struct Finding {
  std::string rule;  // "never-fails"; docs/linter.md
  scenario::SourcePosition position;
  std::string sentence;
};

/// Looks at the claims of a scenario that was read without mistakes; nothing runs. What a claim silences with
/// `lint off:` is left out, and said where there is nothing to silence. Only what is certain is told: a claim without a
/// finding may still be a weak one.
[[nodiscard]] std::vector<Finding> lint(const scenario::Scenario& scenario);

}  // namespace rig::lint
