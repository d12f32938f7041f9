// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {
namespace {

consteval bool rows_stand_in_order() {
  for (std::size_t i = 0; i < setting_table.size(); ++i) {
    if (setting_table[i].setting != static_cast<Setting>(i)) return false;
  }
  return true;
}
static_assert(rows_stand_in_order(), "setting_table is indexed by Setting");

struct Order {
  Setting lower, higher;
  const char* text;
};
constexpr Order orders[] = {
    {Setting::power_off, Setting::cell_uvp, "settings: power_off must be below cell_uvp"},
    {Setting::cell_uvp, Setting::cell_uvpr, "settings: cell_uvp must be below cell_uvpr"},
    {Setting::cell_uvp, Setting::cell_ovp, "settings: cell_uvp must be below cell_ovp"},
    {Setting::cell_ovpr, Setting::cell_ovp, "settings: cell_ovpr must be below cell_ovp"},
    {Setting::charge_otpr, Setting::charge_otp, "settings: charge_otpr must be below charge_otp"},
    {Setting::discharge_otpr, Setting::discharge_otp, "settings: discharge_otpr must be below discharge_otp"},
    {Setting::charge_utp, Setting::charge_utpr, "settings: charge_utp must be below charge_utpr"},
    {Setting::discharge_utp, Setting::discharge_utpr, "settings: discharge_utp must be below discharge_utpr"},
    {Setting::mos_otpr, Setting::mos_otp, "settings: mos_otpr must be below mos_otp"},
};

}  // namespace

Settings::Settings(Preset preset) {
  for (const SettingInfo& row : setting_table) {
    values_[static_cast<std::size_t>(row.setting)] = row.presets[static_cast<std::size_t>(preset)];
  }
}

bool Settings::set(Setting setting, std::int32_t value) {
  const SettingInfo& row = setting_table[static_cast<std::size_t>(setting)];
  if (value < row.min || value > row.max) return false;
  values_[static_cast<std::size_t>(setting)] = value;
  return true;
}

const SettingInfo* find_setting(std::string_view name) {
  for (const SettingInfo& row : setting_table) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

const char* contradiction(const Settings& settings) {
  for (const Order& order : orders) {
    if (settings[order.lower] >= settings[order.higher]) return order.text;
  }
  return nullptr;
}

Preset chemistry(const Settings& settings) {
  constexpr std::int32_t lto_ends_mV = 3000;
  constexpr std::int32_t lifepo4_ends_mV = 3900;
  const std::int32_t ovp_mV = settings[Setting::cell_ovp];
  if (ovp_mV <= lto_ends_mV) return Preset::lto;
  return ovp_mV <= lifepo4_ends_mV ? Preset::lifepo4 : Preset::li_ion;
}

}  // namespace jk::core
