// SPDX-License-Identifier: Apache-2.0
#include "rig/live/screen.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace rig::live {

namespace {
std::string escape(const std::string& code) { return "\x1b" + code; }
}  // namespace

Screen::~Screen() {
  if (rows_ == 0) return;
  out_ << escape("7") << escape("[r") << escape("[" + std::to_string(rows_) + ";1H") << escape("[2K") << escape("8")
       << std::flush;
}

void Screen::line(const std::string& text) { out_ << text << "\n" << std::flush; }

/// The scroll region ends above the last row. Only when the size has changed: the cursor must not jump.
void Screen::keep_row() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row < 4) return;
  columns_ = size.ws_col;
  if (rows_ == size.ws_row) return;
  if (rows_ == 0) out_ << "\n" << escape("[1A");  // the row below the cursor must exist
  rows_ = size.ws_row;
  out_ << escape("7") << escape("[1;" + std::to_string(rows_ - 1) + "r") << escape("8");
}

void Screen::row(const std::string& status) {
  if (!is_terminal_) return;
  keep_row();
  if (rows_ == 0) return;
  out_ << escape("7") << escape("[" + std::to_string(rows_) + ";1H") << escape("[2K")
       << status.substr(0, static_cast<std::size_t>(columns_)) << escape("8") << std::flush;
}

}  // namespace rig::live
