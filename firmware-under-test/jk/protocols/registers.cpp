// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/registers.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace jk::protocols {
namespace {

// Protocols that the UARTs of this firmware can speak: 4E 57 is number 0, Modbus 1. Source: facts 2.7.
constexpr std::uint32_t uart_1_speaks = 0b11, uart_2_speaks = 0b10;

constexpr std::uint32_t bits(std::int32_t value) { return static_cast<std::uint32_t>(value); }

template <typename Narrow>
constexpr std::uint32_t held(std::int64_t value) {
  using Limits = std::numeric_limits<Narrow>;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

// A sensor that is not there reads 0; 0x12D0 says so.
std::uint32_t temperature(const std::optional<std::int32_t>& ddegC) { return held<std::int16_t>(ddegC.value_or(0)); }

std::uint32_t sensors(const core::Status& status) {
  const std::optional<std::int32_t>* const in_order[] = {&status.mos_ddegC, &status.t1_ddegC, &status.t2_ddegC,
                                                         &status.t3_ddegC,  &status.t4_ddegC, &status.t5_ddegC};
  std::uint32_t present = 0;
  for (std::size_t i = 0; i < std::size(in_order); ++i) present |= std::uint32_t{in_order[i]->has_value()} << i;
  return present;
}

std::uint32_t cell_mV(const Board& board, std::size_t index) {
  const auto cells = board.status.cells_mV;
  return index < cells.size() ? held<std::uint16_t>(cells[index]) : 0;
}

// Real units show the pack's voltage over the number of cells, rounded.
std::uint32_t average_mV(const core::Status& status) {
  const auto cells = static_cast<std::int32_t>(status.cells_mV.size());
  return cells == 0 ? 0 : held<std::uint16_t>((status.pack_mV + cells / 2) / cells);
}

std::uint32_t difference_mV(const core::Status& status) {
  std::int32_t lowest = std::numeric_limits<std::int32_t>::max(), highest = 0;
  for (std::size_t i = 0; i < status.cells_mV.size(); ++i) {
    if ((status.cells_present >> i & 1) == 0) continue;
    lowest = std::min(lowest, status.cells_mV[i]);
    highest = std::max(highest, status.cells_mV[i]);
  }
  return held<std::uint16_t>(std::int64_t{highest} - lowest);
}

std::uint32_t power_mW(const core::Status& status) {
  const std::int64_t uW = std::int64_t{status.pack_mV} * status.current_mA;
  return held<std::uint32_t>((uW < 0 ? -uW : uW) / 1000);
}

// Factor 1000 = as built.
std::uint32_t current_factor(const core::Settings& settings) {
  return bits(1000 + settings[core::Setting::current_calibration] / 1000);
}

// Volts of the pack to a volt at the converter, of which real units have about 3.
std::uint32_t voltage_factor(const core::Settings& settings) {
  constexpr std::int64_t three = 0x4040'0000, steps_per_Mppm = 3 << 22;  // binary32 between 2 and 4: steps of 2^-22
  const std::int64_t ppm = settings[core::Setting::voltage_calibration];
  const std::int64_t half = ppm < 0 ? -500'000 : 500'000;
  return static_cast<std::uint32_t>(three + (ppm * steps_per_Mppm + half) / 1'000'000);
}

std::uint32_t dry_contacts(const core::Status& status) {
  return std::uint32_t{status.is_dry_1_on} << 1 | std::uint32_t{status.is_dry_2_on} << 2;
}

std::uint32_t wire_mohm(const Board& board, std::size_t index) {
  return index < core::status_cells ? board.status.wire_mohm[index] : 0;
}

constexpr Field live_fields[] = {
    {0x000, 2, 32, cell_mV},
    {0x040, 4, 1, [](const Board& b, std::size_t) { return b.status.cells_present; }},
    {0x044, 2, 1, [](const Board& b, std::size_t) { return average_mV(b.status); }},
    {0x046, 2, 1, [](const Board& b, std::size_t) { return difference_mV(b.status); }},
    {0x048, 1, 1, [](const Board& b, std::size_t) { return static_cast<std::uint32_t>(b.status.highest_cell); }},
    {0x049, 1, 1, [](const Board& b, std::size_t) { return static_cast<std::uint32_t>(b.status.lowest_cell); }},
    {0x04A, 2, 32, wire_mohm},
    {0x08A, 2, 1, [](const Board& b, std::size_t) { return temperature(b.status.mos_ddegC); }},
    {0x08C, 4, 1, [](const Board& b, std::size_t) { return b.status.wire_alarms; }},
    {0x090, 4, 1, [](const Board& b, std::size_t) { return bits(b.status.pack_mV); }},
    {0x094, 4, 1, [](const Board& b, std::size_t) { return power_mW(b.status); }},
    {0x098, 4, 1, [](const Board& b, std::size_t) { return bits(b.status.current_mA); }},
    {0x09C, 2, 1, [](const Board& b, std::size_t) { return temperature(b.status.t1_ddegC); }},
    {0x09E, 2, 1, [](const Board& b, std::size_t) { return temperature(b.status.t2_ddegC); }},
    {0x0A0, 4, 1, [](const Board& b, std::size_t) { return b.status.alarms & core::alarms_on_the_wire; }},
    {0x0A4, 2, 1, [](const Board& b, std::size_t) { return held<std::int16_t>(b.status.balance_mA); }},
    {0x0A6, 1, 1, [](const Board& b, std::size_t) { return static_cast<std::uint32_t>(b.status.balance); }},
    {0x0A7, 1, 1, [](const Board& b, std::size_t) { return bits(b.status.soc_percent); }},
    {0x0A8, 4, 1, [](const Board& b, std::size_t) { return bits(b.status.remaining_mAh); }},
    {0x0AC, 4, 1, [](const Board& b, std::size_t) { return bits(b.status.full_mAh); }},
    {0x0B0, 4, 1, [](const Board& b, std::size_t) { return b.status.cycles; }},
    {0x0B4, 4, 1, [](const Board& b, std::size_t) { return held<std::uint32_t>(b.status.cycle_capacity_mAh); }},
    {0x0B8, 1, 1, [](const Board& b, std::size_t) { return bits(b.status.soh_percent); }},
    {0x0B9, 1, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.is_precharging}; }},
    {0x0BC, 4, 1, [](const Board& b, std::size_t) { return b.status.run_time_s; }},
    {0x0C0, 1, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.is_charge_mos_on}; }},
    {0x0C1, 1, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.is_discharge_mos_on}; }},
    {0x0C4, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.release.discharge_ocp_s}; }},
    {0x0C6, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.release.discharge_scp_s}; }},
    {0x0C8, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.release.charge_ocp_s}; }},
    {0x0CA, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.release.charge_scp_s}; }},
    {0x0CC, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.release.uvp_s}; }},
    {0x0CE, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.release.ovp_s}; }},
    {0x0D0, 1, 1, [](const Board& b, std::size_t) { return sensors(b.status); }},
    {0x0D1, 1, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.is_heating}; }},
    {0x0D4, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.emergency_s}; }},
    {0x0D6, 2, 1, [](const Board& b, std::size_t) { return current_factor(b.settings); }},
    {0x0D8, 2, 1, [](const Board& b, std::size_t) { return held<std::uint16_t>(b.status.current_sensor_mV); }},
    {0x0DA, 2, 1,
     [](const Board& b, std::size_t) { return held<std::uint16_t>(-std::int64_t{b.status.current_sensor_mV}); }},
    {0x0DC, 4, 1, [](const Board& b, std::size_t) { return voltage_factor(b.settings); }},
    {0x0E4, 2, 1, [](const Board& b, std::size_t) { return held<std::uint16_t>(b.status.pack_mV / 10); }},
    {0x0E6, 2, 1, [](const Board& b, std::size_t) { return held<std::int16_t>(b.status.heater_mA); }},
    {0x0EF, 1, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.is_charger_plugged}; }},
    {0x0F0, 4, 1, [](const Board& b, std::size_t) { return static_cast<std::uint32_t>(b.status.uptime_ms / 100); }},
    {0x0F8, 2, 1, [](const Board& b, std::size_t) { return temperature(b.status.t5_ddegC); }},
    {0x0FA, 2, 1, [](const Board& b, std::size_t) { return temperature(b.status.t4_ddegC); }},
    {0x0FC, 2, 1, [](const Board& b, std::size_t) { return temperature(b.status.t3_ddegC); }},
    {0x100, 4, 1, [](const Board& b, std::size_t) { return b.status.clock_s; }},
    {0x108, 4, 1, [](const Board& b, std::size_t) { return b.status.sleep_s; }},
    {0x110, 2, 1, [](const Board& b, std::size_t) { return std::uint32_t{b.status.phase_s}; }},
    {0x112, 1, 1, [](const Board& b, std::size_t) { return static_cast<std::uint32_t>(b.status.phase); }},
    {0x113, 1, 1, [](const Board& b, std::size_t) { return dry_contacts(b.status); }},
};

constexpr Field about_fields[] = {
    {0x020, 4, 1, [](const Board& b, std::size_t) { return b.status.run_time_s; }},
    {0x024, 4, 1, [](const Board& b, std::size_t) { return b.status.power_ons; }},
    {0x0B4, 1, 1, [](const Board&, std::size_t) { return uart_1_speaks; }},
    {0x0D5, 1, 1, [](const Board&, std::size_t) { return uart_2_speaks; }},
};
constexpr TextField about_texts[] = {
    {0x00, 16, core::Text::model},
    {0x10, 8, core::Text::hardware_version},
    {0x18, 8, core::Text::software_version},
    {0x28, 16, core::Text::device_name},
    {0x38, 16, core::Text::device_password},
    {0x48, 8, core::Text::production_date},
    {0x50, 16, core::Text::serial_number},
    {0x60, 16, core::Text::user_data},
    {0x70, 16, core::Text::settings_password},
};

constexpr Field cells_fields[] = {{0, 2, core::status_cells, cell_mV}};

constexpr Field summary_fields[] = {
    {0, 2, 1, [](const Board& b, std::size_t) { return static_cast<std::uint32_t>(b.status.diagnosis); }},
    {2, 2, 1, [](const Board& b, std::size_t) { return held<std::uint16_t>(b.status.throughput_mAh / 1000); }},
    {4, 4, 1, [](const Board& b, std::size_t) { return b.status.alarms & core::alarms_on_the_wire; }},
};

constexpr BlockInfo block_table[] = {
    {0x1000, large_block_bytes, 1, {}, {}},
    {0x1200, large_block_bytes, 1, live_fields, {}},
    {0x1400, large_block_bytes, 1, about_fields, about_texts},
    {0x000D, 2 * core::status_cells, 2, cells_fields, {}},
    {0x00F0, 8, 2, summary_fields, {}},
};
static_assert(std::size(block_table) == std::size(blocks));

std::uint32_t on_the_wire(const core::SettingInfo& row, std::int32_t value) {
  return row.modbus.cell == core::Cell::bit ? bits(value) << row.modbus.scale : bits(value / row.modbus.scale);
}

}  // namespace

Window::Window(std::span<std::uint8_t> out, std::size_t first, ByteOrder order)
    : out_(out), first_(first), order_(order) {
  std::fill(out.begin(), out.end(), std::uint8_t{0});
}

void Window::put_byte(std::size_t offset, std::uint32_t value) {
  const std::size_t at = offset - first_;  // wraps when it lies before the part
  if (at < out_.size()) out_[at] = static_cast<std::uint8_t>(out_[at] | (value & 0xFF));
}

void Window::put(std::size_t offset, std::size_t width, std::uint32_t value) {
  for (std::size_t i = 0; i < width; ++i) {
    const std::size_t place = order_ == ByteOrder::little ? i : width - 1 - i;
    put_byte(offset + place, value >> (8 * i));
  }
}

void Window::put(std::size_t offset, std::size_t width, std::string_view text) {
  const std::size_t said = std::min(text.size(), width);
  for (std::size_t i = 0; i < said; ++i) put_byte(offset + i, static_cast<std::uint8_t>(text[i]));
}

const BlockInfo& info(Block block) { return block_table[static_cast<std::size_t>(block)]; }

std::size_t width(const core::ModbusPlace& place) {
  constexpr std::uint8_t widths[] = {0, 4, 1, 1, 2};  // by core::Cell
  return widths[static_cast<std::size_t>(place.cell)];
}

std::size_t address(const core::ModbusPlace& place) {
  return place.address + (place.cell == core::Cell::low_byte ? 1U : 0U);
}

void show(Block block, core::Device& device, Window window) {
  const Board board{device.status(), device.settings()};
  const BlockInfo& shown = info(block);
  for (const Field& field : shown.fields) {
    for (std::size_t i = 0; i < field.count; ++i) {
      window.put(field.offset + i * field.width, field.width, field.value(board, i));
    }
  }
  for (const TextField& field : shown.texts) window.put(field.offset, field.width, device.text(field.text));
  for (const core::SettingInfo& row : core::setting_table) {
    const std::size_t offset = address(row.modbus) - shown.address;  // wraps when it lies before the block
    if (offset >= shown.bytes) continue;
    window.put(offset, width(row.modbus), on_the_wire(row, board.settings[row.setting]));
  }
}

}  // namespace jk::protocols
