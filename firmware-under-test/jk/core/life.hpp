// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "firmware-under-test/jk/core/settings.hpp"

namespace jk::core {

/// Figures of the product (JK manual 5.2, facts 5.7); those marked E are our estimate.
inline constexpr std::int32_t activation_mV = 5000;  // charger above pack that wakes a board that is off
inline constexpr std::int32_t charger_mV = 500;      // E: port above pack that is a charger
inline constexpr std::int32_t resting_mA = 500;      // E: less counts as no current
inline constexpr std::uint64_t factory_button_ns = 7'000'000'000;

enum class Mode : std::uint8_t {
  running,
  asleep,  // gates off, silent; measures on. MOSFETs in sleep: no source says; ours are off
  off      // gates off, silent, waits for a charger
};

struct LifeInputs {
  std::int32_t lowest_mV = 0;   // cell
  std::int32_t current_mA = 0;  // charging positive
  std::int32_t port_above_pack_mV = 0;
  bool is_charge_gate_on = false;
  bool is_power_off_tripped = false;
  bool is_button_pressed = false;
};

/// Off, asleep, running; charger, button, emergency. Once a tick or less often.
///
/// Off: when power-off trips, by command, or after the very first power-on of a board with activation_by_charger. Ends
/// with a charger 5 V above the pack, or the button. Asleep: smart_sleep_enabled, every cell's minimum below
/// smart_sleep and no current for smart_sleep_time plus sleep_wait; ends with a charger, the button or an activation.
class Life {
 public:
  explicit Life(const Settings& settings, bool waits_for_charger = false);
  void set_limits(const Settings& settings);
  /// Returns true when this call woke the board out of off.
  bool update(const LifeInputs& inputs, std::uint64_t now_ns);

  void shut_down() { mode_ = Mode::off; }
  void activate();  // a client asks; wakes what is asleep, not what is off
  void start_emergency(std::uint64_t now_ns);
  void stop_emergency() { emergency_ends_ns_ = 0; }

  [[nodiscard]] Mode mode() const { return mode_; }
  [[nodiscard]] bool is_charger_plugged() const { return is_plugged_; }
  [[nodiscard]] bool is_emergency(std::uint64_t now_ns) const { return now_ns < emergency_ends_ns_; }
  [[nodiscard]] std::uint16_t emergency_s(std::uint64_t now_ns) const;  // left, rounded up
  /// Until smart sleep while its timer runs, otherwise its whole time.
  [[nodiscard]] std::uint32_t sleep_s(std::uint64_t now_ns) const;
  /// True once for each press while the board runs.
  bool take_press();
  /// True once, when the button has been held for 7 s since power-on.
  bool take_factory_reset();

 private:
  void watch_charger(const LifeInputs& inputs, std::uint64_t now_ns);
  void watch_button(bool is_pressed, std::uint64_t now_ns);
  void watch_sleep(const LifeInputs& inputs, std::uint64_t now_ns);

  Mode mode_;
  std::uint64_t sleep_ns_ = 0, wait_ns_ = 0, emergency_ns_ = 0;
  std::int32_t sleep_mV_ = 0;
  bool has_sleep_ = false;
  bool is_plugged_ = false;
  std::uint64_t plugged_ns_ = 0;  // last seen
  std::optional<std::uint64_t> resting_since_ns_;
  std::uint64_t emergency_ends_ns_ = 0;
  bool is_pressed_ = false, was_held_from_start_ = true, is_first_ = true, has_factory_reset_ = false,
       has_press_ = false;
  std::uint64_t started_ns_ = 0;
};

/// Before the discharge gate closes, the precharge path conducts for precharge_time.
class Precharge {
 public:
  void set_time(std::uint64_t time_ns) { time_ns_ = time_ns; }
  /// `is_wanted`: the gate shall be on. `is_flowing`: its diode carries a charger's current, so nothing is left to
  /// precharge. Returns whether it may be on.
  bool update(bool is_wanted, bool is_flowing, std::uint64_t now_ns);
  [[nodiscard]] bool is_running() const { return is_running_; }

 private:
  std::uint64_t time_ns_ = 0, began_ns_ = 0;
  bool is_running_ = false, is_on_ = false;
};

/// Heats the battery with the charger's current: from the colder sensor at heating_start up to heating_stop, while
/// heating_enabled, it may (a charger is there, and no protection holds it off) and the sensor is known. Facts 5.7.
class Heater {
 public:
  bool update(const Settings& settings, bool is_allowed, std::optional<std::int32_t> coldest_ddegC);
  [[nodiscard]] bool is_on() const { return is_on_; }

 private:
  bool is_on_ = false;
};

}  // namespace jk::core
