// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rig/campaign/shots.hpp"
#include "rig/cli/commands.hpp"

namespace rig::cli {

/// A run that did not pass, and what it was made of.
struct Failing {
  campaign::Record record;
  campaign::Shot shot;
};

struct FailingTold {  // NOLINT(bugprone-exception-escape): moved JSON throws nothing
  std::vector<std::string> lines;
  nlohmann::ordered_json list;  // of campaign.json
};

/// Writes each of them (the first twenty) as a scenario file that stands alone, failing/run_17.yaml, with the command
/// that repeats it, and runs the first five again with a trace, for failing/report.html.
[[nodiscard]] FailingTold tell_failing(const std::vector<Failing>& failing, const std::filesystem::path& folder,
                                       scenario::Files& files, double stall_limit_s, const Call& call);

/// "cellrig run FILE --seed N", with the firmware when another one was named.
[[nodiscard]] std::string again_line(const std::filesystem::path& file, std::uint64_t seed, const Call& call);

/// Firmware that a scenario runs: the one named, else that of its board.
[[nodiscard]] std::filesystem::path firmware_of(const scenario::Scenario& scenario, const Call& call);

}  // namespace rig::cli
