// SPDX-License-Identifier: Apache-2.0
// Flash of the controller: while it is written or erased, no code of the firmware runs.
#include "tests/rig/bench/firmware_bench.hpp"

namespace rig::bench {
namespace {

using testing::_;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Return;

class FirmwareFlash : public FirmwareBench {
 protected:
  void fit_flash(std::int64_t write_ns, std::int64_t erase_ns) {
    ON_CALL(board, nv_geometry).WillByDefault(Return(BoardBackend::NvGeometry{4096, 2}));
    ON_CALL(board, nv_write).WillByDefault([write_ns](auto, auto, auto, auto, std::int64_t& stands_ns) {
      stands_ns = write_ns;
      return BOARD_OK;
    });
    ON_CALL(board, nv_erase).WillByDefault([erase_ns](auto, auto, std::int64_t& stands_ns) {
      stands_ns = erase_ns;
      return BOARD_OK;
    });
  }
};

TEST_F(FirmwareFlash, IsAbsentOnABoardOfPlainBytes) {
  load("flash");
  run_to(60 * ms);
  EXPECT_THAT(log, ElementsAre("no flash 1"));
}

TEST_F(FirmwareFlash, TakesTheTimeOfAStepAndTheEdgesBehindIt) {
  fit_flash(105 * us, 320 * ms);
  load("flash");
  EXPECT_CALL(board, nv_write(50 * ms, 8, _, 4, _));
  EXPECT_CALL(board, nv_erase(50 * ms + 105 * us, 1, _));
  run_to(500 * ms);
  EXPECT_THAT(log, ElementsAre("geometry 0", "null -1", "sector_bytes 4096", "sectors 2", "nv_write 0", "after 105000",
                               "nv_erase 0", "after 320105000"));
  EXPECT_THAT(edges, ElementsAre(Edge{50 * ms + 320'105 * us, 1, 1}));
}

TEST_F(FirmwareFlash, LetsInterruptsOfAStepWaitAndKeepsTheirLastLevel) {
  fit_flash(0, 320 * ms);
  load("flash");
  for (const std::uint32_t level : {1u, 0u, 1u})
    at(100 * ms + level, [this, level] { firmware->raise_irq(BOARD_IRQ_GPIO(2), level); });
  run_to(500 * ms);
  EXPECT_THAT(edges, ElementsAre(Edge{370 * ms, 1, 1}, Edge{370 * ms, 102, 1}, Edge{370 * ms, 7, 1}));
}

TEST_F(FirmwareFlash, DoesNotKickTheWatchdogOfAStep) {
  fit_flash(0, 320 * ms);
  config.watchdog_ns = 200 * ms;
  load("flash");
  run_to(251 * ms);
  expect_one_fact("reset by watchdog: not kicked since 0.050 s", 250 * ms);
  EXPECT_THAT(edges, IsEmpty());
  EXPECT_THAT(resets, testing::Contains(Edge{250 * ms, 1, BOARD_RESET_WATCHDOG}));
}

TEST_F(FirmwareFlash, OfAFirmwareThatIsResetMeanwhileDoesNotHoldTheNextOne) {
  fit_flash(0, 320 * ms);
  load("flash");
  at(100 * ms, [this] { firmware->reset(BOARD_RESET_PIN); });
  run_to(600 * ms);
  // What the first copy wrote to its pin ahead of time is the board's to drop.
  EXPECT_THAT(times_of(1), ElementsAre(50 * ms + 320 * ms, 150 * ms + 320 * ms));
}

TEST_F(FirmwareFlash, IsWrittenBeforeTheFirmwareResetsItself) {
  fit_flash(105 * us, 0);
  load("flash_resets");
  at(50 * ms + 50 * us, [this] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  run_to(200 * ms);
  const std::int64_t reset_ns = 50 * ms + 105 * us;
  EXPECT_THAT(resets,
              ElementsAre(Edge{0, 1, BOARD_RESET_POWER_ON}, Edge{50 * ms, 0, BOARD_RESET_POWER_ON},
                          Edge{reset_ns, 1, BOARD_RESET_SOFTWARE}, Edge{reset_ns + 50 * ms, 0, BOARD_RESET_SOFTWARE}));
  EXPECT_THAT(edges, IsEmpty());
}

TEST_F(FirmwareFlash, OfAFirmwareThatIsResetWhileItIsAboutToResetItselfIsNotResetTwice) {
  fit_flash(105 * us, 0);
  load("flash_resets");
  at(50 * ms + 50 * us, [this] { firmware->reset(BOARD_RESET_PIN); });
  run_to(200 * ms);
  EXPECT_EQ(resets.size(), 4u);
  EXPECT_EQ(resets.back(), (Edge{100 * ms + 50 * us, 0, BOARD_RESET_PIN}));
}

TEST_F(FirmwareFlash, StopsEveryThreadAndGoesOnWithTheOneThatErased) {
  fit_flash(0, 20 * ms + 500 * us);
  load("flash_run");
  at(110 * ms, [this] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  run_to(130 * ms);
  std::vector<Edge> from_erasure;
  for (const Edge& edge : edges)
    if (edge.t_ns > 100 * ms && from_erasure.size() < 4) from_erasure.push_back(edge);
  const std::int64_t back = 120 * ms + 500 * us;
  EXPECT_THAT(from_erasure, ElementsAre(Edge{back, 102, 1}, Edge{back, 1, 1}, Edge{back, 5, 1}, Edge{back + ms, 5, 1}));
}

TEST_F(FirmwareFlash, OfAThreadIsLeftAtAReset) {
  fit_flash(0, 200 * ms);
  load("flash_run");
  at(150 * ms, [this] { firmware->reset(BOARD_RESET_PIN); });
  run_to(210 * ms);
  EXPECT_THAT(times_of(1), IsEmpty());
  EXPECT_TRUE(firmware->running());
  EXPECT_FALSE(times_of(5).empty());
  EXPECT_EQ(times_of(5).back(), 200 * ms);  // the new copy's first beat, then it erases again
  run_to(500 * ms);
  EXPECT_THAT(times_of(1), ElementsAre(400 * ms));
}

TEST_F(FirmwareFlash, DoesNotKickTheWatchdogOfAThread) {
  fit_flash(0, 320 * ms);
  config.watchdog_ns = 200 * ms;
  load("flash_run");
  run_to(251 * ms);
  expect_one_fact("reset by watchdog: not kicked since 0.050 s", 250 * ms);
}

TEST_F(FirmwareFlash, CannotBeTouchedWhereNothingMayBlock) {
  fit_flash(1 * ms, 1 * ms);
  load("flash_in_irq");
  at(60 * ms, [this] { firmware->raise_irq(BOARD_IRQ_GPIO(2), 1); });
  EXPECT_CALL(board, nv_write).Times(0);
  EXPECT_CALL(board, nv_erase).Times(0);
  run_to(70 * ms);
  EXPECT_THAT(log, ElementsAre("create -5 -5", "irq -5 -5"));
  EXPECT_THAT(errors(), ElementsAre("nv_write() called inside create(), where nothing may block",
                                    "nv_erase() called inside create(), where nothing may block",
                                    "nv_write() called inside irq(), where nothing may block",
                                    "nv_erase() called inside irq(), where nothing may block"));
}

TEST_F(FirmwareFlash, IsNothingToAFirmwareOfMinorVersion0) {
  load("minor_0");
  run_to(60 * ms);
  EXPECT_THAT(log, ElementsAre("all that I know is there", "written"));
  EXPECT_TRUE(errors().empty());
}

}  // namespace
}  // namespace rig::bench
