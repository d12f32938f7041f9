// SPDX-License-Identifier: Apache-2.0
#include "tests/rig/bench/firmware_bench.hpp"

namespace rig::bench {
namespace {

using testing::_;
using testing::ElementsAre;
using testing::IsEmpty;

/// Start-up 10 ms, so that the threads of run.c wake at 20, 30 … ms.
class FirmwareRun : public FirmwareBench {
 protected:
  FirmwareRun() {
    config.start_up_ns = 10 * ms;
    ON_CALL(board, i2c_xfer)
        .WillByDefault([this](auto t, auto, auto, auto, std::size_t written, std::uint8_t* read, std::size_t bytes,
                              std::int64_t& blocks_ns) {
          transfers.push_back(t);
          empty_writes += written == 0;
          if (bytes > 0) read[0] = 0x5A;
          blocks_ns = 300 * us;
          return BOARD_OK;
        });
  }
  std::vector<std::int64_t> transfers;
  int empty_writes = 0;
};

TEST_F(FirmwareRun, ThreadsReadyAtOneInstantRunInOrderOfPriority) {
  load("run");
  run_to(20 * ms);
  run_to(20 * ms + 1);
  EXPECT_THAT(edges, ElementsAre(Edge{10 * ms, 20, 1},                        // the spawned one starts when main waits
                                 Edge{20 * ms, 12, 1}, Edge{20 * ms, 11, 1},  // priority 7, 1
                                 Edge{20 * ms, 10, 1}, Edge{20 * ms, 21, 1}));  // main, then who it signalled
}

TEST_F(FirmwareRun, AnEmptyWritePhaseIsLegalAndTheBusTakesItsTime) {
  load("run");
  run_to(21 * ms);
  EXPECT_THAT(transfers, ElementsAre(20 * ms));
  EXPECT_EQ(empty_writes, 1);
  EXPECT_THAT(times_of(30), ElementsAre(20 * ms + 300 * us));
}

TEST_F(FirmwareRun, AFailedTransferIsAReturnCodeAndLeavesTheBufferAlone) {
  ON_CALL(board, i2c_xfer).WillByDefault([](auto, auto, auto, auto, auto, std::uint8_t* read, auto, auto&) {
    read[0] = 0x5A;
    return BOARD_ENACK;
  });
  load("run");
  run_to(21 * ms);
  EXPECT_EQ(std::count(edges.begin(), edges.end(), Edge{20 * ms, 30, 0}), 1);
}

TEST_F(FirmwareRun, AnInterruptEndsTheWaitOfItsMaskAndMaySignal) {
  load("run");
  at(25 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(9), 1); });
  run_to(26 * ms);
  EXPECT_THAT(times_of(31), ElementsAre(25 * ms));  // main: BOARD_EVENT_IRQ
  EXPECT_EQ(times_of(21).back(), 25 * ms);          // the thread that irq() signalled
}

TEST_F(FirmwareRun, BytesOnTheUartWakeItsWaiterAndAreEchoed) {
  ON_CALL(board, uart_read).WillByDefault([](auto, auto, std::uint8_t* data, std::size_t) {
    data[0] = 0x42;
    return 1;
  });
  load("run");
  at(25 * ms, [&] { firmware->notify_uart(); });
  EXPECT_CALL(board, uart_write(25 * ms, 0, _, 1)).WillOnce([](auto, auto, const std::uint8_t* data, auto) {
    EXPECT_EQ(data[0], 0x42);
    return 1;
  });
  run_to(26 * ms);
}

TEST_F(FirmwareRun, BlockingInsideAnInterruptFailsLoudly) {
  load("blocking_in_irq");
  at(30 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(0), 1); });
  at(31 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(0), 0); });
  EXPECT_CALL(board, i2c_xfer).Times(0);
  EXPECT_CALL(board, spi_xfer).Times(0);
  run_to(40 * ms);
  EXPECT_THAT(errors(), ElementsAre("i2c_xfer() called inside irq(), where nothing may block",
                                    "spi_xfer() called inside irq(), where nothing may block",
                                    "wait() called inside irq(), where nothing may block",
                                    "spawn() called inside irq(), where nothing may block"));
  EXPECT_THAT(std::vector(edges.begin(), edges.begin() + 4),
              ElementsAre(Edge{30 * ms, 1, 1}, Edge{30 * ms, 2, 1}, Edge{30 * ms, 3, 1}, Edge{30 * ms, 4, 1}));
  EXPECT_TRUE(firmware->running());
}

TEST_F(FirmwareRun, AReturningMainHaltsTheController) {
  load("halts");
  run_to(5 * s);
  EXPECT_THAT(facts(), ElementsAre("firmware halted: run() returned"));
  EXPECT_THAT(times_of(0), ElementsAre(10 * ms));
}

TEST_F(FirmwareRun, AStalledControllerRunsNoThread) {
  load("run");
  at(15 * ms, [&] { firmware->stall(true); });
  at(47 * ms, [&] { firmware->stall(false); });
  run_to(48 * ms);
  EXPECT_THAT(times_of(12), ElementsAre(47 * ms));
}

TEST_F(FirmwareRun, AResetTakesThreadsOutOfTheirWaitWithoutGoingOn) {
  load("blocked");
  at(30 * ms, [&] { firmware->reset(BOARD_RESET_BROWN_OUT); });
  at(70 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(0), 1); });
  run_to(100 * ms);
  EXPECT_THAT(edges,
              ElementsAre(Edge{10 * ms, 40 + BOARD_RESET_POWER_ON, 1}, Edge{40 * ms, 40 + BOARD_RESET_BROWN_OUT, 1}));
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(FirmwareRun, AResetTakesAThreadOutOfATransferOnTheBus) {
  ON_CALL(board, gpio_read).WillByDefault(testing::Return(1));
  load("blocked");
  at(10 * ms + 100 * us, [&] { firmware->reset(BOARD_RESET_PIN); });
  run_to(20 * ms + 50 * us);
  EXPECT_THAT(transfers, ElementsAre(10 * ms));
  EXPECT_THAT(times_of(5), IsEmpty());
  run_to(25 * ms);
  EXPECT_THAT(times_of(5), testing::Each(20 * ms + 100 * us + 300 * us));  // the second life, undisturbed
  EXPECT_EQ(times_of(5).size(), 51u);
}

TEST_F(FirmwareRun, SurvivesAThousandResets) {
  config.start_up_ns = 1 * ms;
  load("blocked");
  for (int i = 1; i <= 1000; ++i) {
    run_to(std::int64_t{i} * 2 * ms);
    firmware->reset(BOARD_RESET_PIN);
  }
  run_to(2002 * ms);
  EXPECT_EQ(times_of(40).size() + times_of(40 + BOARD_RESET_PIN).size(), 1001u);
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(FirmwareRun, TakenAwayInTheMiddleOfATransferNeverGoesOn) {
  load("run");
  run_to(20 * ms + 100 * us);
  const std::size_t before = edges.size();
  firmware.reset();
  run_to(100 * ms);
  EXPECT_EQ(edges.size(), before);
}

}  // namespace
}  // namespace rig::bench
