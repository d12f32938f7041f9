// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

/// Numbers of the JK boards; scenarios/boards names the same.
namespace jk::app::pins {

inline constexpr std::uint32_t charge_gate = 0;
inline constexpr std::uint32_t discharge_gate = 1;
inline constexpr std::uint32_t short_circuit_comparator = 2;  // in; 1 = |port current| above the comparator's level
inline constexpr std::uint32_t balance_run = 3;
inline constexpr std::uint32_t balance_direction = 4;  // 0 = selected cell into the store, 1 = store into the cell
inline constexpr std::uint32_t balance_select_0 = 5;   // ... 9: cell index from 0, binary
inline constexpr std::uint32_t balance_select_bits = 5;
inline constexpr std::uint32_t precharge = 10;
inline constexpr std::uint32_t heater = 11;
inline constexpr std::uint32_t buzzer = 12;
inline constexpr std::uint32_t led = 13;
inline constexpr std::uint32_t dry_contact_1 = 14;
inline constexpr std::uint32_t dry_contact_2 = 15;
inline constexpr std::uint32_t button = 16;  // in; 1 = pressed

inline constexpr std::uint32_t balance_current_pwm = 0;  // fraction of the converter's rated current

inline constexpr std::uint32_t cell_scan_group = 0;
inline constexpr std::uint32_t adc_cell_1 = 0;
inline constexpr std::uint32_t adc_port_current = 24;
inline constexpr std::uint32_t adc_pack = 25;
inline constexpr std::uint32_t adc_ntc_1 = 26;
inline constexpr std::uint32_t adc_ntc_2 = 27;
inline constexpr std::uint32_t adc_ntc_mos = 28;
inline constexpr std::uint32_t adc_balance_store = 29;
inline constexpr std::uint32_t adc_port_voltage = 30;

inline constexpr std::uint32_t uart_1 = 0;        // GPS port, 4E 57
inline constexpr std::uint32_t uart_2 = 1;        // RS485, Modbus
inline constexpr std::uint32_t uart_display = 2;  // 2400 baud, one way
inline constexpr std::uint32_t can = 0;

}  // namespace jk::app::pins
