// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "rig/campaign/campaign.hpp"
#include "rig/cli/bundle.hpp"
#include "rig/cli/commands.hpp"

namespace rig::cli {

/// What `run` leaves in its folder so that others can check it and run it again. Made before the run: firmware and
/// bench file are kept as they were then.
class RunBundle {
 public:
  RunBundle(const Selection& selection, const std::vector<campaign::Task>& tasks, const Call& call);

  /// Inputs and manifest.json. `written`: files that were made from result.json.
  void write(const reports::RunResult& run, const std::vector<std::string>& written,
             const std::filesystem::path& folder) const;

 private:
  struct Input {
    std::string path, was, bytes;
  };
  void add_firmware(const std::string& name, const std::filesystem::path& file);
  void add_bench(const std::string& file, const std::filesystem::path& shipped);

  InputPlaces places_;
  std::vector<Input> others_;  // beside what scenarios read
  reports::manifest::Recorded recorded_;
};

}  // namespace rig::cli
