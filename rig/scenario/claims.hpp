// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/claim.hpp"
#include "rig/scenario/fields.hpp"

namespace rig::scenario {

/// Names that `protection:` accepts: the rows of expect::protections(); of several boards with the prefix of one.
[[nodiscard]] const std::vector<std::string>& protection_names();

/// Names that `lint off:` accepts: the rules of rig/lint.
[[nodiscard]] const std::vector<std::string>& lint_rules();

/// The list `expect:` (or what it is called in messages). Windows that no run of `run_for_s` could fill or that are
/// empty are refused. run_for_s 0 = not known (its own mistake was said already).
[[nodiscard]] std::vector<Claim> read_claims(const Node& node, const Catalogue& catalogue, double run_for_s,
                                             Problems& problems, const std::string& what = "expect");

}  // namespace rig::scenario
