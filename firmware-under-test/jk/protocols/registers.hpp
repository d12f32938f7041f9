// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/core/settings_table.hpp"

/// What the RS485 protocols of a JK board show, and where. Modbus registers and 55 AA EB 90 frames are two views of
/// the same blocks of bytes: big-endian and in parts there, little-endian and whole here. Source:
/// docs/references.md#jk-modbus.
namespace jk::protocols {

enum class ByteOrder : std::uint8_t { big, little };

/// Part of a block of bytes that a reply shows; what nobody puts there stays 0.
class Window {
 public:
  /// `out` shows the block from byte `first` on.
  Window(std::span<std::uint8_t> out, std::size_t first, ByteOrder order);
  /// What lies outside of the part is left out. Bits of one word may be put one by one.
  void put(std::size_t offset, std::size_t width, std::uint32_t value);
  void put(std::size_t offset, std::size_t width, std::string_view text);

 private:
  void put_byte(std::size_t offset, std::uint32_t value);

  std::span<std::uint8_t> out_;
  std::size_t first_;
  ByteOrder order_;
};

struct Board {
  const core::Status& status;
  const core::Settings& settings;
};

/// `count` numbers side by side; two's complement where they can be negative.
struct Field {
  std::uint16_t offset;  // from the start of the block, bytes
  std::uint8_t width;    // bytes
  std::uint8_t count;
  std::uint32_t (*value)(const Board& board, std::size_t index);
};

struct TextField {
  std::uint16_t offset;
  std::uint8_t width;  // padded with 00
  core::Text text;
};

enum class Block : std::uint8_t { settings, live, about, cells, summary };
inline constexpr Block blocks[] = {Block::settings, Block::live, Block::about, Block::cells, Block::summary};

/// The registers of a block, besides the settings that have their place in it. The large blocks number their bytes:
/// register address = block + byte offset. The compact ones, for plain Modbus clients, number their words.
struct BlockInfo {
  std::uint16_t address;  // of the first register
  std::uint16_t bytes;
  std::uint8_t bytes_per_address;
  std::span<const Field> fields;
  std::span<const TextField> texts;
};

/// As much of a block as a frame of 300 bytes shows, down to the last word.
inline constexpr std::uint16_t large_block_bytes = 292;

[[nodiscard]] const BlockInfo& info(Block block);
/// Bytes of a setting in a block, 0 when it is not in one.
[[nodiscard]] std::size_t width(const core::ModbusPlace& place);
/// Address of a setting's first byte.
[[nodiscard]] std::size_t address(const core::ModbusPlace& place);

void show(Block block, core::Device& device, Window window);

}  // namespace jk::protocols
