// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "rig/campaign/campaign.hpp"
#include "rig/cli/commands.hpp"
#include "rig/scenario/capabilities.hpp"

namespace rig::cli {

/// Runs the tasks with jobs, seed and forms of traces of the call, and shows how far they are.
[[nodiscard]] campaign::CampaignResult run_tasks(const std::vector<campaign::Task>& tasks,
                                                 const scenario::BenchCapabilities& bench,
                                                 const std::filesystem::path& folder, double stall_s, const Call& call);

/// Everything of a result but its scenarios. Several firmwares in one run (boards differ): their figures stand in the
/// same order, joined by commas.
[[nodiscard]] reports::RunResult begin_result(const std::vector<campaign::Task>& tasks,
                                              const scenario::BenchCapabilities& bench, const Call& call);

}  // namespace rig::cli
