// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "firmware-under-test/jk/core/settings.hpp"
#include "firmware-under-test/jk/core/status.hpp"

namespace jk::core {

/// The settings of one output: buzzer, dry contact 1 or 2.
struct TriggerSettings {
  Setting code, on, off;
};
inline constexpr TriggerSettings buzzer_trigger{Setting::buzzer_trigger, Setting::buzzer_on, Setting::buzzer_off};
inline constexpr TriggerSettings dry_1_trigger{Setting::dry_1_trigger, Setting::dry_1_on, Setting::dry_1_off};
inline constexpr TriggerSettings dry_2_trigger{Setting::dry_2_trigger, Setting::dry_2_on, Setting::dry_2_off};

/// An output that follows one condition, by the codes of facts 2.4: 0 off, 1 low SOC, 2 pack over-, 3 pack
/// under-voltage, 4 cell over-, 5 cell under-voltage, 6 charge, 7 discharge over-current, 8 battery, 9 MOSFET
/// over-temperature, 10 any alarm, 11 battery low temperature, 12 remote control, 13 SOC above, 14 MOSFET abnormal.
/// Codes with a value go on at `on` and off beyond `off`: SOC in %, voltages in mV, currents in A, temperatures in
/// degC (our choice of units; facts name none). With both 0 they follow the protection's alarm. 12: on = 1 switches on.
class Trigger {
 public:
  bool update(const TriggerSettings& which, const Settings& settings, const Status& status);
  [[nodiscard]] bool is_on() const { return is_on_; }

 private:
  bool is_on_ = false;
};

/// What a one-line display says, most urgent first (docs/diagnostic-codes.md).
struct DiagnosisView {
  bool is_measured = false;        // every signal known
  bool is_balancing_idle = false;  // for 5 minutes after the charge was completed
  bool is_master_lost = false;
  bool holds_a_gate = false;  // any protection
};
[[nodiscard]] Diagnosis diagnose(const Status& status, const DiagnosisView& view);

}  // namespace jk::core
