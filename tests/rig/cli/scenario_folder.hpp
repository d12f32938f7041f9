// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fstream>
#include <string>

#include "tests/support/program.hpp"

namespace rig::cli {

/// A user's folder outside the repository, with scenarios that lean on the shipped boards and packs.
class ScenarioFolder : public tests::TemporaryFolder {
 public:
  ScenarioFolder() { write("fw.so", "not really a firmware"); }

  [[nodiscard]] std::string at(const std::string& name) const { return (path() / name).string(); }

  void write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path() / name).parent_path());
    std::ofstream(path() / name) << content;
  }

  [[nodiscard]] static std::string scenario(const std::string& name, const std::string& label = "quick") {
    return name + ":\n  about: A test.\n  labels: [" + label +
           "]\n  board: boards/jk_b2a8s20p.yaml\n  pack: packs/lfp_8s_280ah.yaml\n  settings: {preset: LiFePO4}\n"
           "  start: {soc: 50 %}\n  run_for: 10 s\n  expect:\n    - always: max(cell.voltage) < 3.8 V\n";
  }
};

}  // namespace rig::cli
