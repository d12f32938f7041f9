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
[[nodiscard]] constexpr std::int32_t port_mV(std::int32_t raw) { return raw * 8; }  // 14 bit, 131.072 V
/// 12 bit ratiometric, sensor to ground, 10 kohm to the reference: R = 10 kohm * raw / (4096 - raw). Table inverse,
/// linear inside its 1 degC rows. Outside -40 ... 150 degC the sensor counts as open or short.
/// `row`: of the table, where to look first; becomes that of the value.
[[nodiscard]] std::optional<std::int32_t> ntc_ddegC(std::int32_t raw, std::size_t& row);
[[nodiscard]] inline std::optional<std::int32_t> ntc_ddegC(std::int32_t raw) {
  std::size_t row = 0;
  return ntc_ddegC(raw, row);
}
/// The value of a 12 bit 5 V code without the question whether it is plausible: for display.
[[nodiscard]] constexpr std::int32_t adc_12bit_5V_mV(std::int32_t raw) { return (raw * 5000 + 2048) / 4096; }

/// Older scans are not trusted: while the converter runs it pauses for a scan every 1424 ms, otherwise scans take 64 ms
/// each.
inline constexpr std::uint64_t stale_ns = 500'000'000;
inline constexpr std::uint64_t stale_while_balancing_ns = 2'048'000'000;

inline constexpr std::int32_t not_compared = -2;

/// Gain and zero of the measuring chain, as calibrated. True value = (measured - zero) * (1 + ppm / 1e6).
struct Calibration {
  std::int32_t voltage_ppm = 0, current_ppm = 0, current_zero_mA = 0;
};
[[nodiscard]] std::int32_t with_gain(std::int32_t value, std::int32_t ppm);

/// The last measured values and which of them may be believed at a given time.
class Measurement {
 public:
  /// `pack_lsb_mV` of the pack voltage's converter; 14 bit: 4 mV on boards up to 8 cells, 8 mV on larger ones.
  explicit Measurement(std::size_t cell_count, std::int32_t pack_lsb_mV = 4)
      : cell_count_(cell_count), pack_lsb_mV_(pack_lsb_mV) {}
  /// What the last scan found is unknown until the next one.
  void set_cell_count(std::size_t cell_count);
  void calibrate(const Calibration& calibration) { calibration_ = calibration; }
  /// Sensors T1 and T2 count as fitted with 25 degC whatever they read.
  void ignore_battery_sensors(bool ignored) { ignores_battery_ = ignored; }

  /// A finished scan; one code a cell, and the pack voltage at its end. A missing code is passed as -1. not_compared:
  /// the pack was not measured this time, what was found last stands.
  void take_scan(std::span<const std::int32_t> raw, std::int32_t raw_pack, std::uint64_t now_ns);
  void take_current(std::optional<std::int32_t> raw, std::uint64_t now_ns);
  void take_temperatures(std::int32_t raw_t1, std::int32_t raw_t2, std::int32_t raw_mos, std::uint64_t now_ns);
  /// Which gates have been on since the last call: what flows against a gate that is off is a leak.
  void take_gates(bool is_charge_on, bool is_discharge_on, std::uint64_t now_ns) {
    const bool is_usual = is_charge_on && is_discharge_on && !is_leaking_;
    if (!is_usual) find_leaks(is_charge_on, is_discharge_on, now_ns);
  }
  void take_soc(std::int32_t percent, std::uint64_t now_ns) { set_value(Signal::soc, percent, now_ns); }
  void take_wire_resistance(std::int32_t mohm, std::uint64_t now_ns) {
    set_value(Signal::wire_resistance, mohm, now_ns);
  }
  void take_comparator(bool is_high, std::uint64_t risen_ns);
  /// The balancing converter ran until now: cells cannot be measured meanwhile.
  void converter_ran(std::uint64_t now_ns) { converter_ran_ns_ = now_ns; }
  /// Withdraws trust in a scan that has grown too old.
  void age(std::uint64_t now_ns);

  [[nodiscard]] const Readings& readings() const { return readings_; }
  /// Signals that were read, or lost, since the last call.
  [[nodiscard]] Signals take_news() { return std::exchange(news_, Signals{0}); }
  [[nodiscard]] bool is_complete() const { return (known_ & vital_signals) == vital_signals; }
  [[nodiscard]] std::span<const std::int32_t> cells_mV() const { return {cells_mV_.data(), cell_count_}; }
  [[nodiscard]] std::size_t highest_cell() const { return highest_; }  // index from 0
  [[nodiscard]] std::size_t lowest_cell() const { return lowest_; }
  [[nodiscard]] std::uint32_t cells_present() const { return cells_present_; }  // bit n: plausible in the last scan
  [[nodiscard]] std::int32_t sum_mV() const { return at(Signal::pack_voltage).value; }
  [[nodiscard]] std::int32_t current_mA() const { return current_mA_; }  // charging positive; last good sample
  [[nodiscard]] bool is_current_trusted() const { return at(Signal::current_sensor).value == 0; }
  [[nodiscard]] std::optional<std::int32_t> t1_ddegC() const { return t1_; }
  [[nodiscard]] std::optional<std::int32_t> t2_ddegC() const { return t2_; }
  [[nodiscard]] std::optional<std::int32_t> mos_ddegC() const { return mos_; }

 private:
  [[nodiscard]] const Reading& at(Signal signal) const { return readings_[static_cast<std::size_t>(signal)]; }
  [[nodiscard]] Reading& of(Signal signal) { return readings_[static_cast<std::size_t>(signal)]; }
  void note(Signals read, bool are_known) {  // written to readings_
    news_ |= read;
    known_ = are_known ? known_ | read : known_ & ~read;
  }
  void set(Signal signal, const Reading& reading) {
    of(signal) = reading;
    note(signal_bit(signal), reading.is_known);
  }

  /// One of fault_signals, which are always known; only when it differs, so that what stays as it is costs nothing.
  void set_value(Signal signal, std::int32_t value, std::uint64_t now_ns) {
    if (at(signal).value != value) set(signal, {value, true, now_ns});
  }
  void set_flag(Signal signal, bool is_set, std::uint64_t now_ns) { set_value(signal, is_set ? 1 : 0, now_ns); }
  void lose_scan();
  std::int32_t calibrate_cells(std::size_t count);  // returns their sum
  void find_leaks(bool is_charge_on, bool is_discharge_on, std::uint64_t now_ns);
  void compare_with_pack(std::int32_t raw_pack, std::int32_t sum_mV, std::uint64_t now_ns);

  std::size_t cell_count_;
  std::int32_t pack_lsb_mV_;
  std::size_t highest_ = 0, lowest_ = 0;
  std::uint32_t cells_present_ = 0;
  Calibration calibration_;
  bool ignores_battery_ = false;
  bool is_leaking_ = false;
  Readings readings_ = readings_at_start();
  Signals news_ = all_signals, known_ = fault_signals;
  std::array<std::int32_t, max_cells> cells_mV_{};
  std::int32_t current_mA_ = 0;
  std::optional<std::int32_t> t1_, t2_, mos_;
  std::size_t t1_row_ = 0, t2_row_ = 0, mos_row_ = 0;
  std::uint64_t converter_ran_ns_ = 0;
};

}  // namespace jk::core
