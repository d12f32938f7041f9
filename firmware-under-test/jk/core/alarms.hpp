// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace jk::core {

/// What is wrong, one bit each; the numbers are those of the JK Modbus alarm word (0x12A0), up to 17 also of the CAN
/// frame BMSERR_INFO. Source: docs/references.md#jk-modbus, facts 2.5. Bits above 28 are ours and stay off the wire.
enum class Alarm : std::uint8_t {
  wire_resistance = 0,
  mos_overtemperature = 1,
  cell_count = 2,
  current_sensor = 3,
  cell_overvoltage = 4,
  pack_overvoltage = 5,
  charge_overcurrent = 6,
  charge_short_circuit = 7,
  charge_overtemperature = 8,
  charge_undertemperature = 9,
  auxiliary_cpu = 10,
  cell_undervoltage = 11,
  pack_undervoltage = 12,
  discharge_overcurrent = 13,
  discharge_short_circuit = 14,
  discharge_overtemperature = 15,
  charge_mos_fault = 16,
  discharge_mos_fault = 17,
  gps_disconnected = 18,
  default_password = 19,
  discharge_on_failed = 20,
  battery_overtemperature = 21,  // box sensor
  temperature_sensor = 22,
  current_limiter = 23,
  short_circuit_release_failed = 24,
  discharge_overcurrent_2 = 25,
  discharge_overcurrent_3 = 26,
  discharge_undertemperature = 27,
  gps_lock = 28,
  low_soc = 29,
  cell_difference = 30,
  temperature_difference = 31
};

using Alarms = std::uint32_t;
[[nodiscard]] constexpr Alarms alarm_bit(Alarm alarm) { return Alarms{1} << static_cast<unsigned>(alarm); }
inline constexpr Alarms alarms_on_the_wire = (Alarms{1} << 29) - 1;

}  // namespace jk::core
