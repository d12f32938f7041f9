// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace rig::cli {

/// Every signal that a claim may name, with unit and meaning, in the order of docs/signals.md; cell[n] stands for any
/// cell.
[[nodiscard]] std::string explain_signals();

}  // namespace rig::cli
