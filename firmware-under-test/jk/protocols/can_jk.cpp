// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_jk.hpp"

#include <algorithm>

namespace jk::protocols::can_jk {
namespace {

using core::Alarm;
using core::alarm_bit;

constexpr unsigned temperature_offset = 50;
constexpr std::int32_t current_offset_dA = 4000;

std::uint32_t u16(std::int32_t value) { return static_cast<std::uint32_t>(std::clamp<std::int32_t>(value, 0, 0xFFFF)); }
std::uint32_t u16(std::uint32_t value) { return std::min<std::uint32_t>(value, 0xFFFF); }
std::uint32_t temperature(std::int32_t degC) {
  return static_cast<std::uint32_t>(std::clamp<std::int32_t>(degC, -50, no_sensor_degC)) + temperature_offset;
}

struct WarningRow {
  Warning warning;
  Level level;
  core::Alarms alarms;
};
constexpr WarningRow warning_rows[] = {
    {Warning::cell_overvoltage, Level::serious, alarm_bit(Alarm::cell_overvoltage)},
    {Warning::cell_undervoltage, Level::serious, alarm_bit(Alarm::cell_undervoltage)},
    {Warning::pack_overvoltage, Level::serious, alarm_bit(Alarm::pack_overvoltage)},
    {Warning::pack_undervoltage, Level::serious, alarm_bit(Alarm::pack_undervoltage)},
    {Warning::cell_difference, Level::general, alarm_bit(Alarm::cell_difference)},
    {Warning::discharge_overcurrent, Level::serious,
     alarm_bit(Alarm::discharge_overcurrent) | alarm_bit(Alarm::discharge_overcurrent_2) |
         alarm_bit(Alarm::discharge_overcurrent_3) | alarm_bit(Alarm::discharge_short_circuit) |
         alarm_bit(Alarm::short_circuit_release_failed)},
    {Warning::charge_overcurrent, Level::serious,
     alarm_bit(Alarm::charge_overcurrent) | alarm_bit(Alarm::charge_short_circuit)},
    {Warning::high_temperature, Level::serious,
     alarm_bit(Alarm::charge_overtemperature) | alarm_bit(Alarm::discharge_overtemperature) |
         alarm_bit(Alarm::mos_overtemperature) | alarm_bit(Alarm::battery_overtemperature)},
    {Warning::low_temperature, Level::serious,
     alarm_bit(Alarm::charge_undertemperature) | alarm_bit(Alarm::discharge_undertemperature)},
    {Warning::temperature_difference, Level::general, alarm_bit(Alarm::temperature_difference)},
    {Warning::low_soc, Level::general, alarm_bit(Alarm::low_soc)},
    {Warning::external_communication, Level::general, alarm_bit(Alarm::gps_disconnected)},
    {Warning::internal_communication, Level::serious, alarm_bit(Alarm::auxiliary_cpu)},
};
constexpr core::Alarms alarms_in_errors = (core::Alarms{1} << 18) - 1;
constexpr unsigned error_level_bit = 26;

}  // namespace

CanFrame battery_state(const BatteryState& state) {
  return CanFrame::standard(0x2F4)
      .u16(u16(state.voltage_dV))
      .u16(u16(state.current_dA + current_offset_dA))
      .u8(static_cast<std::uint32_t>(state.soc_percent))
      .u8(0)
      .u16(u16(state.discharge_h));
}

CanFrame cell_voltages(const CellVoltages& cells) {
  return CanFrame::standard(0x4F4)
      .u16(u16(cells.highest_mV))
      .u8(static_cast<std::uint32_t>(cells.highest_cell))
      .u16(u16(cells.lowest_mV))
      .u8(static_cast<std::uint32_t>(cells.lowest_cell))
      .fill();
}

CanFrame cell_temperatures(const CellTemperatures& temperatures) {
  return CanFrame::standard(0x5F4)
      .u8(temperature(temperatures.highest_degC))
      .u8(static_cast<std::uint32_t>(temperatures.highest_sensor))
      .u8(temperature(temperatures.lowest_degC))
      .u8(static_cast<std::uint32_t>(temperatures.lowest_sensor))
      .u8(temperature(temperatures.average_degC))
      .fill();
}

CanFrame no_cell_temperatures() { return cell_temperatures({no_sensor_degC, no_sensor_degC, no_sensor_degC, 0, 0}); }

CanFrame alarm_info(const Levels& levels) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) bits |= static_cast<std::uint32_t>(levels[i]) << (2 * i);
  return CanFrame::standard(0x7F4).u32(bits).fill();
}

Levels levels_of(core::Alarms alarms) {
  Levels levels{};
  for (const WarningRow& row : warning_rows) {
    if ((alarms & row.alarms) != 0) levels[static_cast<std::size_t>(row.warning)] = row.level;
  }
  return levels;
}

bool is_any(const Levels& levels) { return levels != Levels{}; }

CanFrame capacities(const Capacities& capacities) {
  return CanFrame::extended(0x18F128F4)
      .u16(u16(capacities.remaining_dAh))
      .u16(u16(capacities.full_dAh))
      .u16(u16(capacities.cycled_dAh))
      .u16(u16(capacities.cycles));
}

CanFrame all_temperatures(const std::array<std::int32_t, 5>& degC) {
  std::uint32_t mask = 0;
  for (std::size_t i = 0; i < degC.size(); ++i) mask |= static_cast<std::uint32_t>(degC[i] < no_sensor_degC) << i;
  CanFrame frame = CanFrame::extended(0x18F228F4).u8(mask);
  for (const std::int32_t value : degC) frame.u8(temperature(value));
  return frame.fill();
}

CanFrame errors(core::Alarms alarms) {
  const core::Alarms told = alarms & alarms_in_errors;
  return CanFrame::extended(0x18F328F4).u32(told | (told != 0 ? 1u << error_level_bit : 0u)).fill();
}

CanFrame information(std::uint32_t run_time_s, std::int32_t heater_mA, std::int32_t soh_percent) {
  return CanFrame::extended(0x18F428F4)
      .u32(run_time_s)
      .u16(u16(heater_mA))
      .u8(static_cast<std::uint32_t>(soh_percent))
      .fill();
}

CanFrame switches(const Switches& switches) {
  const bool bits[] = {switches.is_charge_on, switches.is_discharge_on,    switches.is_balancing,
                       switches.is_heating,   switches.is_charger_plugged, switches.is_on};
  std::uint32_t byte = 0;
  for (std::size_t i = 0; i < std::size(bits); ++i) byte |= static_cast<std::uint32_t>(bits[i]) << i;
  return CanFrame::extended(0x18F528F4).u8(byte).fill();
}

CanFrame cell_group(std::size_t group, std::span<const std::int32_t> cells_mV) {
  CanFrame frame = CanFrame::extended(0x18E028F4 + static_cast<std::uint32_t>(group) * 0x10000);
  for (const std::int32_t mV : cells_mV.subspan(4 * group, std::min<std::size_t>(4, cells_mV.size() - 4 * group))) {
    frame.u16(u16(mV));
  }
  return frame.fill();
}

CanFrame charge_request(const ChargeRequest& request) {
  return CanFrame::extended(0x1806E5F4)
      .u16_big_endian(u16(request.voltage_dV))
      .u16_big_endian(u16(request.current_dA))
      .u8(request.is_off ? 1 : 0)
      .u8(request.is_heating ? 1 : 0)
      .fill();
}

}  // namespace jk::protocols::can_jk
