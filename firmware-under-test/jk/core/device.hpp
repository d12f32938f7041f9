// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "firmware-under-test/jk/core/settings.hpp"
#include "firmware-under-test/jk/core/status.hpp"

namespace jk::core {

/// Texts that clients can read; those with a width for writing can be written by a client that knows the password.
enum class Text : std::uint8_t {
  model,              // "JK_B2A8S20P"
  hardware_version,   // up to 8
  software_version,   // up to 8
  device_name,        // up to 16
  device_password,    // up to 16; "1234"
  settings_password,  // up to 10 on 4E57, 16 in the frame; "123456"
  production_date,    // "240101"
  serial_number,      // up to 16
  user_data,          // up to 16; "Input Userdata"
  user_data_2,        // up to 16
  count
};
inline constexpr std::size_t longest_text = 16;

enum class Command : std::uint8_t {
  activate,  // a client has woken the board
  shut_down,
  restart,
  factory_reset,  // needs the password
  preset_li_ion,
  preset_lifepo4,
  preset_lto,
  emergency_start,
  emergency_stop,
  calibrate_voltage,  // value: true pack voltage, mV
  calibrate_current,  // value: true current, mA, charging positive
  set_clock,          // value: s since 2020-01-01
  set_run_time        // value: s; needs the password
};

/// How a write ends; protocols translate it into their own words.
enum class Answer : std::uint8_t {
  done,
  out_of_range,    // of the setting or the command's value
  against_order,   // would put a trip on the wrong side of its release
  needs_password,  // not authorized, or wrong password
  locked,          // too many wrong passwords: wait
  not_now,         // the board cannot do it in this state
  busy             // no room to keep it before both gates have been open: later
};

/// A board as its ports see it: one state, one set of settings, one way to change them. A refused write changes
/// nothing.
class Device {
 public:
  [[nodiscard]] virtual const Status& status() = 0;  // brought up to date by the call; valid until the next step
  [[nodiscard]] virtual const Settings& settings() const = 0;
  [[nodiscard]] virtual std::string_view text(Text text) const = 0;
  [[nodiscard]] virtual std::uint32_t revision() const = 0;  // another one whenever a setting or text has changed
  virtual Answer change(std::span<const SettingChange> changes) = 0;  // all or none
  virtual Answer set_text(Text text, std::string_view value) = 0;     // needs the password
  virtual Answer command(Command command, std::int32_t value) = 0;
  /// Opens what needs the settings password, for 10 minutes. Five wrong ones within a minute lock for a minute.
  virtual Answer authorize(std::string_view settings_password) = 0;

 protected:
  ~Device() = default;
};

}  // namespace jk::core
