// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rig::cli {

/// What the command line asks for. Values are checked; files are not looked at.
struct Arguments {
  std::string command;                // "run", "list", …; "" with a text to show
  std::vector<std::string> what;      // PATH, NAME or PATH::NAME
  std::vector<std::string> labels;    // scenarios with any of them
  std::vector<std::string> without;   // and with none of these labels
  std::vector<std::string> settings;  // of live: "cell_ovp=3.65 V"
  std::vector<std::string> packs;     // of live, one for each board or for all
  std::optional<std::string> firmware, out;
  std::string bench = "sim";     // or a bench file
  std::string pdf = "off";       // of run, report: auto, chromium, weasyprint, off
  std::optional<unsigned> jobs;  // default: the cores there are
  std::uint64_t seed = 1;
  double speed = 1;                          // of live
  std::map<std::string, std::string> texts;  // of replay, fit, live: "start" -> "soc=1"
  bool csv = false, vcd = false, strict = false, gdb = false, in_process = false;
  bool fail_fast = false;
  bool resume = false;  // of campaign

  std::string show;                   // help or version: print this, exit 0
  std::vector<std::string> mistakes;  // not empty: print these, run nothing, exit 3
};

/// `words` without the program's name. Never throws: whatever is wrong becomes a sentence in `mistakes`.
[[nodiscard]] Arguments parse_arguments(const std::vector<std::string>& words);

}  // namespace rig::cli
