// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

namespace reports::clauses {

/// The files of this folder as they were when the program was built.
struct Text {
  std::string_view file, content;
};
[[nodiscard]] const std::vector<Text>& texts();

}  // namespace reports::clauses
