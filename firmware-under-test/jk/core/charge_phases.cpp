// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/charge_phases.hpp"

#include <algorithm>
#include <utility>

namespace jk::core {
namespace {

constexpr std::uint64_t second_ns = 1'000'000'000;
constexpr std::uint64_t mark_delay_ns = 2 * second_ns;
constexpr std::int32_t rcv_allowance_mV = 10;

}  // namespace

void ChargePhases::set_limits(const Settings& settings) {
  soc_100_mV_ = settings[Setting::soc_100];
  soc_0_mV_ = settings[Setting::soc_0];
  rcv_mV_ = settings[Setting::rcv];
  re_bulk_percent_ = settings[Setting::re_bulk_soc];
  absorption_ns_ = static_cast<std::uint64_t>(settings[Setting::rcv_time]) * second_ns;
  floating_ns_ = static_cast<std::uint64_t>(settings[Setting::rfv_time]) * second_ns;
  has_float_mode_ = settings[Setting::float_mode] != 0 && rcv_mV_ != 0;
  if (!has_float_mode_) phase_ = ChargePhase::bulk;
}

bool ChargePhases::Held::update(bool is_on, std::uint64_t now_ns) {
  if (!is_on_) since_ns_ = now_ns;
  is_on_ = is_on;
  if (!is_on) is_told_ = false;
  if (!is_on || is_told_ || now_ns - since_ns_ < mark_delay_ns) return false;
  is_told_ = true;
  return true;
}

ChargeMark ChargePhases::update(const ChargeView& view, std::uint64_t now_ns) {
  const bool is_ovp_news = !std::exchange(was_ovp_, view.is_ovp_tripped) && view.is_ovp_tripped;
  const bool is_uvp_news = !std::exchange(was_uvp_, view.is_uvp_tripped) && view.is_uvp_tripped;
  const bool is_high = high_.update(soc_100_mV_ != 0 && view.highest_mV >= soc_100_mV_, now_ns);
  const bool is_low = low_.update(soc_0_mV_ != 0 && view.lowest_mV <= soc_0_mV_, now_ns);
  const ChargeMark mark = has_float_mode_ ? advance(view, now_ns) : is_high ? ChargeMark::full : ChargeMark::none;
  if (is_uvp_news || is_low) return ChargeMark::empty;
  return is_ovp_news ? ChargeMark::full : mark;
}

void ChargePhases::enter(ChargePhase phase, std::uint64_t now_ns) {
  phase_ = phase;
  entered_ns_ = now_ns;
}

ChargeMark ChargePhases::advance(const ChargeView& view, std::uint64_t now_ns) {
  const std::uint64_t lasted_ns = now_ns - entered_ns_;
  switch (phase_) {
    case ChargePhase::bulk:
      if (view.average_mV >= rcv_mV_ - rcv_allowance_mV) enter(ChargePhase::absorption, now_ns);
      return ChargeMark::none;
    case ChargePhase::absorption:
      if (lasted_ns < absorption_ns_) return ChargeMark::none;
      if (view.highest_mV <= soc_100_mV_) {
        enter(ChargePhase::bulk, now_ns);
        return ChargeMark::none;
      }
      enter(ChargePhase::floating, now_ns);
      return ChargeMark::full;
    default:  // floating
      break;
  }
  if (lasted_ns >= floating_ns_ || view.soc_percent <= re_bulk_percent_) enter(ChargePhase::bulk, now_ns);
  return ChargeMark::none;
}

std::uint16_t ChargePhases::phase_s(std::uint64_t now_ns) const {
  if (phase_ == ChargePhase::bulk) return 0;
  return static_cast<std::uint16_t>(std::min<std::uint64_t>((now_ns - entered_ns_) / second_ns, UINT16_MAX));
}

}  // namespace jk::core
