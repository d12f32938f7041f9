// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::app {

/// What is wrong with a settings text: a static sentence, and the line it is about (empty when about no single line).
struct SettingsProblem {
  const char* what = nullptr;
  std::string_view line;
};

/// Applies "name=integer\n" lines; empty lines are allowed. Refused: unknown name, name twice, no integer, value out of
/// the range of setting_table, and values that contradict each other. `what` is nullptr when all is well.
[[nodiscard]] SettingsProblem apply_settings(std::string_view text, core::Settings& settings);

}  // namespace jk::app
