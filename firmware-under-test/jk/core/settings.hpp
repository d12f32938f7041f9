// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jk::core {

enum class Setting : std::uint8_t {
  cell_count,
  capacity,
  cell_ovp,
  cell_ovpr,
  cell_uvp,
  cell_uvpr,
  balance_trigger,
  balance_start,
  power_off,
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
  charge_enabled,
  discharge_enabled,
  balance_enabled,
  count
};
inline constexpr auto setting_count = static_cast<std::size_t>(Setting::count);

enum class Unit : std::uint8_t { one, on_off, mAh, mV, mA, ms, us, ddegC };

enum class Preset : std::uint8_t { li_ion, lifepo4, lto };

struct SettingInfo {
  Setting setting;
  std::string_view name;                // in "name=integer" lines
  Unit unit;                            // of the integer; ddegC = 0.1 degC
  std::array<std::int32_t, 3> presets;  // li_ion, lifepo4, lto
  std::int32_t min, max;                // inclusive
};

/// The one declaration of every setting. Sources: M manual of the JK-B2A8S20P, appendix (presets) and table 1; F facts,
/// ranges the app allows; O seen on real units; E our estimate. The manual's voltage range 1.2-4.35 V is M; 0 ms delays
/// serve the bench.
inline constexpr std::array<SettingInfo, setting_count> setting_table = {{
    {Setting::cell_count, "cell_count", Unit::one, {8, 8, 8}, 1, 24},                        // F 2-32, ours 24 channels
    {Setting::capacity, "capacity", Unit::mAh, {100'000, 100'000, 100'000}, 1, 20'000'000},  // F; 1 mAh for single
                                                                                             // cells
    {Setting::cell_ovp, "cell_ovp", Unit::mV, {4200, 3600, 2700}, 1200, 4350},               // M
    {Setting::cell_ovpr, "cell_ovpr", Unit::mV, {4100, 3400, 2400}, 1200, 4350},             // M
    {Setting::cell_uvp, "cell_uvp", Unit::mV, {2900, 2600, 1800}, 1200, 4350},               // M
    {Setting::cell_uvpr, "cell_uvpr", Unit::mV, {3200, 3000, 2000}, 1200, 4350},             // M
    {Setting::balance_trigger, "balance_trigger", Unit::mV, {10, 10, 10}, 3, 1000},          // M, F
    {Setting::balance_start, "balance_start", Unit::mV, {3000, 3000, 2000}, 1200, 4250},     // O, O, E
    {Setting::power_off, "power_off", Unit::mV, {2800, 2500, 1700}, 1200, 4350},             // M
    {Setting::cell_ovp_delay, "cell_ovp_delay", Unit::ms, {5000, 5000, 5000}, 0, 60'000},    // O
    {Setting::cell_uvp_delay, "cell_uvp_delay", Unit::ms, {5000, 5000, 5000}, 0, 60'000},    // O
    {Setting::charge_ocp, "charge_ocp", Unit::mA, {200'000, 200'000, 200'000}, 100, 800'000},  // M 200 A; 0.1 A for
                                                                                               // single cells
    {Setting::charge_ocp_delay, "charge_ocp_delay", Unit::ms, {30'000, 30'000, 30'000}, 0, 600'000},            // M
    {Setting::charge_ocp_release, "charge_ocp_release", Unit::ms, {60'000, 60'000, 60'000}, 0, 600'000},        // M
    {Setting::discharge_ocp, "discharge_ocp", Unit::mA, {200'000, 200'000, 200'000}, 100, 800'000},             // M
    {Setting::discharge_ocp_delay, "discharge_ocp_delay", Unit::ms, {30'000, 30'000, 30'000}, 0, 600'000},      // M
    {Setting::discharge_ocp_release, "discharge_ocp_release", Unit::ms, {60'000, 60'000, 60'000}, 0, 600'000},  // M
    {Setting::scp_delay, "scp_delay", Unit::us, {1500, 1500, 1500}, 0, 1'000'000},                              // O, F
    {Setting::scp_release, "scp_release", Unit::ms, {60'000, 60'000, 60'000}, 0, 600'000},                      // M
    {Setting::balance_current, "balance_current", Unit::mA, {2000, 2000, 2000}, 0, 2000},  // M: 2 A board; clamped to
                                                                                           // the board's
    {Setting::temperature_delay, "temperature_delay", Unit::ms, {2000, 2000, 2000}, 0, 60'000},  // E
    {Setting::charge_otp, "charge_otp", Unit::ddegC, {600, 600, 600}, 300, 1000},          // M; 4E57 range to 100 degC
    {Setting::charge_otpr, "charge_otpr", Unit::ddegC, {550, 550, 550}, 300, 1000},        // M
    {Setting::discharge_otp, "discharge_otp", Unit::ddegC, {600, 600, 600}, 300, 1000},    // M
    {Setting::discharge_otpr, "discharge_otpr", Unit::ddegC, {550, 550, 550}, 300, 1000},  // M
    {Setting::charge_utp, "charge_utp", Unit::ddegC, {-200, -200, -200}, -390, 250},  // M; the sensor ends at -40 degC
    {Setting::charge_utpr, "charge_utpr", Unit::ddegC, {-100, -100, -100}, -390, 250},        // M
    {Setting::discharge_utp, "discharge_utp", Unit::ddegC, {-200, -200, -200}, -390, 250},    // O
    {Setting::discharge_utpr, "discharge_utpr", Unit::ddegC, {-100, -100, -100}, -390, 250},  // O
    {Setting::mos_otp, "mos_otp", Unit::ddegC, {750, 750, 750}, 300, 1200},    // M; newer boards 100 degC
    {Setting::mos_otpr, "mos_otpr", Unit::ddegC, {700, 700, 700}, 300, 1200},  // M
    {Setting::charge_enabled, "charge_enabled", Unit::on_off, {1, 1, 1}, 0, 1},
    {Setting::discharge_enabled, "discharge_enabled", Unit::on_off, {1, 1, 1}, 0, 1},
    {Setting::balance_enabled, "balance_enabled", Unit::on_off, {1, 1, 1}, 0, 1},
}};

/// The values of all settings. Starts as a preset; every value stays inside its range.
class Settings {
 public:
  explicit Settings(Preset preset);
  [[nodiscard]] std::int32_t operator[](Setting setting) const { return values_[static_cast<std::size_t>(setting)]; }
  /// False and unchanged when the value is outside the range of setting_table.
  bool set(Setting setting, std::int32_t value);

 private:
  std::array<std::int32_t, setting_count> values_{};
};

/// The row with this name, or nullptr.
[[nodiscard]] const SettingInfo* find_setting(std::string_view name);

/// nullptr when trip and release of every protection stand in their order (cell_uvp < cell_uvpr, power_off < cell_uvp,
/// cell_uvp < cell_ovp, ...), otherwise a static text that names the pair.
[[nodiscard]] const char* contradiction(const Settings& settings);

/// Cell chemistry as the presets tell it apart, from cell_ovp: up to 3.0 V LTO, up to 3.9 V LiFePO4, above Li-ion.
[[nodiscard]] Preset chemistry(const Settings& settings);

}  // namespace jk::core
