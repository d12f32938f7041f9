// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "board.h"
#include "firmware-under-test/jk/app/board_model.hpp"
#include "firmware-under-test/jk/app/outputs.hpp"
#include "firmware-under-test/jk/app/retention.hpp"
#include "firmware-under-test/jk/app/telemetry.hpp"
#include "firmware-under-test/jk/core/balancer.hpp"
#include "firmware-under-test/jk/core/body_diode.hpp"
#include "firmware-under-test/jk/core/measurement.hpp"
#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/soc.hpp"
#include "firmware-under-test/jk/protocols/serial_4e57.hpp"

namespace jk::app {

/// The main loop. Tick 16 ms: port current, protections, outputs, watchdog. Every 8th tick: temperatures and store.
/// Cells: one scan after another (64 ms for 8), or one every 1424 ms while balancing. The short-circuit delay is kept
/// to the nanosecond by a wake-up of its own. An unknown or stale measurement opens both gates; nothing conducts before
/// the first complete one. Trips outlive the controller: see Retention.
class App {
 public:
  static constexpr std::uint64_t tick_ns = 16'000'000;
  static constexpr std::uint32_t slow_ticks = 8;

  /// The host table must offer time, GPIO, ADC with scan, PWM, UART and watchdog (see missing_service), and outlive the
  /// App. `start_cause` is that of board_config.
  App(const board_host& host, const core::Settings& settings, const BoardModel& model, std::uint32_t start_cause);

  /// Does what is due at `now_ns` and returns the next wake-up.
  std::uint64_t step(std::uint64_t now_ns);
  /// Interrupt context: notes what happened.
  void irq(std::uint32_t line, std::uint32_t level);

 private:
  enum Fresh : std::uint32_t {
    fresh_scan = 1,
    fresh_current = 2,
    fresh_slow = 4,
    fresh_comparator = 8,
    fresh_uart = 16
  };
  struct RawCodes {
    std::array<std::int32_t, core::max_cells> cells{};
    std::optional<std::int32_t> current;
    std::int32_t ntc_1 = -1, ntc_2 = -1, ntc_mos = -1, store = -1, pack = -1;
  };

  void begin(std::uint64_t now_ns);
  void start();
  void sample();
  void convert();
  void protect();
  void count_charge();
  void balance();
  void drive();
  void retain();
  void scan();
  void answer();
  void kick();

  [[nodiscard]] std::int32_t read_adc(std::uint32_t channel) const;  // -1 = no value
  void sample_scan();
  void sample_comparator();
  void hear();
  void reply(const protocols::Request4e57& request);
  void send();
  [[nodiscard]] bool is_fresh(Fresh what) const { return (fresh_ & what) != 0; }

  const board_host& host_;
  const core::Settings settings_;
  const std::size_t cell_count_;
  const ManufacturerId manufacturer_id_;
  const std::uint32_t start_cause_;

  core::Measurement measurement_;
  core::Protections protections_;
  core::Soc soc_;
  core::Balancer balancer_;
  core::BodyDiode charge_diode_, discharge_diode_;
  Outputs outputs_;
  Retention retention_;
  protocols::Parser4e57 parser_;

  std::atomic<std::uint32_t> events_{0};   // Fresh bits set by irq()
  std::uint64_t comparator_risen_ns_ = 0;  // written by irq() before its event bit

  std::uint64_t now_ns_ = 0;
  std::uint64_t next_tick_ns_ = 0;
  std::uint64_t counted_ns_ = 0;
  std::uint64_t scan_started_ns_ = 0;
  std::uint64_t heard_ns_ = 0;
  std::uint32_t fresh_ = 0;
  std::uint32_t tick_ = 0;
  RawCodes raw_;
  std::optional<std::int32_t> store_mV_;
  bool is_complete_ = false;  // every measurement is known
  bool is_scanning_ = false;
  bool is_comparator_high_ = false;
  bool is_started_ = false;

  protocols::ReadAll4e57 state_;  // as last told; the settings in it stay
  protocols::ReadAllReply4e57 read_all_reply_;
  std::span<const std::uint8_t> unsent_;  // of the reply under way
};

/// nullptr when the table offers what App needs, otherwise a static text that names the first missing service.
[[nodiscard]] const char* missing_service(const board_host& host);

}  // namespace jk::app
