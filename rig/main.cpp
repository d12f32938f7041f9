// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "rig/bench/sim/run_scenario.hpp"
#include "rig/cli/places.hpp"
#include "rig/cli/program.hpp"
#include "rig/live/session.hpp"

int main(int count, char** words) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 0);
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  const bool colours = terminal && (no_color == nullptr || *no_color == '\0');
  const rig::cli::Host host{
      rig::cli::this_executable(), std::cout, std::cerr, terminal, colours, rig::bench::run_scenario,
      rig::live::run_session};
  return rig::cli::program({words + 1, words + count}, host);
}
