// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <kainjow/mustache.hpp>
#include <string>

#include "reports/result.hpp"

/// What the template sees: texts only, every number already in words. Names as in assets/report.mustache.
namespace reports::view {

using kainjow::mustache::data;

[[nodiscard]] data text(const std::string& words);  // printable(); the template escapes
[[nodiscard]] data object();
[[nodiscard]] data list();
/// {word, symbol, name} of a result: "fail", "✕", "conditional fail" without underscore.
void set_result(data& into, const std::string& word);
/// {shows: [{id}]}
void set_shows(data& into, const std::vector<std::string>& shows);

[[nodiscard]] data claim(const ClaimResult& claim);
/// `folder`: where the scenario's trace is. Pictures are drawn here; a trace that is missing, damaged or not the one
/// that the result names gives a sentence instead of a picture, and `trace_problem` is set.
[[nodiscard]] data scenario(const ScenarioResult& scenario, const std::filesystem::path& folder);
/// The worst claim in one line, for the list: {tightest, measured, limit, margin}.
[[nodiscard]] data summary(const ScenarioResult& scenario);

/// The claim with the least room: a failed one first, then the smallest margin; nullptr without claims.
[[nodiscard]] const ClaimResult* tightest(const ScenarioResult& scenario);

}  // namespace reports::view
