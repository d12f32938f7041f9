// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string_view>

#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

struct SettingMeaning {
  Setting setting;
  std::string_view text;
};

/// What each setting does, for people; nothing on the target refers to it. The leads (wire_resistance_1 ...) are one
/// line at the end.
inline constexpr std::array setting_meanings = std::to_array<SettingMeaning>({
    {Setting::cell_count, "number of cells in series; a pack with another number is refused"},
    {Setting::capacity, "design capacity of the pack"},
    {Setting::chemistry, "0 LiFePO4, 1 Li-ion, 2 LTO: open-circuit table of the first SOC estimate"},
    {Setting::cell_ovp, "cell over-voltage protection: at or above it for cell_ovp_delay the charge gate opens"},
    {Setting::cell_ovpr, "released when every cell is below it"},
    {Setting::cell_uvp, "cell under-voltage protection: at or below it for cell_uvp_delay the discharge gate opens"},
    {Setting::cell_uvpr, "released when every cell is above it"},
    {Setting::pack_ovp, "pack over-voltage protection; 0: cell_count times cell_ovp"},
    {Setting::pack_uvp, "pack under-voltage protection; 0: cell_count times cell_uvp"},
    {Setting::cell_difference, "warning when the highest and the lowest cell differ by it"},
    {Setting::balance_trigger, "balancing starts when the cells differ by more"},
    {Setting::balance_start, "... and the highest cell is above it"},
    {Setting::power_off, "the board shuts down when its highest cell is at or below it"},
    {Setting::soc_100,
     "a cell that stays at or above it for 2 s sets the SOC to 100 %; 0: cell over-voltage alone does"},
    {Setting::soc_0, "a cell that stays at or below it for 2 s sets the SOC to 0 %; 0: cell under-voltage alone does"},
    {Setting::rcv, "requested charge voltage of a cell, advertised on CAN; 0: not used"},
    {Setting::rfv, "requested voltage of a floating cell; 0: not used"},
    {Setting::rcv_time, "length of the absorption of a floating charge"},
    {Setting::rfv_time, "length of its floating"},
    {Setting::re_bulk_soc, "floating ends earlier at this SOC; 0: not used"},
    {Setting::cell_ovp_delay, "delay of cell and pack over-voltage, and of the cell difference"},
    {Setting::cell_uvp_delay, "delay of cell and pack under-voltage and of power-off"},
    {Setting::charge_ocp, "charge over-current protection"},
    {Setting::charge_ocp_delay, "its delay"},
    {Setting::charge_ocp_release, "released this long after the trip"},
    {Setting::discharge_ocp, "discharge over-current protection"},
    {Setting::discharge_ocp_delay, "its delay"},
    {Setting::discharge_ocp_release, "released this long after the trip; for all three stages"},
    {Setting::scp_delay, "how long the short-circuit comparator must be high"},
    {Setting::scp_release, "released this long after the trip"},
    {Setting::balance_current, "balance current, held at the board's rating; advice: at most 0.1 C"},
    {Setting::temperature_delay, "delay of every temperature protection"},
    {Setting::charge_otp, "charge over-temperature: the warmer battery sensor at or above it opens the charge gate"},
    {Setting::charge_otpr, "released below it"},
    {Setting::discharge_otp, "discharge over-temperature: opens the discharge gate"},
    {Setting::discharge_otpr, "released below it"},
    {Setting::charge_utp, "charge under-temperature: the colder battery sensor at or below it opens the charge gate"},
    {Setting::charge_utpr, "released above it"},
    {Setting::discharge_utp, "discharge under-temperature: opens the discharge gate"},
    {Setting::discharge_utpr, "released above it"},
    {Setting::mos_otp, "MOSFET over-temperature: opens both gates"},
    {Setting::mos_otpr, "released below it"},
    {Setting::box_otp, "battery-box over-temperature (sensor 1): opens both gates"},
    {Setting::box_otpr, "released below it"},
    {Setting::temperature_difference, "warning when both battery sensors differ by it"},
    {Setting::low_soc, "warning at or below this SOC"},
    {Setting::discharge_ocp_2, "second stage of discharge over-current, with ocp_2_enabled"},
    {Setting::discharge_ocp_2_delay, "its delay"},
    {Setting::discharge_ocp_3, "third stage, with ocp_3_enabled"},
    {Setting::discharge_ocp_3_delay, "its delay"},
    {Setting::wire_resistance_limit, "a pair of balancing leads at or above it in the self-test: no balancing"},
    {Setting::pack_difference, "measured pack voltage against the sum of the cells: opens both gates"},
    {Setting::mos_fault_current, "current against a gate that is off: the MOSFETs are stuck, both gates open"},
    {Setting::fault_delay, "delay of faults of the measurement and of stuck MOSFETs"},
    {Setting::activation_by_charger, "a board that has never run waits for a charger 5 V above the pack"},
    {Setting::charge_enabled, "the user's charge switch"},
    {Setting::discharge_enabled, "the user's discharge switch"},
    {Setting::balance_enabled, "the user's balance switch"},
    {Setting::precharge_time, "the precharge path conducts this long before the discharge gate closes"},
    {Setting::device_address, "Modbus address and offset of CAN identifiers; 0: bus master, answers nobody"},
    {Setting::heating_enabled, "heat a cold battery while a charger is there"},
    {Setting::temperature_sensors_disabled, "battery sensors are not fitted and count as 25 degC"},
    {Setting::gps_heartbeat, "a GPS module must be heard; kept, no effect"},
    {Setting::port_is_rs485, "connector P5 is RS485; off: it is CAN, and the board sends there"},
    {Setting::display_always_on, "the display port sends its line once a second"},
    {Setting::special_charger, "dedicated charger; kept, no effect"},
    {Setting::smart_sleep_enabled, "the board may fall asleep"},
    {Setting::current_limiter_disabled, "parallel current limiter off; kept, no effect on boards without one"},
    {Setting::timed_store, "store data at intervals; kept, no effect"},
    {Setting::float_mode, "bulk, absorption, floating instead of the plain SOC-100 % voltage"},
    {Setting::emergency_button, "the button starts an emergency"},
    {Setting::dry_contact_intermittent, "dry contacts pulse with 0.5 Hz"},
    {Setting::ocp_2_enabled, "second stage of discharge over-current"},
    {Setting::ocp_3_enabled, "third stage of discharge over-current"},
    {Setting::gps_lock_charge, "remote lock: the charge gate stays open"},
    {Setting::gps_lock_discharge, "remote lock: the discharge gate stays open"},
    {Setting::heating_start, "the heater goes on at or below it"},
    {Setting::heating_stop, "... and off at or above it"},
    {Setting::smart_sleep, "the sleep timer runs while the lowest cell is below it and nothing flows"},
    {Setting::smart_sleep_time, "length of the sleep timer"},
    {Setting::sleep_wait, "further wait before sleep"},
    {Setting::emergency_duration, "how long an emergency overrides under-voltage"},
    {Setting::voltage_calibration, "gain of all cell voltages, by the calibration command"},
    {Setting::current_calibration, "gain of the current"},
    {Setting::current_zero, "current that counts as zero"},
    {Setting::uart_1_protocol, "protocol of UART 1: 0 is 4E 57, 1 Modbus; others are silent"},
    {Setting::can_protocol, "set of CAN frames (docs/can.md)"},
    {Setting::uart_2_protocol, "protocol of UART 2: 1 is Modbus; others are silent"},
    {Setting::buzzer_trigger, "what the buzzer follows, by code"},
    {Setting::dry_1_trigger, "what dry contact 1 follows"},
    {Setting::dry_2_trigger, "what dry contact 2 follows"},
    {Setting::buzzer_on, "value at which the buzzer goes on"},
    {Setting::buzzer_off, "... and beyond which it goes off"},
    {Setting::dry_1_on, "value at which dry contact 1 closes"},
    {Setting::dry_1_off, "... and beyond which it opens"},
    {Setting::dry_2_on, "value at which dry contact 2 closes"},
    {Setting::dry_2_off, "... and beyond which it opens"},
    {Setting::data_store_period, "interval of timed_store; kept, no effect"},
    {Setting::gps_off, "pack voltage that switches a GPS module off; kept, no effect"},
    {Setting::gps_on, "... and on; kept, no effect"},
    {Setting::wire_resistance_1, "resistance of a balancing lead, as the user notes it; kept, no effect"},
});

consteval bool meanings_are_complete() {
  for (std::size_t i = 0; i < setting_meanings.size(); ++i) {
    if (setting_meanings[i].setting != static_cast<Setting>(i)) return false;
  }
  return setting_meanings.back().setting == Setting::wire_resistance_1;
}
static_assert(meanings_are_complete(), "every setting has its meaning, in the order of the settings");

}  // namespace jk::core
