// SPDX-License-Identifier: Apache-2.0
// What a restart of the controller must not make of a danger that is still there (docs/adr/0008).
#include <algorithm>

#include "tests/firmware-under-test/jk/app/app_fixture.hpp"

namespace jk::app {
namespace {

using fake::ms;
using fake::s;
using fake::us;
constexpr std::uint64_t release_ns = 60 * s;  // short circuit and over-current

class Restart : public AppOnFakeBoard {
 protected:
  /// After a short circuit that was interrupted as it should be; the current is gone.
  void trip_short_circuit() {
    board.comparator(1 * s, true);
    board.comparator(1 * s + 1520 * us, false);
    board.run_until(2 * s);
    ASSERT_TRUE(both_gates_are_off());
  }
  void expect_both_gates_off_until(std::uint64_t t_ns) {
    const auto edges_before = static_cast<std::ptrdiff_t>(board.edges.size());
    board.run_until(t_ns);
    const bool closed = std::any_of(board.edges.begin() + edges_before, board.edges.end(), [](const fake::Edge& edge) {
      return edge.pin <= discharge_pin && edge.level != 0;
    });
    EXPECT_FALSE(closed) << "a gate was on before " << t_ns;
    EXPECT_TRUE(both_gates_are_off());
  }
  [[nodiscard]] bool closes_soon() {
    board.run_until(board.now_ns() + 1500 * ms);  // a scan while balancing
    return both_gates_are_on();
  }
};

constexpr std::uint32_t any_cause[] = {BOARD_RESET_POWER_ON, BOARD_RESET_BROWN_OUT, BOARD_RESET_WATCHDOG,
                                       BOARD_RESET_SOFTWARE, BOARD_RESET_PIN};

class AfterAnyCause : public Restart, public ::testing::WithParamInterface<std::uint32_t> {};

TEST_P(AfterAnyCause, AShortCircuitTripHoldsForItsWholeReleaseTime) {
  trip_short_circuit();
  restart(GetParam());
  expect_both_gates_off_until(2 * s + release_ns - 1);
  EXPECT_TRUE(closes_soon());
}

INSTANTIATE_TEST_SUITE_P(Causes, AfterAnyCause, ::testing::ValuesIn(any_cause));

TEST_F(Restart, ABrownOutIsTakenForAShortCircuitThoughNoTripWasKept) {
  board.run_until(1 * s);
  restart(BOARD_RESET_BROWN_OUT);
  expect_both_gates_off_until(1 * s + release_ns - 1);
  EXPECT_TRUE(closes_soon());
}

TEST_F(Restart, APresumedShortCircuitOutlivesTheNextReset) {
  board.run_until(1 * s);
  restart(BOARD_RESET_BROWN_OUT);
  board.run_until(11 * s);
  restart(BOARD_RESET_SOFTWARE);
  expect_both_gates_off_until(11 * s + release_ns - 1);
}

TEST_F(Restart, AReleasedTripIsForgotten) {
  trip_short_circuit();
  board.run_until(2 * s + release_ns);
  ASSERT_TRUE(both_gates_are_on());
  restart(BOARD_RESET_SOFTWARE);
  EXPECT_TRUE(closes_soon());
}

TEST_F(Restart, AnOverCurrentTripHoldsForItsWholeReleaseTime) {
  board.run_until(1 * s);
  board.set_current_mA(-250'000);
  board.run_until(32 * s);
  ASSERT_FALSE(board.level(discharge_pin));
  board.set_current_mA(0);
  restart(BOARD_RESET_WATCHDOG);
  board.run_until(32 * s + release_ns - 1);
  EXPECT_EQ(board.last_edge_ns(discharge_pin, 1), 64 * ms) << "from before the trip";
  board.run_until(33 * s + release_ns);
  EXPECT_TRUE(board.level(discharge_pin));
}

TEST_F(Restart, InTheColdTheChargeGateIsNeverOn) {
  for (const std::uint32_t ntc : {26u, 27u}) board.adc[ntc] = 3569;  // -20 degC
  restart(BOARD_RESET_SOFTWARE);
  board.run_until(10 * s);
  EXPECT_EQ(board.last_edge_ns(charge_pin, 1), UINT64_MAX);
}

TEST_F(Restart, ATripBetweenLimitAndReleaseStands) {
  board.run_until(1 * s);
  board.set_cell_mV(3, 3600);
  board.run_until(7 * s);
  ASSERT_FALSE(board.level(charge_pin));
  board.set_cell_mV(3, 3450);  // OVPR is 3.40 V
  restart(BOARD_RESET_SOFTWARE);
  board.run_until(17 * s);
  EXPECT_EQ(board.last_edge_ns(charge_pin, 1), 64 * ms) << "from before the trip";
  board.set_cell_mV(3, 3390);
  EXPECT_TRUE(closes_soon());
}

TEST_F(Restart, ACellBeyondItsLimitBlocksWithoutDelay) {
  board.set_cell_mV(3, 2600);
  restart(BOARD_RESET_PIN);
  board.run_until(10 * s);
  EXPECT_EQ(board.last_edge_ns(discharge_pin, 1), UINT64_MAX);
  EXPECT_TRUE(board.level(charge_pin));
}

TEST_F(Restart, ADamagedStoreIsTakenForAShortCircuit) {
  board.run_until(1 * s);
  std::fill(board.nv.begin(), board.nv.end(), std::uint8_t{0x4A});
  restart(BOARD_RESET_POWER_ON);
  expect_both_gates_off_until(1 * s + release_ns - 1);
}

TEST_F(Restart, AStoreThatCannotBeReadIsTakenForAShortCircuit) {
  board.run_until(1 * s);
  board.nv_error = BOARD_EBUS;
  restart(BOARD_RESET_POWER_ON);
  expect_both_gates_off_until(1 * s + release_ns - 1);
}

TEST_F(Restart, AFailedWriteIsTriedAgain) {
  board.run_until(990 * ms);
  board.nv_error = BOARD_EBUSY;
  board.at(1 * s + 5 * ms, [this] { board.nv_error = 0; });
  trip_short_circuit();
  restart(BOARD_RESET_SOFTWARE);
  expect_both_gates_off_until(2 * s + release_ns - 1);
}

TEST_F(Restart, NothingIsWrittenWhileNothingHappens) {
  board.run_until(5 * s);
  const std::size_t at_start = board.nv_writes;
  board.run_until(500 * s);
  EXPECT_EQ(board.nv_writes, at_start);
  board.run_until(700 * s);
  EXPECT_GT(board.nv_writes, at_start) << "the counters, every 10 minutes";
}

TEST_F(Restart, NothingIsErasedWhileAGateIsOn) {
  for (int n = 0; n < 40; ++n) {  // the log fills the sector
    board.comparator(board.now_ns() + 1 * s, true);
    board.comparator(board.now_ns() + 1 * s + 1520 * us, false);
    board.run_until(board.now_ns() + 2 * release_ns);
  }
  EXPECT_GE(board.erasures.size(), 2u);
  for (const auto& erasure : board.erasures) EXPECT_FALSE(erasure.charge_gate || erasure.discharge_gate);
}

class WithoutNonVolatileBytes : public Restart {
 protected:
  WithoutNonVolatileBytes() { board.remove_nv(); }
};

TEST_F(WithoutNonVolatileBytes, PowerOnIsTakenForAFirstStart) { EXPECT_TRUE(closes_soon()); }

TEST_F(WithoutNonVolatileBytes, AnyOtherStartIsTakenForAShortCircuit) {
  for (const std::uint32_t cause : any_cause) {
    if (cause == BOARD_RESET_POWER_ON) continue;
    restart(cause);
    expect_both_gates_off_until(board.now_ns() + release_ns - 1);
  }
}

}  // namespace
}  // namespace jk::app
