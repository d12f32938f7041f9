// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_inverter.hpp"

#include <algorithm>

#include "firmware-under-test/jk/protocols/can_limits.hpp"

namespace jk::protocols::can_inverter {
namespace {

using core::Alarm;
using core::alarm_bit;
using core::Alarms;

constexpr Alarms high_voltage = alarm_bit(Alarm::cell_overvoltage) | alarm_bit(Alarm::pack_overvoltage);
constexpr Alarms low_voltage = alarm_bit(Alarm::cell_undervoltage) | alarm_bit(Alarm::pack_undervoltage);
constexpr Alarms hot_charging = alarm_bit(Alarm::charge_overtemperature);
constexpr Alarms hot = alarm_bit(Alarm::discharge_overtemperature) | alarm_bit(Alarm::mos_overtemperature) |
                       alarm_bit(Alarm::battery_overtemperature);
constexpr Alarms cold_charging = alarm_bit(Alarm::charge_undertemperature);
constexpr Alarms cold = alarm_bit(Alarm::discharge_undertemperature);
constexpr Alarms discharge_current = alarm_bit(Alarm::discharge_overcurrent) |
                                     alarm_bit(Alarm::discharge_overcurrent_2) |
                                     alarm_bit(Alarm::discharge_overcurrent_3);
constexpr Alarms charge_current = alarm_bit(Alarm::charge_overcurrent);
constexpr Alarms charge_short = alarm_bit(Alarm::charge_short_circuit);
constexpr Alarms discharge_short =
    alarm_bit(Alarm::discharge_short_circuit) | alarm_bit(Alarm::short_circuit_release_failed);
constexpr Alarms contactor =
    alarm_bit(Alarm::charge_mos_fault) | alarm_bit(Alarm::discharge_mos_fault) | alarm_bit(Alarm::discharge_on_failed);
constexpr Alarms internal = alarm_bit(Alarm::cell_count) | alarm_bit(Alarm::current_sensor) |
                            alarm_bit(Alarm::auxiliary_cpu) | alarm_bit(Alarm::temperature_sensor);
constexpr Alarms warnings_only =
    alarm_bit(Alarm::low_soc) | alarm_bit(Alarm::temperature_difference) | alarm_bit(Alarm::wire_resistance);
constexpr Alarms imbalance = alarm_bit(Alarm::cell_difference);

struct Bit {
  unsigned bit;  // of the little-endian word that the first bytes make
  Alarms alarms;
};
// 359, bytes 0 and 1. Bytes 2 and 3 are warnings of the same things before they happen: this board has none.
constexpr Bit protection_bits[] = {
    {1, high_voltage},
    {2, low_voltage},
    {3, hot | hot_charging},
    {4, cold | cold_charging},
    {7, discharge_current | discharge_short},
    {8, charge_current | charge_short},
    {11, internal | contactor},
};
constexpr unsigned communication_bit = 27;  // byte 3, bit 3

// 35A: pairs of bits, 01 = has come, 10 = has gone. First word alarms, second word warnings.
struct Pair {
  Alarms alarms, warnings;
};
constexpr Alarms any = alarms_that_open(core::charge_gate) | alarms_that_open(core::discharge_gate);
constexpr Pair pairs[] = {
    {any, warnings_only},
    {high_voltage, 0},
    {low_voltage, 0},
    {hot, 0},
    {cold, 0},
    {hot_charging, 0},
    {cold_charging, 0},
    {discharge_current, 0},
    {charge_current, 0},
    {contactor, 0},
    {charge_short | discharge_short, 0},
    {internal, 0},
    {0, imbalance},
};

std::uint32_t pair_of(bool has_come) { return has_come ? 0b01 : 0b10; }

}  // namespace

CanFrame limits(const Limits& limits) {
  return CanFrame::standard(0x351).s16(limits.charge_dV).s16(limits.charge_dA).s16(limits.discharge_dA);
}

CanFrame limits(const Limits& limits, std::int32_t discharge_dV) {
  return can_inverter::limits(limits).s16(discharge_dV);
}

CanFrame charge_state(std::int32_t soc_percent, std::int32_t soh_percent) {
  return CanFrame::standard(0x355).s16(soc_percent).s16(soh_percent);
}

CanFrame charge_state(std::int32_t soc_percent, std::int32_t soh_percent, std::int32_t soc_cpercent) {
  return charge_state(soc_percent, soh_percent).s16(soc_cpercent);
}

CanFrame measurements(std::int32_t cV, std::int32_t dA, std::int32_t ddegC) {
  return CanFrame::standard(0x356).s16(cV).s16(dA).s16(ddegC);
}

CanFrame protections(Alarms alarms, std::uint32_t modules) {
  std::uint32_t word = 0;
  for (const Bit& row : protection_bits) word |= static_cast<std::uint32_t>((alarms & row.alarms) != 0) << row.bit;
  word |= static_cast<std::uint32_t>((alarms & alarm_bit(Alarm::auxiliary_cpu)) != 0) << communication_bit;
  return CanFrame::standard(0x359).u32(word).u8(modules).u8('P').u8('N');
}

CanFrame pair_alarms(Alarms alarms) {
  std::uint32_t alarm_word = 0, warning_word = 0;
  unsigned at = 0;
  for (const Pair& pair : pairs) {
    alarm_word |= pair_of((alarms & pair.alarms) != 0) << at;
    warning_word |= pair_of((alarms & pair.warnings) != 0) << at;
    at += 2;
  }
  return CanFrame::standard(0x35A).u32(alarm_word).u32(warning_word);
}

CanFrame requests(const Requests& requests) {
  const std::uint32_t byte = (requests.may_charge ? 0x80u : 0u) | (requests.may_discharge ? 0x40u : 0u) |
                             (requests.is_forced ? 0x20u : 0u) | (requests.is_forced_2 ? 0x10u : 0u) |
                             (requests.is_full_charge ? 0x08u : 0u);
  return CanFrame::standard(0x35C).u8(byte).u8(0);
}

CanFrame name(std::uint32_t id, std::string_view text, char filler) {
  return CanFrame::standard(id).text(text, filler);
}

std::uint32_t version_code(std::string_view version) {
  std::uint32_t numbers[2] = {};
  std::size_t at = 0;
  for (const char c : version) {
    if (c == '.' && at == 0) {
      at = 1;
    } else if (c >= '0' && c <= '9') {
      numbers[at] = numbers[at] * 10 + static_cast<std::uint32_t>(c - '0');
    } else {
      break;
    }
  }
  return (numbers[0] & 0xFF) << 8 | (numbers[1] & 0xFF);
}

}  // namespace jk::protocols::can_inverter
