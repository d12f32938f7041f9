// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

#include "firmware-under-test/jk/core/status.hpp"

namespace jk::protocols {

/// The temperature sensors of the battery, T1 to T5, as far as there are any. Sensors count from 1.
struct BatteryTemperatures {
  std::int32_t highest_ddegC = 0, lowest_ddegC = 0, average_ddegC = 0;
  std::size_t highest_sensor = 1, lowest_sensor = 1;
};
[[nodiscard]] std::optional<BatteryTemperatures> battery_temperatures(const core::Status& status);

/// Value of a cell as measured; 0 when there is no such cell.
[[nodiscard]] inline std::int32_t cell_mV(const core::Status& status, std::size_t cell) {
  return cell < status.cells_mV.size() ? status.cells_mV[cell] : 0;
}

}  // namespace jk::protocols
