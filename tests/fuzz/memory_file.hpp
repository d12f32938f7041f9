// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/fuzz.hpp"

namespace tests::fuzz {

/// A file without a disk, for what opens files by their path.
class MemoryFile {
 public:
  explicit MemoryFile(const std::uint8_t* bytes = nullptr, std::size_t count = 0) : handle_(memfd_create("fuzz", 0)) {
    require(handle_ >= 0, "there is memory for a file");
    if (count > 0) require(write(handle_, bytes, count) == static_cast<ssize_t>(count), "a file takes its bytes");
  }
  ~MemoryFile() { close(handle_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(handle_); }

 private:
  int handle_;
};

}  // namespace tests::fuzz
