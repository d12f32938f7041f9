// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "reports/coverage/coverage.hpp"

namespace reports::coverage {

/// Why nothing in this scenario counts: an error, not run, not applicable, or red although every claim holds. "" = it
/// can be believed.
[[nodiscard]] std::string disbelief(const ScenarioResult& scenario);

/// A claim as evidence; `covers` when it passed, was armed, and its scenario can be believed.
[[nodiscard]] Evidence evidence_of(std::size_t run, const ScenarioResult& scenario, const ClaimResult& claim);
/// A scenario in which no claim was judged.
[[nodiscard]] Evidence evidence_of(std::size_t run, const ScenarioResult& scenario);

/// Sets status and reason from the evidence: one that failed, else one that covers, else a conditional one, else a hole
/// with the reason of the first that does not count, or `otherwise`.
void conclude(Item& item, const std::string& otherwise);

/// Aspects that a timeline shows, as indices into `aspects`. Whether its claim counts is not asked here.
[[nodiscard]] std::vector<std::size_t> aspects_of(const Timeline& timeline, double simulated_s);
/// Of a label "cell_ovp/set" without its row; nullopt: not an aspect.
[[nodiscard]] std::optional<std::size_t> aspect_of_label(std::string_view word);

/// Rows of all runs.
[[nodiscard]] std::vector<Row> rows_of(std::span<const RunResult> runs, const std::vector<Protection>& protections);

}  // namespace reports::coverage
