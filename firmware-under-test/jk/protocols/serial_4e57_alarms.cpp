// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>
#include <initializer_list>

#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {
namespace {

struct AlarmBits {
  core::Alarms alarms;
  unsigned bit;
};

consteval core::Alarms all_of(std::initializer_list<core::Alarm> alarms) {
  core::Alarms bits = 0;
  for (const core::Alarm alarm : alarms) bits |= core::alarm_bit(alarm);
  return bits;
}

consteval auto make_words() {
  using enum core::Alarm;
  return std::to_array<AlarmBits>({
      {all_of({low_soc}), 0},
      {all_of({mos_overtemperature}), 1},
      {all_of({pack_overvoltage}), 2},
      // A real board showed 8B = 0008 on cell UVP, not the document's bit 11. Bit 3 is the pack's under-voltage too,
      // and clients take bits 2 and 3 for the more urgent ones.
      {all_of({cell_undervoltage, pack_undervoltage}), 3},
      {all_of({charge_overtemperature, discharge_overtemperature}), 4},  // one bit for both directions
      // A short circuit has no bit of its own in this protocol.
      {all_of({charge_overcurrent, charge_short_circuit}), 5},
      {all_of({discharge_overcurrent, discharge_short_circuit, discharge_overcurrent_2, discharge_overcurrent_3,
               short_circuit_release_failed}),
       6},
      {all_of({cell_difference}), 7},
      {all_of({battery_overtemperature}), 8},
      {all_of({charge_undertemperature, discharge_undertemperature}), 9},  // seen: 8B = 0200
      // Never captured on this protocol: the document's bit. Bit 2 would be the reading by analogy with UVP.
      {all_of({cell_overvoltage}), 10},
      // Bits 11, 12 and 13 stay free. What the protocol has no word for (wire resistance, number of cells, sensors,
      // stuck MOSFETs, temperature difference ...) has no bit: the status word shows the gates off.
  });
}
constexpr auto words = make_words();

consteval auto make_words_by_alarm() {
  std::array<std::uint16_t, 32> by_alarm{};
  for (const AlarmBits& row : words) {
    for (std::size_t alarm = 0; alarm < by_alarm.size(); ++alarm) {
      if ((row.alarms >> alarm & 1) != 0) by_alarm[alarm] = static_cast<std::uint16_t>(1u << row.bit);
    }
  }
  return by_alarm;
}
constexpr auto words_by_alarm = make_words_by_alarm();

constexpr unsigned charge_gate_bit = 0;
constexpr unsigned discharge_gate_bit = 1;
constexpr unsigned balancing_bit = 2;  // really balancing, not the switch; bit 3 "battery online" is 0 on real boards

constexpr unsigned flag(bool is_set, unsigned bit) { return is_set ? 1u << bit : 0u; }

}  // namespace

std::uint16_t alarm_word(core::Alarms alarms) {
  unsigned word = 0;
  for (; alarms != 0; alarms &= alarms - 1) word |= words_by_alarm[static_cast<std::size_t>(std::countr_zero(alarms))];
  return static_cast<std::uint16_t>(word);
}

std::uint16_t status_word(const core::Status& status) {
  return static_cast<std::uint16_t>(flag(status.is_charge_mos_on, charge_gate_bit) |
                                    flag(status.is_discharge_mos_on, discharge_gate_bit) |
                                    flag(status.is_balancing, balancing_bit));
}

}  // namespace jk::protocols
