// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// Unit of the integer that a setting is kept in; ddegC = 0.1 degC, dK = 0.1 K.
enum class Unit : std::uint8_t { one, on_off, percent, ppm, mAh, mV, mA, mohm, uohm, us, ms, s, min, h, ddegC, dK };

/// Place in the serial protocol 4E 57: value on the wire = setting / scale. id 0: not there.
struct SerialPlace {
  std::uint8_t id = 0, width = 0;  // width in bytes
  std::uint16_t scale = 1;
};

/// How a setting lies in the Modbus map: four bytes, half of a 16-bit word, or a bit of one.
enum class Cell : std::uint8_t { none, u32, high_byte, low_byte, bit };

/// `address` of the word: block plus byte offset. Value on the wire = setting / scale, two's complement; of a bit,
/// `scale` is its number.
struct ModbusPlace {
  std::uint16_t address = 0;
  Cell cell = Cell::none;
  std::uint16_t scale = 1;
};

struct SettingInfo {
  Setting setting = Setting::count;
  std::string_view name;  // in "name=integer" lines
  Unit unit = Unit::one;
  std::array<std::int32_t, 3> presets{};  // li_ion, lifepo4, lto
  std::int32_t min = 0, max = 0;          // inclusive
  SerialPlace serial;
  ModbusPlace modbus;
};

namespace table {

struct Row : SettingInfo {
  [[nodiscard]] consteval Row serial(std::uint8_t id, std::uint8_t width, std::uint16_t scale = 1) const {
    Row row = *this;
    row.SettingInfo::serial = {id, width, scale};
    return row;
  }
  [[nodiscard]] consteval Row at(std::uint16_t address, Cell cell, std::uint16_t scale) const {
    Row row = *this;
    row.SettingInfo::modbus = {address, cell, scale};
    return row;
  }
  [[nodiscard]] consteval Row u32(std::uint16_t address, std::uint16_t scale = 1) const {
    return at(address, Cell::u32, scale);
  }
  [[nodiscard]] consteval Row high_byte(std::uint16_t address, std::uint16_t scale = 1) const {
    return at(address, Cell::high_byte, scale);
  }
  [[nodiscard]] consteval Row low_byte(std::uint16_t address, std::uint16_t scale = 1) const {
    return at(address, Cell::low_byte, scale);
  }
  [[nodiscard]] consteval Row bit(std::uint16_t address, std::uint16_t number) const {
    return at(address, Cell::bit, number);
  }
};

using Presets = std::array<std::int32_t, 3>;
consteval Row row(Setting setting, std::string_view name, Unit unit, Presets presets, std::int32_t min,
                  std::int32_t max) {
  return Row{{setting, name, unit, presets, min, max, {}, {}}};
}
consteval Row row(Setting setting, std::string_view name, Unit unit, std::int32_t preset, std::int32_t min,
                  std::int32_t max) {
  return row(setting, name, unit, Presets{preset, preset, preset}, min, max);
}

inline constexpr std::size_t wire_count = 24;
inline constexpr std::size_t first_wire = static_cast<std::size_t>(Setting::wire_resistance_1);
inline constexpr std::array<std::string_view, wire_count> wire_names = {
    "wire_resistance_1",  "wire_resistance_2",  "wire_resistance_3",  "wire_resistance_4",  "wire_resistance_5",
    "wire_resistance_6",  "wire_resistance_7",  "wire_resistance_8",  "wire_resistance_9",  "wire_resistance_10",
    "wire_resistance_11", "wire_resistance_12", "wire_resistance_13", "wire_resistance_14", "wire_resistance_15",
    "wire_resistance_16", "wire_resistance_17", "wire_resistance_18", "wire_resistance_19", "wire_resistance_20",
    "wire_resistance_21", "wire_resistance_22", "wire_resistance_23", "wire_resistance_24",
};

// Sources: M manual of the JK-B2A8S20P, appendix (presets) and table 1; F facts, ranges the app allows and tables of
// the protocols; O seen on real units; E our estimate. The manual's voltage range 1.2-4.35 V is M; delays of 0 ms serve
// the bench.
consteval std::array<SettingInfo, setting_count> make() {
  using S = Setting;
  using enum Unit;
  const Row rows[] = {
      row(S::cell_count, "cell_count", one, 8, 1, 24).serial(0xA9, 1).u32(0x106C),  // F 2-32, ours 24 channels
      row(S::capacity, "capacity", mAh, 100'000, 1, 20'000'000)
          .serial(0xAA, 4, 1000)
          .u32(0x107C),                                                      // F; 1 mAh for single cells
      row(S::chemistry, "chemistry", one, {1, 0, 2}, 0, 2).serial(0xAF, 1),  // F: 0 LiFePO4, 1 Li-ion, 2 LTO
      row(S::cell_ovp, "cell_ovp", mV, {4200, 3600, 2700}, 1200, 4350).serial(0x90, 2).u32(0x100C),    // M
      row(S::cell_ovpr, "cell_ovpr", mV, {4100, 3400, 2400}, 1200, 4350).serial(0x91, 2).u32(0x1010),  // M
      row(S::cell_uvp, "cell_uvp", mV, {2900, 2600, 1800}, 1200, 4350).serial(0x93, 2).u32(0x1004),    // M
      row(S::cell_uvpr, "cell_uvpr", mV, {3200, 3000, 2000}, 1200, 4350).serial(0x94, 2).u32(0x1008),  // M
      row(S::pack_ovp, "pack_ovp", mV, 0, 0, 150'000)
          .serial(0x8E, 2, 10),  // F; 0 = cells x cell_ovp, as every unit seen
      row(S::pack_uvp, "pack_uvp", mV, 0, 0, 150'000).serial(0x8F, 2, 10),           // F; 0 = cells x cell_uvp
      row(S::cell_difference, "cell_difference", mV, 300, 0, 1000).serial(0x96, 2),  // F, O
      row(S::balance_trigger, "balance_trigger", mV, 10, 3, 1000).serial(0x9C, 2).u32(0x1014),  // M, F
      row(S::balance_start, "balance_start", mV, {3000, 3000, 2000}, 1200, 4250)
          .serial(0x9B, 2)
          .u32(0x1084),                                                                // O, O, E
      row(S::power_off, "power_off", mV, {2800, 2500, 1700}, 1200, 4350).u32(0x1028),  // M
      row(S::soc_100, "soc_100", mV, 0, 0, 4350).u32(0x1018),  // F, O; 0 = not used, cell OVP sets 100 %
      row(S::soc_0, "soc_0", mV, 0, 0, 4350).u32(0x101C),      // F, O; 0 = not used, cell UVP sets 0 %
      row(S::rcv, "rcv", mV, 0, 0, 4350).u32(0x1020),          // F, O; requested charge voltage, 0 = not used
      row(S::rfv, "rfv", mV, 0, 0, 4350).u32(0x1024),          // F, O; requested float voltage, 0 = not used
      row(S::rcv_time, "rcv_time", s, 360, 0, 65'520).high_byte(0x1504, 360),               // F 0-18.2 h in 0.1 h; E
      row(S::rfv_time, "rfv_time", s, 360, 0, 65'520).low_byte(0x1504, 360),                // F 0-18.2 h in 0.1 h; E
      row(S::re_bulk_soc, "re_bulk_soc", percent, 0, 0, 50).high_byte(0x1510),              // F; 0 = not used
      row(S::cell_ovp_delay, "cell_ovp_delay", ms, 5000, 0, 60'000).serial(0x92, 2, 1000),  // O
      row(S::cell_uvp_delay, "cell_uvp_delay", ms, 5000, 0, 60'000).serial(0x95, 2, 1000),  // O
      row(S::charge_ocp, "charge_ocp", mA, 200'000, 100, 800'000)
          .serial(0x99, 2, 1000)
          .u32(0x102C),  // M 200 A; 0.1 A for single cells
      row(S::charge_ocp_delay, "charge_ocp_delay", ms, 30'000, 0, 600'000)
          .serial(0x9A, 2, 1000)
          .u32(0x1030, 1000),                                                                          // M
      row(S::charge_ocp_release, "charge_ocp_release", ms, 60'000, 2'000, 600'000).u32(0x1034, 1000),  // M; F 2-600 s
      row(S::discharge_ocp, "discharge_ocp", mA, 200'000, 100, 800'000).serial(0x97, 2, 1000).u32(0x1038),  // M
      row(S::discharge_ocp_delay, "discharge_ocp_delay", ms, 30'000, 0, 600'000)
          .serial(0x98, 2, 1000)
          .u32(0x103C, 1000),  // M
      row(S::discharge_ocp_release, "discharge_ocp_release", ms, 60'000, 2'000, 600'000)
          .u32(0x1040, 1000),                                                            // M; F 2-600 s
      row(S::scp_delay, "scp_delay", us, 1500, 0, 1'000'000).u32(0x1080),                // O, F
      row(S::scp_release, "scp_release", ms, 60'000, 2'000, 600'000).u32(0x1044, 1000),  // M; F 2-600 s
      row(S::balance_current, "balance_current", mA, 2000, 0, 2000)
          .u32(0x1048),                                                     // M: 2 A board; clamped to the board's
      row(S::temperature_delay, "temperature_delay", ms, 2000, 0, 60'000),  // E
      row(S::charge_otp, "charge_otp", ddegC, 600, 300, 1000)
          .serial(0xA3, 2, 10)
          .u32(0x104C),                                                       // M; 4E57 range to 100 degC
      row(S::charge_otpr, "charge_otpr", ddegC, 550, 300, 1000).u32(0x1050),  // M
      row(S::discharge_otp, "discharge_otp", ddegC, 600, 300, 1000).serial(0xA4, 2, 10).u32(0x1054),  // M
      row(S::discharge_otpr, "discharge_otpr", ddegC, 550, 300, 1000).u32(0x1058),                    // M
      row(S::charge_utp, "charge_utp", ddegC, -200, -390, 250)
          .serial(0xA5, 2, 10)
          .u32(0x105C),  // M; the sensor ends at -40 degC
      row(S::charge_utpr, "charge_utpr", ddegC, -100, -390, 250).serial(0xA6, 2, 10).u32(0x1060),                 // M
      row(S::discharge_utp, "discharge_utp", ddegC, -200, -390, 250).serial(0xA7, 2, 10).high_byte(0x1122, 10),   // O
      row(S::discharge_utpr, "discharge_utpr", ddegC, -100, -390, 250).serial(0xA8, 2, 10).low_byte(0x1122, 10),  // O
      row(S::mos_otp, "mos_otp", ddegC, 750, 300, 1200).serial(0x9E, 2, 10).u32(0x1064),    // M; newer boards 100 degC
      row(S::mos_otpr, "mos_otpr", ddegC, 700, 300, 1200).serial(0x9F, 2, 10).u32(0x1068),  // M
      row(S::box_otp, "box_otp", ddegC, 1000, 400, 1000).serial(0xA0, 2, 10),    // F, O 100; 70 on 1 A boards
      row(S::box_otpr, "box_otpr", ddegC, 1000, 400, 1000).serial(0xA1, 2, 10),  // F, O 100; 60 on 1 A boards
      row(S::temperature_difference, "temperature_difference", dK, 200, 50, 200).serial(0xA2, 2, 10),  // F, O
      row(S::low_soc, "low_soc", percent, 20, 0, 80).serial(0xB1, 1),                                  // F, O
      row(S::discharge_ocp_2, "discharge_ocp_2", mA, 300'000, 100, 800'000),                           // E: 1.5 times
      row(S::discharge_ocp_2_delay, "discharge_ocp_2_delay", ms, 3'000, 0, 600'000),                   // E
      row(S::discharge_ocp_3, "discharge_ocp_3", mA, 400'000, 100, 800'000),                           // E: twice
      row(S::discharge_ocp_3_delay, "discharge_ocp_3_delay", ms, 300, 0, 600'000),                     // E
      row(S::wire_resistance_limit, "wire_resistance_limit", mohm, 250, 10, 10'000),          // E; 50-160 is seen
      row(S::pack_difference, "pack_difference", mV, 500, 50, 10'000),                        // E
      row(S::mos_fault_current, "mos_fault_current", mA, 1'000, 100, 100'000),                // E
      row(S::fault_delay, "fault_delay", ms, 2'000, 0, 60'000),                               // E
      row(S::activation_by_charger, "activation_by_charger", on_off, 0, 0, 1),                // M 5.2; 0 for the bench
      row(S::charge_enabled, "charge_enabled", on_off, 1, 0, 1).serial(0xAB, 1).u32(0x1070),  // M 5.3.2, control page
      row(S::discharge_enabled, "discharge_enabled", on_off, 1, 0, 1)
          .serial(0xAC, 1)
          .u32(0x1074),                                                                         // M 5.3.2, control page
      row(S::balance_enabled, "balance_enabled", on_off, 1, 0, 1).serial(0x9D, 1).u32(0x1078),  // M 5.3.2, control page
      row(S::precharge_time, "precharge_time", s, 0, 0, 60).u32(0x110C),                     // O 0 on B, 5 on PB boards
      row(S::device_address, "device_address", one, 1, 0, 247).serial(0xAE, 1).u32(0x1108),  // F; 0 = bus master
      row(S::heating_enabled, "heating_enabled", on_off, 0, 0, 1).bit(0x1114, 0),            // F
      row(S::temperature_sensors_disabled, "temperature_sensors_disabled", on_off, 0, 0, 1).bit(0x1114, 1),  // F
      row(S::gps_heartbeat, "gps_heartbeat", on_off, 0, 0, 1).bit(0x1114, 2),                                // F
      row(S::port_is_rs485, "port_is_rs485", on_off, 1, 0, 1).bit(0x1114, 3),                         // F; 0 = CAN
      row(S::display_always_on, "display_always_on", on_off, 0, 0, 1).bit(0x1114, 4),                 // F, O 1 on PB
      row(S::special_charger, "special_charger", on_off, 0, 0, 1).serial(0xB3, 1).bit(0x1114, 5),     // F
      row(S::smart_sleep_enabled, "smart_sleep_enabled", on_off, 0, 0, 1).bit(0x1114, 6),             // F, O 1 on PB
      row(S::current_limiter_disabled, "current_limiter_disabled", on_off, 0, 0, 1).bit(0x1114, 7),   // F
      row(S::timed_store, "timed_store", on_off, 0, 0, 1).bit(0x1114, 8),                             // F, O 1 on PB
      row(S::float_mode, "float_mode", on_off, 0, 0, 1).bit(0x1114, 9),                               // F, O 1 on PB
      row(S::emergency_button, "emergency_button", on_off, 0, 0, 1).bit(0x1114, 10),                  // F
      row(S::dry_contact_intermittent, "dry_contact_intermittent", on_off, 0, 0, 1).bit(0x1114, 11),  // F
      row(S::ocp_2_enabled, "ocp_2_enabled", on_off, 0, 0, 1).bit(0x1114, 12),                        // F
      row(S::ocp_3_enabled, "ocp_3_enabled", on_off, 0, 0, 1).bit(0x1114, 13),                        // F
      row(S::gps_lock_charge, "gps_lock_charge", on_off, 0, 0, 1).bit(0x1114, 14),                    // F
      row(S::gps_lock_discharge, "gps_lock_discharge", on_off, 0, 0, 1).bit(0x1114, 15),              // F
      row(S::heating_start, "heating_start", ddegC, -200, -400, 600)
          .high_byte(0x1116, 10),  // F spec -20; older units carry 60
      row(S::heating_stop, "heating_stop", ddegC, -100, -400, 600)
          .low_byte(0x1116, 10),  // F spec -10; older units carry 50
      row(S::smart_sleep, "smart_sleep", mV, {3500, 3500, 2300}, 0, 4350).u32(0x1000),  // O; LTO E
      row(S::smart_sleep_time, "smart_sleep_time", h, 24, 0, 255).high_byte(0x1118),    // O
      row(S::sleep_wait, "sleep_wait", s, 10, 0, 600).serial(0xB0, 2),                  // O
      row(S::emergency_duration, "emergency_duration", min, 30, 1, 255)
          .low_byte(0x1506),  // F 1-255; ours 30, users re-arm every 30 min
      row(S::voltage_calibration, "voltage_calibration", ppm, 0, -100'000, 100'000),  // E; what command 0x1600 reckons
      row(S::current_calibration, "current_calibration", ppm, 0, -300'000,
          300'000),                                                                 // E; id AD shows the factor x 1000
      row(S::current_zero, "current_zero", mA, 0, -5000, 5000),                     // E
      row(S::uart_1_protocol, "uart_1_protocol", one, 0, 0, 16).high_byte(0x14B2),  // F 2.7
      row(S::can_protocol, "can_protocol", one, 0, 0, 13).low_byte(0x14B2),         // F 2.7
      row(S::uart_2_protocol, "uart_2_protocol", one, 1, 0, 16).high_byte(0x14D4),  // F 2.7
      row(S::buzzer_trigger, "buzzer_trigger", one, 0, 0, 14).high_byte(0x14E4),    // F
      row(S::dry_1_trigger, "dry_1_trigger", one, 0, 0, 14).low_byte(0x14E4),       // F
      row(S::dry_2_trigger, "dry_2_trigger", one, 0, 0, 14).high_byte(0x14E6),      // F
      row(S::buzzer_on, "buzzer_on", one, 0, -1'000'000, 1'000'000).u32(0x14E8),    // F
      row(S::buzzer_off, "buzzer_off", one, 0, -1'000'000, 1'000'000).u32(0x14EC),  // F
      row(S::dry_1_on, "dry_1_on", one, 0, -1'000'000, 1'000'000).u32(0x14F0),      // F
      row(S::dry_1_off, "dry_1_off", one, 0, -1'000'000, 1'000'000).u32(0x14F4),    // F
      row(S::dry_2_on, "dry_2_on", one, 0, -1'000'000, 1'000'000).u32(0x14F8),      // F
      row(S::dry_2_off, "dry_2_off", one, 0, -1'000'000, 1'000'000).u32(0x14FC),    // F
      row(S::data_store_period, "data_store_period", s, 0, 0, 86'400).u32(0x1500),  // F
      row(S::gps_off, "gps_off", mV, 0, 0, 65'535).serial(0xBE, 2),                 // F; write only on 4E57
      row(S::gps_on, "gps_on", mV, 0, 0, 65'535).serial(0xBF, 2),                   // F; write only on 4E57
  };
  std::array<SettingInfo, setting_count> out{};
  std::size_t at = 0;
  for (const Row& r : rows) out[at++] = r;
  for (std::uint16_t n = 0; n < wire_count; ++n) {  // F; 0 = as the self-test measured it
    out[at++] = row(static_cast<S>(first_wire + n), wire_names[n], uohm, 0, 0, 1'000'000)
                    .u32(static_cast<std::uint16_t>(0x1088 + 4 * n));
  }
  return out;
}

}  // namespace table

/// The one declaration of every setting.
inline constexpr std::array<SettingInfo, setting_count> setting_table = table::make();

[[nodiscard]] constexpr const SettingInfo& info(Setting setting) {
  return setting_table[static_cast<std::size_t>(setting)];
}

/// The row with this name, or nullptr.
[[nodiscard]] const SettingInfo* find_setting(std::string_view name);

}  // namespace jk::core
