// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "reports/coverage/coverage.hpp"
#include "reports/result.hpp"
#include "rig/cli/commands.hpp"

namespace rig::cli {

/// Everything that is rendered from a result: junit.xml, summary.md, report.html, coverage.html, .csv, .json and, with
/// --pdf, report.pdf; the summary is also appended to the file that GITHUB_STEP_SUMMARY names. What could not be
/// written is said on `err`.
struct Rendered {
  std::filesystem::path report;
  std::vector<std::string> files;  // names in the folder
  int exit_code = 0;               // kExitError when something that was asked for is missing
};
[[nodiscard]] Rendered render_results(const reports::RunResult& run, const std::filesystem::path& folder,
                                      const Call& call);

/// Of these, what is made from the result and its traces alone; returns the names.
std::vector<std::string> write_pages(const reports::RunResult& run, const std::filesystem::path& folder);

/// coverage.html, coverage.csv and coverage.json; returns the names. `report`: the page that coverage.html links to.
std::vector<std::string> write_coverage(const reports::coverage::Coverage& coverage, const std::string& report,
                                        const std::filesystem::path& folder);

}  // namespace rig::cli
