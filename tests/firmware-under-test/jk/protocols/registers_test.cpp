// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/registers.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace jk::protocols {
namespace {

/// How often each byte of a block is taken by a field; settings that are bits of one word take it together.
std::vector<int> taken(Block block) {
  const BlockInfo& row = info(block);
  std::vector<int> times(row.bytes);
  const auto take = [&](std::size_t offset, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) ++times.at(offset + i);
  };
  for (const Field& field : row.fields) take(field.offset, std::size_t{field.width} * field.count);
  for (const TextField& field : row.texts) take(field.offset, field.width);
  std::map<std::size_t, std::size_t> settings;
  for (const core::SettingInfo& setting : core::setting_table) {
    const std::size_t at = address(setting.modbus);
    if (setting.modbus.cell == core::Cell::none || at < row.address || at >= row.address + row.bytes) continue;
    EXPECT_TRUE(setting.modbus.cell == core::Cell::bit || !settings.contains(at)) << setting.name;
    settings[at] = width(setting.modbus);
  }
  for (const auto& [at, bytes] : settings) take(at - row.address, bytes);
  return times;
}

TEST(Registers, NoByteBelongsToTwo) {
  for (const Block block : blocks) {
    const auto times = taken(block);
    for (std::size_t at = 0; at < times.size(); ++at) {
      EXPECT_LE(times[at], 1) << "block " << info(block).address << " byte " << at;
    }
  }
}

TEST(Registers, EverySettingWithAPlaceStandsInABlock) {
  for (const core::SettingInfo& setting : core::setting_table) {
    if (setting.modbus.cell == core::Cell::none) continue;
    int found = 0;
    for (const Block block : blocks) {
      const BlockInfo& row = info(block);
      const std::size_t at = address(setting.modbus);
      if (at >= row.address && at + width(setting.modbus) <= std::size_t{row.address} + row.bytes) ++found;
    }
    EXPECT_EQ(found, 1) << setting.name;
  }
}

TEST(Registers, RangesOfSettingsFitTheirPlaces) {
  for (const core::SettingInfo& row : core::setting_table) {
    const std::int32_t scale = row.modbus.scale;
    const bool is_byte = row.modbus.cell == core::Cell::high_byte || row.modbus.cell == core::Cell::low_byte;
    if (is_byte) {
      EXPECT_GE(row.min / scale, row.min < 0 ? -128 : 0) << row.name;
      EXPECT_LE(row.max / scale, row.min < 0 ? 127 : 255) << row.name;
    }
    if (row.modbus.cell == core::Cell::bit) {
      EXPECT_LT(scale, 16) << row.name;
      EXPECT_EQ(row.max, 1) << row.name;
    }
  }
}

TEST(Registers, AWindowShowsWhatLiesInsideOfIt) {
  std::array<std::uint8_t, 3> part{9, 9, 9};
  Window big(part, 2, ByteOrder::big);
  EXPECT_EQ(part, (std::array<std::uint8_t, 3>{0, 0, 0}));
  big.put(0, 4, 0x01020304u);
  EXPECT_EQ(part, (std::array<std::uint8_t, 3>{3, 4, 0}));
  big.put(4, 4, 0x05060708u);
  EXPECT_EQ(part, (std::array<std::uint8_t, 3>{3, 4, 5}));
  Window little(part, 2, ByteOrder::little);
  little.put(0, 4, 0x01020304u);
  little.put(4, 2, 0x8000u);
  little.put(4, 2, 0x0001u);
  EXPECT_EQ(part, (std::array<std::uint8_t, 3>{2, 1, 1}));
  Window text(part, 2, ByteOrder::little);
  text.put(1, 8, std::string_view("abc"));
  EXPECT_EQ(part, (std::array<std::uint8_t, 3>{'b', 'c', 0}));
}

}  // namespace
}  // namespace jk::protocols
