// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/app/telemetry.hpp"

#include <gtest/gtest.h>

namespace jk::app {
namespace {

using core::Preset;
using core::Settings;

protocols::ReadAll4e57 read_all(const Settings& settings, const core::Measurement& measurement, const core::Soc& soc,
                                std::uint64_t now_ns) {
  protocols::ReadAll4e57 out = read_all_settings(settings);
  read_all_values(out, settings, measurement, soc, now_ns);
  return out;
}

protocols::ReadAll4e57 of(const Settings& settings) {
  return read_all(settings, core::Measurement(8), core::Soc(settings), 0);
}

TEST(TelemetryState, LimitsAreShownInTheUnitsOfTheProtocol) {
  const auto state = of(Settings(Preset::lifepo4));
  EXPECT_EQ(state.cell_ovp_mV, 3600);
  EXPECT_EQ(state.cell_uvpr_mV, 3000);
  EXPECT_EQ(state.cell_ovp_delay_s, 5);
  EXPECT_EQ(state.charge_ocp_A, 200);
  EXPECT_EQ(state.discharge_ocp_delay_s, 30);
  EXPECT_EQ(state.mos_otp_degC, 75);
  EXPECT_EQ(state.charge_utp_degC, -20);
  EXPECT_EQ(state.capacity_Ah, 100u);
  EXPECT_EQ(state.low_soc_percent, 20);
}

TEST(TelemetryState, ChemistryHasTheCodesOfTheProtocol) {
  EXPECT_EQ(of(Settings(Preset::lifepo4)).chemistry, 0);
  EXPECT_EQ(of(Settings(Preset::li_ion)).chemistry, 1);
  EXPECT_EQ(of(Settings(Preset::lto)).chemistry, 2);
}

TEST(TelemetryState, ASensorNeverMeasuredHasNoTemperature) {
  EXPECT_FALSE(of(Settings(Preset::lifepo4)).t1_degC.has_value());
  EXPECT_FALSE(of(Settings(Preset::lifepo4)).mos_degC.has_value());
}

TEST(TelemetryState, RunTimeCountsMinutes) {
  const Settings settings(Preset::lifepo4);
  EXPECT_EQ(read_all(settings, core::Measurement(8), core::Soc(settings), 119'999'999'999).run_time_min, 1u);
}

TEST(TelemetryState, CyclesAreDischargedChargeOverCapacity) {
  Settings settings(Preset::lifepo4);
  core::Soc soc(settings);
  constexpr std::uint64_t hour_ns = 3'600'000'000'000;
  for (int cycle = 0; cycle < 3; ++cycle) {
    soc.set_full();
    soc.count(-100'000, hour_ns);
  }
  const auto state = read_all(settings, core::Measurement(8), soc, 0);
  EXPECT_EQ(state.cycles, 3);
  EXPECT_EQ(state.cycle_capacity_Ah, 300u);
}

TEST(TelemetryState, TheManufacturerIdCarriesTheModel) {
  const ManufacturerId id = manufacturer_id("JK-B2A8S20P");
  EXPECT_EQ(std::string_view(id.data(), id.size()), std::string_view("Input UserdaJK_B2A8S20P\0", 24));
}

TEST(TelemetryState, ALongModelNameIsCut) {
  const ManufacturerId id = manufacturer_id("JK-PB2A16S20P-extra");
  EXPECT_EQ(std::string_view(id.data(), id.size()), "Input UserdaJK_PB2A16S20");
}

}  // namespace
}  // namespace jk::app
