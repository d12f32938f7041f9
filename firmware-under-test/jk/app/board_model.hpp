// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace jk::app {

/// What the model name of a JK board states: JK-B2A24S20P balances with 2 A, has 24 cells at most, carries 200 A.
struct BoardModel {
  std::string_view name;
  std::int32_t balance_mA = 0;  // 0: the name is no JK board's
  std::uint32_t max_cells = 0;
  std::int32_t continuous_A = 0;
  bool has_inverter_ports = false;  // PB

  /// 14 bit, 65.536 V; boards above 8 cells 131.072 V.
  [[nodiscard]] std::int32_t pack_lsb_mV() const { return max_cells > 8 ? 8 : 4; }
};

/// "JK-B", "JK-PB", or with "_"; digits, "A", digits, "S", digits, "P". Anything else gives a model that balances with
/// 0 A.
[[nodiscard]] BoardModel board_model(std::string_view name);

}  // namespace jk::app
