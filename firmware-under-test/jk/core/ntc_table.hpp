// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace jk::core {

/// Resistance of the sensor in 0.1 ohm at -40, -39, ... 150 degC, falling. 10 kohm at 25 degC, B25/85 = 3435 K.
/// Every fifth row is the maker's (TDK NTCG163JX103DT1S); between them ln R is linear in T (make_ntc_table.py), which
/// is within 0.03 K of ln R linear in 1/T.
inline constexpr std::int32_t ntc_first_row_ddegC = -400;
inline constexpr std::int32_t ntc_row_step_ddegC = 10;
inline constexpr std::size_t ntc_row_count = 191;
extern const std::array<std::uint32_t, ntc_row_count> ntc_resistance_dohm;

}  // namespace jk::core
