// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::protocols {

/// Ids that are no row of core::setting_table. Source: docs/references.md#jk-4e57, facts 1.5.
namespace id4e57 {
inline constexpr std::uint8_t cells = 0x79, first_measured = 0x80, pack_ovp = 0x8E, pack_uvp = 0x8F,
                              current_calibration = 0xAD, settings_password = 0xB2, device_id = 0xB4,
                              production_date = 0xB5, run_time = 0xB6, version = 0xB7, calibrating = 0xB8,
                              actual_capacity = 0xB9, manufacturer = 0xBA, restart = 0xBB, factory_reset = 0xBC,
                              protocol_version = 0xC0;
}

inline constexpr std::size_t settings_password_bytes = 10;
/// BA: text of the user, then the model.
inline constexpr std::size_t manufacturer_user_bytes = 12, manufacturer_model_bytes = 12;

/// Width in bytes of ids whose width is fixed, in the order of the read-all reply behind 79.
struct Width4e57 {
  std::uint8_t id, bytes;
};
inline constexpr Width4e57 widths_4e57[] = {
    {0x80, 2}, {0x81, 2}, {0x82, 2}, {0x83, 2},  {0x84, 2}, {0x85, 1}, {0x86, 1},  {0x87, 2}, {0x89, 4},  {0x8A, 2},
    {0x8B, 2}, {0x8C, 2}, {0x8E, 2}, {0x8F, 2},  {0x90, 2}, {0x91, 2}, {0x92, 2},  {0x93, 2}, {0x94, 2},  {0x95, 2},
    {0x96, 2}, {0x97, 2}, {0x98, 2}, {0x99, 2},  {0x9A, 2}, {0x9B, 2}, {0x9C, 2},  {0x9D, 1}, {0x9E, 2},  {0x9F, 2},
    {0xA0, 2}, {0xA1, 2}, {0xA2, 2}, {0xA3, 2},  {0xA4, 2}, {0xA5, 2}, {0xA6, 2},  {0xA7, 2}, {0xA8, 2},  {0xA9, 1},
    {0xAA, 4}, {0xAB, 1}, {0xAC, 1}, {0xAD, 2},  {0xAE, 1}, {0xAF, 1}, {0xB0, 2},  {0xB1, 1}, {0xB2, 10}, {0xB3, 1},
    {0xB4, 8}, {0xB5, 4}, {0xB6, 4}, {0xB7, 15}, {0xB8, 1}, {0xB9, 4}, {0xBA, 24}, {0xC0, 1}};

/// The row of core::setting_table with this id, or nullptr.
[[nodiscard]] const core::SettingInfo* setting_of_4e57(std::uint8_t id);

}  // namespace jk::protocols
