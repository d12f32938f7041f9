// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <utility>

#include "tests/firmware-under-test/jk/app/bms_fixture.hpp"

namespace jk::app {

class MemoryOnFakeBoard : public BmsOnFakeBoard {
 protected:
  void power_cut() {
    restart(BOARD_RESET_POWER_ON);
    run_for(soon);
  }
  /// The most that was written between two steps, of all writes or of those with a gate on.
  std::size_t most_writes_a_step(std::uint64_t ns, std::size_t fake::Board::*writes = &fake::Board::nv_writes) {
    std::size_t most = 0, before = board.*writes;
    const auto step = board.step;
    board.step = [&, step](std::uint64_t now_ns) {
      const std::uint64_t next_ns = step(now_ns);
      most = std::max(most, board.*writes - std::exchange(before, board.*writes));
      return next_ns;
    };
    run_for(ns);
    board.step = step;
    return most;
  }
  void change_settings_and_a_text() {
    ASSERT_EQ(bms().authorize("123456"), core::Answer::done);
    ASSERT_EQ(change({{core::Setting::cell_ovp, 3550}}), core::Answer::done);
    ASSERT_EQ(bms().set_text(core::Text::user_data, "camper"), core::Answer::done);
  }
  void restart_when_asked_for() {
    board.at(board.now_ns() + 17 * fake::ms, [this] {
      ASSERT_EQ(board.resets, 1u);
      restart(BOARD_RESET_SOFTWARE);
    });
    run_for(soon);
  }
  void short_circuit() {
    const std::uint64_t t_ns = board.now_ns() + 1 * fake::ms;
    board.comparator(t_ns, true);
    board.comparator(t_ns + 1520 * fake::us, false);
    run_for(100 * fake::ms);
  }
};

}  // namespace jk::app
