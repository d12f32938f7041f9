// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/soc.hpp"

#include <algorithm>

namespace jk::core {
namespace {

constexpr std::int64_t mAus_per_mAh = 3'600'000'000;
constexpr std::int64_t not_full_percent = 95;

using OcvCurve = std::array<std::int32_t, 11>;  // mV at 0, 10, ... 100 %
constexpr std::array<OcvCurve, 3> ocv_mV = {{
    {2872, 3324, 3465, 3569, 3631, 3693, 3806, 3907, 4001, 4085, 4175},  // li_ion
    {2154, 3172, 3239, 3275, 3297, 3305, 3315, 3329, 3345, 3352, 3591},  // lifepo4
    {1842, 2153, 2180, 2200, 2224, 2260, 2312, 2383, 2471, 2573, 2700},  // lto
}};

std::int64_t permille_at(const OcvCurve& curve, std::int32_t mV) {
  if (mV <= curve.front()) return 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    if (mV > curve[i]) continue;
    const std::int32_t step_mV = curve[i] - curve[i - 1];
    return static_cast<std::int64_t>(i - 1) * 100 + 100 * (mV - curve[i - 1]) / step_mV;
  }
  return 1000;
}

}  // namespace

Soc::Soc(const Settings& settings) : chemistry_(chemistry(settings)) {
  memory_.design_mAus = settings[Setting::capacity] * mAus_per_mAh;
}

void Soc::set_limits(const Settings& settings) {
  chemistry_ = chemistry(settings);
  set_design(settings[Setting::capacity] * mAus_per_mAh);
}

void Soc::set_design(std::int64_t design_mAus) {
  if (design_mAus == memory_.design_mAus) return;
  const std::int64_t permille = memory_.charge_mAus / (full_mAus() / 1000);
  memory_.design_mAus = design_mAus;
  memory_.full_mAus = 0;
  memory_.has_been_empty = false;
  memory_.charge_mAus = std::min(design_mAus, design_mAus / 1000 * permille);
}

void Soc::resume(const SocMemory& memory) {
  const std::int64_t design_mAus = memory_.design_mAus;
  memory_ = memory;
  if (memory.design_mAus == 0) memory_.design_mAus = design_mAus;
  set(std::clamp<std::int64_t>(memory.charge_mAus, 0, full_mAus()));
  set_design(design_mAus);
}

void Soc::estimate(std::int32_t lowest_cell_mV) {
  set(full_mAus() / 1000 * permille_at(ocv_mV[static_cast<std::size_t>(chemistry_)], lowest_cell_mV));
}

void Soc::count(std::int32_t current_mA, std::uint64_t dt_ns) {
  const std::int64_t moved_mAus = current_mA * static_cast<std::int64_t>(dt_ns / 1000);
  memory_.net_mAus += moved_mAus;
  memory_.charge_mAus = std::clamp<std::int64_t>(memory_.charge_mAus + moved_mAus, 0, full_mAus());
  if (moved_mAus >= 0) return;
  memory_.discharged_mAus -= moved_mAus;
  if (memory_.charge_mAus < full_mAus() / 100 * not_full_percent) is_full_ = false;
}

void Soc::learn() {
  const std::int64_t learned_mAus = memory_.net_mAus - memory_.net_at_empty_mAus;
  const bool is_sound =
      learned_mAus >= memory_.design_mAus / 100 * 30 && learned_mAus <= memory_.design_mAus / 100 * 130;
  if (memory_.has_been_empty && is_sound) memory_.full_mAus = learned_mAus;
  memory_.has_been_empty = false;
}

void Soc::set_full() {
  if (!is_full_) {
    learn();
    ++memory_.cycles;
  }
  is_full_ = true;
  set(full_mAus());
}

void Soc::set_empty() {
  memory_.has_been_empty = true;
  memory_.net_at_empty_mAus = memory_.net_mAus;
  set(0);
}

std::int32_t Soc::percent() const { return static_cast<std::int32_t>(memory_.charge_mAus / (full_mAus() / 100)); }

std::int32_t Soc::remaining_mAh() const { return static_cast<std::int32_t>(memory_.charge_mAus / mAus_per_mAh); }

std::int32_t Soc::full_mAh() const { return static_cast<std::int32_t>(full_mAus() / mAus_per_mAh); }

std::int32_t Soc::soh_percent() const {
  const std::int64_t part = memory_.design_mAus / 100;
  return static_cast<std::int32_t>(std::min<std::int64_t>(100, (full_mAus() + part / 2) / part));
}

std::int64_t Soc::discharged_mAh() const { return memory_.discharged_mAus / mAus_per_mAh; }

std::int64_t Soc::throughput_mAh() const { return (memory_.net_mAus + 2 * memory_.discharged_mAus) / mAus_per_mAh; }

}  // namespace jk::core
