// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/protocols/frame_55aa.hpp"

/// The registers of "JK BMS RS485 Modbus V1.1" (docs/modbus.md): which can be read, which written, and how writes end.
namespace jk::protocols {

/// Of one request, read or write. Real units answer up to about 60 words (40 do, 112 do not); this firmware as many as
/// Modbus allows to read.
inline constexpr std::size_t most_words = 125;

/// How a request ends; the numbers are those of the exception replies.
enum class Outcome : std::uint8_t {
  done = 0,
  illegal_function = 1,  // other than 03 and 10
  illegal_address = 2,   // nothing there, nothing to be read or written there, or a write begins inside of something
  illegal_value = 3,     // a number of words, a value or an order of values that cannot be, or half of a setting
  failure = 4,           // the board cannot do it now
  busy = 6               // it has no room to keep what was written
};

/// Fills `out`, of an even number of bytes, with the registers from `address` on. Only whole ranges of one block.
[[nodiscard]] Outcome read_registers(core::Device& device, std::uint16_t address, std::span<std::uint8_t> out);

/// Settings: as many as lie side by side, each whole; all are changed or none. Control registers: one at a time.
[[nodiscard]] Outcome write_registers(core::Device& device, std::uint16_t address, std::span<const std::uint8_t> data);

/// The frame that a write to this register asks for.
[[nodiscard]] std::optional<Frame> frame_asked_for(std::uint16_t address);

}  // namespace jk::protocols
