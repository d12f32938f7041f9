// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/modbus_map.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "firmware-under-test/jk/protocols/registers.hpp"

namespace jk::protocols {
namespace {

// Block 0x1600 of V1.1. In V1.0 the same commands stand at 0x00 (voltage, 0.1 V), 0x02, 0x04 (current, 0.1 A), 0x06,
// 0x08, 0x0A, 0x0C and 0x0E, and there are no frames.
struct Control {
  std::uint16_t address;
  std::uint8_t bytes;
  core::Command command;
};
constexpr Control controls[] = {
    {0x1600, 4, core::Command::calibrate_voltage}, {0x1604, 2, core::Command::shut_down},
    {0x1606, 4, core::Command::calibrate_current}, {0x160A, 2, core::Command::preset_li_ion},
    {0x160C, 2, core::Command::preset_lifepo4},    {0x160E, 2, core::Command::preset_lto},
    {0x1610, 2, core::Command::emergency_start},   {0x1612, 4, core::Command::set_clock},
};
struct Trigger {
  std::uint16_t address;
  Frame frame;
};
constexpr Trigger triggers[] = {{0x161C, Frame::about}, {0x161E, Frame::settings}, {0x1620, Frame::status}};

Outcome outcome_of(core::Answer answer) {
  switch (answer) {
    case core::Answer::done:
      return Outcome::done;
    case core::Answer::out_of_range:
    case core::Answer::against_order:
      return Outcome::illegal_value;
    case core::Answer::busy:
      return Outcome::busy;
    default:
      return Outcome::failure;
  }
}

std::uint32_t big_endian(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

Outcome control(core::Device& device, const Control& row, std::span<const std::uint8_t> data) {
  if (data.size() != row.bytes) return Outcome::illegal_value;
  const auto value = static_cast<std::int32_t>(big_endian(data));
  const bool is_stop = row.command == core::Command::emergency_start && value == 0;
  return outcome_of(device.command(is_stop ? core::Command::emergency_stop : row.command, value));
}

/// Words that a place takes, as a write sees it: halves and bits of a word come with all of it.
constexpr std::size_t written_bytes(const core::ModbusPlace& place) { return place.cell == core::Cell::u32 ? 4 : 2; }

std::int64_t value_of(const core::SettingInfo& row, std::span<const std::uint8_t> word) {
  const std::uint32_t raw = big_endian(word);
  const bool is_signed = row.min < 0;
  const auto as_byte = [&](std::uint32_t byte) {
    return is_signed ? static_cast<std::int8_t>(byte) : std::int64_t{byte & 0xFF};
  };
  switch (row.modbus.cell) {
    case core::Cell::bit:
      return raw >> row.modbus.scale & 1;
    case core::Cell::high_byte:
      return as_byte(raw >> 8) * row.modbus.scale;
    case core::Cell::low_byte:
      return as_byte(raw) * row.modbus.scale;
    default:
      return (is_signed ? static_cast<std::int32_t>(raw) : std::int64_t{raw}) * row.modbus.scale;
  }
}

/// The most settings that stand side by side, so that one write can reach them.
constexpr std::size_t most_changes = [] {
  constexpr std::size_t base = 0x1000;
  std::array<std::size_t, 0x600> settings{};
  std::array<bool, 0x600> is_setting{};
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.modbus.cell == core::Cell::none) continue;
    ++settings[row.modbus.address - base];
    for (std::size_t i = 0; i < written_bytes(row.modbus); ++i) is_setting[row.modbus.address - base + i] = true;
  }
  std::size_t run = 0, longest = 0;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    run = is_setting[i] ? run + settings[i] : 0;
    longest = std::max(longest, run);
  }
  return longest;
}();

/// Settings that a write changes.
class Changes {
 public:
  void add(core::Setting setting, std::int64_t value) {
    const auto held = static_cast<std::int32_t>(value);
    do_fit_ = do_fit_ && held == value;
    changes_[size_++] = {setting, held};
  }
  Outcome make(core::Device& device) const {
    if (!do_fit_) return Outcome::illegal_value;
    return outcome_of(device.change({changes_.data(), size_}));
  }

 private:
  std::array<core::SettingChange, most_changes> changes_{};
  std::size_t size_ = 0;
  bool do_fit_ = true;
};

/// What of `data` belongs to the settings whose word stands at `address`: their bytes, 0 when there are none.
std::size_t take_word(std::size_t address, std::span<const std::uint8_t> data, Changes& changes) {
  std::size_t bytes = 0;
  for (const core::SettingInfo& row : core::setting_table) {
    if (row.modbus.address != address || row.modbus.cell == core::Cell::none) continue;
    bytes = written_bytes(row.modbus);
    if (bytes <= data.size()) changes.add(row.setting, value_of(row, data.first(bytes)));
  }
  return bytes;
}

Outcome write_settings(core::Device& device, std::size_t address, std::span<const std::uint8_t> data) {
  Changes changes;
  while (!data.empty()) {
    const std::size_t bytes = take_word(address, data, changes);
    if (bytes == 0) return Outcome::illegal_address;
    if (bytes > data.size()) return Outcome::illegal_value;
    address += bytes;
    data = data.subspan(bytes);
  }
  return changes.make(device);
}

}  // namespace

Outcome read_registers(core::Device& device, std::uint16_t address, std::span<std::uint8_t> out) {
  for (const Block block : blocks) {
    const BlockInfo& row = info(block);
    const std::size_t first = (address - std::size_t{row.address}) * row.bytes_per_address;
    if (first >= row.bytes) continue;
    if (first + out.size() > row.bytes) return Outcome::illegal_address;
    show(block, device, Window(out, first, ByteOrder::big));
    return Outcome::done;
  }
  return Outcome::illegal_address;
}

Outcome write_registers(core::Device& device, std::uint16_t address, std::span<const std::uint8_t> data) {
  const auto* const row = std::ranges::find(controls, address, &Control::address);
  return row != std::end(controls) ? control(device, *row, data) : write_settings(device, address, data);
}

std::optional<Frame> frame_asked_for(std::uint16_t address) {
  const auto* const row = std::ranges::find(triggers, address, &Trigger::address);
  if (row == std::end(triggers)) return std::nullopt;
  return row->frame;
}

}  // namespace jk::protocols
