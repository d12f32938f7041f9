// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/gdb.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rig::cli {

std::vector<std::string> gdb_words(const std::filesystem::path& executable, const std::vector<std::string>& words) {
  std::vector<std::string> all = {"gdb", "--args", executable.string()};
  for (const std::string& word : words) all.push_back(word == "--gdb" ? "--in-process" : word);
  return all;
}

std::string become(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  execvp(pointers.front(), pointers.data());
  if (errno == ENOENT) return "--gdb: gdb is not installed (apt-get install gdb)";
  return std::string("--gdb: gdb does not start: ") + std::strerror(errno);
}

}  // namespace rig::cli
