// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/lint/lint.hpp"
#include "rig/lint/ranges.hpp"

namespace rig::lint {

/// What the rules look at.
struct Subject {
  const scenario::Scenario& scenario;
  const scenario::Catalogue& catalogue;
  Ranges ranges;  // at all, whatever the run
};

using Findings = std::vector<Finding>;

/// The rules, each looks at one claim.
void never_fails(const Subject& subject, const scenario::Claim& claim, Findings& findings);
void short_window(const Subject& subject, const scenario::Claim& claim, Findings& findings);
void below_resolution(const Subject& subject, const scenario::Claim& claim, Findings& findings);
void never_driven(const Subject& subject, const scenario::Claim& claim, Findings& findings);
void no_stimulus(const Subject& subject, const scenario::Claim& claim, Findings& findings);

/// Every signal that an expression reads, as often as it does; lists element by element.
[[nodiscard]] std::vector<scenario::SignalId> signals_of(const scenario::Expression& expression);

/// "2 ms" for people, to six digits.
[[nodiscard]] std::string in_words(double value, scenario::Dimension dimension);
[[nodiscard]] std::string quoted(const scenario::Expression& expression);

/// The place of a key's value in its claim; that of the claim where the key is not given.
[[nodiscard]] scenario::SourcePosition place_of(const scenario::Claim& claim, std::string_view key);

}  // namespace rig::lint
