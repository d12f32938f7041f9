// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "firmware-under-test/jk/core/status.hpp"

namespace jk::protocols {

/// The code as displays and the compact register map name it: "OK", "E-01", "B-07", "C-FF", "0x03".
[[nodiscard]] std::string_view diagnosis_text(core::Diagnosis diagnosis);

/// What the display port sends once a second, 2400 baud, one way:
///   A5 5A 5D 82 10 00 | code 8, padded with spaces | SOC % u8 | pack 0.01 V u16 | current 0.01 A s16, charging
///   positive | highest, lowest cell mV u16 | zeros up to 96 bytes
/// Numbers big-endian. The head and the length are the product's (facts 2.8); what the 90 bytes hold is not known, so
/// their layout is ours.
inline constexpr std::size_t display_bytes = 96;
using DisplayFrame = std::array<std::uint8_t, display_bytes>;
[[nodiscard]] DisplayFrame display_frame(const core::Status& status);

}  // namespace jk::protocols
