// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>
#include <string>

namespace models::math {

inline constexpr double zero_degC_K = 273.15;

/// Throws std::invalid_argument "NAME is VALUE; allowed: RANGE" unless `ok`; `unit` stands behind the value.
inline void require(bool ok, const std::string& name, double value, const std::string& range,
                    const std::string& unit = "") {
  if (ok) return;
  throw std::invalid_argument(name + " is " + std::to_string(value) + (unit.empty() ? "" : " " + unit) +
                              "; allowed: " + range);
}

}  // namespace models::math
