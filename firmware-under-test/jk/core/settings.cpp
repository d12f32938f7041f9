// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/settings.hpp"

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::core {
namespace {

consteval bool rows_stand_in_order() {
  for (std::size_t i = 0; i < setting_table.size(); ++i) {
    if (setting_table[i].setting != static_cast<Setting>(i)) return false;
  }
  return true;
}
static_assert(rows_stand_in_order(), "setting_table is indexed by Setting");

// Release beyond trip, strictly unless equality is what real boards carry; a lower value of 0 means "not used".
struct Order {
  Setting lower, higher;
  const char* text;
  bool may_be_equal = false;
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
    {Setting::box_otpr, Setting::box_otp, "settings: box_otpr must not be above box_otp", true},
};
// Voltages that are not used when 0.
constexpr Order orders_where_used[] = {
    {Setting::soc_100, Setting::cell_ovp, "settings: soc_100 must not be above cell_ovp", true},
    {Setting::cell_uvp, Setting::soc_0, "settings: soc_0 must not be below cell_uvp", true},
    {Setting::rfv, Setting::rcv, "settings: rfv must not be above rcv", true},
};

bool holds(const Order& order, const Settings& settings) {
  const std::int32_t lower = settings[order.lower], higher = settings[order.higher];
  return order.may_be_equal ? lower <= higher : lower < higher;
}

// What the manual's appendix lists, and the chemistry that the button names.
constexpr Setting preset_settings[] = {
    Setting::cell_uvp,
    Setting::cell_uvpr,
    Setting::cell_ovp,
    Setting::cell_ovpr,
    Setting::balance_trigger,
    Setting::power_off,
    Setting::charge_ocp_delay,
    Setting::charge_ocp_release,
    Setting::discharge_ocp_delay,
    Setting::discharge_ocp_release,
    Setting::scp_release,
    Setting::charge_otp,
    Setting::charge_otpr,
    Setting::discharge_otp,
    Setting::discharge_otpr,
    Setting::charge_utp,
    Setting::charge_utpr,
    Setting::mos_otp,
    Setting::mos_otpr,
    Setting::chemistry,
};

}  // namespace

Settings::Settings(Preset preset) {
  for (const SettingInfo& row : setting_table) {
    values_[static_cast<std::size_t>(row.setting)] = row.presets[static_cast<std::size_t>(preset)];
  }
}

bool Settings::set(Setting setting, std::int32_t value) {
  const SettingInfo& row = info(setting);
  if (value < row.min || value > row.max) return false;
  values_[static_cast<std::size_t>(setting)] = value;
  return true;
}

ChangeResult apply(std::span<const SettingChange> changes, Settings& settings) {
  Settings changed = settings;
  for (const SettingChange& change : changes) {
    if (!changed.set(change.setting, change.value)) return ChangeResult::out_of_range;
  }
  if (contradiction(changed) != nullptr) return ChangeResult::against_order;
  settings = changed;
  return ChangeResult::done;
}

void apply_preset(Preset preset, Settings& settings) {
  for (const Setting setting : preset_settings) {
    settings.set(setting, info(setting).presets[static_cast<std::size_t>(preset)]);
  }
}

const SettingInfo* find_setting(std::string_view name) {
  for (const SettingInfo& row : setting_table) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

const char* contradiction(const Settings& settings) {
  for (const Order& order : orders) {
    if (!holds(order, settings)) return order.text;
  }
  for (const Order& order : orders_where_used) {
    const bool is_used = settings[order.lower] != 0 && settings[order.higher] != 0;
    if (is_used && !holds(order, settings)) return order.text;
  }
  return nullptr;
}

Preset chemistry(const Settings& settings) {
  constexpr std::array<Preset, 3> by_code = {Preset::lifepo4, Preset::li_ion, Preset::lto};
  return by_code[static_cast<std::size_t>(settings[Setting::chemistry])];
}

bool is_charge_wanted(const Settings& settings) {
  return settings[Setting::charge_enabled] != 0 && settings[Setting::gps_lock_charge] == 0;
}

bool is_discharge_wanted(const Settings& settings) {
  return settings[Setting::discharge_enabled] != 0 && settings[Setting::gps_lock_discharge] == 0;
}

std::int32_t pack_ovp_mV(const Settings& settings) {
  const std::int32_t set_mV = settings[Setting::pack_ovp];
  return set_mV != 0 ? set_mV : settings[Setting::cell_count] * settings[Setting::cell_ovp];
}

std::int32_t pack_uvp_mV(const Settings& settings) {
  const std::int32_t set_mV = settings[Setting::pack_uvp];
  return set_mV != 0 ? set_mV : settings[Setting::cell_count] * settings[Setting::cell_uvp];
}

}  // namespace jk::core
