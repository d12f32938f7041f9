// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "rig/campaign/campaign.hpp"
#include "rig/live/request.hpp"

namespace rig::cli {

struct Call;

/// What the program meets outside itself. Results go to `out`, mistakes to `err`.
struct Host {
  std::filesystem::path executable;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool colours = false;
  campaign::Runner runner;  // the bench
  live::Session live;       // … in real time
};

/// What `words` ask for, by `command`, whatever it is called; else as program().
[[nodiscard]] int carry_out(const std::vector<std::string>& words, const Host& host, int (*command)(const Call&));

/// The whole program; returns its exit code (docs/command-line.md). `words`: the command line without the program's
/// name. Never throws; the process must have no threads.
[[nodiscard]] int program(const std::vector<std::string>& words, const Host& host);

}  // namespace rig::cli
