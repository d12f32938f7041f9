// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace rig::cli {

/// One command of the fixed command line. `help` is empty for a name that is kept for a later version.
struct CommandHelp {
  std::string name, usage, summary, help;
  [[nodiscard]] bool available() const { return !help.empty(); }
};

[[nodiscard]] const std::vector<CommandHelp>& commands();
[[nodiscard]] const CommandHelp* find_command(const std::string& name);  // nullptr: unknown

/// The page of `cellrig --help`, and of `cellrig COMMAND --help`.
[[nodiscard]] std::string overview();
[[nodiscard]] std::string page(const CommandHelp& command);
[[nodiscard]] std::string version_line();

}  // namespace rig::cli
