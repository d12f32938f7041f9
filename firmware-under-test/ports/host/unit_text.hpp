// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::host {

/// How pages and board files write the integers of the settings table.
struct UnitText {
  const char* integer;  // as board files name it
  const char* unit;     // of the printed number
  double divisor;
};
[[nodiscard]] UnitText text_of(core::Unit unit);
/// 3600 mV: "3.6 V".
[[nodiscard]] std::string value_text(core::Unit unit, std::int32_t value);

}  // namespace jk::host
