// SPDX-License-Identifier: Apache-2.0
#include "tests/firmware-under-test/jk/app/app_fixture.hpp"

namespace jk::app {
namespace {

using fake::ms;
using fake::s;
using fake::us;
constexpr std::uint64_t short_ns = 1 * s + 3 * ms + 17;  // between two ticks

class ShortCircuit : public AppOnFakeBoard {};

TEST_F(ShortCircuit, OpensBothGatesExactly1500MicrosecondsAfterTheComparatorRose) {
  board.comparator(short_ns, true);
  board.run_until(short_ns + 1500 * us - 1);
  EXPECT_TRUE(both_gates_are_on());
  board.run_until(short_ns + 1500 * us);
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_EQ(board.last_edge_ns(charge_pin, 0), short_ns + 1500 * us);
  EXPECT_EQ(board.last_edge_ns(discharge_pin, 0), short_ns + 1500 * us);
}

TEST_F(ShortCircuit, KeepsAnyDelayToTheNanosecondAtAnyPhaseOfTheTick) {
  for (std::uint64_t phase_ns = 0; phase_ns <= 16 * ms; phase_ns += 777'777) {
    fake::Board fresh;
    core::Settings settings(core::Preset::lifepo4);
    settings.set(core::Setting::scp_delay, 20'000);
    App firmware(fresh.host(), settings, board_model("JK-B2A8S20P"), BOARD_RESET_POWER_ON);
    fresh.step = [&](std::uint64_t now_ns) { return firmware.step(now_ns); };
    fresh.irq = [&](std::uint32_t line, std::uint32_t level) { firmware.irq(line, level); };
    fresh.comparator(1 * s + phase_ns, true);
    fresh.run_until(2 * s);
    EXPECT_EQ(fresh.last_edge_ns(discharge_pin, 0), 1 * s + phase_ns + 20 * ms) << phase_ns;
  }
}

TEST_F(ShortCircuit, AComparatorThatFallsInTimeIsNoTrip) {
  board.comparator(short_ns, true);
  board.comparator(short_ns + 1500 * us - 1, false);
  board.run_until(2 * s);
  EXPECT_TRUE(both_gates_are_on());
  EXPECT_EQ(board.last_edge_ns(discharge_pin, 1), 64 * ms);
}

TEST_F(ShortCircuit, AnInterruptedShortStartsItsDelayAnew) {
  board.comparator(short_ns, true);
  board.comparator(short_ns + 1000 * us, false);
  board.comparator(short_ns + 1100 * us, true);
  board.run_until(2 * s);
  EXPECT_EQ(board.last_edge_ns(discharge_pin, 0), short_ns + 2600 * us);
}

TEST_F(ShortCircuit, StaysLatchedUntilItsReleaseTime) {
  board.comparator(short_ns, true);
  board.comparator(short_ns + 1520 * us, false);
  board.run_until(short_ns + 1500 * us + 60 * s - 1);
  EXPECT_TRUE(both_gates_are_off());
  board.run_until(short_ns + 1500 * us + 60 * s + 16 * ms);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(ShortCircuit, AComparatorHighFromTheStartTripsWithoutAnEdge) {
  fake::Board high;
  core::Settings settings(core::Preset::lifepo4);
  App firmware(high.host(), settings, board_model("JK-B2A8S20P"), BOARD_RESET_POWER_ON);
  high.set_level(2, 1);  // no interrupt: it rose before the firmware was there
  high.step = [&](std::uint64_t now_ns) { return firmware.step(now_ns); };
  high.irq = [&](std::uint32_t line, std::uint32_t level) { firmware.irq(line, level); };
  high.run_until(1 * s);
  EXPECT_EQ(high.last_edge_ns(discharge_pin, 1), UINT64_MAX);
}

TEST_F(ShortCircuit, TheSampledCurrentAloneDoesNotShortenTheDelay) {
  constexpr std::uint64_t just_before_a_tick_ns = 1 * s + 7 * ms;
  board.at(just_before_a_tick_ns, [this] { board.adc[24] = -32768; });  // beyond the converter's range
  board.comparator(just_before_a_tick_ns, true);
  board.run_until(just_before_a_tick_ns + 1500 * us - 1);
  EXPECT_TRUE(both_gates_are_on());
}

}  // namespace
}  // namespace jk::app
