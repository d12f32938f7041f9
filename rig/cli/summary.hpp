// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "reports/result.hpp"

namespace rig::cli {

/// What a reader of the terminal gets: one line a scenario with the figures of its worst claim, failures spelled out
/// below theirs, counts last. `report` is the path of report.html as it is to be printed.
struct SummaryStyle {
  bool colours = false;
  std::string report;
  bool whole_library = false;  // an invariant that armed nowhere is then a warning
};
[[nodiscard]] std::string summary(const reports::RunResult& run, const SummaryStyle& style);

/// The claim that the line shows: the worst word; among these the smallest margin against its limit. nullptr without
/// claims.
[[nodiscard]] const reports::ClaimResult* worst_claim(const reports::ScenarioResult& scenario);

/// "8 pass · 0 fail · 0 error", with the other words when they occur.
[[nodiscard]] std::string counts(const reports::RunResult& run);

}  // namespace rig::cli
