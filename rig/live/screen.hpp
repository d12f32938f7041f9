// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <ostream>
#include <string>

namespace rig::live {

/// Where a session writes. On a terminal the last row is kept for the status; lines scroll above it and what somebody
/// types is left alone. Elsewhere a status is a line like any other.
class Screen {
 public:
  Screen(std::ostream& out, bool is_terminal) : out_(out), is_terminal_(is_terminal) {}
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void line(const std::string& text);
  /// Refreshes the row; does nothing where there is none.
  void row(const std::string& status);
  [[nodiscard]] bool has_row() const { return is_terminal_; }

 private:
  void keep_row();

  std::ostream& out_;
  bool is_terminal_;
  int rows_ = 0, columns_ = 0;
};

}  // namespace rig::live
