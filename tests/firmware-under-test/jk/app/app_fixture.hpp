// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <memory>

#include "firmware-under-test/jk/app/app.hpp"
#include "tests/firmware-under-test/jk/app/fake_board.hpp"

namespace jk::app {

inline constexpr std::uint32_t charge_pin = 0, discharge_pin = 1, run_pin = 3, direction_pin = 4, select_pin = 5;

/// The whole App on a fake board, LiFePO4 preset.
class AppOnFakeBoard : public ::testing::Test {
 protected:
  AppOnFakeBoard() { start(core::Settings(core::Preset::lifepo4)); }

  void start(const core::Settings& settings, std::uint32_t cause = BOARD_RESET_POWER_ON) {
    app = std::make_unique<App>(board.host(), settings, board_model("JK-B2A8S20P"), cause);
    board.step = [this](std::uint64_t now_ns) { return app->step(now_ns); };
    board.irq = [this](std::uint32_t line, std::uint32_t level) { app->irq(line, level); };
  }
  /// A new controller at this instant, on the same board.
  void restart(std::uint32_t cause) {
    board.restart();
    start(core::Settings(core::Preset::lifepo4), cause);
  }
  void start_with(core::Setting setting, std::int32_t value) {
    core::Settings settings(core::Preset::lifepo4);
    ASSERT_TRUE(settings.set(setting, value));
    start(settings);
  }
  [[nodiscard]] bool both_gates_are_on() const { return board.level(charge_pin) && board.level(discharge_pin); }
  [[nodiscard]] bool both_gates_are_off() const { return !board.level(charge_pin) && !board.level(discharge_pin); }

  fake::Board board;
  std::unique_ptr<App> app;
};

}  // namespace jk::app
