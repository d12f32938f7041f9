// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/can_limits.hpp"

#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/settings_table.hpp"

namespace jk::protocols {
namespace {

using core::Alarm;
using core::Setting;

struct LimitedBoard {
  core::Settings settings{core::Preset::lifepo4};
  core::Status status;
  LimitedBoard() { status.is_charge_mos_on = status.is_discharge_mos_on = true; }
  [[nodiscard]] PackLimits limits() const { return limits_for_inverters(status, settings); }
  LimitedBoard& with(Setting setting, std::int32_t value) {
    EXPECT_TRUE(settings.set(setting, value));
    return *this;
  }
  LimitedBoard& with(Alarm alarm) {
    status.alarms = core::alarm_bit(alarm);
    return *this;
  }
};

TEST(CanLimits, CurrentsAreNinetyPercentOfTheSettings) {
  const PackLimits limits =
      LimitedBoard().with(Setting::charge_ocp, 150'000).with(Setting::discharge_ocp, 200'000).limits();
  EXPECT_EQ(limits.charge_mA, 135'000);  // as a PB unit advertises it
  EXPECT_EQ(limits.discharge_mA, 180'000);
  EXPECT_EQ(LimitedBoard().with(Setting::charge_ocp, 800'000).limits().charge_mA, 720'000);
  EXPECT_EQ(LimitedBoard().with(Setting::charge_ocp, 119).limits().charge_mA, 107);
}

TEST(CanLimits, NothingIsAskedForWhileTheSwitchOrTheMosfetsAreOff) {
  LimitedBoard charge_off, discharge_off;
  EXPECT_FALSE(charge_off.with(Setting::charge_enabled, 0).limits().may_charge());
  EXPECT_TRUE(charge_off.limits().may_discharge());
  EXPECT_FALSE(discharge_off.with(Setting::discharge_enabled, 0).limits().may_discharge());
  EXPECT_TRUE(discharge_off.limits().may_charge());
  LimitedBoard gates;
  gates.status.is_charge_mos_on = false;
  EXPECT_EQ(gates.limits().charge_mA, 0);
  EXPECT_TRUE(gates.limits().may_discharge());
  gates.status.is_charge_mos_on = true;
  gates.status.is_discharge_mos_on = false;
  EXPECT_EQ(gates.limits().discharge_mA, 0);
  EXPECT_TRUE(gates.limits().may_charge());
}

TEST(CanLimits, ARemoteLockHoldsItsDirectionBackThoughTheMosfetsAreOn) {
  LimitedBoard charge_locked, discharge_locked;
  EXPECT_FALSE(charge_locked.with(Setting::gps_lock_charge, 1).limits().may_charge());
  EXPECT_TRUE(charge_locked.limits().may_discharge());
  EXPECT_FALSE(discharge_locked.with(Setting::gps_lock_discharge, 1).limits().may_discharge());
  EXPECT_TRUE(discharge_locked.limits().may_charge());
  discharge_locked.status.emergency_s = 1;
  EXPECT_FALSE(discharge_locked.limits().may_discharge()) << "an emergency opens no lock";
}

// MOSFETs that are on all the same are so by the body-diode rule.
TEST(CanLimits, AnAlarmHoldsBackTheDirectionThatItsProtectionsOpen) {
  using enum Alarm;
  for (const Alarm alarm :
       {cell_overvoltage, pack_overvoltage, charge_overcurrent, charge_overtemperature, charge_undertemperature}) {
    EXPECT_FALSE(LimitedBoard().with(alarm).limits().may_charge()) << static_cast<int>(alarm);
    EXPECT_TRUE(LimitedBoard().with(alarm).limits().may_discharge()) << static_cast<int>(alarm);
  }
  for (const Alarm alarm : {cell_undervoltage, pack_undervoltage, discharge_overcurrent, discharge_overcurrent_2,
                            discharge_overcurrent_3, discharge_overtemperature, discharge_undertemperature}) {
    EXPECT_TRUE(LimitedBoard().with(alarm).limits().may_charge()) << static_cast<int>(alarm);
    EXPECT_FALSE(LimitedBoard().with(alarm).limits().may_discharge()) << static_cast<int>(alarm);
  }
  for (const Alarm alarm : {discharge_short_circuit, charge_short_circuit, mos_overtemperature, battery_overtemperature,
                            cell_count, temperature_sensor, charge_mos_fault}) {
    EXPECT_FALSE(LimitedBoard().with(alarm).limits().may_charge()) << static_cast<int>(alarm);
    EXPECT_FALSE(LimitedBoard().with(alarm).limits().may_discharge()) << static_cast<int>(alarm);
  }
  for (const Alarm alarm : {wire_resistance, low_soc, cell_difference, temperature_difference, default_password}) {
    EXPECT_TRUE(LimitedBoard().with(alarm).limits().may_charge()) << static_cast<int>(alarm);
    EXPECT_TRUE(LimitedBoard().with(alarm).limits().may_discharge()) << static_cast<int>(alarm);
  }
}

TEST(CanLimits, InEmergencyDischargingIsWhatTheMosfetsSay) {
  LimitedBoard board;
  board.with(Alarm::cell_undervoltage).status.emergency_s = 1;
  EXPECT_TRUE(board.limits().may_discharge());
  board.status.is_discharge_mos_on = false;
  EXPECT_FALSE(board.limits().may_discharge());
  LimitedBoard full;
  full.with(Alarm::cell_overvoltage).status.emergency_s = 1;
  EXPECT_FALSE(full.limits().may_charge());
}

TEST(CanLimits, TheChargeVoltageFollowsThePhase) {
  LimitedBoard board;
  board.with(Setting::rcv, 3500).with(Setting::rfv, 3400);
  EXPECT_EQ(board.limits().charge_mV, 8 * 3500);
  board.status.phase = core::ChargePhase::absorption;
  EXPECT_EQ(board.limits().charge_mV, 8 * 3500);
  board.status.phase = core::ChargePhase::floating;
  EXPECT_EQ(board.limits().charge_mV, 8 * 3400);
  EXPECT_EQ(board.with(Setting::rfv, 0).limits().charge_mV, 8 * 3500);
}

TEST(CanLimits, WithoutARequestedVoltageItIsTheOneThatReleasesOvervoltage) {
  LimitedBoard board;
  board.with(Setting::cell_ovp, 3650).with(Setting::cell_ovpr, 3498);
  EXPECT_EQ(board.limits().charge_mV, 8 * 3498);
  EXPECT_EQ(board.with(Setting::rcv, 2600).limits().charge_mV, 8 * 3498);  // not above cell_uvp: no charging ends there
  EXPECT_EQ(board.with(Setting::rcv, 2601).limits().charge_mV, 8 * 2601);
}

TEST(CanLimits, TheChargeVoltageIsNeverAboveThePacksOvervoltage) {
  EXPECT_EQ(LimitedBoard().with(Setting::pack_ovp, 26'000).limits().charge_mV, 26'000);
}

TEST(CanLimits, TheChargeVoltageIsNeverZero) {
  for (const std::int32_t cells : {1, 8, 24}) {
    LimitedBoard board;
    board.with(Setting::cell_count, cells).with(Setting::pack_ovp, 1).with(Setting::rcv, 1);
    board.with(Setting::cell_ovpr, 1200).with(Setting::cell_uvp, 1200);
    EXPECT_EQ(board.limits().charge_mV, cells * 1200);
  }
}

TEST(CanLimits, DischargingEndsAtThePacksUndervoltageOrAtSocZero) {
  LimitedBoard board;
  EXPECT_EQ(board.limits().discharge_mV, 8 * 2600);
  EXPECT_EQ(board.with(Setting::soc_0, 2700).limits().discharge_mV, 8 * 2700);
  EXPECT_EQ(board.with(Setting::pack_uvp, 22'000).limits().discharge_mV, 22'000);
}

}  // namespace
}  // namespace jk::protocols
