// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace jk::protocols {

/// `value` in another unit, rounded to the nearest, halves away from zero. `unit` > 0.
[[nodiscard]] constexpr std::int32_t nearest(std::int32_t value, std::int32_t unit) {
  return (value + (value < 0 ? -unit / 2 : unit / 2)) / unit;
}

}  // namespace jk::protocols
