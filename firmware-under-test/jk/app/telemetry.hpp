// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string_view>

#include "firmware-under-test/jk/core/soc.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::app {

/// The settings, in the units of the 4E57 read-all reply.
[[nodiscard]] protocols::ReadAll4e57 read_all_settings(const core::Settings& settings);
/// What is measured and counted, in those units. Cells show what was measured, plausible or not; pack voltage is their
/// sum (JK manual 5.3.2 e).
void read_all_values(protocols::ReadAll4e57& out, const core::Settings& settings, const core::Measurement& measurement,
                     const core::Soc& soc, std::uint64_t now_ns);

/// "Input Userda" and the model as boards send it, NUL-padded: "Input UserdaJK_B2A8S20P".
using ManufacturerId = std::array<char, 24>;
[[nodiscard]] ManufacturerId manufacturer_id(std::string_view model);

/// SOC at or below which bit 0 warns (B1), and the spread that bit 7 reports (96). Both as units ship; neither moves a
/// gate.
inline constexpr std::int32_t low_soc_percent = 20;
inline constexpr std::int32_t cell_difference_mV = 300;

}  // namespace jk::app
