// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/soc.hpp"

#include <algorithm>

namespace jk::core {
namespace {

constexpr std::int64_t mAus_per_mAh = 3'600'000'000;

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

Soc::Soc(const Settings& settings)
    : chemistry_(chemistry(settings)), capacity_mAus_(settings[Setting::capacity] * mAus_per_mAh) {}

void Soc::estimate(std::int32_t lowest_cell_mV) {
  set(capacity_mAus_ / 1000 * permille_at(ocv_mV[static_cast<std::size_t>(chemistry_)], lowest_cell_mV));
}

void Soc::count(std::int32_t current_mA, std::uint64_t dt_ns) {
  const std::int64_t moved_mAus = current_mA * static_cast<std::int64_t>(dt_ns / 1000);
  charge_mAus_ = std::clamp<std::int64_t>(charge_mAus_ + moved_mAus, 0, capacity_mAus_);
  if (moved_mAus < 0) discharged_mAus_ -= moved_mAus;
}

std::int32_t Soc::percent() const { return static_cast<std::int32_t>(charge_mAus_ / (capacity_mAus_ / 100)); }

std::int32_t Soc::remaining_mAh() const { return static_cast<std::int32_t>(charge_mAus_ / mAus_per_mAh); }

std::int64_t Soc::discharged_mAh() const { return discharged_mAus_ / mAus_per_mAh; }

}  // namespace jk::core
