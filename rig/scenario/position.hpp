// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace rig::scenario {

/// Where a text stands. line and column count from 1.
struct SourcePosition {
  std::string file;
  int line = 0;
  int column = 0;
};

}  // namespace rig::scenario
