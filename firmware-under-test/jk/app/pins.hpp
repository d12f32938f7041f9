// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

/// Numbers of the JK 8S boards; scenarios/boards names the same.
namespace jk::app::pins {

inline constexpr std::uint32_t charge_gate = 0;
inline constexpr std::uint32_t discharge_gate = 1;
inline constexpr std::uint32_t short_circuit_comparator = 2;  // in; 1 = |port current| above the comparator's level
inline constexpr std::uint32_t balance_run = 3;
inline constexpr std::uint32_t balance_direction = 4;  // 0 = selected cell into the store, 1 = store into the cell
inline constexpr std::uint32_t balance_select_0 = 5;   // ... 9: cell index from 0, binary
inline constexpr std::uint32_t balance_select_bits = 5;

inline constexpr std::uint32_t balance_current_pwm = 0;  // fraction of the converter's rated current

inline constexpr std::uint32_t cell_scan_group = 0;
inline constexpr std::uint32_t adc_cell_1 = 0;
inline constexpr std::uint32_t adc_port_current = 24;
inline constexpr std::uint32_t adc_pack = 25;
inline constexpr std::uint32_t adc_ntc_1 = 26;
inline constexpr std::uint32_t adc_ntc_2 = 27;
inline constexpr std::uint32_t adc_ntc_mos = 28;
inline constexpr std::uint32_t adc_balance_store = 29;

inline constexpr std::uint32_t uart_4e57 = 0;

}  // namespace jk::app::pins
