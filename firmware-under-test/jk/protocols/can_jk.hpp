// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/alarms.hpp"
#include "firmware-under-test/jk/protocols/can_frame.hpp"

/// Frames of "JK BMS-CAN" V1 and V2: eight bytes each, little-endian, what a frame does not use is 0. Ids without the
/// device address. Source: docs/references.md#jk-can, facts 3.1 and 3.2.
namespace jk::protocols::can_jk {

inline constexpr std::uint32_t control_id = 0x18F0F428, charger_id = 0x18FF50E5;

struct BatteryState {
  std::int32_t voltage_dV = 0;  // 0.1 V
  std::int32_t current_dA = 0;  // charging positive, as decoders read it; the document has it the other way
  std::int32_t soc_percent = 0;
  std::uint32_t discharge_h = 0;
};
[[nodiscard]] CanFrame battery_state(const BatteryState& state);  // 2F4

struct CellVoltages {
  std::int32_t highest_mV = 0, lowest_mV = 0;
  std::size_t highest_cell = 1, lowest_cell = 1;  // from 1
};
[[nodiscard]] CanFrame cell_voltages(const CellVoltages& cells);  // 4F4

struct CellTemperatures {
  std::int32_t highest_degC = 0, lowest_degC = 0, average_degC = 0;
  std::size_t highest_sensor = 1, lowest_sensor = 1;  // from 1
};
[[nodiscard]] CanFrame cell_temperatures(const CellTemperatures& temperatures);  // 5F4
[[nodiscard]] CanFrame no_cell_temperatures();

/// In the order of frame 7F4.
enum class Level : std::uint8_t { none = 0, serious = 1, important = 2, general = 3 };
enum class Warning : std::uint8_t {
  cell_overvoltage,
  cell_undervoltage,
  pack_overvoltage,
  pack_undervoltage,
  cell_difference,
  discharge_overcurrent,
  charge_overcurrent,
  high_temperature,
  low_temperature,
  temperature_difference,
  low_soc,
  insulation,
  high_voltage_interlock,
  external_communication,
  internal_communication,
  count
};
using Levels = std::array<Level, static_cast<std::size_t>(Warning::count)>;
[[nodiscard]] CanFrame alarm_info(const Levels& levels);  // 7F4
/// What opens a gate is serious, what only warns is general.
[[nodiscard]] Levels levels_of(core::Alarms alarms);
[[nodiscard]] bool is_any(const Levels& levels);

struct Capacities {
  std::uint32_t remaining_dAh = 0, full_dAh = 0, cycled_dAh = 0, cycles = 0;  // 0.1 Ah
};
[[nodiscard]] CanFrame capacities(const Capacities& capacities);  // 18F128F4

inline constexpr std::int32_t no_sensor_degC = 205;  // FF on the wire
/// T1, T2, MOSFETs, T3, T4, as decoders name the places.
[[nodiscard]] CanFrame all_temperatures(const std::array<std::int32_t, 5>& degC);  // 18F228F4

[[nodiscard]] CanFrame errors(core::Alarms alarms);  // 18F328F4
[[nodiscard]] CanFrame information(std::uint32_t run_time_s, std::int32_t heater_mA,
                                   std::int32_t soh_percent);  // 18F428F4

struct Switches {
  bool is_charge_on = false, is_discharge_on = false, is_balancing = false, is_heating = false;
  bool is_charger_plugged = false, is_on = true;
};
[[nodiscard]] CanFrame switches(const Switches& switches);  // 18F528F4

/// Four cells from number 4 * group + 1 on.
[[nodiscard]] CanFrame cell_group(std::size_t group, std::span<const std::int32_t> cells_mV);  // 18E028F4 ...

struct ChargeRequest {
  std::int32_t voltage_dV = 0, current_dA = 0;
  bool is_off = false, is_heating = false;
};
[[nodiscard]] CanFrame charge_request(const ChargeRequest& request);  // 1806E5F4, big-endian

}  // namespace jk::protocols::can_jk
