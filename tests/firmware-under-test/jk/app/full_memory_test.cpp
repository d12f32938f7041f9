// SPDX-License-Identifier: Apache-2.0
// What a board does whose gates stay on while its flash fills up.
#include "firmware-under-test/jk/app/memory.hpp"
#include "tests/firmware-under-test/jk/app/memory_fixture.hpp"

namespace jk::app {
namespace {

using core::Answer;
using core::Setting;
using fake::ms;
using fake::s;

class FullMemory : public MemoryOnFakeBoard {
 protected:
  /// Settings are written until one is refused; nothing can be erased.
  FullMemory() {
    for (int n = 0; n < 60 && write_another() == Answer::done; ++n) run_for(3 * s);
    EXPECT_TRUE(both_gates_are_on());
    EXPECT_TRUE(board.erasures.empty());
  }
  Answer write_another() {
    const Answer answer = change({{Setting::cell_ovp, kept_mV + 1}});
    if (answer == Answer::done) ++kept_mV;
    return answer;
  }
  void trip_discharge_overcurrent() {
    board.set_current_mA(-250'000);
    for (int tick = 0; tick < 2500 && board.level(discharge_pin); ++tick) run_for(16 * ms);
    board.set_current_mA(0);
    run_for(2 * s);
  }
  std::size_t refusals_in_the_log() {
    std::size_t count = 0;
    for (std::size_t back = 0; back < bms().log().size(); ++back)
      count += bms().log().newest(back).what == static_cast<std::uint8_t>(core::Happening::write_refused);
    return count;
  }
  void expect_room_again() {
    run_for(1 * s);
    EXPECT_EQ(write_another(), Answer::done);
    run_for(2 * s);
    power_cut();
    EXPECT_EQ(bms().settings()[Setting::cell_ovp], kept_mV);
  }

  std::int32_t kept_mV = 3450;
};

TEST_F(FullMemory, RefusesWhatItCannotKeepAndKeepsWhatItHasTaken) {
  EXPECT_GT(kept_mV, 3455) << "some found room";
  EXPECT_EQ(write_another(), Answer::busy);
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], kept_mV);
  power_cut();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], kept_mV);
}

TEST_F(FullMemory, RefusesEveryKindOfWriteThatItWouldHaveToKeep) {
  const std::uint32_t revision = bms().revision();
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  EXPECT_EQ(bms().set_text(core::Text::user_data, "camper"), Answer::busy);
  EXPECT_NE(bms().text(core::Text::user_data), "camper");
  EXPECT_EQ(bms().command(core::Command::set_run_time, 77), Answer::busy);
  EXPECT_NE(status().run_time_s, 77u);
  EXPECT_EQ(bms().command(core::Command::preset_li_ion, 0), Answer::busy);
  EXPECT_EQ(bms().command(core::Command::calibrate_voltage, status().pack_mV + 200), Answer::busy);
  EXPECT_EQ(bms().revision(), revision);
  EXPECT_EQ(change({{Setting::cell_ovp, kept_mV}}), Answer::done) << "nothing to keep";
  EXPECT_EQ(bms().command(core::Command::set_clock, 1000), Answer::done) << "goes on without the store";
}

TEST_F(FullMemory, TellsOfTheFirstRefusalOnly) {
  run_for(17 * ms);
  const auto warnings = [this] {
    return std::count_if(board.log.begin(), board.log.end(),
                         [](const std::string& line) { return line.find("refused") != std::string::npos; });
  };
  for (int n = 0; n < 5; ++n) {
    EXPECT_EQ(write_another(), Answer::busy);
    run_for(1 * s);
  }
  EXPECT_EQ(refusals_in_the_log(), 1u);
  EXPECT_EQ(warnings(), 1);
}

TEST_F(FullMemory, TakesTheWriteThatOpensBothGatesAndMakesRoom) {
  EXPECT_EQ(change({{Setting::charge_enabled, 0}}), Answer::busy) << "the other gate stays on";
  EXPECT_EQ(change({{Setting::charge_enabled, 0}, {Setting::discharge_enabled, 0}}), Answer::done);
  run_for(17 * ms);
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_FALSE(board.erasures.empty());
  run_for(2 * s);
  power_cut();
  EXPECT_TRUE(both_gates_are_off());
  EXPECT_EQ(change({{Setting::charge_enabled, 1}, {Setting::discharge_enabled, 1}}), Answer::done);
  expect_room_again();
}

TEST_F(FullMemory, HoldsBothGatesOpenUntilThereIsRoomThoughTheSwitchesAreBackOn) {
  ASSERT_EQ(change({{Setting::charge_enabled, 0}, {Setting::discharge_enabled, 0}}), Answer::done);
  ASSERT_EQ(change({{Setting::charge_enabled, 1}, {Setting::discharge_enabled, 1}}), Answer::done);
  run_for(17 * ms);
  EXPECT_FALSE(board.erasures.empty());
  for (const auto& erasure : board.erasures) EXPECT_FALSE(erasure.charge_gate || erasure.discharge_gate);
  run_for(1 * s);
  EXPECT_TRUE(both_gates_are_on());
  expect_room_again();
}

TEST_F(FullMemory, ARestartMakesRoom) {
  ASSERT_EQ(bms().command(core::Command::restart, 0), Answer::done);
  restart_when_asked_for();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], kept_mV);
  expect_room_again();
}

TEST_F(FullMemory, AFactoryResetIsDone) {
  for (int n = 0; n < 4; ++n) {  // into what is left for trips
    trip_discharge_overcurrent();
    run_for(70 * s);
  }
  ASSERT_TRUE(board.erasures.empty());
  ASSERT_EQ(bms().authorize("123456"), Answer::done);
  ASSERT_EQ(bms().command(core::Command::factory_reset, 0), Answer::done);
  board.receive(board.now_ns() + 1 * ms, {0});  // the next step is no tick
  restart_when_asked_for();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3600);
}

TEST_F(FullMemory, TakesSettingsAgainOnceAGateEventAllowsAnErasure) {
  short_circuit();
  run_for(3 * s);
  EXPECT_FALSE(board.erasures.empty());
  expect_room_again();
}
TEST_F(FullMemory, OpensBothGatesForATripThatFindsNoRoom) {
  for (int n = 0; n < 30 && board.erasures.empty(); ++n) {
    trip_discharge_overcurrent();  // the charge gate stays on
    EXPECT_FALSE(board.level(discharge_pin));
    if (board.erasures.empty()) {
      EXPECT_TRUE(board.level(charge_pin));
    }
    const std::size_t before = board.erasures.size();
    run_for(70 * s);
    EXPECT_EQ(board.erasures.size(), before) << "the end of a trip can wait";
  }
  ASSERT_FALSE(board.erasures.empty());
  for (const auto& erasure : board.erasures) EXPECT_FALSE(erasure.charge_gate || erasure.discharge_gate);
  run_for(5 * s);
  EXPECT_TRUE(both_gates_are_on()) << "and closes them again";
  trip_discharge_overcurrent();
  power_cut();
  EXPECT_FALSE(board.level(discharge_pin));
}

TEST_F(FullMemory, TheEndOfATripThatTheFlashDoesNotTakeOpensNothing) {
  trip_discharge_overcurrent();
  ASSERT_FALSE(board.level(discharge_pin));
  board.nv_error = BOARD_EBUSY;
  const std::uint64_t charge_opened_ns = board.last_edge_ns(charge_pin, 0);
  run_for(70 * s);
  EXPECT_TRUE(both_gates_are_on());
  EXPECT_EQ(board.last_edge_ns(charge_pin, 0), charge_opened_ns);
  EXPECT_TRUE(board.erasures.empty());
}

TEST_F(FullMemory, AWarningThatFlapsOpensNothing) {
  const auto before = board.last_edge_ns(discharge_pin, 0);
  for (int n = 0; n < 60; ++n) {
    board.adc[27] = n % 2 == 0 ? 1200 : 2048;
    run_for(40 * s);
    ASSERT_EQ(has(core::Alarm::temperature_difference), n % 2 == 0);
  }
  EXPECT_TRUE(both_gates_are_on());
  EXPECT_EQ(board.last_edge_ns(discharge_pin, 0), before);
}

TEST_F(MemoryOnFakeBoard, AWarningIsNoTripToKeep) {
  const core::Trips before = bms().trips_to_keep();
  board.adc[27] = 1200;
  run_for(40 * s);
  ASSERT_TRUE(has(core::Alarm::temperature_difference));
  EXPECT_EQ(bms().trips_to_keep(), before);
}

TEST_F(MemoryOnFakeBoard, PrechargesAfterBothGatesWereHeldOpen) {
  ASSERT_EQ(change({{Setting::precharge_time, 5}}), Answer::done);
  run_for(8 * s);
  ASSERT_TRUE(both_gates_are_on());
  bms().await_room();
  run_for(17 * ms);
  EXPECT_TRUE(both_gates_are_off());
  run_for(2 * s);
  EXPECT_TRUE(board.level(charge_pin));
  EXPECT_FALSE(board.level(discharge_pin));
  EXPECT_TRUE(board.level(precharge_pin));
  run_for(5 * s);
  EXPECT_TRUE(both_gates_are_on());
}

TEST_F(MemoryOnFakeBoard, WritesAPieceAStepThoughATripHasOpenedOneOfTheGates) {
  board.set_current_mA(-250'000);
  run_for(29'800 * ms);
  ASSERT_TRUE(board.level(discharge_pin));
  while (board.level(discharge_pin)) {  // a record takes longer
    ASSERT_EQ(change({{Setting::cell_ovp, bms().settings()[Setting::cell_ovp] == 3550 ? 3551 : 3550}}), Answer::done);
    EXPECT_LE(most_writes_a_step(200 * ms, &fake::Board::nv_writes_while_on), 1u);
  }
  EXPECT_TRUE(board.level(charge_pin));
}

TEST_F(MemoryOnFakeBoard, TriesSettingsAgainThatTheFlashDidNotTake) {
  board.nv_error = BOARD_EBUSY;
  ASSERT_EQ(change({{Setting::cell_ovp, 3550}}), Answer::done);
  run_for(1 * s);  // four tries
  board.nv_error = 0;
  run_for(2 * s);
  power_cut();
  EXPECT_EQ(bms().settings()[Setting::cell_ovp], 3550);
}

TEST_F(MemoryOnFakeBoard, WithoutFlashTakesEveryWrite) {
  board.remove_nv();
  restart(BOARD_RESET_POWER_ON);
  run_for(soon);
  for (int n = 0; n < 60; ++n) ASSERT_EQ(change({{Setting::cell_ovp, 3500 + n}}), Answer::done);
}

}  // namespace
}  // namespace jk::app
