// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "rig/campaign/exit_code.hpp"
#include "rig/cli/commands.hpp"
#include "rig/cli/coverage_rows.hpp"
#include "rig/cli/output_folder.hpp"
#include "rig/cli/results.hpp"
#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
namespace coverage = reports::coverage;

/// A folder of a run, or its result.json.
fs::path result_of(const fs::path& given) { return fs::is_directory(given) ? given / "result.json" : given; }

std::vector<reports::RunResult> read_runs(const Call& call, std::vector<std::string>& mistakes) {
  std::vector<reports::RunResult> runs;
  for (const std::string& given : call.arguments.what) {
    const fs::path file = result_of(given);
    if (fs::is_directory(given) && !fs::exists(file)) {
      mistakes.push_back(given + ": no result.json in it; coverage takes the output folders of runs");
      continue;
    }
    try {
      runs.push_back(reports::from_json(read_file(file)));
    } catch (const std::exception& unreadable) {
      const std::string reason = unreadable.what();
      mistakes.push_back(reason.find(file.string()) != std::string::npos ? reason : file.string() + ": " + reason);
    }
  }
  return runs;
}

/// "protections    312 covered, 4 holes, 0 failed", a line a kind.
std::string summary_of(const coverage::Coverage& all) {
  std::string text;
  auto counted_by = coverage::counts(all);
  for (const char* kind : {"protections", "requirements", "clauses", "scenarios"}) {
    auto& number = counted_by[kind];
    text += padded(kind, 14) + std::to_string(number[coverage::Status::covered]) + " covered, " +
            counted(number[coverage::Status::hole], "hole") + ", " + std::to_string(number[coverage::Status::failed]) +
            " failed, " + std::to_string(number[coverage::Status::conditional]) + " conditional, " +
            std::to_string(number[coverage::Status::not_applicable]) + " not applicable\n";
  }
  return text;
}

}  // namespace

int coverage_command(const Call& call) {
  std::vector<std::string> mistakes;
  const std::vector<reports::RunResult> runs = read_runs(call, mistakes);
  if (!mistakes.empty()) return malformed(call.host, mistakes);
  coverage::Coverage all;
  try {
    all = coverage::collect(runs, coverage_rows());
  } catch (const std::invalid_argument& refused) {
    return malformed(call.host, {refused.what()});
  }
  const fs::path folder = call.arguments.out.value_or("coverage");
  fs::create_directories(folder);
  write_coverage(all, "", folder);
  call.host.out << summary_of(all) << (folder / "coverage.html").lexically_normal().string() << "\n";
  return campaign::kExitPass;
}

}  // namespace rig::cli
