// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/settings.hpp"

#include <gtest/gtest.h>

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

TEST(Settings, ChemistryFollowsTheOverVoltageLimit) {
  EXPECT_EQ(chemistry(Settings(Preset::lto)), Preset::lto);
  EXPECT_EQ(chemistry(Settings(Preset::lifepo4)), Preset::lifepo4);
  EXPECT_EQ(chemistry(Settings(Preset::li_ion)), Preset::li_ion);
}

}  // namespace
}  // namespace jk::core
