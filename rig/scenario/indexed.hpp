// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

namespace rig::scenario {

/// The number in "base[n]" or "base[n].rest"; nullopt when `name` is not of that form. Digits only, no leading zero.
[[nodiscard]] std::optional<int> indexed(std::string_view name, std::string_view base, std::string_view rest = {});

}  // namespace rig::scenario
