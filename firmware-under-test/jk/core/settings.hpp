// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace jk::core {

/// Every setting of the board. Names as in scenario files; unit, range, presets and places on the wire stand in
/// settings_table.hpp, what each means in setting_meanings.hpp (docs/settings.md shows all of it).
enum class Setting : std::uint8_t {
  cell_count,
  capacity,
  chemistry,
  cell_ovp,
  cell_ovpr,
  cell_uvp,
  cell_uvpr,
  pack_ovp,
  pack_uvp,
  cell_difference,
  balance_trigger,
  balance_start,
  power_off,
  soc_100,
  soc_0,
  rcv,
  rfv,
  rcv_time,
  rfv_time,
  re_bulk_soc,
  cell_ovp_delay,
  cell_uvp_delay,
  charge_ocp,
  charge_ocp_delay,
  charge_ocp_release,
  discharge_ocp,
  discharge_ocp_delay,
  discharge_ocp_release,
  scp_delay,
  scp_release,
  balance_current,
  temperature_delay,
  charge_otp,
  charge_otpr,
  discharge_otp,
  discharge_otpr,
  charge_utp,
  charge_utpr,
  discharge_utp,
  discharge_utpr,
  mos_otp,
  mos_otpr,
  box_otp,
  box_otpr,
  temperature_difference,
  low_soc,
  discharge_ocp_2,
  discharge_ocp_2_delay,
  discharge_ocp_3,
  discharge_ocp_3_delay,
  wire_resistance_limit,
  pack_difference,
  mos_fault_current,
  fault_delay,
  activation_by_charger,
  charge_enabled,
  discharge_enabled,
  balance_enabled,
  precharge_time,
  device_address,
  heating_enabled,
  temperature_sensors_disabled,
  gps_heartbeat,
  port_is_rs485,
  display_always_on,
  special_charger,
  smart_sleep_enabled,
  current_limiter_disabled,
  timed_store,
  float_mode,
  emergency_button,
  dry_contact_intermittent,
  ocp_2_enabled,
  ocp_3_enabled,
  gps_lock_charge,
  gps_lock_discharge,
  heating_start,
  heating_stop,
  smart_sleep,
  smart_sleep_time,
  sleep_wait,
  emergency_duration,
  voltage_calibration,
  current_calibration,
  current_zero,
  uart_1_protocol,
  can_protocol,
  uart_2_protocol,
  buzzer_trigger,
  dry_1_trigger,
  dry_2_trigger,
  buzzer_on,
  buzzer_off,
  dry_1_on,
  dry_1_off,
  dry_2_on,
  dry_2_off,
  data_store_period,
  gps_off,
  gps_on,
  wire_resistance_1,
  wire_resistance_2,
  wire_resistance_3,
  wire_resistance_4,
  wire_resistance_5,
  wire_resistance_6,
  wire_resistance_7,
  wire_resistance_8,
  wire_resistance_9,
  wire_resistance_10,
  wire_resistance_11,
  wire_resistance_12,
  wire_resistance_13,
  wire_resistance_14,
  wire_resistance_15,
  wire_resistance_16,
  wire_resistance_17,
  wire_resistance_18,
  wire_resistance_19,
  wire_resistance_20,
  wire_resistance_21,
  wire_resistance_22,
  wire_resistance_23,
  wire_resistance_24,
  count
};
inline constexpr auto setting_count = static_cast<std::size_t>(Setting::count);

enum class Preset : std::uint8_t { li_ion, lifepo4, lto };

/// The values of all settings. Starts as a preset; every value stays inside its range.
class Settings {
 public:
  explicit Settings(Preset preset);
  [[nodiscard]] std::int32_t operator[](Setting setting) const { return values_[static_cast<std::size_t>(setting)]; }
  /// False and unchanged when the value is outside the range of setting_table.
  bool set(Setting setting, std::int32_t value);
  bool operator==(const Settings&) const = default;

 private:
  std::array<std::int32_t, setting_count> values_{};
};

struct SettingChange {
  Setting setting;
  std::int32_t value;
};
enum class ChangeResult : std::uint8_t { done, out_of_range, against_order };
/// All changes or none: refused when a value is outside its range, or when the result would stand against the order of
/// a pair (contradiction).
[[nodiscard]] ChangeResult apply(std::span<const SettingChange> changes, Settings& settings);
/// What a one-key button of the app writes: the settings that the manual's appendix lists, and the chemistry.
void apply_preset(Preset preset, Settings& settings);

/// nullptr when trip and release of every protection stand in their order (cell_uvp < cell_uvpr, power_off < cell_uvp,
/// cell_uvp < cell_ovp, ...), otherwise a static text that names the pair.
[[nodiscard]] const char* contradiction(const Settings& settings);

[[nodiscard]] Preset chemistry(const Settings& settings);

/// By the user's switch and the remote lock.
[[nodiscard]] bool is_charge_wanted(const Settings& settings);
[[nodiscard]] bool is_discharge_wanted(const Settings& settings);

/// Pack limits: the setting, or the number of cells times the cell's when it is 0; mV.
[[nodiscard]] std::int32_t pack_ovp_mV(const Settings& settings);
[[nodiscard]] std::int32_t pack_uvp_mV(const Settings& settings);

}  // namespace jk::core
