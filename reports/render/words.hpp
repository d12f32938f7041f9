// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "reports/result.hpp"

namespace reports {

/// The fixed words, the most alarming first: the order of every list in a report.
inline constexpr std::array<std::string_view, 7> result_words = {
    "error", "fail", "conditional_fail", "conditional_pass", "not_run", "not_applicable", "pass"};
inline constexpr std::array<std::string_view, 2> decision_rules = {"simple_acceptance", "guard_band"};
inline constexpr std::array<std::string_view, 5> limit_sources = {"", "standard", "declared", "derived", "marketing"};

/// "±40.00 ms"; "" where the bench states none.
[[nodiscard]] std::string uncertainty_text(const ClaimResult& claim);

/// "voltage ±(1.000 mV + 0.05 %), k = 2: certificate 2026-114"
[[nodiscard]] std::string stated_text(const StatedUncertainty& stated);

/// Place of a word in result_words; result_words.size() for any other text.
[[nodiscard]] std::size_t severity(std::string_view word);

/// Empty, or one sentence why the result word of this scenario cannot be believed: it says pass although a claim failed
/// or none was judged.
[[nodiscard]] std::string contradiction(const ScenarioResult& scenario);

/// The word a report shows: the scenario's own, or "error" when there is a contradiction.
[[nodiscard]] std::string shown_result(const ScenarioResult& scenario);

/// The word for all scenarios together; "not_run" when there is none. "pass" needs at least one pass.
[[nodiscard]] std::string overall_result(const RunResult& result);

}  // namespace reports
