// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_limits.hpp"

#include <algorithm>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::protocols {
namespace {

using core::Setting;

constexpr std::int32_t lowest_charge_cell_mV = core::info(Setting::cell_ovpr).min;

std::int32_t ninety_percent(std::int32_t value) { return value / 10 * 9 + value % 10 * 9 / 10; }

std::int32_t charge_cell_mV(const core::Status& status, const core::Settings& settings) {
  const bool is_floating = status.phase == core::ChargePhase::floating && settings[Setting::rfv] != 0;
  const std::int32_t wanted = settings[is_floating ? Setting::rfv : Setting::rcv];
  return wanted > settings[Setting::cell_uvp] ? wanted : settings[Setting::cell_ovpr];
}

}  // namespace

PackLimits limits_for_inverters(const core::Status& status, const core::Settings& settings) {
  const std::int32_t cells = settings[Setting::cell_count];
  PackLimits limits;
  limits.charge_mV = std::max<std::int32_t>(
      std::min(cells * charge_cell_mV(status, settings), core::pack_ovp_mV(settings)), cells * lowest_charge_cell_mV);
  limits.discharge_mV = std::max<std::int32_t>(core::pack_uvp_mV(settings), cells * settings[Setting::soc_0]);

  constexpr core::Alarms stop_charging = alarms_that_open(core::charge_gate);
  constexpr core::Alarms stop_discharging = alarms_that_open(core::discharge_gate);
  const bool may_charge =
      core::is_charge_wanted(settings) && status.is_charge_mos_on && (status.alarms & stop_charging) == 0;
  const bool is_held_off = status.emergency_s == 0 && (status.alarms & stop_discharging) != 0;
  const bool may_discharge = core::is_discharge_wanted(settings) && status.is_discharge_mos_on && !is_held_off;
  if (may_charge) limits.charge_mA = ninety_percent(settings[Setting::charge_ocp]);
  if (may_discharge) limits.discharge_mA = ninety_percent(settings[Setting::discharge_ocp]);
  return limits;
}

}  // namespace jk::protocols
