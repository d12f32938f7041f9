// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/protection.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/firmware-under-test/jk/core/durations.hpp"

namespace jk::core {
namespace {

constexpr std::uint64_t start_ns = 100 * s;

/// What a protection must do, in words and numbers of the manual (LiFePO4 column of the appendix; delays and discharge
/// UTP as real units show them). `inside` is one step on the good side of the trip value.
struct Expectation {
  const char* name;
  ProtectionId id;
  Signal signal;
  std::int32_t inside, trip, beyond;
  std::uint64_t delay_ns;
  bool releases_by_time;
  std::int32_t release, beyond_release;  // by value
  std::uint64_t release_ns;              // by time
  bool opens_charge, opens_discharge;
};

const Expectation expectations[] = {
    {"cell_ovp", ProtectionId::cell_ovp, Signal::cell_max, 3599, 3600, 3601, 5 * s, false, 3400, 3399, 0, true, false},
    {"cell_uvp", ProtectionId::cell_uvp, Signal::cell_min, 2601, 2600, 2599, 5 * s, false, 3000, 3001, 0, false, true},
    {"pack_ovp", ProtectionId::pack_ovp, Signal::pack_voltage, 28799, 28800, 28801, 5 * s, false, 27200, 27199, 0, true,
     false},
    {"pack_uvp", ProtectionId::pack_uvp, Signal::pack_voltage, 20801, 20800, 20799, 5 * s, false, 24000, 24001, 0,
     false, true},
    {"charge_ocp", ProtectionId::charge_ocp, Signal::charge_current, 199999, 200000, 200001, 30 * s, true, 0, 0, 60 * s,
     true, false},
    {"discharge_ocp", ProtectionId::discharge_ocp, Signal::discharge_current, 199999, 200000, 200001, 30 * s, true, 0,
     0, 60 * s, false, true},
    {"scp", ProtectionId::scp, Signal::short_circuit, 0, 1, 1, 1500 * us, true, 0, 0, 60 * s, true, true},
    {"charge_otp", ProtectionId::charge_otp, Signal::battery_max, 599, 600, 601, 2 * s, false, 550, 549, 0, true,
     false},
    {"discharge_otp", ProtectionId::discharge_otp, Signal::battery_max, 599, 600, 601, 2 * s, false, 550, 549, 0, false,
     true},
    {"charge_utp", ProtectionId::charge_utp, Signal::battery_min, -199, -200, -201, 2 * s, false, -100, -99, 0, true,
     false},
    {"discharge_utp", ProtectionId::discharge_utp, Signal::battery_min, -199, -200, -201, 2 * s, false, -100, -99, 0,
     false, true},
    {"mos_otp", ProtectionId::mos_otp, Signal::mos_temperature, 749, 750, 751, 2 * s, false, 700, 699, 0, true, true},
};

Readings all_benign() {
  Readings readings{};
  for (Reading& reading : readings) reading = {0, true, 0};
  readings[static_cast<std::size_t>(Signal::cell_max)].value = 3310;
  readings[static_cast<std::size_t>(Signal::cell_min)].value = 3290;
  readings[static_cast<std::size_t>(Signal::battery_max)].value = 250;
  readings[static_cast<std::size_t>(Signal::battery_min)].value = 240;
  readings[static_cast<std::size_t>(Signal::mos_temperature)].value = 300;
  readings[static_cast<std::size_t>(Signal::pack_voltage)].value = 26'400;
  readings[static_cast<std::size_t>(Signal::soc)].value = 60;
  return readings;
}

/// A system that has been measured before: delays count.
Protections running(const Settings& settings) {
  Protections protections(settings);
  protections.update(all_benign(), start_ns - s);
  return protections;
}

class EachProtection : public ::testing::TestWithParam<Expectation> {
 protected:
  /// All benign but the one signal, measured at `now_ns`.
  void disturb(std::int32_t value, std::uint64_t now_ns) {
    Readings readings = all_benign();
    readings[static_cast<std::size_t>(expected().signal)] = {value, true, now_ns};
    protections.update(readings, now_ns);
  }
  void trip() {
    disturb(expected().trip, start_ns);
    disturb(expected().trip, tripped_ns());
    ASSERT_TRUE(is_tripped());
  }
  [[nodiscard]] std::uint64_t tripped_ns() const { return start_ns + expected().delay_ns; }
  [[nodiscard]] bool is_tripped() const { return protections.is_tripped(expected().id); }
  static const Expectation& expected() { return GetParam(); }

  Protections protections = running(Settings(Preset::lifepo4));
};

TEST_P(EachProtection, DoesNotTripJustInsideItsLimit) {
  disturb(expected().inside, start_ns);
  EXPECT_FALSE(protections.is_any_delay_running());
  disturb(expected().inside, start_ns + 1000 * s);
  EXPECT_FALSE(is_tripped());
  EXPECT_EQ(protections.open_gates(), 0);
}

TEST_P(EachProtection, DoesNotTripBeforeItsDelay) {
  disturb(expected().trip, start_ns);
  EXPECT_TRUE(protections.is_any_delay_running());
  disturb(expected().trip, tripped_ns() - 1);
  EXPECT_FALSE(is_tripped());
  EXPECT_EQ(protections.open_gates(), 0);
}

TEST_P(EachProtection, TripsAtItsLimitAtItsDelay) {
  disturb(expected().trip, start_ns);
  disturb(expected().trip, tripped_ns());
  EXPECT_TRUE(is_tripped());
  EXPECT_FALSE(protections.is_any_delay_running() && expected().id != ProtectionId::cell_uvp);
}

TEST_P(EachProtection, TripsBeyondItsLimit) {
  disturb(expected().beyond, start_ns);
  disturb(expected().beyond, tripped_ns());
  EXPECT_TRUE(is_tripped());
}

TEST_P(EachProtection, OpensItsGatesAndNoOther) {
  trip();
  Gates expected_gates = 0;
  if (expected().opens_charge) expected_gates |= charge_gate;
  if (expected().opens_discharge) expected_gates |= discharge_gate;
  for (const Expectation& other :
       expectations) {  // OTP and UTP of both directions share a limit: keep this one's gates only
    if (other.signal == expected().signal && other.id != expected().id && protections.is_tripped(other.id)) {
      if (other.opens_charge) expected_gates |= charge_gate;
      if (other.opens_discharge) expected_gates |= discharge_gate;
    }
  }
  EXPECT_EQ(protections.open_gates() & both_gates, expected_gates);
}

TEST_P(EachProtection, StartsItsDelayAnewAfterABreak) {
  disturb(expected().trip, start_ns);
  disturb(expected().inside, tripped_ns() - 1);
  EXPECT_FALSE(protections.is_any_delay_running());
  disturb(expected().trip, tripped_ns());
  EXPECT_FALSE(is_tripped());
  disturb(expected().trip, tripped_ns() + expected().delay_ns);
  EXPECT_TRUE(is_tripped());
}

TEST_P(EachProtection, TripsAtOnceWhenItsFirstReadingIsBeyondTheLimit) {
  protections = Protections(Settings(Preset::lifepo4));
  disturb(expected().trip, start_ns);
  EXPECT_TRUE(is_tripped());
  EXPECT_FALSE(protections.is_any_delay_running() && expected().id != ProtectionId::cell_uvp);
}

TEST_P(EachProtection, WaitsItsDelayAfterAFirstReadingInsideTheLimit) {
  protections = Protections(Settings(Preset::lifepo4));
  disturb(expected().inside, start_ns - 1);
  disturb(expected().trip, start_ns);
  EXPECT_FALSE(is_tripped());
}

TEST_P(EachProtection, AnUnknownSignalDoesNotTripAndTheFirstReadingAfterItTripsAtOnce) {
  Readings unknown = all_benign();
  unknown[static_cast<std::size_t>(expected().signal)] = {expected().trip, false, start_ns};
  protections.update(unknown, start_ns);
  protections.update(unknown, start_ns + 1000 * s);
  EXPECT_FALSE(is_tripped());
  disturb(expected().trip, start_ns + 1000 * s + 1);
  EXPECT_TRUE(is_tripped());
}

TEST_P(EachProtection, AGapInWhichTheLastValueWasHarmlessMakesTheNextReadingTheFirst) {
  Readings unknown = all_benign();
  unknown[static_cast<std::size_t>(expected().signal)] = {expected().inside, false, start_ns};
  protections.update(unknown, start_ns);
  disturb(expected().trip, start_ns + 1);
  EXPECT_TRUE(is_tripped());
}

TEST_P(EachProtection, AnUnknownSignalReleasesOnlyWhatTimeReleases) {
  trip();
  Readings unknown = all_benign();
  unknown[static_cast<std::size_t>(expected().signal)] = {expected().beyond_release, false, start_ns};
  protections.update(unknown, tripped_ns() + 1000 * s);
  EXPECT_EQ(is_tripped(), !expected().releases_by_time);
}

TEST_P(EachProtection, AResumedTripIsReleasedByItsOwnRule) {
  protections = Protections(Settings(Preset::lifepo4));
  protections.resume(trip_bit(expected().id), start_ns);
  EXPECT_TRUE(is_tripped());
  EXPECT_NE(protections.open_gates(), 0);
  disturb(expected().inside, start_ns + s);
  EXPECT_TRUE(is_tripped()) << "inside the limit, but not beyond the release";
  if (expected().releases_by_time) {
    disturb(expected().inside, start_ns + expected().release_ns - 1);
    EXPECT_TRUE(is_tripped()) << "the time counts from the start";
    disturb(expected().inside, start_ns + expected().release_ns);
  } else {
    disturb(expected().beyond_release, start_ns + 2 * s);
  }
  EXPECT_FALSE(is_tripped());
}

TEST_P(EachProtection, ATripIsForTheNextRunUntilItIsReleased) {
  EXPECT_EQ(protections.to_resume(), 0);
  trip();
  EXPECT_NE(protections.to_resume() & trip_bit(expected().id), 0);
}

TEST_P(EachProtection, StaysAtItsReleaseAndReleasesBeyondIt) {
  if (expected().releases_by_time) {
    trip();
    disturb(expected().inside, tripped_ns() + expected().release_ns - 1);
    EXPECT_TRUE(is_tripped());
    disturb(expected().inside, tripped_ns() + expected().release_ns);
  } else {
    trip();
    disturb(expected().inside, tripped_ns() + s);
    EXPECT_TRUE(is_tripped()) << "no hysteresis";
    disturb(expected().release, tripped_ns() + 2 * s);
    EXPECT_TRUE(is_tripped()) << "released at its release value";
    disturb(expected().beyond_release, tripped_ns() + 3 * s);
  }
  EXPECT_FALSE(is_tripped());
  EXPECT_EQ(protections.open_gates(), 0);
}

TEST_P(EachProtection, WaitsItsDelayAgainWhenTheCauseOutlastsATimedRelease) {
  if (!expected().releases_by_time) {
    trip();
    disturb(expected().beyond, tripped_ns() + 1000 * s);
    EXPECT_TRUE(is_tripped());
    return;
  }
  Readings held = all_benign();  // measured once, like the comparator that stays high
  held[static_cast<std::size_t>(expected().signal)] = {expected().trip, true, start_ns};
  protections.update(held, start_ns);
  protections.update(held, tripped_ns());
  const std::uint64_t released_ns = tripped_ns() + expected().release_ns;
  protections.update(held, released_ns);
  EXPECT_FALSE(is_tripped());
  protections.update(held, released_ns + expected().delay_ns - 1);
  EXPECT_FALSE(is_tripped());
  protections.update(held, released_ns + expected().delay_ns);
  EXPECT_TRUE(is_tripped());
}

INSTANTIATE_TEST_SUITE_P(Manual, EachProtection, ::testing::ValuesIn(expectations),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Protections, EveryRowThatTheManualNamesIsExpected) {
  for (const Protection& row : protection_table) {
    const bool is_ours = row.id >= ProtectionId::box_otp || row.id == ProtectionId::discharge_ocp_2 ||
                         row.id == ProtectionId::discharge_ocp_3;  // protection_cases_test.cpp
    const auto named = std::ranges::find(expectations, row.id, &Expectation::id);
    EXPECT_EQ(named == std::end(expectations), is_ours) << static_cast<int>(row.id);
  }
}

TEST(Protections, NothingTripsWhenAllIsBenign) {
  Protections protections{Settings(Preset::lifepo4)};
  protections.update(all_benign(), start_ns);
  EXPECT_EQ(protections.open_gates(), 0);
  protections.update(all_benign(), start_ns + 1000 * s);
  EXPECT_EQ(protections.open_gates(), 0);
  EXPECT_FALSE(protections.is_any_delay_running());
}

TEST(Protections, ChargeAndDischargeTemperatureLimitsActOnTheirOwnGate) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::discharge_otp, 700);
  settings.set(Setting::discharge_utp, -300);
  settings.set(Setting::discharge_utpr, -250);
  Readings readings = all_benign();
  Protections hot = running(settings), cold = running(settings);
  readings[static_cast<std::size_t>(Signal::battery_max)].value = 650;
  hot.update(readings, start_ns);
  hot.update(readings, start_ns + 2 * s);
  EXPECT_EQ(hot.open_gates(), charge_gate | heating);
  readings = all_benign();
  readings[static_cast<std::size_t>(Signal::battery_min)].value = -210;
  cold.update(readings, start_ns);
  cold.update(readings, start_ns + 2 * s);
  EXPECT_EQ(cold.open_gates(), charge_gate);
}

TEST(Protections, PowerOffNeedsEveryCellBelowIt) {
  Protections protections = running(Settings(Preset::lifepo4));
  Readings readings = all_benign();
  readings[static_cast<std::size_t>(Signal::cell_max)] = {2500, true, start_ns};
  readings[static_cast<std::size_t>(Signal::cell_min)].value = 2400;
  protections.update(readings, start_ns);
  protections.update(readings, start_ns + 5 * s - 1);
  EXPECT_FALSE(protections.is_tripped(ProtectionId::power_off));
  protections.update(readings, start_ns + 5 * s);
  EXPECT_TRUE(protections.is_tripped(ProtectionId::power_off));
  EXPECT_EQ(protections.open_gates(), both_gates | balancing | heating);
  readings[static_cast<std::size_t>(Signal::cell_max)] = {2501, true, start_ns + 6 * s};
  protections.update(readings, start_ns + 6 * s);
  EXPECT_FALSE(protections.is_tripped(ProtectionId::power_off));
}

TEST(Protections, AStartReleasesPowerOffStuckMosfetsAndWarningsAndNothingElse) {
  constexpr Trips warnings = trip_bit(ProtectionId::cell_difference) | trip_bit(ProtectionId::temperature_difference) |
                             trip_bit(ProtectionId::low_soc);
  Protections protections{Settings(Preset::lifepo4)};
  protections.resume(static_cast<Trips>(~0u), start_ns);
  EXPECT_EQ(protections.tripped(), all_trips & ~trip_bit(ProtectionId::power_off) &
                                       ~trip_bit(ProtectionId::charge_mos) & ~trip_bit(ProtectionId::discharge_mos) &
                                       ~warnings);
  for (const Expectation& other : expectations) EXPECT_TRUE(protections.is_tripped(other.id)) << other.name;
}

TEST(Protections, PowerOffIsNotForTheNextRun) {
  Protections protections{Settings(Preset::lifepo4)};
  Readings readings = all_benign();
  readings[static_cast<std::size_t>(Signal::cell_max)].value = 2400;
  protections.update(readings, start_ns);
  ASSERT_TRUE(protections.is_tripped(ProtectionId::power_off));
  EXPECT_EQ(protections.to_resume(), 0);
}

TEST(Protections, OneCellBelowPowerOffIsNotEnough) {
  Protections protections = running(Settings(Preset::lifepo4));
  Readings readings = all_benign();
  readings[static_cast<std::size_t>(Signal::cell_min)].value = 2400;
  protections.update(readings, start_ns);
  protections.update(readings, start_ns + 5 * s);
  EXPECT_FALSE(protections.is_tripped(ProtectionId::power_off));
}

TEST(Protections, TheShortCircuitDeadlineIsTheRiseOfTheComparatorPlusTheDelay) {
  Protections protections = running(Settings(Preset::lifepo4));
  EXPECT_EQ(protections.short_circuit_deadline_ns(), UINT64_MAX);
  Readings readings = all_benign();
  readings[static_cast<std::size_t>(Signal::short_circuit)] = {1, true, start_ns - 7};
  protections.update(readings, start_ns);
  EXPECT_EQ(protections.short_circuit_deadline_ns(), start_ns - 7 + 1500 * us);
  protections.update(readings, start_ns - 7 + 1500 * us);
  EXPECT_EQ(protections.short_circuit_deadline_ns(), UINT64_MAX);
}

TEST(Protections, ADelayOfZeroTripsAtOnce) {
  Settings settings(Preset::lifepo4);
  settings.set(Setting::scp_delay, 0);
  Protections protections = running(settings);
  Readings readings = all_benign();
  readings[static_cast<std::size_t>(Signal::short_circuit)] = {1, true, start_ns};
  protections.update(readings, start_ns);
  EXPECT_TRUE(protections.is_tripped(ProtectionId::scp));
}

TEST(Protections, GoOnJudgingWhatIsBeyondAndLookAtTheRestOnlyWhenItIsNews) {
  const Settings settings(Preset::lifepo4);
  Protections protections = running(settings);
  Readings readings = all_benign();
  const auto put = [&](Signal signal, std::int32_t value, std::uint64_t at_ns) {
    readings[static_cast<std::size_t>(signal)] = {value, true, at_ns};
    return signal_bit(signal);
  };
  protections.update(readings, put(Signal::cell_max, 3700, start_ns), start_ns);
  protections.update(readings, put(Signal::charge_current, 10, start_ns + 2 * s), start_ns + 2 * s);
  EXPECT_TRUE(protections.is_any_delay_running());
  protections.update(readings, 0, start_ns + 5 * s);
  EXPECT_TRUE(protections.is_tripped(ProtectionId::cell_ovp));
  put(Signal::mos_temperature, 990, start_ns + 6 * s);
  protections.update(readings, 0, start_ns + 10 * s);
  EXPECT_FALSE(protections.is_tripped(ProtectionId::mos_otp)) << "nobody said that it changed";
  protections.update(readings, signal_bit(Signal::mos_temperature), start_ns + 11 * s);
  EXPECT_TRUE(protections.is_tripped(ProtectionId::mos_otp)) << "beyond for longer than its delay";

  Protections timed = running(settings);  // released by time while its signal is still beyond
  timed.update(readings, put(Signal::charge_current, 250'000, start_ns), start_ns);
  timed.update(readings, 0, start_ns + 30 * s);
  EXPECT_TRUE(timed.is_tripped(ProtectionId::charge_ocp));
  timed.update(readings, 0, start_ns + 90 * s);
  EXPECT_FALSE(timed.is_tripped(ProtectionId::charge_ocp));
  timed.update(readings, 0, start_ns + 91 * s);
  EXPECT_TRUE(timed.is_any_delay_running());
}

}  // namespace
}  // namespace jk::core
