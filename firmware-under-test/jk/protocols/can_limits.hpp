// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/settings.hpp"
#include "firmware-under-test/jk/core/status.hpp"

namespace jk::protocols {

/// What the board asks of chargers and inverters.
struct PackLimits {
  std::int32_t charge_mV = 0;                    // never 0: see limits_for_inverters
  std::int32_t discharge_mV = 0;                 // where discharging should end
  std::int32_t charge_mA = 0, discharge_mA = 0;  // 0 = not now
  [[nodiscard]] bool may_charge() const { return charge_mA > 0; }
  [[nodiscard]] bool may_discharge() const { return discharge_mA > 0; }
};

/// Charge voltage: cells * rcv, in the phase `floating` cells * rfv. Where that is not set, or not above cell_uvp,
/// cells * cell_ovpr: the highest voltage at which a board that has tripped charges again, and below the trip of any
/// cell. Never above the pack's OVP, never below 1.2 V a cell: an inverter that is told 0 V may take it for the truth.
/// Discharge voltage: the pack's UVP, or cells * soc_0 where that is higher.
/// Currents: 90 % of the over-current settings, as PB units advertise for charging (facts 3.4; for discharging by
/// analogy); 0 while the user's switch or the MOSFETs are off, or a remote lock or a protection holds that direction
/// off, also when the body-diode rule has the MOSFETs on. In emergency mode discharging is what the MOSFETs say.
[[nodiscard]] PackLimits limits_for_inverters(const core::Status& status, const core::Settings& settings);

/// Alarms every protection of which holds `gate` off.
[[nodiscard]] consteval core::Alarms alarms_that_open(core::Gates gate) {
  core::Alarms opens = 0, leaves = 0;
  for (const core::Protection& row : core::protection_table) {
    ((row.gates & gate) != 0 ? opens : leaves) |= core::alarm_bit(row.alarm);
  }
  return (opens & ~leaves) | core::alarm_bit(core::Alarm::charge_short_circuit);  // shares its row
}

}  // namespace jk::protocols
