// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace jk::core {

/// What the protections look at.
enum class Signal : std::uint8_t {
  cell_max,                // mV, highest cell of the last scan
  cell_min,                // mV, lowest cell of the last scan
  charge_current,          // mA, positive while charging
  discharge_current,       // mA, positive while discharging
  battery_max,             // 0.1 degC, warmer of T1 and T2
  battery_min,             // 0.1 degC, colder of T1 and T2
  mos_temperature,         // 0.1 degC
  short_circuit,           // 1 = the hardware comparator is high
  pack_voltage,            // mV, sum of the cells of the last scan
  cell_difference,         // mV, highest minus lowest cell of the last scan
  pack_difference,         // mV, measured pack voltage against the sum of the cells, without its sign
  cell_count,              // 1 = the pack has another number of cells than the setting says
  cell_leads,              // 1 = a cell of the last scan cannot be: lead open, shorted or reversed
  scan_age,                // 1 = the last scan is too old
  box_temperature,         // 0.1 degC, T1
  temperature_difference,  // 0.1 K, between T1 and T2
  sensors,                 // 1 = a temperature sensor is open, shorted or out of its range
  current_sensor,          // 1 = no code, or a code at the end of the range that the comparator denies
  charge_leak,             // mA of charging while the charge gate is off
  discharge_leak,          // mA of discharging while the discharge gate is off
  wire_resistance,         // mohm, highest of the self-test
  soc,                     // %
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

using Signals = std::uint32_t;  // a set of them
[[nodiscard]] constexpr Signals signal_bit(std::size_t signal) { return Signals{1} << signal; }
[[nodiscard]] constexpr Signals signal_bit(Signal signal) { return signal_bit(static_cast<std::size_t>(signal)); }
inline constexpr Signals all_signals = (Signals{1} << signal_count) - 1;

/// Signals without which nothing may conduct.
inline constexpr Signals vital_signals = signal_bit(Signal::cell_max) | signal_bit(Signal::cell_min) |
                                         signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current) |
                                         signal_bit(Signal::battery_max) | signal_bit(Signal::battery_min) |
                                         signal_bit(Signal::mos_temperature) | signal_bit(Signal::short_circuit);
/// Signals that say that something is wrong: harmless until they say so. All others are unknown until measured.
inline constexpr Signals fault_signals = signal_bit(Signal::cell_leads) | signal_bit(Signal::scan_age) |
                                         signal_bit(Signal::sensors) | signal_bit(Signal::current_sensor) |
                                         signal_bit(Signal::charge_leak) | signal_bit(Signal::discharge_leak) |
                                         signal_bit(Signal::wire_resistance) | signal_bit(Signal::soc);
/// Before anything has been measured.
[[nodiscard]] Readings readings_at_start();

}  // namespace jk::core
