// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "rig/cli/commands.hpp"

namespace rig::cli {

int start_fit_program(const Call& call) {
  const std::string program = (call.host.executable.parent_path() / "cellrig-fit").string();
  std::vector<const char*> words = {program.c_str()};
  for (const std::string& word : call.words) words.push_back(word.c_str());
  words.push_back(nullptr);
  call.host.out << std::flush;
  execv(program.c_str(), const_cast<char* const*>(words.data()));
  throw std::runtime_error(program + " cannot be started (" + std::strerror(errno) + "); it belongs beside cellrig");
}

}  // namespace rig::cli
