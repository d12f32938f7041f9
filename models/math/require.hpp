// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace models::math {

inline constexpr double zero_degC_K = 273.15;

/// Throws std::invalid_argument "NAME is VALUE; allowed: RANGE" unless `ok`; `unit` stands behind the value.
inline void require(bool ok, std::string_view name, double value, std::string_view range, std::string_view unit = "") {
  if (ok) return;
  throw std::invalid_argument(std::string(name) + " is " + std::to_string(value) + (unit.empty() ? "" : " ") +
                              std::string(unit) + "; allowed: " + std::string(range));
}

}  // namespace models::math
