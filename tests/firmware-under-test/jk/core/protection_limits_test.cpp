// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "firmware-under-test/jk/core/protection.hpp"
#include "tests/firmware-under-test/jk/core/durations.hpp"
#include "tests/firmware-under-test/jk/core/protection_cases.hpp"

namespace jk::core {
namespace {

constexpr std::uint64_t start_of_limits_ns = 100 * s;

Readings benign_readings() {
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
Protections running_protections(const Settings& settings) {
  Protections protections(settings);
  protections.update(benign_readings(), start_of_limits_ns - s);
  return protections;
}

TEST(Protections, AlarmsAreThoseOfTheRows) {
  EXPECT_EQ(alarms_of(0), 0u);
  EXPECT_EQ(alarms_of(trip_bit(ProtectionId::cell_ovp) | trip_bit(ProtectionId::low_soc)),
            alarm_bit(Alarm::cell_overvoltage) | alarm_bit(Alarm::low_soc));
}

TEST(Protections, OtherLimitsHoldFromTheNextReadingOn) {
  Settings settings(Preset::lifepo4);
  Protections protections = running_protections(settings);
  settings.set(Setting::cell_ovp, 3300);
  settings.set(Setting::cell_ovpr, 3200);
  protections.set_limits(settings);
  Readings readings = benign_readings();
  readings[static_cast<std::size_t>(Signal::cell_max)].at_ns = start_of_limits_ns;
  protections.update(readings, 0, start_of_limits_ns);  // no news
  EXPECT_TRUE(protections.is_any_delay_running());
  protections.update(readings, 0, start_of_limits_ns + 5 * s);
  EXPECT_TRUE(protections.is_tripped(ProtectionId::cell_ovp));
}

TEST(Protections, AnOverriddenTripStandsButHoldsNoGate) {
  Protections protections{Settings(Preset::lifepo4)};
  protections.resume(trip_bit(ProtectionId::cell_uvp), start_of_limits_ns);
  ASSERT_EQ(protections.open_gates(), discharge_gate | heating);
  protections.override_trips(trip_bit(ProtectionId::cell_uvp));
  protections.override_trips(trip_bit(ProtectionId::cell_uvp));
  EXPECT_TRUE(protections.is_tripped(ProtectionId::cell_uvp));
  EXPECT_EQ(protections.open_gates(), no_gate);
  protections.override_trips(0);
  EXPECT_EQ(protections.open_gates(), discharge_gate | heating);
}

TEST(Protections, ATimedReleaseCountsDown) {
  Protections protections{Settings(Preset::lifepo4)};
  EXPECT_EQ(protections.time_to_release_ns(ProtectionId::scp, start_of_limits_ns), 0u);
  protections.resume(trip_bit(ProtectionId::scp) | trip_bit(ProtectionId::cell_uvp), start_of_limits_ns);
  EXPECT_EQ(protections.time_to_release_ns(ProtectionId::scp, start_of_limits_ns + 20 * s), 40 * s);
  EXPECT_EQ(protections.time_to_release_ns(ProtectionId::scp, start_of_limits_ns + 60 * s), 0u);
  EXPECT_EQ(protections.time_to_release_ns(ProtectionId::cell_uvp, start_of_limits_ns), 0u) << "waits for a value";
}

TEST(Protections, OverCurrentTwoAndThreeWaitForTheirSwitches) {
  Settings settings(Preset::lifepo4);
  Readings readings = benign_readings();
  readings[static_cast<std::size_t>(Signal::discharge_current)] = {450'000, true, start_of_limits_ns};
  Protections protections = running_protections(settings);
  protections.update(readings, start_of_limits_ns);
  protections.update(readings, start_of_limits_ns + 3 * s);
  EXPECT_EQ(protections.tripped(), 0u);
  settings.set(Setting::ocp_2_enabled, 1);
  settings.set(Setting::ocp_3_enabled, 1);
  protections.set_limits(settings);
  readings[static_cast<std::size_t>(Signal::discharge_current)].at_ns = start_of_limits_ns + 3 * s;
  protections.update(readings, start_of_limits_ns + 3 * s);
  protections.update(readings, start_of_limits_ns + 3 * s + 300 * ms);
  EXPECT_EQ(protections.tripped(), trip_bit(ProtectionId::discharge_ocp_3));
  protections.update(readings, start_of_limits_ns + 6 * s);
  EXPECT_EQ(protections.tripped(), trip_bit(ProtectionId::discharge_ocp_3) | trip_bit(ProtectionId::discharge_ocp_2));
}

TEST(Protections, ATickWithNewsOfCurrentsAndLeaksAloneJudgesThemWhateverTheyAre) {
  const Settings settings(Preset::lifepo4);
  constexpr Signals currents = signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current);
  constexpr std::uint64_t delay_ns = 30'000'000'000;
  const auto trips_at = [&](Signal signal, Reading reading) {
    Protections protections(settings);
    Readings readings = protection_cases::all_benign(settings, 0);
    protections.update(readings, 0);
    protections.update(readings, currents, 1);
    readings[static_cast<std::size_t>(signal)] = reading;
    const Signals news = currents | signal_bit(signal);
    protections.update(readings, news, 2);
    protections.update(readings, news, 2 + delay_ns);
    return protections.tripped();
  };
  EXPECT_EQ(trips_at(Signal::charge_current, {200'000, true, 2}), trip_bit(ProtectionId::charge_ocp));
  EXPECT_EQ(trips_at(Signal::discharge_current, {200'000, true, 2}), trip_bit(ProtectionId::discharge_ocp));
  EXPECT_EQ(trips_at(Signal::charge_leak, {10'000, true, 2}), trip_bit(ProtectionId::charge_mos));
  EXPECT_EQ(trips_at(Signal::discharge_leak, {10'000, true, 2}), trip_bit(ProtectionId::discharge_mos));
  EXPECT_EQ(trips_at(Signal::discharge_leak, {1, true, 2}), 0u);
  EXPECT_EQ(trips_at(Signal::charge_current, {INT32_MIN, true, 2}), 0u);
  EXPECT_EQ(trips_at(Signal::charge_current, {200'000, false, 2}), 0u);
}

TEST(Protections, ATimedReleaseComesWithTheTickInWhichItsTimeIsOver) {
  const Settings settings(Preset::lifepo4);
  const ProtectionLimits limits = limits_of(row_of(ProtectionId::charge_ocp), settings);
  Protections protections(settings);
  Readings readings = protection_cases::all_benign(settings, 0);
  Reading& charge = readings[static_cast<std::size_t>(Signal::charge_current)];
  charge.value = limits.trip;
  protections.update(readings, 0);
  charge.value = 0;
  protections.update(readings, signal_bit(Signal::charge_current), limits.release_ns - 1);
  EXPECT_TRUE(protections.is_tripped(ProtectionId::charge_ocp));
  protections.update(readings, signal_bit(Signal::charge_current), limits.release_ns);
  EXPECT_FALSE(protections.is_tripped(ProtectionId::charge_ocp));
}

TEST(Protections, ATripStandsThroughTicksUntilItsOwnSignalHasNews) {
  const Settings settings(Preset::lifepo4);
  Protections protections(settings);
  Readings readings = protection_cases::all_benign(settings, 0);
  Reading& highest = readings[static_cast<std::size_t>(Signal::cell_max)];
  highest.value = settings[Setting::cell_ovp];
  protections.update(readings, 0);  // the first reading trips at once
  ASSERT_EQ(protections.tripped(), trip_bit(ProtectionId::cell_ovp));
  highest.value = settings[Setting::cell_ovpr];
  protections.update(readings, 1);
  protections.update(readings, signal_bit(Signal::charge_current), 2);
  EXPECT_EQ(protections.tripped(), trip_bit(ProtectionId::cell_ovp)) << "at its release value";
  highest.value -= 1;
  protections.update(readings, signal_bit(Signal::cell_max), 3);
  EXPECT_EQ(protections.tripped(), 0u);
}

TEST(Protections, OtherLimitsAreJudgedWithTheNextTickWithoutNews) {
  Settings settings(Preset::lifepo4);
  Protections protections(settings);
  Readings readings = protection_cases::all_benign(settings, 0);
  readings[static_cast<std::size_t>(Signal::wire_resistance)].value = 50;
  settings.set(Setting::wire_resistance_limit, 100);
  protections.set_limits(settings);
  protections.update(readings, 0);
  ASSERT_EQ(protections.tripped(), 0u);
  settings.set(Setting::wire_resistance_limit, 50);
  protections.set_limits(settings);
  protections.update(readings, Signals{0}, 1);
  EXPECT_EQ(protections.tripped(), trip_bit(ProtectionId::wire_resistance));
  settings.set(Setting::wire_resistance_limit, 51);
  protections.set_limits(settings);
  protections.update(readings, Signals{0}, 2);
  EXPECT_EQ(protections.tripped(), 0u);
}

}  // namespace
}  // namespace jk::core
