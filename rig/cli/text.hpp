// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rig::cli {

[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between);

/// Places on the screen: code points, not bytes.
[[nodiscard]] std::size_t width(std::string_view utf8);
/// Filled with spaces on the right to `columns`.
[[nodiscard]] std::string padded(std::string_view text, std::size_t columns);

/// As a POSIX shell reads it back: unchanged when harmless, else in single quotes.
[[nodiscard]] std::string shell_quoted(const std::string& word);

/// "1 scenario", "8 scenarios".
[[nodiscard]] std::string counted(std::size_t count, const std::string& thing);

/// One line for a terminal: control characters (a firmware's text may hold any) become '?'.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace rig::cli
