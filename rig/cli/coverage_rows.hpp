// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "reports/coverage/coverage.hpp"

namespace rig::cli {

/// Every row of the firmware's table (docs/protections.md, in its order), with what cannot be asked of it.
[[nodiscard]] const std::vector<reports::coverage::Protection>& coverage_rows();

}  // namespace rig::cli
