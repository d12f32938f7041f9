// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/charge_phases.hpp"

#include <gtest/gtest.h>

#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr ChargeView resting{3300, 3290, 3295, 60, false, false};

Settings with_marks() {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::soc_100, 3450);
  settings.set(Setting::soc_0, 2700);
  return settings;
}
Settings floating(std::int32_t re_bulk_percent = 0) {
  Settings settings = with_marks();
  settings.set(Setting::float_mode, 1);
  settings.set(Setting::rcv, 3500);
  settings.set(Setting::rfv, 3400);
  settings.set(Setting::rcv_time, 360);
  settings.set(Setting::rfv_time, 720);
  settings.set(Setting::re_bulk_soc, re_bulk_percent);
  return settings;
}
ChargeView at(std::int32_t mV, std::int32_t soc_percent = 99) { return {mV, mV, mV, soc_percent, false, false}; }

TEST(ChargePhases, OverAndUnderVoltageMarkFullAndEmptyOnce) {
  ChargePhases phases(Settings(Preset::lifepo4));
  ChargeView view = resting;
  EXPECT_EQ(phases.update(view, 0), ChargeMark::none);
  view.is_ovp_tripped = true;
  EXPECT_EQ(phases.update(view, 1 * s), ChargeMark::full);
  EXPECT_EQ(phases.update(view, 2 * s), ChargeMark::none);
  view = resting;
  EXPECT_EQ(phases.update(view, 3 * s), ChargeMark::none);
  view.is_uvp_tripped = true;
  EXPECT_EQ(phases.update(view, 4 * s), ChargeMark::empty);
  EXPECT_EQ(phases.update(view, 5 * s), ChargeMark::none);
}

TEST(ChargePhases, TheSocVoltagesMarkAfterTwoSeconds) {
  ChargePhases phases(with_marks());
  EXPECT_EQ(phases.update(at(3450), 10 * s), ChargeMark::none);
  EXPECT_EQ(phases.update(at(3450), 12 * s - 1), ChargeMark::none);
  EXPECT_EQ(phases.update(at(3449), 12 * s), ChargeMark::none) << "a break";
  EXPECT_EQ(phases.update(at(3450), 13 * s), ChargeMark::none);
  EXPECT_EQ(phases.update(at(3450), 15 * s), ChargeMark::full);
  EXPECT_EQ(phases.update(at(3460), 20 * s), ChargeMark::none) << "said already";
  EXPECT_EQ(phases.update(at(2700), 30 * s), ChargeMark::none);
  EXPECT_EQ(phases.update(at(2700), 32 * s), ChargeMark::empty);
  EXPECT_EQ(phases.update(at(2701), 33 * s), ChargeMark::none);
}

TEST(ChargePhases, VoltagesOfZeroAreNotUsed) {
  ChargePhases phases(Settings(Preset::lifepo4));
  for (std::uint64_t t = 0; t < 20; ++t) {
    EXPECT_EQ(phases.update(at(3599), t * s), ChargeMark::none);
    EXPECT_EQ(phases.update(at(0), t * s), ChargeMark::none);
  }
}

TEST(ChargePhases, AFloatingChargeIsFullAfterItsAbsorption) {
  ChargePhases phases(floating());
  EXPECT_EQ(phases.update(at(3489), 0), ChargeMark::none);
  EXPECT_EQ(phases.phase(), ChargePhase::bulk);
  EXPECT_EQ(phases.phase_s(5 * s), 0);
  EXPECT_EQ(phases.update(at(3490), 10 * s), ChargeMark::none);
  EXPECT_EQ(phases.phase(), ChargePhase::absorption);
  EXPECT_EQ(phases.update(at(3500), 369 * s), ChargeMark::none) << "soc_100 alone does not count";
  EXPECT_EQ(phases.phase_s(369 * s), 359);
  EXPECT_EQ(phases.update(at(3500), 370 * s), ChargeMark::full);
  EXPECT_EQ(phases.phase(), ChargePhase::floating);
  EXPECT_EQ(phases.update(at(3400), 1089 * s), ChargeMark::none);
  EXPECT_EQ(phases.phase(), ChargePhase::floating);
  EXPECT_EQ(phases.phase_s(1000 * s), 630);
  EXPECT_EQ(phases.update(at(3400), 1090 * s), ChargeMark::none);
  EXPECT_EQ(phases.phase(), ChargePhase::bulk);
}

TEST(ChargePhases, AnAbsorptionThatHasFallenOffIsNotFull) {
  ChargePhases phases(floating());
  phases.update(at(3500), 0);
  EXPECT_EQ(phases.update(at(3450), 360 * s), ChargeMark::none);
  EXPECT_EQ(phases.phase(), ChargePhase::bulk);
}

TEST(ChargePhases, FloatingEndsAtTheReBulkCharge) {
  ChargePhases phases(floating(50));
  phases.update(at(3500), 0);
  EXPECT_EQ(phases.update(at(3500), 360 * s), ChargeMark::full);
  phases.update(at(3300, 51), 361 * s);
  EXPECT_EQ(phases.phase(), ChargePhase::floating);
  phases.update(at(3300, 50), 362 * s);
  EXPECT_EQ(phases.phase(), ChargePhase::bulk);
}

TEST(ChargePhases, OverVoltageIsFullInFloatModeToo) {
  ChargePhases phases(floating());
  ChargeView view = at(3600);
  view.is_ovp_tripped = true;
  EXPECT_EQ(phases.update(view, 0), ChargeMark::full);
}

TEST(ChargePhases, WithoutAChargeVoltageThereIsNoFloatMode) {
  Settings settings = floating();
  ChargePhases phases(settings);
  phases.update(at(3500), 0);
  ASSERT_EQ(phases.phase(), ChargePhase::absorption);
  settings.set(Setting::rcv, 0);
  phases.set_limits(settings);
  EXPECT_EQ(phases.phase(), ChargePhase::bulk);
  phases.update(at(3500), 1 * s);
  EXPECT_EQ(phases.phase(), ChargePhase::bulk);
}

TEST(ChargePhases, ThePhaseTimeEndsAtItsWidth) {
  Settings settings = floating();
  settings.set(Setting::rcv_time, 65'520);
  settings.set(Setting::rfv_time, 65'520);
  ChargePhases phases(settings);
  phases.update(at(3500), 0);
  EXPECT_EQ(phases.phase_s(70'000 * s), 65'535);
}

}  // namespace
}  // namespace jk::core
