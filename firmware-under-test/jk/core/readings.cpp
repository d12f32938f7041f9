// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/readings.hpp"

namespace jk::core {

Readings readings_at_start() {
  constexpr std::int32_t full_percent = 100;
  Readings readings{};
  for (std::size_t i = 0; i < signal_count; ++i) readings[i].is_known = (fault_signals & signal_bit(i)) != 0;
  readings[static_cast<std::size_t>(Signal::soc)].value = full_percent;
  return readings;
}

}  // namespace jk::core
