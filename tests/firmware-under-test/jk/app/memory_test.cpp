// SPDX-License-Identifier: Apache-2.0
// What the board writes to its flash, when, and what a restart finds of it.
#include "firmware-under-test/jk/app/memory.hpp"

#include "tests/firmware-under-test/jk/app/memory_fixture.hpp"

namespace jk::app {
namespace {

using core::Answer;
using core::Setting;
using fake::ms;
using fake::s;
using fake::us;

TEST_F(MemoryOnFakeBoard, TheEventLogOutlivesAPowerCut) {
  short_circuit();
  run_for(1 * s);
  const core::EventLog before = bms().log();
  ASSERT_GE(before.size(), 2u);
  power_cut();
  const core::EventLog& after = bms().log();
  ASSERT_GT(after.count(), before.count()) << "the start";
  const std::size_t fresh = after.count() - before.count();
  for (std::size_t back = 0; back < before.size(); ++back) EXPECT_EQ(after.newest(fresh + back), before.newest(back));
}

TEST_F(MemoryOnFakeBoard, TheNumberOfEventsNeverFallsThoughTheCountersAreOlder) {
  for (std::uint32_t n = 0; n < 5; ++n) {
    const std::uint32_t before = bms().log().count();
    ASSERT_EQ(change({{Setting::cell_ovp, 3500 + static_cast<std::int32_t>(n)}}), Answer::done);
    run_for(2 * s);
    EXPECT_GT(bms().log().count(), before);
    power_cut();
    EXPECT_GT(bms().log().count(), before + 1);
  }
}

TEST_F(MemoryOnFakeBoard, WritesNoMoreThanAPieceAStepWhileNothingTrips) {
  ASSERT_TRUE(both_gates_are_on());
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  ASSERT_EQ(bms().set_text(core::Text::user_data, "camper"), Answer::done);
  ASSERT_EQ(bms().command(core::Command::set_clock, 1000), Answer::done);
  EXPECT_EQ(most_writes_a_step(5 * s), 1u);
  power_cut();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3550);
  EXPECT_EQ(bms().text(core::Text::user_data), "camper");
  EXPECT_GE(status().clock_s, 1000u);
}

TEST_F(MemoryOnFakeBoard, CompactsBetweenTheStepsToo) {
  std::size_t most = 0;
  for (std::int32_t n = 0; n < 8; ++n) {  // 448 bytes each into 4096
    ASSERT_EQ(change({{Setting::cell_ovp, 3500 + n}}), Answer::done);
    most = std::max(most, most_writes_a_step(2 * s));
  }
  EXPECT_EQ(most, 1u);
  EXPECT_TRUE(board.erasures.empty());
  power_cut();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3507);
}

TEST_F(MemoryOnFakeBoard, AFirstChargeEstimateIsKeptSoonAfterIt) {
  ASSERT_GT(status().soc_percent, 30);
  const std::int32_t before = status().soc_percent;
  power_cut();
  EXPECT_EQ(status().soc_percent, before);
}

TEST_F(MemoryOnFakeBoard, TheShareOutlivesAPowerCutAfterAnotherCapacity) {
  run_for(1300 * s);
  const std::int32_t before = status().soc_percent;
  ASSERT_EQ(change({{Setting::capacity, 1'000'000}}), Answer::done);
  run_for(3 * s);
  ASSERT_EQ(status().soc_percent, before);
  power_cut();
  EXPECT_EQ(status().soc_percent, before);
  EXPECT_EQ(status().full_mAh, 1'000'000);
}

TEST_F(MemoryOnFakeBoard, NoChargeIsKeptThatHasNotBeenEstimated) {
  for (const auto& cause : {BOARD_RESET_POWER_ON, BOARD_RESET_SOFTWARE}) {
    board.nv.assign(board.nv.size(), 0xFF);
    board.scans_end = false;
    restart(BOARD_RESET_POWER_ON);
    run_for(700 * s);  // beyond the first time of the counters
    ASSERT_EQ(bms().command(core::Command::set_clock, 1000), Answer::done);
    if (cause == BOARD_RESET_SOFTWARE) {
      ASSERT_EQ(bms().command(core::Command::restart, 0), Answer::done);
    }
    run_for(1 * s);
    board.scans_end = true;
    restart(cause);
    run_for(61 * s);
    EXPECT_GT(status().soc_percent, 30);
  }
}

TEST_F(MemoryOnFakeBoard, WritesATripInTheStepInWhichItOpensTheGates) {
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  run_for(16 * ms);  // the settings are under way
  const std::uint64_t t_ns = board.now_ns() + 1 * ms;
  board.comparator(t_ns, true);
  board.run_until(t_ns + 1500 * us);
  ASSERT_TRUE(both_gates_are_off());
  power_cut();
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3550);
}

TEST_F(MemoryOnFakeBoard, WritesEverythingBeforeARestartThatAClientAsksFor) {
  change_settings_and_a_text();
  ASSERT_EQ(bms().command(core::Command::restart, 0), Answer::done);
  restart_when_asked_for();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3550);
  EXPECT_EQ(bms().text(core::Text::user_data), "camper");
}

TEST_F(MemoryOnFakeBoard, OpensBothGatesBeforeItWritesEverything) {
  for (const auto command : {core::Command::restart, core::Command::factory_reset}) {
    change_settings_and_a_text();
    ASSERT_EQ(bms().command(command, 0), Answer::done);
    ASSERT_TRUE(both_gates_are_on());
    while (board.resets == 0) EXPECT_LE(most_writes_a_step(1 * ms, &fake::Board::nv_writes_while_on), 1u);
    EXPECT_TRUE(both_gates_are_off());
    board.resets = 0;
    restart(BOARD_RESET_SOFTWARE);
    run_for(soon);
  }
}

TEST_F(MemoryOnFakeBoard, TheButtonsFactoryResetOpensBothGatesToo) {
  restart(BOARD_RESET_POWER_ON);
  board.set_level(button_pin, 1);
  run_for(6 * s);
  change_settings_and_a_text();
  ASSERT_TRUE(both_gates_are_on());
  EXPECT_LE(most_writes_a_step(2 * s, &fake::Board::nv_writes_while_on), 1u);
  ASSERT_GE(board.resets, 1u);
}

TEST_F(MemoryOnFakeBoard, WritesNothingForARestartWhileAGateCannotBeOpened) {
  ASSERT_EQ(bms().command(core::Command::restart, 0), Answer::done);
  board.gpio_write_error = BOARD_EBUS;
  run_for(100 * ms);
  EXPECT_EQ(board.resets, 0u);
  board.gpio_write_error = 0;
  run_for(17 * ms);
  EXPECT_EQ(board.resets, 1u);
}

TEST_F(MemoryOnFakeBoard, WritesEverythingBeforeARestartThoughACompactionHasToComeFirst) {
  for (std::int32_t n = 0; n < 20; ++n) {
    ASSERT_EQ(change({{Setting::cell_ovp, 3500 + n}}), Answer::done);
    ASSERT_EQ(bms().command(core::Command::restart, 0), Answer::done);
    board.resets = 0;
    restart_when_asked_for();
    ASSERT_EQ(bms().settings()[Setting::cell_ovp], 3500 + n);
  }
  EXPECT_GE(board.erasures.size(), 2u);
}

TEST_F(MemoryOnFakeBoard, AFactoryResetOutweighsChangesThatWereNotWrittenYet) {
  change_settings_and_a_text();
  ASSERT_EQ(bms().command(core::Command::factory_reset, 0), Answer::done);
  restart_when_asked_for();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3600);
  EXPECT_NE(bms().text(core::Text::user_data), "camper");
}

TEST_F(MemoryOnFakeBoard, TriesATripAgainThatTheFlashDidNotTake) {
  board.set_current_mA(-250'000);
  run_for(29 * s);
  board.nv_error = BOARD_EBUSY;
  run_for(2 * s);
  ASSERT_FALSE(board.level(discharge_pin));
  board.set_current_mA(0);
  board.nv_error = 0;
  run_for(2 * s);
  power_cut();
  run_for(2 * s);
  EXPECT_FALSE(board.level(discharge_pin));
  EXPECT_TRUE(board.level(charge_pin)) << "known, not presumed";
}

TEST_F(MemoryOnFakeBoard, CountsEventsOnFromTheCountersWhenTheirRecordsAreDamaged) {
  for (std::int32_t n = 0; n < 4; ++n) {
    ASSERT_EQ(change({{Setting::cell_ovp, 3500 + n}}), Answer::done);
    run_for(1 * s);
  }
  ASSERT_EQ(bms().command(core::Command::set_clock, 1000), Answer::done);
  run_for(1 * s);
  const std::uint32_t before = bms().log().count();
  for (std::size_t slot = 32; slot + 32 <= board.nv.size(); slot += 16) {
    if (board.nv[slot] == static_cast<std::uint8_t>(core::Kind::event) && board.nv[slot + 2] == 10)
      board.nv[slot + 20] ^= 1;
  }
  power_cut();
  EXPECT_GT(bms().log().count(), before);
  EXPECT_EQ(bms().log().newest(bms().log().size() - 1).what, static_cast<std::uint8_t>(core::Happening::started));
}

TEST_F(MemoryOnFakeBoard, SparesTheRoomForCountersWhileNoErasedSectorIsInReserve) {
  const auto written_in = [this](std::uint64_t ns) {
    const std::size_t before = board.nv_writes;
    run_for(ns);
    return board.nv_writes - before;
  };
  constexpr std::uint64_t hour = 3600 * s;
  run_for(hour);
  EXPECT_EQ(written_in(hour), 6u * 3) << "pieces of a record of 80 bytes";
  for (std::int32_t n = 0; n < 6; ++n) {
    ASSERT_EQ(change({{Setting::cell_ovp, 3500 + n}}), Answer::done);
    run_for(3 * s);
  }
  ASSERT_TRUE(board.erasures.empty());
  EXPECT_EQ(written_in(hour), 3u);
}

}  // namespace
}  // namespace jk::app
