// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/settings_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace jk::app {
namespace {

using core::Preset;
using core::Setting;
using core::Settings;

TEST(SettingsText, LinesOverrideThePreset) {
  Settings settings(Preset::lifepo4);
  EXPECT_EQ(apply_settings("cell_ovp=3650\ncharge_utpr=-50\ncell_count=4\n", settings).what, nullptr);
  EXPECT_EQ(settings[Setting::cell_ovp], 3650);
  EXPECT_EQ(settings[Setting::charge_utpr], -50);
  EXPECT_EQ(settings[Setting::cell_count], 4);
}

TEST(SettingsText, MayBeEmptyOrEndWithoutANewline) {
  Settings settings(Preset::lifepo4);
  EXPECT_EQ(apply_settings("", settings).what, nullptr);
  EXPECT_EQ(apply_settings("\ncell_ovp=3650", settings).what, nullptr);
  EXPECT_EQ(settings[Setting::cell_ovp], 3650);
}

TEST(SettingsText, EachMistakeIsRefusedWithItsReasonAndLine) {
  const struct {
    const char* line;
    const char* what;
  } rows[] = {
      {"cell_opv=3600", "settings: unknown name"},
      {"=3600", "settings: unknown name"},
      {"cell_ovp", "settings: a line is not name=integer"},
      {"cell_ovp=", "settings: a value is not an integer"},
      {"cell_ovp=3.6", "settings: a value is not an integer"},
      {"cell_ovp=3600 ", "settings: a value is not an integer"},
      {"cell_ovp=99999999999", "settings: a value is not an integer"},
      {"cell_ovp=3", "settings: a value is out of range"},
      {"capacity=280000", "settings: a name stands twice"},
  };
  for (const auto& row : rows) {
    Settings settings(Preset::lifepo4);
    const std::string text = std::string("capacity=280000\n") + row.line + "\ncell_count=8\n";
    const SettingsProblem problem = apply_settings(text, settings);
    ASSERT_NE(problem.what, nullptr) << row.line;
    EXPECT_STREQ(problem.what, row.what) << row.line;
    EXPECT_EQ(problem.line, row.line);
  }
}

TEST(SettingsText, ValuesThatContradictEachOtherAreRefused) {
  Settings settings(Preset::lifepo4);
  EXPECT_STREQ(apply_settings("cell_ovp=3300\n", settings).what, "settings: cell_ovpr must be below cell_ovp");
}

}  // namespace
}  // namespace jk::app
