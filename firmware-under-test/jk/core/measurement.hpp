// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "firmware-under-test/jk/core/readings.hpp"

namespace jk::core {

inline constexpr std::size_t max_cells = 24;

/// Converter codes to quantities, rounded to the nearest unit. The scales are the JK 8S boards' (scenarios/boards).
/// A code at the end of a converter's range stands for "beyond": unknown for cells, store and sensors. The port current
/// keeps its end value, because a short circuit exceeds 819 A and must still count as over-current.
[[nodiscard]] std::optional<std::int32_t> cell_mV(std::int32_t raw);   // 12 bit, 5 V; plausible 1 V ... 5 V
[[nodiscard]] std::optional<std::int32_t> store_mV(std::int32_t raw);  // 12 bit, 5 V
[[nodiscard]] std::int32_t port_current_mA(std::int32_t raw);          // 16 bit bipolar, 819.2 A; charging positive
/// 12 bit ratiometric, sensor to ground, 10 kohm to the reference: R = 10 kohm * raw / (4096 - raw). Table inverse,
/// linear inside its 1 degC rows. Outside -40 ... 150 degC the sensor counts as open or short.
[[nodiscard]] std::optional<std::int32_t> ntc_ddegC(std::int32_t raw);
/// The value of a 12 bit 5 V code without the question whether it is plausible: for display.
[[nodiscard]] constexpr std::int32_t adc_12bit_5V_mV(std::int32_t raw) { return (raw * 5000 + 2048) / 4096; }

/// Older scans are not trusted: while the converter runs it pauses for a scan every 1424 ms, otherwise scans take 64 ms
/// each.
inline constexpr std::uint64_t stale_ns = 500'000'000;
inline constexpr std::uint64_t stale_while_balancing_ns = 2'048'000'000;

/// The last measured values and which of them may be believed at a given time.
class Measurement {
 public:
  explicit Measurement(std::size_t cell_count) : cell_count_(cell_count) {}

  /// A finished scan; one code a cell. A missing code is passed as -1.
  void take_scan(std::span<const std::int32_t> raw, std::uint64_t now_ns);
  void take_current(std::optional<std::int32_t> raw, std::uint64_t now_ns);
  void take_temperatures(std::int32_t raw_t1, std::int32_t raw_t2, std::int32_t raw_mos, std::uint64_t now_ns);
  void take_comparator(bool is_high, std::uint64_t risen_ns);
  /// The balancing converter ran until now: cells cannot be measured meanwhile.
  void converter_ran(std::uint64_t now_ns) { converter_ran_ns_ = now_ns; }
  /// Withdraws trust in a scan that has grown too old.
  void age(std::uint64_t now_ns);

  [[nodiscard]] const Readings& readings() const { return readings_; }
  /// Signals that were read, or lost, since the last call.
  [[nodiscard]] Signals take_news() { return std::exchange(news_, Signals{0}); }
  [[nodiscard]] bool is_complete() const { return known_ == all_signals; }
  [[nodiscard]] std::span<const std::int32_t> cells_mV() const { return {cells_mV_.data(), cell_count_}; }
  [[nodiscard]] std::size_t highest_cell() const { return highest_; }  // index from 0
  [[nodiscard]] std::size_t lowest_cell() const { return lowest_; }
  [[nodiscard]] std::int32_t current_mA() const { return current_mA_; }  // charging positive; last good sample
  [[nodiscard]] std::optional<std::int32_t> t1_ddegC() const { return t1_; }
  [[nodiscard]] std::optional<std::int32_t> t2_ddegC() const { return t2_; }
  [[nodiscard]] std::optional<std::int32_t> mos_ddegC() const { return mos_; }

 private:
  [[nodiscard]] const Reading& at(Signal signal) const { return readings_[static_cast<std::size_t>(signal)]; }
  void set(Signal signal, const Reading& reading) {
    readings_[static_cast<std::size_t>(signal)] = reading;
    news_ |= signal_bit(signal);
    known_ = static_cast<Signals>(reading.is_known ? known_ | signal_bit(signal) : known_ & ~signal_bit(signal));
  }

  std::size_t cell_count_;
  std::size_t highest_ = 0, lowest_ = 0;
  Readings readings_{};
  Signals news_ = all_signals, known_ = 0;
  std::array<std::int32_t, max_cells> cells_mV_{};
  std::int32_t current_mA_ = 0;
  std::optional<std::int32_t> t1_, t2_, mos_;
  std::uint64_t converter_ran_ns_ = 0;
};

}  // namespace jk::core
