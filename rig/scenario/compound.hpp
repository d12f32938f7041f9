// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "rig/scenario/fields.hpp"

namespace rig::scenario {

/// A number >= 0 with exactly this compound unit, such as "70 J/K" or "3 K/W": units that only part files use.
[[nodiscard]] std::optional<double> compound(Fields& fields, std::string_view key, std::string_view unit);
[[nodiscard]] std::optional<double> require_compound(Fields& fields, std::string_view key, std::string_view unit);

}  // namespace rig::scenario
