// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "rig/expect/judge.hpp"

namespace rig::expect {

/// The rule of docs/verdicts.md, after ILAC-G8:09/2019, 4.2.3, guard band w = U. A figure x measured with U stands for
/// every value in [x - U, x + U]: pass when the limit holds for all of them, fail when for none; else what it says of x
/// itself, conditionally. Two figures that differ by less than a billionth of the greater are the same.
///   margin < 0 outside     |margin| against U     `limit_is` says what the limit itself counts as
[[nodiscard]] Result decided(double margin, double expanded, std::string_view limit_is, double limit);

/// Gives a verdict its guard band: expanded, result, a word in the reason. As it stands where the bench states no
/// uncertainty for it, nothing was measured (bits, what the board reports), or something else than the limit decided
/// (never armed, the run ended).
void apply_decision_rule(Verdict& verdict, const scenario::BenchUncertainty& bench);

}  // namespace rig::expect
