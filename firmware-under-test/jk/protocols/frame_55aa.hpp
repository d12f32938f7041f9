// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"

namespace jk::protocols {

/// Frames of the RS485 "bus master" protocol, the same as on Bluetooth (JK02_32S), little-endian:
///   55 AA EB 90 | type | counter | 293 bytes of the block (registers.hpp) | sum of all before, modulo 256
/// so that a field stands at its Modbus byte offset + 6. Source: docs/references.md#jk-modbus, facts 2.6.
enum class Frame : std::uint8_t { settings = 1, status = 2, about = 3 };

inline constexpr std::size_t frame_bytes = 300;

/// `counter`: 0 on RS485, where one client refuses any other; on Bluetooth one more with each frame.
void write_frame(core::Device& device, Frame frame, std::uint8_t counter, std::span<std::uint8_t, frame_bytes> out);

}  // namespace jk::protocols
