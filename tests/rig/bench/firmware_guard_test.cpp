// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <map>
#include <string>

#include "tests/rig/bench/firmware_bench.hpp"

namespace rig::bench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FirmwareGuard : public FirmwareBench {
 protected:
  FirmwareGuard() { config.hang_cpu_s = 0.2; }
  /// A firmware beside the bad one, which must not notice anything.
  void load_bystander() {
    FirmwareConfig idle;
    idle.file = std::string(CONFORMANCE_DIR) + "/idle.so";
    bystander = std::make_unique<FirmwareModule>("bystander", idle, other_board);
  }
  testing::NiceMock<MockBoardBackend> other_board;
  std::unique_ptr<FirmwareModule> bystander;
};

/// Setting of crash.c -> what the finding must say.
const std::map<std::string, std::string> crash_texts{{"0", "segmentation fault"},
                                                     {"1", "abort() called"},
                                                     {"2", "arithmetic fault (division by zero)"},
                                                     {"3", "segmentation fault"},
                                                     {"4", "segmentation fault"}};

class FirmwareCrash : public FirmwareGuard, public testing::WithParamInterface<std::string> {};

TEST_P(FirmwareCrash, IsAFindingAndTheRunGoesOn) {
  config.settings = GetParam();
  load("crash");
  load_bystander();
  run_to(1 * s);
  EXPECT_THAT(errors(), ElementsAre("firmware crashed: " + crash_texts.at(GetParam())));
  EXPECT_EQ(firmware->findings()[0].t_ns, 100 * ms);
  EXPECT_TRUE(firmware->dead());
  EXPECT_EQ(resets.back(), (Edge{100 * ms, 1, BOARD_RESET_SOFTWARE}));
  EXPECT_EQ(bystander->wake_ups(), 95u);  // 50, 60 … 990 ms
}

INSTANTIATE_TEST_SUITE_P(Ways, FirmwareCrash, testing::Values("0", "1", "2", "3", "4"));

TEST_F(FirmwareGuard, ADeadFirmwareStaysInReset) {
  config.settings = "0";
  load("crash");
  run_to(200 * ms);
  firmware->reset(BOARD_RESET_PIN);
  run_to(1 * s);
  EXPECT_TRUE(firmware->dead());
  EXPECT_FALSE(firmware->running());
  EXPECT_EQ(edges.size(), 1u);
}

TEST_F(FirmwareGuard, AThreadThatOverrunsItsStackTakesOnlyTheFirmwareDown) {
  load("crash_run");
  run_to(1 * s);
  EXPECT_THAT(errors(), ElementsAre("firmware crashed: segmentation fault"));
  EXPECT_TRUE(firmware->dead());
  EXPECT_THAT(times_of(2), IsEmpty());
}

TEST_F(FirmwareGuard, AFirmwareThatNeverReturnsIsHung) {
  load("hang");
  load_bystander();
  run_to(13 * s);
  EXPECT_THAT(errors(), ElementsAre("firmware hung since 12.000 s"));
  EXPECT_TRUE(firmware->dead());
  EXPECT_EQ(resets.back(), (Edge{12 * s, 1, BOARD_RESET_SOFTWARE}));
  EXPECT_EQ(bystander->wake_ups(), 1295u);
}

TEST_F(FirmwareGuard, AThreadThatNeverBlocksIsHung) {
  load("hang_run");
  run_to(13 * s);
  EXPECT_THAT(errors(), ElementsAre("firmware hung since 12.000 s"));
}

TEST_F(FirmwareGuard, ALivelockedStepRunsAheadUntilTheWatchdogBites) {
  config.watchdog_ns = 2 * s;
  board.polled_pin = 3;
  load("livelock");
  run_to(2060 * ms);
  EXPECT_THAT(facts(), ElementsAre("reset by watchdog: not kicked since 0.050 s"));
  EXPECT_EQ(resets[2], (Edge{2050 * ms, 1, BOARD_RESET_WATCHDOG}));
  // 1000 calls are free, then each costs 1 us; the 2049th call is the first write
  ASSERT_FALSE(edges.empty());
  EXPECT_EQ(edges.front(), (Edge{1000 * ms + 1049 * us, 1, 1}));
  EXPECT_LE(edges.back().t_ns, 2050 * ms);
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(FirmwareGuard, ALivelockedStepWithoutAWatchdogIsHungAfterTenSeconds) {
  board.polled_pin = 3;
  load("livelock");
  run_to(2 * s);
  EXPECT_THAT(errors(), ElementsAre("firmware hung since 1.000 s (host calls for ever at one instant)"));
  EXPECT_FALSE(firmware->dead());
  run_to(11'001 * ms);
  EXPECT_TRUE(firmware->dead());
  EXPECT_EQ(resets.back(), (Edge{11 * s, 1, BOARD_RESET_SOFTWARE}));
}

TEST_F(FirmwareGuard, ALivelockedStepThatKicksIsHungAllTheSame) {
  config.watchdog_ns = 2 * s;
  config.settings = "k";
  board.polled_pin = 3;
  load("livelock");
  run_to(12 * s);
  EXPECT_THAT(errors(), ElementsAre("firmware hung since 1.000 s (host calls for ever at one instant)"));
  EXPECT_TRUE(firmware->dead());
}

TEST_F(FirmwareGuard, PollingTheClockInAThreadMovesTheClock) {
  load("livelock_run");
  int level = 0;
  ON_CALL(board, gpio_read).WillByDefault([&](auto, auto) { return level; });
  at(70 * ms, [&] { level = 1; });
  run_to(100 * ms);
  EXPECT_THAT(times_of(1), ElementsAre(55 * ms + 1 * us));
  ASSERT_EQ(times_of(2).size(), 1u);
  EXPECT_GE(times_of(2)[0], 70 * ms);
  EXPECT_LE(times_of(2)[0], 70 * ms + 2 * us);
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(FirmwareGuard, ThreadsThatWakeEachOtherForEverDoNotStopTime) {
  load("yield_for_ever");
  load_bystander();
  run_to(61 * ms);
  EXPECT_EQ(bystander->wake_ups(), 2u);
}

TEST_F(FirmwareGuard, InterruptsThatRaiseThemselvesDoNotStopTime) {
  ON_CALL(board, gpio_write).WillByDefault([&](auto, auto, auto) {
    firmware->raise_irq(BOARD_IRQ_GPIO(2), 1);
    return BOARD_OK;
  });
  load("step");
  at(55 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  run_to(55 * ms + 50 * us);
  EXPECT_TRUE(firmware->running());
}

TEST_F(FirmwareGuard, ASignalOutsideFirmwareCodeKeepsItsAction) {
  load("step");
  run_to(60 * ms);
  EXPECT_EXIT(raise(SIGABRT), testing::KilledBySignal(SIGABRT), "");
}

TEST_F(FirmwareGuard, ACrashOfTheRigInsideAHostCallIsNotTakenForTheFirmwares) {
  ON_CALL(board, pwm_write).WillByDefault([](auto, auto, auto) -> int { std::abort(); });
  load("step");
  EXPECT_EXIT(run_to(60 * ms), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace rig::bench
