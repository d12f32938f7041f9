// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/measurement.hpp"

#include <algorithm>
#include <cstdlib>

#include "firmware-under-test/jk/core/ntc_table.hpp"

namespace jk::core {
namespace {

constexpr std::int32_t full_scale_12bit = 4096;
constexpr std::int32_t lowest_plausible_cell_mV = 1000;
constexpr std::int32_t lowest_plausible_cell_raw = 819;
static_assert(adc_12bit_5V_mV(lowest_plausible_cell_raw) >= lowest_plausible_cell_mV &&
              adc_12bit_5V_mV(lowest_plausible_cell_raw - 1) < lowest_plausible_cell_mV);
constexpr std::int32_t current_lsb_mA = 25;
constexpr std::int32_t largest_current_code = 32'767;
constexpr std::int32_t without_sensor_ddegC = 250;
constexpr std::uint64_t divider_dohm = 100'000;

bool is_plausible_cell(std::int32_t raw) { return raw >= lowest_plausible_cell_raw && raw < full_scale_12bit - 1; }

std::uint32_t plausible_cells(std::span<const std::int32_t> raw) {
  std::uint32_t present = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) present |= std::uint32_t{is_plausible_cell(raw[i])} << i;
  return present;
}

}  // namespace

std::optional<std::int32_t> cell_mV(std::int32_t raw) {
  const auto mV = store_mV(raw);
  return mV && *mV >= lowest_plausible_cell_mV ? mV : std::nullopt;
}

std::optional<std::int32_t> store_mV(std::int32_t raw) {
  if (raw < 0 || raw >= full_scale_12bit - 1) return std::nullopt;
  return adc_12bit_5V_mV(raw);
}

std::int32_t port_current_mA(std::int32_t raw) { return raw * current_lsb_mA; }

std::optional<std::int32_t> ntc_ddegC(std::int32_t raw, std::size_t& row) {
  if (raw <= 0 || raw >= full_scale_12bit) return std::nullopt;
  const auto code = static_cast<std::uint64_t>(raw);
  const auto r_dohm = static_cast<std::uint32_t>(divider_dohm * code / (full_scale_12bit - code));
  const auto& table = ntc_resistance_dohm;
  if (r_dohm > table.front() || r_dohm <= table.back()) return std::nullopt;

  while (r_dohm > table[row]) --row;
  while (r_dohm <= table[row + 1]) ++row;
  const std::uint32_t colder = table[row];
  const std::uint32_t row_dohm = colder - table[row + 1];
  const std::uint32_t part = ((colder - r_dohm) * ntc_row_step_ddegC + row_dohm / 2) / row_dohm;
  return ntc_first_row_ddegC + static_cast<std::int32_t>(row) * ntc_row_step_ddegC + static_cast<std::int32_t>(part);
}

std::int32_t with_gain(std::int32_t value, std::int32_t ppm) {
  if (ppm == 0) return value;
  constexpr std::int64_t one = 1'000'000;
  const std::int64_t grown = value * (one + ppm);
  return static_cast<std::int32_t>((grown + (grown < 0 ? -one / 2 : one / 2)) / one);
}

void Measurement::set_cell_count(std::size_t cell_count) {
  cell_count_ = cell_count;
  highest_ = lowest_ = 0;
  cells_present_ = 0;
  lose_scan();
}

void Measurement::lose_scan() {
  for (const Signal lost : {Signal::cell_max, Signal::cell_min, Signal::pack_voltage, Signal::cell_difference,
                            Signal::pack_difference, Signal::cell_count}) {
    if (at(lost).is_known) set(lost, {at(lost).value, false, at(lost).at_ns});
  }
}

void Measurement::take_scan(std::span<const std::int32_t> raw, std::int32_t raw_pack, std::uint64_t now_ns) {
  std::size_t highest = 0, lowest = 0;
  std::int32_t highest_raw = -1, lowest_raw = full_scale_12bit, sum_mV = 0;
  const std::size_t count = std::min(cell_count_, raw.size());
  raw = raw.first(count);
  for (std::size_t i = 0; i < count; ++i) {
    cells_mV_[i] = adc_12bit_5V_mV(std::max<std::int32_t>(raw[i], 0));
    sum_mV += cells_mV_[i];
    if (raw[i] > highest_raw) highest_raw = raw[highest = i];
    if (raw[i] < lowest_raw) lowest_raw = raw[lowest = i];
  }
  if (calibration_.voltage_ppm != 0) sum_mV = calibrate_cells(count);
  highest_ = highest;
  lowest_ = lowest;
  const bool are_all_plausible = is_plausible_cell(lowest_raw) && is_plausible_cell(highest_raw);
  cells_present_ = are_all_plausible ? (std::uint32_t{1} << count) - 1 : plausible_cells(raw);
  const bool is_plausible = are_all_plausible && count == cell_count_;
  of(Signal::cell_max) = {cells_mV_[highest_], is_plausible, now_ns};
  of(Signal::cell_min) = {cells_mV_[lowest_], is_plausible, now_ns};
  of(Signal::pack_voltage) = {sum_mV, is_plausible, now_ns};
  note(signal_bit(Signal::cell_max) | signal_bit(Signal::cell_min) | signal_bit(Signal::pack_voltage), is_plausible);
  set(Signal::cell_difference, {cells_mV_[highest_] - cells_mV_[lowest_], true, now_ns});  // an open lead strays too
  set_flag(Signal::cell_leads, !is_plausible, now_ns);
  set_flag(Signal::scan_age, false, now_ns);
  if (raw_pack != not_compared || !is_plausible) compare_with_pack(raw_pack, sum_mV, now_ns);
}

std::int32_t Measurement::calibrate_cells(std::size_t count) {
  std::int32_t sum_mV = 0;
  for (std::size_t i = 0; i < count; ++i) sum_mV += cells_mV_[i] = with_gain(cells_mV_[i], calibration_.voltage_ppm);
  return sum_mV;
}

/// A difference of more than half a cell is a cell too many or too few. No code (-1), and one at an end of the
/// converter, which no pack reaches, differ by more than any limit.
void Measurement::compare_with_pack(std::int32_t raw_pack, std::int32_t sum_mV, std::uint64_t now_ns) {
  const bool is_known = at(Signal::pack_voltage).is_known;
  const std::int32_t pack_mV = with_gain(raw_pack * pack_lsb_mV_, calibration_.voltage_ppm);
  const std::int32_t difference_mV = is_known ? std::abs(pack_mV - sum_mV) : 0;
  const bool counts_wrong = 2 * difference_mV * static_cast<std::int32_t>(cell_count_) > sum_mV;
  set(Signal::pack_difference, {difference_mV, is_known, now_ns});
  set(Signal::cell_count, {counts_wrong ? 1 : 0, is_known, now_ns});
}

void Measurement::take_current(std::optional<std::int32_t> raw, std::uint64_t now_ns) {
  if (raw) current_mA_ = with_gain(port_current_mA(*raw) - calibration_.current_zero_mA, calibration_.current_ppm);
  of(Signal::charge_current) = {current_mA_, raw.has_value(), now_ns};
  of(Signal::discharge_current) = {-current_mA_, raw.has_value(), now_ns};
  note(signal_bit(Signal::charge_current) | signal_bit(Signal::discharge_current), raw.has_value());
  const bool is_at_end = raw && (*raw >= largest_current_code || *raw <= -largest_current_code);
  set_flag(Signal::current_sensor, !raw || (is_at_end && at(Signal::short_circuit).value == 0), now_ns);
}

/// A broken current sensor says nothing about the MOSFETs: its row opens the gates, and ends when it is mended.
void Measurement::find_leaks(bool is_charge_on, bool is_discharge_on, std::uint64_t now_ns) {
  const std::int32_t current_mA = is_current_trusted() ? current_mA_ : 0;
  const std::int32_t charge_mA = is_charge_on ? 0 : std::max<std::int32_t>(current_mA, 0);
  const std::int32_t discharge_mA = is_discharge_on ? 0 : std::max<std::int32_t>(-current_mA, 0);
  set_value(Signal::charge_leak, charge_mA, now_ns);
  set_value(Signal::discharge_leak, discharge_mA, now_ns);
  is_leaking_ = (charge_mA | discharge_mA) != 0;
}

void Measurement::take_temperatures(std::int32_t raw_t1, std::int32_t raw_t2, std::int32_t raw_mos,
                                    std::uint64_t now_ns) {
  t1_ = ntc_ddegC(raw_t1, t1_row_);
  t2_ = ntc_ddegC(raw_t2, t2_row_);
  mos_ = ntc_ddegC(raw_mos, mos_row_);
  const bool is_measured = t1_ && t2_;
  const bool is_known = is_measured || ignores_battery_;
  const bool is_used = is_measured && !ignores_battery_;
  const std::int32_t t1 = is_used ? *t1_ : without_sensor_ddegC, t2 = is_used ? *t2_ : without_sensor_ddegC;
  set(Signal::battery_max, {std::max(t1, t2), is_known, now_ns});
  set(Signal::battery_min, {std::min(t1, t2), is_known, now_ns});
  set(Signal::box_temperature, {t1, is_known, now_ns});
  set(Signal::temperature_difference, {std::abs(t1 - t2), is_known, now_ns});
  set(Signal::mos_temperature, {mos_.value_or(0), mos_.has_value(), now_ns});
  set_flag(Signal::sensors, !is_known || !mos_, now_ns);
}

void Measurement::take_comparator(bool is_high, std::uint64_t risen_ns) {
  set(Signal::short_circuit, {is_high ? 1 : 0, true, risen_ns});
}

void Measurement::age(std::uint64_t now_ns) {
  const std::uint64_t age_ns = now_ns - at(Signal::cell_max).at_ns;
  if (age_ns <= stale_ns) return;
  const bool has_just_balanced = now_ns - converter_ran_ns_ <= stale_ns;
  if (has_just_balanced && age_ns <= stale_while_balancing_ns) return;
  lose_scan();
  set_flag(Signal::scan_age, true, now_ns);
}

}  // namespace jk::core
