// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/life.hpp"

#include <algorithm>
#include <utility>

namespace jk::core {
namespace {

constexpr std::uint64_t second = 1'000'000'000;
constexpr std::uint64_t charger_gone_ns = 2 * second;  // a ripple is no unplugging

std::uint64_t seconds(std::int32_t count) { return static_cast<std::uint64_t>(count) * second; }

}  // namespace

Life::Life(const Settings& settings, bool waits_for_charger) : mode_(waits_for_charger ? Mode::off : Mode::running) {
  set_limits(settings);
}

void Life::set_limits(const Settings& settings) {
  sleep_ns_ = 3600 * seconds(settings[Setting::smart_sleep_time]);
  wait_ns_ = seconds(settings[Setting::sleep_wait]);
  sleep_mV_ = settings[Setting::smart_sleep];
  has_sleep_ = settings[Setting::smart_sleep_enabled] != 0;
  emergency_ns_ = 60 * seconds(settings[Setting::emergency_duration]);
}

bool Life::update(const LifeInputs& inputs, std::uint64_t now_ns) {
  const bool was_pressed = is_pressed_;
  watch_button(inputs.is_button_pressed, now_ns);
  watch_charger(inputs, now_ns);
  const bool is_pushed = inputs.is_button_pressed && !was_pressed;
  if (mode_ == Mode::off) {
    if (inputs.port_above_pack_mV < activation_mV && !is_pushed) return false;
    mode_ = Mode::running;
    return true;
  }
  if (inputs.is_power_off_tripped) {
    mode_ = Mode::off;
    return false;
  }
  has_press_ = has_press_ || (is_pushed && mode_ == Mode::running);
  watch_sleep(inputs, now_ns);
  if (mode_ == Mode::asleep && (is_plugged_ || is_pushed)) activate();
  return false;
}

void Life::watch_button(bool is_pressed, std::uint64_t now_ns) {
  if (std::exchange(is_first_, false)) started_ns_ = now_ns;
  is_pressed_ = is_pressed;
  const bool has_been_held = was_held_from_start_;
  was_held_from_start_ = has_been_held && is_pressed;
  if (!was_held_from_start_ || now_ns - started_ns_ < factory_button_ns) return;
  was_held_from_start_ = false;
  has_factory_reset_ = true;
}

void Life::watch_charger(const LifeInputs& inputs, std::uint64_t now_ns) {
  const bool is_above = !inputs.is_charge_gate_on && inputs.port_above_pack_mV >= charger_mV;
  if (is_above || inputs.current_mA >= resting_mA) {
    is_plugged_ = true;
    plugged_ns_ = now_ns;
  } else if (now_ns - plugged_ns_ >= charger_gone_ns) {
    is_plugged_ = false;
  }
}

void Life::watch_sleep(const LifeInputs& inputs, std::uint64_t now_ns) {
  const bool is_resting =
      has_sleep_ && inputs.lowest_mV < sleep_mV_ && inputs.current_mA < resting_mA && inputs.current_mA > -resting_mA;
  if (!is_resting) {
    resting_since_ns_.reset();
    return;
  }
  if (!resting_since_ns_) resting_since_ns_ = now_ns;
  if (now_ns - *resting_since_ns_ >= sleep_ns_ + wait_ns_) mode_ = Mode::asleep;
}

void Life::activate() {
  if (mode_ == Mode::asleep) mode_ = Mode::running;
  resting_since_ns_.reset();
}

void Life::start_emergency(std::uint64_t now_ns) { emergency_ends_ns_ = now_ns + emergency_ns_; }

std::uint16_t Life::emergency_s(std::uint64_t now_ns) const {
  return is_emergency(now_ns) ? static_cast<std::uint16_t>((emergency_ends_ns_ - now_ns + second - 1) / second)
                              : std::uint16_t{0};
}

std::uint32_t Life::sleep_s(std::uint64_t now_ns) const {
  const std::uint64_t rested_ns = resting_since_ns_ ? now_ns - *resting_since_ns_ : 0;
  return static_cast<std::uint32_t>((sleep_ns_ - std::min(rested_ns, sleep_ns_)) / second);
}

bool Life::take_press() { return std::exchange(has_press_, false); }

bool Life::take_factory_reset() { return std::exchange(has_factory_reset_, false); }

bool Precharge::update(bool is_wanted, bool is_flowing, std::uint64_t now_ns) {
  if (!is_wanted || is_on_ || is_flowing) {
    is_on_ = is_wanted;
    is_running_ = false;
    return is_on_;
  }
  if (!is_running_) began_ns_ = now_ns;
  is_on_ = now_ns - began_ns_ >= time_ns_;
  is_running_ = !is_on_;
  return is_on_;
}

bool Heater::update(const Settings& settings, bool is_allowed, std::optional<std::int32_t> coldest_ddegC) {
  const bool may_heat = settings[Setting::heating_enabled] != 0 && is_allowed && coldest_ddegC;
  if (!may_heat || *coldest_ddegC >= settings[Setting::heating_stop]) {
    is_on_ = false;
  } else if (*coldest_ddegC <= settings[Setting::heating_start]) {
    is_on_ = true;
  }
  return is_on_;
}

}  // namespace jk::core
