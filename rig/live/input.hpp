// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <optional>
#include <string>

namespace rig::live {

/// Lines from a descriptor that somebody types at or a pipe feeds. Its end is no line.
class Input {
 public:
  explicit Input(int descriptor) : descriptor_(descriptor) {}

  /// To wait for with poll(); -1: at its end.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// Takes what poll() announced.
  void read();
  std::optional<std::string> next_line();
  [[nodiscard]] bool has_lines() const { return !lines_.empty(); }

 private:
  int descriptor_;
  std::string unfinished_;
  std::deque<std::string> lines_;
};

}  // namespace rig::live
