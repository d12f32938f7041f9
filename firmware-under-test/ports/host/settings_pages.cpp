// SPDX-License-Identifier: Apache-2.0
// Writes the firmware's tables for people and for the rig: `yaml` is scenarios/boards/jk_settings.yaml, `page` is
// docs/settings.md, `protections` is docs/protections.md. They stand in the repository; a test compares.
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-under-test/jk/core/setting_meanings.hpp"
#include "firmware-under-test/jk/core/settings_table.hpp"
#include "firmware-under-test/ports/host/protections_page.hpp"
#include "firmware-under-test/ports/host/unit_text.hpp"

namespace {

using namespace jk::core;
using jk::host::text_of;
using jk::host::value_text;

std::size_t index(Preset preset) { return static_cast<std::size_t>(preset); }

void write_yaml() {
  std::printf(
      "# SPDX-License-Identifier: Apache-2.0\n"
      "# Every setting of the JK firmware, made from its table by `settings_pages yaml`; docs/settings.md explains "
      "them.\n"
      "# A board stands on it with `based_on: boards/jk_settings.yaml` and states where its defaults differ.\n"
      "settings:   # unit: the integer unit that the firmware is told the setting in\n");
  for (const SettingInfo& row : setting_table) {
    const auto value = [&](std::int32_t number) { return value_text(row.unit, number); };
    std::printf("  %s: {unit: %s, default: %s", std::string(row.name).c_str(), text_of(row.unit).integer,
                value(row.presets[index(Preset::lifepo4)]).c_str());
    const bool is_switch = row.min == 0 && row.max == 1;
    if (!is_switch) std::printf(", min: %s, max: %s", value(row.min).c_str(), value(row.max).c_str());
    std::printf("}\n");
  }
  std::printf("\npresets:   # the manual's one-key presets; what they leave alone keeps its default\n");
  const std::pair<const char*, Preset> presets[] = {
      {"Li-ion", Preset::li_ion}, {"LiFePO4", Preset::lifepo4}, {"LTO", Preset::lto}};
  for (const auto& [name, preset] : presets) {
    std::printf("  %s:\n", name);
    Settings marked(Preset::lifepo4);
    for (const SettingInfo& row : setting_table) {
      // A setting belongs to the presets when apply_preset moves it away from a value that no preset has.
      Settings probe = marked;
      const std::int32_t other = row.min != row.presets[index(preset)] ? row.min : row.max;
      probe.set(row.setting, other);
      apply_preset(preset, probe);
      if (probe[row.setting] == other) continue;
      std::printf("    %s: %s\n", std::string(row.name).c_str(),
                  value_text(row.unit, row.presets[index(preset)]).c_str());
    }
    std::printf("    source: JK user manual, appendix\n");
  }
}

std::string places(const SettingInfo& row) {
  char text[64] = "";
  if (row.serial.id != 0) std::snprintf(text, sizeof text, "%02X", row.serial.id);
  return text;
}

std::string register_text(const ModbusPlace& place) {
  char text[64] = "";
  switch (place.cell) {
    case Cell::none:
      break;
    case Cell::u32:
      std::snprintf(text, sizeof text, "0x%04X", place.address);
      break;
    case Cell::high_byte:
      std::snprintf(text, sizeof text, "0x%04X high", place.address);
      break;
    case Cell::low_byte:
      std::snprintf(text, sizeof text, "0x%04X low", place.address);
      break;
    case Cell::bit:
      std::snprintf(text, sizeof text, "0x%04X bit %d", place.address, place.scale);
      break;
  }
  return text;
}

void write_page() {
  std::printf(
      "# Settings of the JK firmware\n\n"
      "Made from the firmware's table (`jk/core/settings_table.hpp`) by `settings_pages page`. A scenario sets them "
      "under\n"
      "`settings:`, clients by 4E 57 (id) or Modbus (byte address; [modbus.md](modbus.md)). A write outside the range, "
      "or\n"
      "one that would put a trip on the wrong side of its release, is refused with the protocol's own error and "
      "changes\n"
      "nothing: power_off < cell_uvp < cell_uvpr, cell_uvp < cell_ovp, cell_ovpr < cell_ovp, each OTPR below its OTP, "
      "each\n"
      "UTP below its UTPR, box_otpr <= box_otp; where used soc_100 <= cell_ovp, soc_0 >= cell_uvp, rfv <= rcv.\n"
      "Several values written at once are judged together. A write that the flash has no room to keep is refused too\n"
      "([modbus.md](modbus.md#when-the-flash-is-full)): both switches off for a second, or a restart, make room.\n\n"
      "| name | Li-ion | LiFePO4 | LTO | range | 4E 57 | Modbus | meaning |\n|---|---|---|---|---|---|---|---|\n");
  for (const SettingInfo& row : setting_table) {
    const bool is_lead = row.setting >= Setting::wire_resistance_1;
    if (is_lead && row.setting != Setting::wire_resistance_1) continue;
    const auto& meaning = setting_meanings[static_cast<std::size_t>(row.setting)];
    const auto value = [&](Preset preset) { return value_text(row.unit, row.presets[index(preset)]); };
    const std::string name = is_lead ? "wire_resistance_1 … 24" : std::string(row.name);
    std::printf("| `%s` | %s | %s | %s | %s … %s | %s | %s | %s |\n", name.c_str(), value(Preset::li_ion).c_str(),
                value(Preset::lifepo4).c_str(), value(Preset::lto).c_str(), value_text(row.unit, row.min).c_str(),
                value_text(row.unit, row.max).c_str(), places(row).c_str(),
                is_lead ? "0x1088 … 0x10E4" : register_text(row.modbus).c_str(), std::string(meaning.text).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc == 2 ? argv[1] : "";
  if (what == "yaml") return write_yaml(), 0;
  if (what == "page") return write_page(), 0;
  if (what == "protections") return jk::host::write_protections(), 0;
  std::fprintf(stderr, "settings_pages: yaml, page or protections\n");
  return 3;
}
