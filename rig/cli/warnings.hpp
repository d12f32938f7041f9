// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/cli/selection.hpp"

namespace rig::cli {

/// What the linter says of the selected scenarios, in order of file, line and column, each once:
/// "file:line:column  warning: sentence [lint/never-fails]". Instances of a template share a line.
[[nodiscard]] std::vector<std::string> warnings_of(const Selection& selection);

}  // namespace rig::cli
