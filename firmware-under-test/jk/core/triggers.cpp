// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/triggers.hpp"

#include <algorithm>
#include <array>

namespace jk::core {
namespace {

constexpr Alarms bits(Alarm a, Alarm b) { return alarm_bit(a) | alarm_bit(b); }

struct Watched {
  bool goes_on_above;
  Alarms alarms;  // followed when the trigger has no value
};
constexpr std::int32_t first_code = 1, any_alarm = 10, remote_control = 12, mos_fault = 14;
constexpr std::array<Watched, 14> watched = {{
    {false, alarm_bit(Alarm::low_soc)},
    {true, alarm_bit(Alarm::pack_overvoltage)},
    {false, alarm_bit(Alarm::pack_undervoltage)},
    {true, alarm_bit(Alarm::cell_overvoltage)},
    {false, alarm_bit(Alarm::cell_undervoltage)},
    {true, alarm_bit(Alarm::charge_overcurrent)},
    {true, alarm_bit(Alarm::discharge_overcurrent)},
    {true, bits(Alarm::charge_overtemperature, Alarm::discharge_overtemperature)},
    {true, alarm_bit(Alarm::mos_overtemperature)},
    {true, ~Alarms{0}},
    {false, bits(Alarm::charge_undertemperature, Alarm::discharge_undertemperature)},
    {true, 0},
    {true, 0},
    {true, bits(Alarm::charge_mos_fault, Alarm::discharge_mos_fault)},
}};

std::int32_t degC(std::int32_t ddegC) { return ddegC / 10; }

/// Of a code with a value, in its unit.
std::int32_t value_of(std::int32_t code, const Status& s) {
  const std::int32_t t1 = s.t1_ddegC.value_or(0), t2 = s.t2_ddegC.value_or(0);
  switch (code) {
    case 2:
    case 3:
      return s.pack_mV;
    case 4:
      return s.cells_mV[s.highest_cell];
    case 5:
      return s.cells_mV[s.lowest_cell];
    case 6:
      return s.current_mA / 1000;
    case 7:
      return -s.current_mA / 1000;
    case 8:
      return degC(std::max(t1, t2));
    case 9:
      return degC(s.mos_ddegC.value_or(0));
    case 11:
      return degC(std::min(t1, t2));
    default:
      return s.soc_percent;
  }
}

bool has_value(std::int32_t code) { return code != any_alarm && code != mos_fault; }

}  // namespace

bool Trigger::update(const TriggerSettings& which, const Settings& settings, const Status& status) {
  const std::int32_t code = settings[which.code], on = settings[which.on], off = settings[which.off];
  if (code < first_code) return is_on_ = false;
  if (code == remote_control) return is_on_ = on == 1;
  const Watched& row = watched[static_cast<std::size_t>(code - first_code)];
  if (!has_value(code) || (on == 0 && off == 0)) return is_on_ = (status.alarms & row.alarms) != 0;
  const std::int32_t sign = row.goes_on_above ? 1 : -1;
  const std::int32_t value = sign * value_of(code, status);
  if (value >= sign * on) return is_on_ = true;
  if (value < sign * off) is_on_ = false;
  return is_on_;
}

Diagnosis diagnose(const Status& status, const DiagnosisView& view) {
  constexpr std::int32_t e01_mV = 3650, e02_mV = 2000, e03_low_ddegC = -100, e03_high_ddegC = 600;
  if (!view.is_measured && status.alarms == 0) return Diagnosis::initialising;
  const bool is_outside = [&] {
    for (const auto& t : {status.t1_ddegC, status.t2_ddegC}) {
      if (!t || *t < e03_low_ddegC || *t > e03_high_ddegC) return true;
    }
    return false;
  }();
  if (!status.cells_mV.empty()) {
    if (status.current_mA > 0 && status.cells_mV[status.highest_cell] > e01_mV) return Diagnosis::cell_overvoltage;
    if (status.cells_mV[status.lowest_cell] < e02_mV) return Diagnosis::cell_undervoltage;
  }
  if (is_outside) return Diagnosis::temperature_sensor;
  if (view.holds_a_gate) return Diagnosis::other_protection;
  if (view.is_balancing_idle) return Diagnosis::balancing_inactive;
  return view.is_master_lost ? Diagnosis::no_master : Diagnosis::none;
}

}  // namespace jk::core
