// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "firmware-under-test/jk/core/alarms.hpp"

namespace jk::core {

inline constexpr std::size_t status_cells = 24;

/// Seconds until a protection lets go by itself, rounded up; 0 = not tripped, or waiting for a value.
struct ReleaseTimers {
  std::uint16_t discharge_ocp_s = 0, discharge_scp_s = 0, charge_ocp_s = 0, charge_scp_s = 0, uvp_s = 0, ovp_s = 0;
};

enum class BalanceState : std::uint8_t { off = 0, charging_low_cell = 1, discharging_high_cell = 2 };
enum class ChargePhase : std::uint8_t { bulk = 0, absorption = 1, floating = 2 };

/// What is wrong, in the order of urgency of a one-line display; "none" is shown as OK. Source: facts, diagnostic
/// codes.
enum class Diagnosis : std::uint16_t {
  none = 0,
  initialising = 0x03,         // a lead floats, or nothing has been measured yet
  cell_overvoltage = 0xE01,    // E-01
  cell_undervoltage = 0xE02,   // E-02
  temperature_sensor = 0xE03,  // E-03
  other_protection = 0xE04,    // E-04: any other trip that opens a gate
  balancing_inactive = 0xB07,  // B-07
  no_master = 0xCFF            // C-FF
};

/// The one state that every port shows, in the units that the firmware keeps it in. Charging current is positive
/// everywhere.
struct Status {
  // measured
  std::span<const std::int32_t> cells_mV;         // as last measured, plausible or not
  std::uint32_t cells_present = 0;                // bit n = cell n gives a plausible voltage
  std::size_t highest_cell = 0, lowest_cell = 0;  // index from 0
  std::int32_t pack_mV = 0;                       // sum of the cells
  std::int32_t current_mA = 0;
  std::int32_t current_sensor_mV = 0;  // what current_mA was made of; charging positive
  std::optional<std::int32_t> mos_ddegC, t1_ddegC, t2_ddegC;
  std::optional<std::int32_t> t3_ddegC, t4_ddegC, t5_ddegC;  // on boards that have them
  std::array<std::uint16_t, status_cells> wire_mohm{};       // of the self-test; 0 = not tested
  std::uint32_t wire_alarms = 0;                             // bit n = lead n has too much
  std::int32_t heater_mA = 0;

  // estimated and counted
  std::int32_t soc_percent = 0, soh_percent = 100;
  std::int32_t remaining_mAh = 0, full_mAh = 0;  // full: learned, the design capacity before
  std::uint32_t cycles = 0;
  std::int64_t cycle_capacity_mAh = 0;  // discharged in all
  std::int64_t throughput_mAh = 0;      // charged and discharged in all
  std::uint32_t run_time_s = 0, power_ons = 0, events_logged = 0;
  std::uint32_t clock_s = 0;  // since 2020-01-01, counted from the last time that was set
  std::uint64_t uptime_ms = 0;

  // state
  Alarms alarms = 0;
  Diagnosis diagnosis = Diagnosis::none;
  bool is_charge_mos_on = false, is_discharge_mos_on = false;
  bool is_precharging = false, is_heating = false, is_charger_plugged = false;
  bool is_balancing = false;  // stays during the pauses to measure
  BalanceState balance = BalanceState::off;
  std::int32_t balance_mA = 0;  // into a cell positive, out of one negative
  ReleaseTimers release;
  std::uint16_t emergency_s = 0;  // left
  bool is_asleep = false;         // smart sleep: the serial protocol hears only an activation
  std::uint32_t sleep_s = 0;      // until smart sleep begins, while its timer runs; otherwise its whole time
  ChargePhase phase = ChargePhase::bulk;
  std::uint16_t phase_s = 0;
  bool is_dry_1_on = false, is_dry_2_on = false, is_buzzer_on = false;
};

}  // namespace jk::core
