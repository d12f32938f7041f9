// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>
#include <string_view>

#include "board.h"
#include "firmware-under-test/jk/app/bms.hpp"
#include "firmware-under-test/jk/app/can_port.hpp"
#include "firmware-under-test/jk/app/memory.hpp"
#include "firmware-under-test/jk/app/outputs.hpp"
#include "firmware-under-test/jk/app/serial_port.hpp"
#include "firmware-under-test/jk/protocols/display.hpp"

namespace jk::app {

/// The main loop: samples, lets the Bms think, drives the outputs, keeps what must survive, answers, kicks the
/// watchdog. Tick 16 ms: port current, protections, outputs. Every 8th tick: temperatures, store, button; every 64th:
/// pack and port voltage. Cells: one scan after another (64 ms for 8), or one every 1424 ms while balancing. The
/// short-circuit delay is kept to the nanosecond by a wake-up of its own. An unknown or stale measurement opens both
/// gates; nothing conducts before the first complete one. Trips outlive the controller: see Memory.
class App {
 public:
  static constexpr std::uint64_t tick_ns = 16'000'000;
  static constexpr std::uint32_t slow_ticks = 8;

  /// The host table must offer time, GPIO, ADC with scan, PWM, UART and watchdog (see missing_service), and outlive the
  /// App. `settings`: those of the factory. `start_cause` is that of board_config.
  App(const board_host& host, const core::Settings& settings, const BoardModel& model, std::uint32_t start_cause);

  /// Does what is due at `now_ns` and returns the next wake-up.
  std::uint64_t step(std::uint64_t now_ns);
  /// Interrupt context: notes what happened.
  void irq(std::uint32_t line, std::uint32_t level);

  [[nodiscard]] Bms& bms() { return bms_; }

 private:
  void begin(std::uint64_t now_ns);
  void start();
  void sample();
  void drive();
  void scan();
  void answer();
  void display();
  void keep();
  void meet_demand();

  [[nodiscard]] std::int32_t read_adc(std::uint32_t channel) const;  // -1 = no value
  void sample_scan();
  void sample_slow();
  void sample_comparator();
  [[nodiscard]] bool is_fresh(Fresh what) const { return (fresh_ & what) != 0; }

  const board_host& host_;
  const std::uint32_t start_cause_;
  Bms bms_;
  Outputs outputs_;
  Memory memory_;
  SerialPort uart_1_, uart_2_;
  CanPort can_;

  std::atomic<std::uint32_t> events_{0};   // Fresh bits set by irq()
  std::uint64_t comparator_risen_ns_ = 0;  // written by irq() before its event bit

  std::uint64_t now_ns_ = 0;
  std::uint64_t next_tick_ns_ = 0, can_due_ns_ = 0;
  std::uint64_t scan_started_ns_ = 0;
  std::uint32_t fresh_ = 0;
  std::uint32_t tick_ = 0;
  protocols::DisplayFrame display_{};
  std::uint64_t displayed_ns_ = 0;
  RawCodes raw_;
  bool is_pack_due_ = true;
  bool is_scanning_ = false;
  bool is_comparator_high_ = false;
  bool is_started_ = false;
};

/// nullptr when the table offers what App needs, otherwise a static text that names the first missing service.
[[nodiscard]] const char* missing_service(const board_host& host);

}  // namespace jk::app
