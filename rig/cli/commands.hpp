// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/cli/arguments.hpp"
#include "rig/cli/places.hpp"
#include "rig/cli/program.hpp"

namespace rig::cli {

/// What every command gets: its checked words, where things are, and the world outside.
struct Call {
  const std::vector<std::string>& words;
  const Arguments& arguments;
  const Places& places;
  const Host& host;
};

/// The commands; each returns the exit code. They may throw std::exception for what the machine refuses (told, exit 2).
int run_command(const Call& call);
int list_command(const Call& call);
int validate_command(const Call& call);
int explain_command(const Call& call);
int report_command(const Call& call);
int campaign_command(const Call& call);
int coverage_command(const Call& call);
int verify_command(const Call& call);
int schema_command(const Call& call);
int new_command(const Call& call);
int live_command(const Call& call);
int replay_command(const Call& call);
int fit_command(const Call& call);        // in cellrig-fit
int start_fit_program(const Call& call);  // becomes the cellrig-fit beside this program

/// Prints every sentence and returns 3.
int malformed(const Host& host, const std::vector<std::string>& mistakes);

}  // namespace rig::cli
