// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/fields.hpp"

namespace rig::scenario {

/// `shows:` of a scenario or claim: requirement ids and clauses. A clause of a standard that is in the catalogue
/// (reports/clauses) must be in there too; ids of other standards, or of another edition, are taken as they are.
[[nodiscard]] std::vector<std::string> read_shows(Fields& fields);

}  // namespace rig::scenario
