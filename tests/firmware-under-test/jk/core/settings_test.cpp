// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::core {
namespace {

struct ManualRow {
  Setting setting;
  std::int32_t li_ion, lifepo4, lto;
};
// Typed from the JK-B1A8S20P/B2A8S20P user manual, appendix rows 1-19; V as mV, s as ms, degC as 0.1 degC.
constexpr ManualRow manual[] = {
    {Setting::cell_uvp, 2900, 2600, 1800},
    {Setting::cell_uvpr, 3200, 3000, 2000},
    {Setting::cell_ovp, 4200, 3600, 2700},
    {Setting::cell_ovpr, 4100, 3400, 2400},
    {Setting::balance_trigger, 10, 10, 10},
    {Setting::power_off, 2800, 2500, 1700},
    {Setting::charge_ocp_delay, 30000, 30000, 30000},
    {Setting::charge_ocp_release, 60000, 60000, 60000},
    {Setting::discharge_ocp_delay, 30000, 30000, 30000},
    {Setting::discharge_ocp_release, 60000, 60000, 60000},
    {Setting::scp_release, 60000, 60000, 60000},
    {Setting::charge_otp, 600, 600, 600},
    {Setting::charge_otpr, 550, 550, 550},
    {Setting::discharge_otp, 600, 600, 600},
    {Setting::discharge_otpr, 550, 550, 550},
    {Setting::charge_utp, -200, -200, -200},
    {Setting::charge_utpr, -100, -100, -100},
    {Setting::mos_otp, 750, 750, 750},
    {Setting::mos_otpr, 700, 700, 700},
};

TEST(Settings, PresetsAreTheManualsAppendix) {
  const Settings li_ion(Preset::li_ion), lifepo4(Preset::lifepo4), lto(Preset::lto);
  for (const ManualRow& row : manual) {
    EXPECT_EQ(li_ion[row.setting], row.li_ion) << setting_table[static_cast<std::size_t>(row.setting)].name;
    EXPECT_EQ(lifepo4[row.setting], row.lifepo4) << setting_table[static_cast<std::size_t>(row.setting)].name;
    EXPECT_EQ(lto[row.setting], row.lto) << setting_table[static_cast<std::size_t>(row.setting)].name;
  }
}

TEST(Settings, PresetsAgreeWithObservedUnitsWhereTheManualIsSilent) {
  const Settings settings(Preset::lifepo4);
  EXPECT_EQ(settings[Setting::discharge_utp], -200);
  EXPECT_EQ(settings[Setting::discharge_utpr], -100);
  EXPECT_EQ(settings[Setting::scp_delay], 1500);
  EXPECT_EQ(settings[Setting::cell_ovp_delay], 5000);
  EXPECT_EQ(settings[Setting::cell_uvp_delay], 5000);
  EXPECT_EQ(settings[Setting::temperature_delay], 2000);
}

TEST(Settings, EveryPresetLiesInsideItsRange) {
  for (const SettingInfo& row : setting_table) {
    for (const std::int32_t value : row.presets) {
      EXPECT_GE(value, row.min) << row.name;
      EXPECT_LE(value, row.max) << row.name;
    }
  }
}

TEST(Settings, PresetsDoNotContradictThemselves) {
  for (const Preset preset : {Preset::li_ion, Preset::lifepo4, Preset::lto})
    EXPECT_EQ(contradiction(Settings(preset)), nullptr);
}

TEST(Settings, AValueOutsideTheRangeIsRefusedAndChangesNothing) {
  Settings settings(Preset::lifepo4);
  EXPECT_TRUE(settings.set(Setting::cell_ovp, 4350));
  EXPECT_TRUE(settings.set(Setting::cell_uvp, 1200));
  EXPECT_FALSE(settings.set(Setting::cell_ovp, 4351));
  EXPECT_FALSE(settings.set(Setting::cell_uvp, 1199));
  EXPECT_EQ(settings[Setting::cell_ovp], 4350);
  EXPECT_EQ(settings[Setting::cell_uvp], 1200);
}

TEST(Settings, EachReleaseMustLieOnTheGoodSideOfItsTrip) {
  const struct {
    Setting release;
    std::int32_t equal_to_trip;
  } rows[] = {{Setting::cell_ovpr, 3600},      {Setting::cell_uvpr, 2600},     {Setting::power_off, 2600},
              {Setting::charge_otpr, 600},     {Setting::discharge_otpr, 600}, {Setting::charge_utpr, -200},
              {Setting::discharge_utpr, -200}, {Setting::mos_otpr, 750}};
  for (const auto& row : rows) {
    Settings settings(Preset::lifepo4);
    ASSERT_TRUE(settings.set(row.release, row.equal_to_trip));
    EXPECT_NE(contradiction(settings), nullptr) << setting_table[static_cast<std::size_t>(row.release)].name;
  }
}

TEST(Settings, UnderVoltageMustLieBelowOverVoltage) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::cell_ovpr, 2400);
  settings.set(Setting::cell_ovp, 2600);
  EXPECT_STREQ(contradiction(settings), "settings: cell_uvp must be below cell_ovp");
}

TEST(Settings, AreFoundByName) {
  ASSERT_NE(find_setting("mos_otpr"), nullptr);
  EXPECT_EQ(find_setting("mos_otpr")->setting, Setting::mos_otpr);
  EXPECT_EQ(find_setting("mos_otp_r"), nullptr);
}

TEST(Settings, ChemistryIsThatOfThePreset) {
  for (const Preset preset : {Preset::li_ion, Preset::lifepo4, Preset::lto})
    EXPECT_EQ(chemistry(Settings(preset)), preset);
}

TEST(Settings, AReleaseMayEqualItsTripOnlyWhereRealBoardsShowIt) {
  Settings settings(Preset::lifepo4);
  EXPECT_EQ(settings[Setting::box_otp], settings[Setting::box_otpr]);
  EXPECT_EQ(contradiction(settings), nullptr);
  settings.set(Setting::box_otp, 999);
  EXPECT_STREQ(contradiction(settings), "settings: box_otpr must not be above box_otp");
}

TEST(Settings, VoltagesThatAreNotUsedStandInNoOrder) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::soc_100, 3600);
  settings.set(Setting::soc_0, 2600);
  settings.set(Setting::rfv, 3400);  // rcv is 0
  EXPECT_EQ(contradiction(settings), nullptr);
  settings.set(Setting::rcv, 3399);
  EXPECT_STREQ(contradiction(settings), "settings: rfv must not be above rcv");
  settings.set(Setting::rcv, 3400);
  settings.set(Setting::soc_100, 3601);
  EXPECT_STREQ(contradiction(settings), "settings: soc_100 must not be above cell_ovp");
  settings.set(Setting::soc_100, 0);
  settings.set(Setting::soc_0, 2599);
  EXPECT_STREQ(contradiction(settings), "settings: soc_0 must not be below cell_uvp");
}

TEST(Settings, ChangesAreAppliedAllOrNone) {
  Settings settings(Preset::lifepo4);
  const Settings before = settings;
  const SettingChange too_high[] = {{Setting::low_soc, 30}, {Setting::cell_ovp, 4351}};
  EXPECT_EQ(apply(too_high, settings), ChangeResult::out_of_range);
  EXPECT_EQ(settings, before);
  const SettingChange crossed[] = {{Setting::low_soc, 30}, {Setting::cell_ovp, 3400}};
  EXPECT_EQ(apply(crossed, settings), ChangeResult::against_order);
  EXPECT_EQ(settings, before);
  const SettingChange moved_together[] = {{Setting::cell_ovp, 3400}, {Setting::cell_ovpr, 3300}};
  EXPECT_EQ(apply(moved_together, settings), ChangeResult::done);
  EXPECT_EQ(settings[Setting::cell_ovp], 3400);
  EXPECT_EQ(settings[Setting::cell_ovpr], 3300);
}

TEST(Settings, AOneKeyPresetLeavesWhatTheAppendixDoesNotList) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::capacity, 280'000);
  settings.set(Setting::balance_start, 3350);
  apply_preset(Preset::lto, settings);
  EXPECT_EQ(settings[Setting::capacity], 280'000);
  EXPECT_EQ(settings[Setting::balance_start], 3350);
  EXPECT_EQ(chemistry(settings), Preset::lto);
  for (const ManualRow& row : manual) EXPECT_EQ(settings[row.setting], row.lto);
}

TEST(Settings, PackLimitsAreThoseOfTheCellsUnlessSet) {
  Settings settings(Preset::lifepo4);
  EXPECT_EQ(pack_ovp_mV(settings), 8 * 3600);
  EXPECT_EQ(pack_uvp_mV(settings), 8 * 2600);
  settings.set(Setting::pack_ovp, 28'000);
  settings.set(Setting::pack_uvp, 21'000);
  EXPECT_EQ(pack_ovp_mV(settings), 28'000);
  EXPECT_EQ(pack_uvp_mV(settings), 21'000);
}

TEST(Settings, NoTwoStandAtOnePlaceOfAProtocol) {
  for (const SettingInfo& a : setting_table) {
    for (const SettingInfo& b : setting_table) {
      if (a.setting >= b.setting) continue;
      EXPECT_FALSE(a.serial.id != 0 && a.serial.id == b.serial.id) << a.name << ' ' << b.name;
      if (a.modbus.cell == Cell::none || a.modbus.address != b.modbus.address) continue;
      const bool differ =
          a.modbus.cell != b.modbus.cell || (a.modbus.cell == Cell::bit && a.modbus.scale != b.modbus.scale);
      EXPECT_TRUE(differ) << a.name << ' ' << b.name;
    }
  }
}

}  // namespace
}  // namespace jk::core
