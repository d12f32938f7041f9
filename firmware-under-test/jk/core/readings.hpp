// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace jk::core {

/// What the protections look at.
enum class Signal : std::uint8_t {
  cell_max,           // mV, highest cell of the last scan
  cell_min,           // mV, lowest cell of the last scan
  charge_current,     // mA, positive while charging
  discharge_current,  // mA, positive while discharging
  battery_max,        // 0.1 degC, warmer of T1 and T2
  battery_min,        // 0.1 degC, colder of T1 and T2
  mos_temperature,    // 0.1 degC
  short_circuit,      // 1 = the hardware comparator is high
  count
};

/// A measured value and the time it was taken. Unknown: never measured, implausible, sensor open or short, or too old.
struct Reading {
  std::int32_t value = 0;
  bool is_known = false;
  std::uint64_t at_ns = 0;
};

inline constexpr auto signal_count = static_cast<std::size_t>(Signal::count);
using Readings = std::array<Reading, signal_count>;

using Signals = std::uint8_t;  // a set of them
[[nodiscard]] constexpr Signals signal_bit(std::size_t signal) { return static_cast<Signals>(1u << signal); }
[[nodiscard]] constexpr Signals signal_bit(Signal signal) { return signal_bit(static_cast<std::size_t>(signal)); }
inline constexpr Signals all_signals = (1u << signal_count) - 1;

}  // namespace jk::core
