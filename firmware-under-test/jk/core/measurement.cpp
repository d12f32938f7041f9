// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/measurement.hpp"

#include <algorithm>
#include <functional>

#include "firmware-under-test/jk/core/ntc_table.hpp"

namespace jk::core {
namespace {

constexpr std::int32_t full_scale_12bit = 4096;
constexpr std::int32_t lowest_plausible_cell_mV = 1000;
constexpr std::int32_t current_lsb_mA = 25;
constexpr std::uint64_t divider_dohm = 100'000;

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

std::optional<std::int32_t> ntc_ddegC(std::int32_t raw) {
  if (raw <= 0 || raw >= full_scale_12bit) return std::nullopt;
  const auto code = static_cast<std::uint64_t>(raw);
  const auto r_dohm = static_cast<std::uint32_t>(divider_dohm * code / (full_scale_12bit - code));
  const auto& table = ntc_resistance_dohm;
  if (r_dohm > table.front() || r_dohm < table.back()) return std::nullopt;

  const auto colder_end = std::lower_bound(table.begin() + 1, table.end() - 1, r_dohm, std::greater<>());
  const auto row = static_cast<std::int32_t>(colder_end - table.begin()) - 1;
  const std::uint32_t colder = *(colder_end - 1);
  const std::uint32_t row_dohm = colder - *colder_end;
  const std::uint32_t part = ((colder - r_dohm) * ntc_row_step_ddegC + row_dohm / 2) / row_dohm;
  return ntc_first_row_ddegC + row * ntc_row_step_ddegC + static_cast<std::int32_t>(part);
}

void Measurement::take_scan(std::span<const std::int32_t> raw, std::uint64_t now_ns) {
  std::size_t highest = 0, lowest = 0;
  std::int32_t highest_raw = -1, lowest_raw = full_scale_12bit;
  const std::size_t count = std::min(cell_count_, raw.size());
  for (std::size_t i = 0; i < count; ++i) {
    cells_mV_[i] = adc_12bit_5V_mV(std::max(raw[i], 0));
    if (raw[i] > highest_raw) highest_raw = raw[highest = i];
    if (raw[i] < lowest_raw) lowest_raw = raw[lowest = i];
  }
  highest_ = highest;
  lowest_ = lowest;
  const bool is_plausible = raw.size() == cell_count_ && cell_mV(highest_raw) && cell_mV(lowest_raw);
  set(Signal::cell_max, {cells_mV_[highest], is_plausible, now_ns});
  set(Signal::cell_min, {cells_mV_[lowest], is_plausible, now_ns});
}

void Measurement::take_current(std::optional<std::int32_t> raw, std::uint64_t now_ns) {
  if (raw) current_mA_ = port_current_mA(*raw);
  set(Signal::charge_current, {current_mA_, raw.has_value(), now_ns});
  set(Signal::discharge_current, {-current_mA_, raw.has_value(), now_ns});
}

void Measurement::take_temperatures(std::int32_t raw_t1, std::int32_t raw_t2, std::int32_t raw_mos,
                                    std::uint64_t now_ns) {
  t1_ = ntc_ddegC(raw_t1);
  t2_ = ntc_ddegC(raw_t2);
  mos_ = ntc_ddegC(raw_mos);
  const bool is_known = t1_ && t2_;
  set(Signal::battery_max, {is_known ? std::max(*t1_, *t2_) : 0, is_known, now_ns});
  set(Signal::battery_min, {is_known ? std::min(*t1_, *t2_) : 0, is_known, now_ns});
  set(Signal::mos_temperature, {mos_.value_or(0), mos_.has_value(), now_ns});
}

void Measurement::take_comparator(bool is_high, std::uint64_t risen_ns) {
  set(Signal::short_circuit, {is_high ? 1 : 0, true, risen_ns});
}

void Measurement::age(std::uint64_t now_ns) {
  const std::uint64_t age_ns = now_ns - at(Signal::cell_max).at_ns;
  if (age_ns <= stale_ns) return;
  const bool has_just_balanced = now_ns - converter_ran_ns_ <= stale_ns;
  if (has_just_balanced && age_ns <= stale_while_balancing_ns) return;
  for (const Signal lost : {Signal::cell_max, Signal::cell_min}) {
    if (at(lost).is_known) set(lost, {at(lost).value, false, at(lost).at_ns});
  }
}

}  // namespace jk::core
