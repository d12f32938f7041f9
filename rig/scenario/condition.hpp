// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/expression.hpp"
#include "rig/scenario/problems.hpp"
#include "rig/scenario/tree.hpp"

namespace rig::scenario {

/// The expression in a node; what is wrong with it is said with `key` in front.
[[nodiscard]] std::optional<Expression> read_expression(const std::string& key, const Node& node,
                                                        const Catalogue& catalogue, Problems& problems);

/// One that is true or false, or an edge.
[[nodiscard]] std::optional<Expression> read_condition(const std::string& key, const Node& node,
                                                       const Catalogue& catalogue, Problems& problems);

}  // namespace rig::scenario
