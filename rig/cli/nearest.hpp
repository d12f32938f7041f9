// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rig::cli {

/// Up to three of `known` that a slip of the hand may have turned into `text`, best first: at most a third of the
/// letters changed (swapped neighbours count once), or `text` is a part of the known name with three letters or more.
[[nodiscard]] std::vector<std::string> nearest(std::string_view text, const std::vector<std::string>& known);

/// " Near: a, b" or "" when nothing is near.
[[nodiscard]] std::string near_text(std::string_view text, const std::vector<std::string>& known);

}  // namespace rig::cli
