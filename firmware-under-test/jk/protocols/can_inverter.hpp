// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "firmware-under-test/jk/core/alarms.hpp"
#include "firmware-under-test/jk/protocols/can_frame.hpp"

/// Frames for inverters: Pylontech LV V1.2 and what Victron and SMA add. 11 bit, little-endian, 500 kbit/s.
/// Source: docs/references.md#pylontech-can, facts 3.3 and 3.4.
namespace jk::protocols::can_inverter {

struct Limits {
  std::int32_t charge_dV = 0, charge_dA = 0, discharge_dA = 0;  // 0.1 V, 0.1 A
};
[[nodiscard]] CanFrame limits(const Limits& limits);                                      // 351, six bytes
[[nodiscard]] CanFrame limits(const Limits& limits, std::int32_t discharge_dV);           // 351, eight
[[nodiscard]] CanFrame charge_state(std::int32_t soc_percent, std::int32_t soh_percent);  // 355, four bytes
/// SOC also in 0.01 %.
[[nodiscard]] CanFrame charge_state(std::int32_t soc_percent, std::int32_t soh_percent, std::int32_t soc_cpercent);
/// 0.01 V, 0.1 A charging positive, 0.1 degC.
[[nodiscard]] CanFrame measurements(std::int32_t cV, std::int32_t dA, std::int32_t ddegC);  // 356
[[nodiscard]] CanFrame protections(core::Alarms alarms, std::uint32_t modules);             // 359
[[nodiscard]] CanFrame pair_alarms(core::Alarms alarms);                                    // 35A

struct Requests {
  bool may_charge = false, may_discharge = false;
  bool is_forced = false, is_forced_2 = false, is_full_charge = false;
};
[[nodiscard]] CanFrame requests(const Requests& requests);  // 35C

[[nodiscard]] CanFrame name(std::uint32_t id, std::string_view text, char filler = '\0');  // 35E, 370, 371, 374 ...

/// `version` "11.26": high byte 11, low byte 26; what is no number counts as 0.
[[nodiscard]] std::uint32_t version_code(std::string_view version);

}  // namespace jk::protocols::can_inverter
