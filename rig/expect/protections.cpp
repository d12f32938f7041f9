// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/judge.hpp"

namespace rig::expect {

// Flags: alarm word 8B of the JK 4E57 protocol. Under-voltage is reported in bit 3, as observed on real boards, not in
// bit 11; a short circuit has no bit of its own and is reported as discharge over-current; bits 4 and 9 serve charge
// and discharge alike. Hot switches open both banks; one gate dates the act. A board that
// is off says nothing.
const std::vector<ProtectionRow>& protections() {
  static const std::vector<ProtectionRow> rows = {
      {"cell_overvoltage", "max(cell.voltage)", true, "cell_ovp", "bms.alarm.cell_overvoltage", "charge_gate", +1,
       "cell_ovp_delay", ""},
      {"cell_undervoltage", "min(cell.voltage)", false, "cell_uvp", "bms.alarm.undervoltage", "discharge_gate", -1,
       "cell_uvp_delay", ""},
      {"pack_overvoltage", "sum(cell.voltage)", true, "pack_ovp", "bms.alarm.pack_overvoltage", "charge_gate", +1,
       "cell_ovp_delay", "cell_ovp"},
      {"pack_undervoltage", "sum(cell.voltage)", false, "pack_uvp", "bms.alarm.undervoltage", "discharge_gate", -1,
       "cell_uvp_delay", "cell_uvp"},
      {"charge_overcurrent", "port.current", true, "charge_ocp", "bms.alarm.charge_overcurrent", "charge_gate", +1,
       "charge_ocp_delay", ""},
      {"discharge_overcurrent", "-port.current", true, "discharge_ocp", "bms.alarm.discharge_overcurrent",
       "discharge_gate", -1, "discharge_ocp_delay", ""},
      {"discharge_overcurrent_2", "-port.current", true, "discharge_ocp_2", "bms.alarm.discharge_overcurrent",
       "discharge_gate", -1, "discharge_ocp_2_delay", ""},
      {"discharge_overcurrent_3", "-port.current", true, "discharge_ocp_3", "bms.alarm.discharge_overcurrent",
       "discharge_gate", -1, "discharge_ocp_3_delay", ""},
      {"short_circuit", "abs(port.current)", true, "", "bms.alarm.discharge_overcurrent", "discharge_gate", -1,
       "scp_delay", ""},
      {"charge_overtemperature", "max(cell.temperature)", true, "charge_otp", "bms.alarm.battery_overtemperature",
       "charge_gate", +1, "temperature_delay", ""},
      {"charge_undertemperature", "min(cell.temperature)", false, "charge_utp", "bms.alarm.battery_low_temperature",
       "charge_gate", +1, "temperature_delay", ""},
      {"discharge_overtemperature", "max(cell.temperature)", true, "discharge_otp", "bms.alarm.battery_overtemperature",
       "discharge_gate", -1, "temperature_delay", ""},
      {"discharge_undertemperature", "min(cell.temperature)", false, "discharge_utp",
       "bms.alarm.battery_low_temperature", "discharge_gate", -1, "temperature_delay", ""},
      {"mos_overtemperature", "mos.temperature", true, "mos_otp", "bms.alarm.mos_overtemperature", "discharge_gate", 0,
       "temperature_delay", ""},
      {"box_overtemperature", "ntc[1].temperature", true, "box_otp", "bms.alarm.box_overtemperature", "discharge_gate",
       0, "temperature_delay", ""},
      {"power_off", "max(cell.voltage)", false, "power_off", "", "charge_gate", 0, "cell_uvp_delay", ""},
  };
  return rows;
}

std::string_view result_word(Result result) {
  switch (result) {
    case Result::pass:
      return "pass";
    case Result::conditional_pass:
      return "conditional_pass";
    case Result::conditional_fail:
      return "conditional_fail";
    case Result::fail:
      return "fail";
    case Result::error:
      return "error";
    case Result::not_run:
      return "not_run";
    case Result::not_applicable:
      return "not_applicable";
  }
  return "error";
}

}  // namespace rig::expect
