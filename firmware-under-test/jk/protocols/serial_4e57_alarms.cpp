// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::protocols {
namespace {

using core::ProtectionId;

struct AlarmBit {
  ProtectionId id;
  unsigned bit;
};

// Document bits 2 and 11 (pack over-, cell under-voltage) stay free, as do 8, 12 and 13. An unknown measurement has no
// bit: the status word shows both gates off.
constexpr AlarmBit alarm_bits[] = {
    {ProtectionId::mos_otp, 1},
    {ProtectionId::cell_uvp, 3},    // a real board showed 8B = 0008 on cell UVP, not
                                    // the document's bit 11
    {ProtectionId::charge_otp, 4},  // one bit for both directions
    {ProtectionId::discharge_otp, 4},
    {ProtectionId::charge_ocp, 5},
    {ProtectionId::discharge_ocp, 6},
    {ProtectionId::scp, 6},         // no bit of its own in this protocol
    {ProtectionId::charge_utp, 9},  // seen: 8B = 0200
    {ProtectionId::discharge_utp, 9},
    {ProtectionId::cell_ovp, 10},  // never captured on this protocol; bit 2 would be
                                   // the reading by analogy with UVP
};
constexpr unsigned low_soc_bit = 0;
constexpr unsigned cell_difference_bit = 7;

constexpr unsigned charge_gate_bit = 0;
constexpr unsigned discharge_gate_bit = 1;
constexpr unsigned balancing_bit = 2;  // really balancing, not the switch; bit 3 "battery online" is 0 on real boards

constexpr unsigned flag(bool is_set, unsigned bit) { return is_set ? 1u << bit : 0u; }

}  // namespace

std::uint16_t alarm_word(const core::Protections& protections, const Conditions4e57& conditions) {
  unsigned word =
      flag(conditions.is_soc_low, low_soc_bit) | flag(conditions.is_cell_difference_high, cell_difference_bit);
  for (const AlarmBit& row : alarm_bits) word |= flag(protections.is_tripped(row.id), row.bit);
  return static_cast<std::uint16_t>(word);
}

std::uint16_t status_word(const Conditions4e57& conditions) {
  return static_cast<std::uint16_t>(flag(conditions.is_charge_gate_on, charge_gate_bit) |
                                    flag(conditions.is_discharge_gate_on, discharge_gate_bit) |
                                    flag(conditions.is_balancing, balancing_bit));
}

}  // namespace jk::protocols
