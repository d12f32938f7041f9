// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rig::scenario {

[[nodiscard]] std::string_view trimmed(std::string_view text);  // without spaces and tabs at both ends

[[nodiscard]] std::string in_quotes(std::string_view text);

/// Number as text, independent of the locale: `decimals` digits after the point; the shortest that reads back the same.
[[nodiscard]] std::string fixed(double value, int decimals);
[[nodiscard]] std::string shortest(double value);  // at most 9 significant digits

/// Levenshtein distance in bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// Those of `known` at the smallest distance from `name`, at most three; only those that a slip of the finger could
/// explain (distance <= a third of the longer length, at least 2; or one contains the other).
[[nodiscard]] std::vector<std::string> nearest_of(std::string_view name, const std::vector<std::string>& known);

/// " Near: a, b" or "" when nothing is near.
[[nodiscard]] std::string near_text(const std::vector<std::string>& near);

[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

}  // namespace rig::scenario
