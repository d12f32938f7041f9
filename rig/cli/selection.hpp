// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "rig/cli/arguments.hpp"
#include "rig/cli/places.hpp"
#include "rig/scenario/capabilities.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::cli {

struct Selected {
  std::shared_ptr<const scenario::Scenario> scenario;
  bool named = false;    // by its own name, not through a folder or file
  std::string selector;  // the word that selects exactly this one again: NAME, or PATH::NAME
};

/// The bench that `arguments` names; mistakes in its file are told in `mistakes`.
[[nodiscard]] scenario::BenchCapabilities bench_of(const Arguments& arguments, const Places& places,
                                                   std::vector<std::string>& mistakes);
/// What `run` and `list` say when the bench can run nothing of a selection.
[[nodiscard]] std::string nothing_runs_on(const scenario::BenchCapabilities& bench);

struct Selection {
  std::vector<Selected> scenarios;    // in the order asked for; a folder in order of path, a file in its own order
  std::vector<std::string> mistakes;  // not empty: nothing may run
  std::size_t files = 0;              // how many were read
};

/// Finds and reads the scenarios of `arguments.what` (none: those that come with Cellrig), keeps those with one of the
/// labels. A word is a path when it names an existing file or folder, holds a '/', or ends in .yaml or .yml; otherwise
/// it is the name of a shipped scenario; PATH::NAME is one scenario of a path. A folder means every .yaml and .yml file
/// below it, except hidden ones and those in folders called boards, packs, benches, campaigns or data, or that hold the
/// result.json of a run. Mistakes:
/// malformed files (every message), unknown names, paths that do not exist, folders without scenarios, labels nobody
/// carries, one name in two places.
[[nodiscard]] Selection select(const Arguments& arguments, const Places& places);

/// Scenario files of a folder, in order of path. Throws std::filesystem::filesystem_error.
[[nodiscard]] std::vector<std::filesystem::path> scenario_files_below(const std::filesystem::path& folder);

}  // namespace rig::cli
