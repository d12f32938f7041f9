// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "reports/result.hpp"

namespace reports {

/// An invented run with its traces written to `folder`: an overcharge and a short circuit that pass, a cold charge that
/// fails, a crash, and one that this bench cannot do.
[[nodiscard]] RunResult sample_run(const std::filesystem::path& folder);

}  // namespace reports
