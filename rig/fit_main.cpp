// SPDX-License-Identifier: Apache-2.0
// What `cellrig fit` becomes.
#include <unistd.h>

#include <iostream>
#include <string_view>

#include "rig/cli/commands.hpp"
#include "rig/cli/places.hpp"
#include "rig/cli/program.hpp"

int main(int count, char** words) {
  if (count < 2 || std::string_view(words[1]) != "fit") {
    std::cerr << "cellrig-fit: is started by `cellrig fit`\n";
    return 3;
  }
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  const rig::cli::Host host{rig::cli::this_executable(), std::cout, std::cerr, terminal, false, {}, {}};
  return rig::cli::carry_out({words + 1, words + count}, host, rig::cli::fit_command);
}
