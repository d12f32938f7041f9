// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdio>
#include <string>

#include "firmware-under-test/jk/protocols/can_frame.hpp"

namespace jk::protocols {

/// "2F4# 13 01 D7 11", as candump writes it; extended ids have eight digits.
inline std::string dump(const CanFrame& frame) {
  char text[16];
  std::snprintf(text, sizeof text, frame.is_extended ? "%08X#" : "%03X#", static_cast<unsigned>(frame.id));
  std::string out = text;
  for (std::size_t i = 0; i < frame.length; ++i) {
    std::snprintf(text, sizeof text, " %02X", static_cast<unsigned>(frame.data[i]));
    out += text;
  }
  return out;
}

}  // namespace jk::protocols
