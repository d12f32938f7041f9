// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/stall_limit.hpp"

#include <charconv>
#include <cstdlib>

namespace rig::cli {

double stall_limit_s(std::vector<std::string>& mistakes) {
  const char* text = std::getenv("CELLRIG_STALL_LIMIT_S");
  if (text == nullptr || *text == '\0') return 600;
  double value = 0;
  const char* end = text + std::char_traits<char>::length(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  if (error != std::errc() || stop != end || !(value > 0)) {
    mistakes.push_back(std::string("CELLRIG_STALL_LIMIT_S: \"") + text + "\" is not a number of seconds above 0");
  }
  return value;
}

}  // namespace rig::cli
