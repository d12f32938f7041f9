// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/agenda.hpp"
#include "tests/rig/bench/firmware_bench.hpp"

namespace rig::bench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using FirmwareReset = FirmwareBench;

TEST_F(FirmwareReset, RestoresGlobalsWithAFreshCopy) {
  load("globals");
  run_to(260 * ms);  // three wake-ups: bss = 3, data = 1
  firmware->reset(BOARD_RESET_PIN);
  edges.clear();
  run_to(311 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{310 * ms, 4, 1}, Edge{310 * ms, 1, 1}, Edge{310 * ms, 2, 1},
                                 Edge{310 * ms, 40 + BOARD_RESET_PIN, 1}));
}

TEST_F(FirmwareReset, PutsOutputsToTheirLevelsAtThatInstant) {
  load("never_kicks");
  at(123 * ms + 4567, [&] { firmware->reset(BOARD_RESET_PIN); });
  run_to(400 * ms);
  EXPECT_THAT(resets,
              ElementsAre(Edge{0, 1, BOARD_RESET_POWER_ON}, Edge{50 * ms, 0, BOARD_RESET_POWER_ON},
                          Edge{123 * ms + 4567, 1, BOARD_RESET_PIN}, Edge{173 * ms + 4567, 0, BOARD_RESET_PIN}));
}

TEST_F(FirmwareReset, ABrownOutHoldsTheControllerUntilTheSupplyIsBack) {
  load("never_kicks");
  at(100 * ms + 1, [&] { firmware->hold_in_reset(BOARD_RESET_BROWN_OUT); });
  at(900 * ms, [&] { firmware->release_reset(); });
  run_to(899 * ms);
  EXPECT_FALSE(firmware->running());
  EXPECT_EQ(times_of(0).back(), 100 * ms);
  run_to(951 * ms);
  EXPECT_TRUE(firmware->running());
  EXPECT_EQ(times_of(0).back(), 950 * ms);
  EXPECT_EQ(resets.back(), (Edge{950 * ms, 0, BOARD_RESET_BROWN_OUT}));
}

TEST_F(FirmwareReset, ABrownOutDuringStartUpStartsItAgain) {
  load("never_kicks");
  at(30 * ms, [&] { firmware->reset(BOARD_RESET_BROWN_OUT); });
  run_to(81 * ms);
  EXPECT_THAT(resets, ElementsAre(Edge{0, 1, BOARD_RESET_POWER_ON}, Edge{80 * ms, 0, BOARD_RESET_BROWN_OUT}));
}

TEST_F(FirmwareReset, TheFirmwareCanResetItselfAndDoesNotGoOn) {
  load("resets_itself");
  run_to(601 * ms);
  EXPECT_THAT(edges,
              ElementsAre(Edge{50 * ms, 40 + BOARD_RESET_POWER_ON, 1}, Edge{600 * ms, 40 + BOARD_RESET_SOFTWARE, 1}));
  EXPECT_THAT(facts(), ElementsAre("reset by the firmware"));
  EXPECT_EQ(resets[2], (Edge{550 * ms, 1, BOARD_RESET_SOFTWARE}));
}

TEST_F(FirmwareReset, AResetOutOfAPinWriteEndsTheCall) {
  ON_CALL(board, gpio_write).WillByDefault([&](auto t, auto pin, auto level) {
    edges.push_back({t, pin, level});
    if (edges.size() == 1) firmware->hold_in_reset(BOARD_RESET_BROWN_OUT);
    return BOARD_OK;
  });
  load("never_kicks");
  run_to(300 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms, 0, 1}));  // pin 1 would follow
  EXPECT_FALSE(firmware->running());
}

TEST_F(FirmwareReset, TheWatchdogResetsAFirmwareThatDoesNotKick) {
  config.watchdog_ns = 2 * s;
  load("never_kicks");
  run_to(2150 * ms);
  EXPECT_THAT(facts(), ElementsAre("reset by watchdog: not kicked since 0.050 s"));
  EXPECT_THAT(errors(), IsEmpty());
  EXPECT_EQ(resets[2], (Edge{2050 * ms, 1, BOARD_RESET_WATCHDOG}));
  EXPECT_EQ(resets[3], (Edge{2100 * ms, 0, BOARD_RESET_WATCHDOG}));
  EXPECT_EQ(edges.back(), (Edge{2140 * ms, 1, 1}));  // create() was told the cause
}

TEST_F(FirmwareReset, TheWatchdogLeavesAKickingFirmwareAlone) {
  config.watchdog_ns = 15 * ms;
  load("step");
  run_to(10 * s);
  EXPECT_THAT(facts(), IsEmpty());
}

TEST_F(FirmwareReset, TheWatchdogBitesExactlyItsPeriodAfterTheLastKick) {
  config.watchdog_ns = 2 * s;
  load("step");
  at(3123 * ms, [&] { firmware->stall(true); });  // kicked last at 3120 ms
  run_to(5121 * ms);
  EXPECT_EQ(resets[2], (Edge{5120 * ms, 1, BOARD_RESET_WATCHDOG}));
  run_to(5200 * ms);
  EXPECT_TRUE(firmware->running());
  EXPECT_EQ(resets.size(), 4u);
}

TEST_F(FirmwareReset, TheWatchdogCatchesAMainThatReturned) {
  config.watchdog_ns = 1 * s;
  load("halts");
  run_to(1200 * ms);
  EXPECT_THAT(times_of(0), ElementsAre(50 * ms, 1100 * ms));
}

TEST_F(FirmwareReset, TheWatchdogWinsAtItsDeadlineAgainstAStepThatWouldKick) {
  config.watchdog_ns = 10 * ms;
  load("step");  // kicks every 10 ms
  run_to(61 * ms);
  EXPECT_THAT(facts(), ElementsAre("reset by watchdog: not kicked since 0.050 s"));
}

TEST_F(FirmwareReset, TheWatchdogWinsAtItsDeadlineAgainstAThreadThatWouldKick) {
  config.watchdog_ns = 10 * ms;
  load("kicks_run");
  run_to(61 * ms);
  EXPECT_THAT(facts(), ElementsAre("reset by watchdog: not kicked since 0.050 s"));
}

TEST_F(FirmwareReset, AResetWithoutSupplyStartsNothing) {
  load("never_kicks");
  at(100 * ms, [&] { firmware->hold_in_reset(BOARD_RESET_BROWN_OUT); });
  at(200 * ms, [&] { firmware->reset(BOARD_RESET_PIN); });
  at(900 * ms, [&] { firmware->release_reset(); });
  run_to(899 * ms);
  EXPECT_FALSE(firmware->running());
  run_to(951 * ms);
  EXPECT_EQ(resets.back(), (Edge{950 * ms, 0, BOARD_RESET_BROWN_OUT}));
}

TEST_F(FirmwareReset, ABouncingResetLineDoesNotHideABrownOut) {
  load("never_kicks");
  at(100 * ms, [&] { firmware->hold_in_reset(BOARD_RESET_BROWN_OUT); });
  at(200 * ms, [&] { firmware->release_reset(); });
  at(230 * ms, [&] { firmware->reset(BOARD_RESET_PIN); });
  run_to(281 * ms);
  EXPECT_EQ(resets.back(), (Edge{280 * ms, 0, BOARD_RESET_BROWN_OUT}));
}

TEST_F(FirmwareReset, APinResetAtPowerOnCostsOneStartUp) {
  Timer player{Turn::player, [&] { firmware->reset(BOARD_RESET_PIN); }};
  player.at(0);
  load("never_kicks");
  run_to(51 * ms);
  EXPECT_EQ(resets.back(), (Edge{50 * ms, 0, BOARD_RESET_POWER_ON}));
}

TEST_F(FirmwareReset, ASupplyThatIsMissingAtPowerOnCostsOneStartUp) {
  Timer player{Turn::player, [&] { firmware->hold_in_reset(BOARD_RESET_BROWN_OUT); }};
  player.at(0);
  load("never_kicks");
  at(500 * ms, [&] { firmware->release_reset(); });
  run_to(551 * ms);
  EXPECT_EQ(resets.back(), (Edge{550 * ms, 0, BOARD_RESET_BROWN_OUT}));
}

}  // namespace
}  // namespace rig::bench
