// SPDX-License-Identifier: Apache-2.0
#include "tests/rig/bench/firmware_bench.hpp"

namespace rig::bench {
namespace {

using testing::_;
using testing::ElementsAre;
using testing::InSequence;
using testing::Return;

using FirmwareStep = FirmwareBench;

TEST_F(FirmwareStep, StartsAfterTheStartUpTimeWithPinsReleased) {
  load("globals");
  EXPECT_FALSE(firmware->running());
  run_to(49 * ms);
  EXPECT_THAT(resets, ElementsAre(Edge{0, 1, BOARD_RESET_POWER_ON}));
  EXPECT_TRUE(edges.empty());
  run_to(51 * ms);
  EXPECT_TRUE(firmware->running());
  EXPECT_THAT(resets, ElementsAre(Edge{0, 1, BOARD_RESET_POWER_ON}, Edge{50 * ms, 0, BOARD_RESET_POWER_ON}));
}

TEST_F(FirmwareStep, WakesWhenTheFirmwareAskedFor) {
  load("never_kicks");
  run_to(85 * ms);
  EXPECT_THAT(times_of(0), ElementsAre(50 * ms, 60 * ms, 70 * ms, 80 * ms));
  EXPECT_EQ(firmware->wake_ups(), 4u);
}

TEST_F(FirmwareStep, AnAnswerInThePastMeansOneMicrosecond) {
  config.start_up_ns = 1 * ms;
  load("past");
  run_to(1 * ms + 10 * us);  // the end itself is not run
  EXPECT_EQ(firmware->wake_ups(), 10u);
}

TEST_F(FirmwareStep, AnInterruptIsToldAtOnceAndWakesAtTheSameInstant) {
  load("step");
  at(73 * ms + 7, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  run_to(74 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{73 * ms + 7, 102, 1}));
  EXPECT_EQ(firmware->wake_ups(), 3u + 1u);
  run_to(83 * ms + 8);  // the wake-up of the interrupt replaced the one at 80 ms
  EXPECT_EQ(firmware->wake_ups(), 3u + 2u);
}

TEST_F(FirmwareStep, AnInterruptRaisedDuringAWakeUpIsToldAfterIt) {
  ON_CALL(board, pwm_write).WillByDefault([&](auto, auto, auto) {
    if (edges.empty()) firmware->raise_irq(BOARD_IRQ_GPIO(5), 1);
    return BOARD_OK;
  });
  load("step");
  run_to(51 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms, 105, 1}));
  EXPECT_EQ(firmware->wake_ups(), 2u);
}

TEST_F(FirmwareStep, AnInterruptDuringResetIsLost) {
  load("step");
  at(20 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  run_to(60 * ms);
  EXPECT_TRUE(edges.empty());
  EXPECT_TRUE(firmware->running());
  EXPECT_TRUE(errors().empty());
}

TEST_F(FirmwareStep, CallsReachTheBoardWithTimeAndArguments) {
  ON_CALL(board, gpio_read(_, 2)).WillByDefault(Return(1));
  ON_CALL(board, adc_read(_, 24, _)).WillByDefault([](auto, auto, std::int32_t& raw) {
    raw = -77;
    return BOARD_OK;
  });
  load("step");
  InSequence order;
  EXPECT_CALL(board, gpio_read(50 * ms, 2));
  EXPECT_CALL(board, gpio_write(50 * ms, 1, 1));
  EXPECT_CALL(board, adc_scan_start(50 * ms, 0));
  EXPECT_CALL(board, adc_read(50 * ms, 24, _));
  EXPECT_CALL(board, probe(50 * ms, testing::StrEq("code"), -77.0));
  EXPECT_CALL(board, pwm_write(50 * ms, 0, 250000));
  run_to(51 * ms);
}

TEST_F(FirmwareStep, ACallThatTheBoardRefusesIsToldOnceForEachNumber) {
  ON_CALL(board, adc_read(_, 24, _)).WillByDefault(Return(BOARD_EINVAL));
  load("step");
  run_to(200 * ms);
  expect_one_fact("adc_read(24, …) was refused: the board file wires no ADC channel 24", 50 * ms);
}

TEST_F(FirmwareStep, BuffersAreCopiedAndBadOnesAreRefused) {
  ON_CALL(board, uart_write).WillByDefault([](auto, auto, const std::uint8_t* data, std::size_t bytes) {
    return bytes == 2 && data[0] == 'N' && data[1] == 'W' ? 2 : -99;
  });
  ON_CALL(board, uart_read).WillByDefault([](auto, auto, std::uint8_t* data, std::size_t capacity) {
    data[0] = 0x77;
    return capacity == 4 ? 1 : -99;
  });
  ON_CALL(board, can_send).WillByDefault([](auto, auto, const board_can_frame& frame) {
    return static_cast<int>(frame.id);
  });
  ON_CALL(board, can_recv).WillByDefault(Return(0));
  ON_CALL(board, can_configure(_, 0, 250000)).WillByDefault(Return(5));
  ON_CALL(board, nv_read(16, _, 2)).WillByDefault(Return(BOARD_OK));
  load("services");
  EXPECT_CALL(board, pwm_write).Times(0);
  run_to(51 * ms);
  EXPECT_THAT(log, ElementsAre("uart_write 2", "uart_read 1", "byte 119", "can_send 291", "can_send -1", "can_recv 0",
                               "can_configure 5", "can_configure -1", "nv_write 0", "nv_read 0", "null -1", "huge -1",
                               "duty -1"));
  EXPECT_TRUE(errors().empty());
}

TEST_F(FirmwareStep, ATransferThatNoChipHearsIsToldOnceAndIsNoError) {
  config.blocking_buses = true;
  EXPECT_CALL(board, spi_is_heard(0, 0)).WillRepeatedly(Return(false));
  load("spi_step");
  run_to(100 * ms);
  expect_one_fact("SPI transfer on bus 0 while no chip is selected: it reads ones", 50 * ms);
}

TEST_F(FirmwareStep, ATransferThatNoChipHearsIsNoneOfTheEightNumbersThatAreTold) {
  config.blocking_buses = true;
  ON_CALL(board, spi_is_heard).WillByDefault(Return(false));
  ON_CALL(board, adc_read).WillByDefault(Return(BOARD_EINVAL));
  load("searches");
  run_to(100 * ms);
  const std::vector<std::string> told = facts();
  ASSERT_EQ(told.size(), 1u + 8u);
  EXPECT_EQ(told.front(), "SPI transfer on bus 0 while no chip is selected: it reads ones");
  EXPECT_EQ(told.back(), "adc_read(7, …) was refused: the board file wires no ADC channel 7");
}

TEST_F(FirmwareStep, ABlockingBusPutsStepOnAThreadAndTakesWireTime) {
  config.blocking_buses = true;
  EXPECT_CALL(board, spi_xfer(_, 0, 0, _, _, 3, true, _))
      .WillRepeatedly(
          [](auto, auto, auto, const std::uint8_t* tx, std::uint8_t* rx, auto, auto, std::int64_t& blocks_ns) {
            rx[2] = tx[1] == 0xC0 ? 0xBC : 0;
            blocks_ns = 24 * us;
            return BOARD_OK;
          });
  load("spi_step");
  run_to(61 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms, 0, 0}, Edge{50 * ms + 24 * us, 0, 1}, Edge{50 * ms + 24 * us, 1, 1},
                                 Edge{60 * ms, 0, 0}, Edge{60 * ms + 24 * us, 0, 1}, Edge{60 * ms + 24 * us, 1, 1}));
  EXPECT_TRUE(errors().empty());
}

TEST_F(FirmwareStep, AnInterruptWakesAStepOnAThread) {
  config.blocking_buses = true;
  load("step");
  at(73 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  const auto kicked_at_73 = [&] { return std::find(edges.begin(), edges.end(), Edge{73 * ms, 102, 1}) != edges.end(); };
  run_to(74 * ms);
  EXPECT_TRUE(kicked_at_73());
  EXPECT_EQ(firmware->wake_ups(), 3u + 1u);
}

TEST_F(FirmwareStep, ABusCallOnABoardWithoutBusesIsAnError) {
  load("spi_step");
  EXPECT_CALL(board, spi_xfer).Times(0);
  run_to(100 * ms);
  EXPECT_THAT(errors(), ElementsAre("spi_xfer() called by a STEP firmware on a board that has no such bus"));
}

TEST_F(FirmwareStep, AStalledControllerKeepsItsPinsAndWakesNoMoreUntilReset) {
  load("never_kicks");
  at(65 * ms, [&] { firmware->stall(true); });
  run_to(500 * ms);
  EXPECT_THAT(times_of(0), ElementsAre(50 * ms, 60 * ms));
  EXPECT_EQ(resets.size(), 2u);
  firmware->reset(BOARD_RESET_PIN);
  run_to(555 * ms);
  EXPECT_THAT(times_of(0), ElementsAre(50 * ms, 60 * ms, 550 * ms));
}

TEST_F(FirmwareStep, AStallThatEndsTellsTheInterruptsOfMeanwhileOnce) {
  load("step");
  at(55 * ms, [&] { firmware->stall(true); });
  at(60 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  at(61 * ms, [&] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 0); });
  at(70 * ms, [&] { firmware->stall(false); });
  run_to(75 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{70 * ms, 102, 0}));
  EXPECT_EQ(firmware->wake_ups(), 2u);
}

TEST_F(FirmwareStep, AFaultOfTheRigIsNotTakenForTheFirmwares) {
  ON_CALL(board, pwm_write).WillByDefault([](auto, auto, auto) -> int { throw std::runtime_error("converter: 0/0"); });
  load("step");
  try {
    run_to(51 * ms);
    FAIL() << "the rig's fault was swallowed";
  } catch (const std::exception& fault) {
    EXPECT_THAT(fault.what(), testing::HasSubstr("converter: 0/0"));
  }
  EXPECT_TRUE(errors().empty());
}

}  // namespace
}  // namespace rig::bench
