// SPDX-License-Identifier: Apache-2.0
// Flash of a whole simulated board, with a firmware that writes and erases right after each start.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "rig/bench/sim/sim_board.hpp"
#include "rig/bench/sim/sim_build.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::bench {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;

constexpr std::int64_t nv_us = 1'000, nv_ms = 1'000'000;

class SimNv : public testing::Test {
 protected:
  /// What conformance/flash.c does at 50 ms: bytes 1 2 3 4 at offset 8, then sector 1.
  void start(std::optional<models::flash::FlashParams> flash, std::uint64_t seed = 1) {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    std::vector<scenario::ScenarioError> errors;
    const std::filesystem::path shipped = CELLRIG_SCENARIOS;
    scenario_ = scenario::read_scenarios(shipped / "protection/overcharge.yaml", shipped, errors).at(0);
    scenario_.board.nv = flash;
    scenario_.board.watchdog_s = 0;
    RunOptions options;
    options.firmware = std::string(CONFORMANCE_DIR) + "/flash.so";
    loop_ = std::make_unique<PlantLoop>("plant", plant_params(scenario_, 1), 25);
    loop_->before = loop_->leaving = loop_->breaking = [](std::int64_t) {};
    loop_->after = [] {};
    loop_->happened = [this](models::pack::PlantEvent event) { board_->plant_event(event); };
    set_start(scenario_, loop_->plant_for_start());
    loop_->begin();
    const SimBoard::Observer observer{[this](const char* name, bool value) {
                                        if (std::string(name) == "firmware.erasing")
                                          edges_.emplace_back(now_ns(), value);
                                      },
                                      [this](std::uint32_t, const char* text) { log_.emplace_back(text); },
                                      [](std::int64_t, const char*, double) {}};
    board_ = std::make_unique<SimBoard>("board", scenario_.board, scenario_.pack.cells, seed, *loop_, observer);
    firmware_ = std::make_unique<FirmwareModule>("firmware", firmware_config(scenario_, options), *board_);
    board_->connect(*firmware_);
  }
  static models::flash::FlashParams flash() {
    return {.sectors = 2, .sector_bytes = 4096, .erase_s = 40e-3, .write_s = 50e-6};
  }
  void run(std::int64_t until_ns) { Agenda::of_this_process().run_until(until_ns); }
  std::vector<std::uint8_t> held(std::uint32_t offset, std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    EXPECT_EQ(board_->nv_read(offset, bytes.data(), count), BOARD_OK);
    return bytes;
  }
  int write(std::uint32_t offset, const std::vector<std::uint8_t>& bytes) {
    std::int64_t stands_ns = 0;
    return board_->nv_write(now_ns(), offset, bytes.data(), bytes.size(), stands_ns);
  }

  scenario::Scenario scenario_;
  std::unique_ptr<PlantLoop> loop_;
  std::unique_ptr<SimBoard> board_;
  std::unique_ptr<FirmwareModule> firmware_;
  std::vector<std::string> log_;
  std::vector<std::pair<std::int64_t, bool>> edges_;
};

TEST_F(SimNv, OfABoardWithoutFlashIsPlainBytes) {
  start(std::nullopt);
  run(200 * nv_ms);
  EXPECT_THAT(log_, ElementsAre("no flash 1"));
  EXPECT_EQ(write(4094, {0x12, 0x34}), BOARD_OK);
  EXPECT_EQ(write(4094, {0x56, 0x78}), BOARD_OK);
  EXPECT_THAT(held(4094, 2), ElementsAre(0x56, 0x78));
  EXPECT_EQ(write(4095, {0x12, 0x34}), BOARD_EINVAL);
  std::int64_t stands_ns = 0;
  EXPECT_EQ(board_->nv_erase(now_ns(), 0, stands_ns), BOARD_EINVAL);
}

TEST_F(SimNv, TakesTheFirmwareOffTheCpuForItsTimes) {
  start(flash());
  run(200 * nv_ms);
  EXPECT_THAT(log_, ElementsAre("geometry 0", "null -1", "sector_bytes 4096", "sectors 2", "nv_write 0", "after 100000",
                                "nv_erase 0", "after 40100000"));
  EXPECT_THAT(held(8, 4), ElementsAre(1, 2, 3, 4));
}

TEST_F(SimNv, ShowsTheWindowOfAnErasure) {
  start(flash());
  run(200 * nv_ms);
  EXPECT_THAT(edges_,
              ElementsAre(std::pair(50 * nv_ms + 100 * nv_us, true), std::pair(90 * nv_ms + 100 * nv_us, false)));
}

TEST_F(SimNv, OnlyLetsBitsFallAndOnlyInRange) {
  start(flash());
  run(100 * nv_ms);
  EXPECT_EQ(write(8, {0xFF, 0xFD, 0xFF, 0xFB}), BOARD_OK);
  EXPECT_THAT(held(8, 4), ElementsAre(1, 0, 3, 0));
  EXPECT_EQ(write(8190, {0, 0, 0}), BOARD_EINVAL);
  std::int64_t stands_ns = 0;
  EXPECT_EQ(board_->nv_erase(now_ns(), 2, stands_ns), BOARD_EINVAL);
  EXPECT_EQ(board_->nv_erase(now_ns(), 0, stands_ns), BOARD_OK);
  EXPECT_EQ(stands_ns, 40 * nv_ms);
  EXPECT_THAT(held(8, 4), Each(0xFF));
}

TEST_F(SimNv, IsTornByAResetInAWriteAndTheErasureBehindItNeverBegan) {
  start(flash());
  run(0);
  EXPECT_EQ(write(4096, {0x11, 0x22}), BOARD_OK);
  run(50 * nv_ms + 50 * nv_us);
  firmware_->hold_in_reset(BOARD_RESET_BROWN_OUT);
  EXPECT_THAT(held(8, 4), ElementsAre(1, 2, 0xFF, 0xFF));
  EXPECT_THAT(held(4096, 2), ElementsAre(0x11, 0x22));
  run(200 * nv_ms);
  EXPECT_TRUE(edges_.empty());
}

TEST_F(SimNv, IsTornByABrownOutInAnErasureTheSameWayEachTime) {
  start(flash());
  run(0);
  EXPECT_EQ(write(4096, std::vector<std::uint8_t>(512, 0)), BOARD_OK);
  run(70 * nv_ms + 100 * nv_us);  // half of it
  firmware_->hold_in_reset(BOARD_RESET_BROWN_OUT);
  const std::vector<std::uint8_t> torn = held(4096, 512);
  EXPECT_THAT(torn, Contains(testing::AllOf(testing::Gt(0), testing::Lt(255))).Times(Ge(400)));
  EXPECT_THAT(held(0, 8), Each(0xFF));
  EXPECT_THAT(edges_,
              ElementsAre(std::pair(50 * nv_ms + 100 * nv_us, true), std::pair(70 * nv_ms + 100 * nv_us, false)));
  EXPECT_EQ(std::vector<int>(torn.begin(), torn.begin() + 4), (std::vector<int>{137, 27, 153, 105}));
  firmware_->release_reset();
  run(300 * nv_ms);
  EXPECT_THAT(held(4096, 512), Each(0xFF)) << "erased after the next start";
}

}  // namespace
}  // namespace rig::bench
