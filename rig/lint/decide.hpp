// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "rig/lint/ranges.hpp"
#include "rig/scenario/expression.hpp"

namespace rig::lint {

enum class Truth : std::uint8_t { always, never, depends };

/// Whether a condition is true in every state that the ranges allow, or in none. Bits and the values compared are taken
/// as independent of each other; where that leaves it open, or there are too many of them, it depends. An edge always
/// does.
[[nodiscard]] Truth decide(const scenario::Expression& condition, const Ranges& ranges);

/// The state that begins with an edge; anything else as it is.
[[nodiscard]] scenario::Expression state_after(const scenario::Expression& edge);

/// Whether `conclusion` is true in every state in which `premise` is. An edge as the premise means the state after it.
[[nodiscard]] bool follows(const scenario::Expression& premise, const scenario::Expression& conclusion,
                           const Ranges& ranges);

}  // namespace rig::lint
