// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "firmware-under-test/jk/core/settings_table.hpp"
#include "firmware-under-test/jk/protocols/registers.hpp"
#include "tests/firmware-under-test/jk/protocols/modbus_frames.hpp"

// docs/modbus.md says what the tables of the firmware say.
namespace jk::protocols {
namespace {

using core::Alarm;
using core::Diagnosis;

using Rows = std::multiset<std::vector<std::string>>;

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t at = 1; at < line.size();) {
    const std::size_t end = line.find('|', at);
    std::string cell = line.substr(at, end - at);
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    cells.push_back(cell);
    at = end + 1;
  }
  return cells;
}

/// The rows of the table whose head begins with `head`, in the section with this title; as many columns as the head.
Rows table_of(const std::string& section, const std::string& head) {
  std::ifstream page(CELLRIG_SOURCE_DIR "/docs/modbus.md");
  Rows rows;
  bool is_in_section = false, is_in_table = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) is_in_section = line.substr(3).starts_with(section);
    if (!line.starts_with("|")) is_in_table = false;
    if (is_in_table && !line.starts_with("|---")) rows.insert(columns(line));
    if (is_in_section && line.starts_with("| " + head)) is_in_table = true;
  }
  return rows;
}

std::string hex(std::size_t number) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string text = "0x";
  for (int shift = 12; shift >= 0; shift -= 4) text += digits[number >> shift & 15U];
  return text;
}

std::string unit_on_the_wire(const core::SettingInfo& row) {
  using core::Unit;
  const bool is_scaled = row.modbus.cell != core::Cell::bit && row.modbus.scale != 1;
  switch (row.unit) {
    case Unit::one:
      return "";
    case Unit::on_off:
      return "0/1";
    case Unit::percent:
      return "%";
    case Unit::mAh:
      return "mAh";
    case Unit::mV:
      return "mV";
    case Unit::mA:
      return "mA";
    case Unit::uohm:
      return "µΩ";
    case Unit::us:
      return "µs";
    case Unit::ms:
      return row.modbus.scale == 1000 ? "s" : "?";
    case Unit::s:
      return is_scaled ? "0.1 h" : "s";
    case Unit::min:
      return "min";
    case Unit::h:
      return "h";
    case Unit::ddegC:
      return is_scaled ? "°C" : "0.1 °C";
    default:
      return "?";
  }
}

std::string form(const core::SettingInfo& row) {
  const bool is_signed = row.min < 0 || row.unit == core::Unit::ddegC;
  const std::string letter = is_signed ? "i" : "u";
  switch (row.modbus.cell) {
    case core::Cell::u32:
      return letter + "32";
    case core::Cell::high_byte:
      return letter + "8, high half";
    case core::Cell::low_byte:
      return letter + "8, low half";
    default:
      return "bit " + std::to_string(row.modbus.scale);
  }
}

TEST(ModbusDoc, ListsEverySetting) {
  Rows expected;
  for (const core::SettingInfo& row : core::setting_table) {
    const std::string name(row.name);
    if (row.modbus.cell == core::Cell::none || name.starts_with("wire_resistance_")) continue;
    expected.insert({hex(row.modbus.address), form(row), unit_on_the_wire(row), "`" + name + "`"});
  }
  const auto& first = core::info(core::Setting::wire_resistance_1).modbus;
  const auto& last = core::info(core::Setting::wire_resistance_24).modbus;
  EXPECT_EQ(last.address, first.address + 4 * 23);
  expected.insert({hex(first.address), "u32 × 24", "µΩ", "`wire_resistance_1` … `wire_resistance_24`"});
  EXPECT_EQ(table_of("Settings", "register"), expected);
}

std::string form(std::size_t width, std::size_t count) {
  const std::string one = std::to_string(8 * width);
  return count == 1 ? one : one + " × " + std::to_string(count);
}

/// Address and size of what a block shows, without settings.
Rows fields_of(Block block) {
  const BlockInfo& row = info(block);
  Rows fields;
  const auto at = [&](std::size_t offset) { return hex(row.address + offset / row.bytes_per_address); };
  for (const Field& field : row.fields) fields.insert({at(field.offset), form(field.width, field.count)});
  for (const TextField& text : row.texts) fields.insert({at(text.offset), "text " + std::to_string(text.width)});
  return fields;
}

/// The same of a page's table: u16, i16 and f32 say their bits.
Rows listed(const Rows& table) {
  Rows fields;
  for (const auto& row : table) {
    const std::string& told = row.at(1);
    fields.insert({row.at(0), told.starts_with("text") ? told : told.substr(1)});
  }
  return fields;
}

TEST(ModbusDoc, ListsEveryFieldOfTheBlocks) {
  EXPECT_EQ(listed(table_of("Live data", "register")), fields_of(Block::live));
  EXPECT_EQ(listed(table_of("Device information", "register")), fields_of(Block::about));
  Rows compact = fields_of(Block::cells);
  compact.merge(fields_of(Block::summary));
  EXPECT_EQ(listed(table_of("Compact map", "register")), compact);
  EXPECT_TRUE(fields_of(Block::settings).empty());
}

TEST(ModbusDoc, ListsEveryCommand) {
  std::map<std::string, std::size_t> words;
  for (const auto& row : table_of("Commands", "register")) words[row.at(0)] = std::stoul(row.at(1));
  std::size_t found = 0;
  for (unsigned address = 0x1600; address < 0x1700; ++address) {
    for (const std::size_t size : {1, 2}) {
      ModbusBoard board;
      const auto reply = board.write(address, modbus_client::Bytes(2 * size));
      const bool is_told = words.contains(hex(address)) && words[hex(address)] == size;
      EXPECT_EQ(reply.size() >= 8, is_told) << hex(address) << ", " << size << " words";
      found += is_told;
    }
  }
  EXPECT_EQ(found, words.size());
}

TEST(ModbusDoc, ListsEveryAlarmOfTheWire) {
  const std::pair<Alarm, const char*> told[] = {
      {Alarm::wire_resistance, "lead resistance"},
      {Alarm::mos_overtemperature, "MOSFET over-temperature"},
      {Alarm::cell_count, "number of cells is not the setting"},
      {Alarm::current_sensor, "current sensor"},
      {Alarm::cell_overvoltage, "cell over-voltage"},
      {Alarm::pack_overvoltage, "pack over-voltage"},
      {Alarm::charge_overcurrent, "charge over-current"},
      {Alarm::charge_short_circuit, "charge short circuit"},
      {Alarm::charge_overtemperature, "charge over-temperature"},
      {Alarm::charge_undertemperature, "charge under-temperature"},
      {Alarm::auxiliary_cpu, "auxiliary CPU"},
      {Alarm::cell_undervoltage, "cell under-voltage"},
      {Alarm::pack_undervoltage, "pack under-voltage"},
      {Alarm::discharge_overcurrent, "discharge over-current"},
      {Alarm::discharge_short_circuit, "discharge short circuit"},
      {Alarm::discharge_overtemperature, "discharge over-temperature"},
      {Alarm::charge_mos_fault, "charge MOSFETs"},
      {Alarm::discharge_mos_fault, "discharge MOSFETs"},
      {Alarm::gps_disconnected, "GPS is gone"},
      {Alarm::default_password, "password is the factory's"},
      {Alarm::discharge_on_failed, "discharging cannot be switched on"},
      {Alarm::battery_overtemperature, "battery over-temperature"},
      {Alarm::temperature_sensor, "temperature sensor"},
      {Alarm::current_limiter, "current limiter"},
      {Alarm::short_circuit_release_failed, "short circuit is still there"},
      {Alarm::discharge_overcurrent_2, "discharge over-current, stage 2"},
      {Alarm::discharge_overcurrent_3, "discharge over-current, stage 3"},
      {Alarm::discharge_undertemperature, "discharge under-temperature"},
      {Alarm::gps_lock, "locked by GPS"},
  };
  Rows expected;
  core::Alarms all = 0;
  for (const auto& [alarm, text] : told) {
    expected.insert({std::to_string(static_cast<int>(alarm)), text});
    all |= core::alarm_bit(alarm);
  }
  EXPECT_EQ(all, core::alarms_on_the_wire);
  EXPECT_EQ(table_of("Alarms", "bit"), expected);
}

TEST(ModbusDoc, ListsEveryDiagnosis) {
  const std::pair<Diagnosis, std::vector<std::string>> told[] = {
      {Diagnosis::none, {"OK", "nothing"}},
      {Diagnosis::initialising, {"03", "starting, or a lead floats"}},
      {Diagnosis::cell_overvoltage, {"E-01", "cell over-voltage"}},
      {Diagnosis::cell_undervoltage, {"E-02", "cell under-voltage"}},
      {Diagnosis::temperature_sensor, {"E-03", "temperature sensor"}},
      {Diagnosis::other_protection, {"E-04", "another protection has switched off"}},
      {Diagnosis::balancing_inactive, {"B-07", "balancing does nothing after a full charge"}},
      {Diagnosis::no_master, {"C-FF", "no word from the master"}},
  };
  Rows expected;
  for (const auto& [diagnosis, rest] : told) {
    expected.insert({hex(static_cast<std::size_t>(diagnosis)), rest[0], rest[1]});
  }
  EXPECT_EQ(table_of("Compact map", "diagnosis"), expected);
}

}  // namespace
}  // namespace jk::protocols
