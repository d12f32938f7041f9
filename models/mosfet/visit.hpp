// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/math/parameter.hpp"
#include "models/mosfet/bank.hpp"

namespace models::mosfet {

inline constexpr math::Choice bank_state_choice{
    "charge_bank", "healthy|stuck on|stuck off|one dead|slow gate|leaking",
    "from now on the bank conducts whatever the gate says (a fused channel); never "
    "conducts, "
    "its body diodes do (driver or gate lost); has one MOSFET less (a lifted bond wire); is slow by slow_factor (a "
    "high-ohmic gate path); lets leak pass when off (damaged oxide, dirt)"};

/// Every number of a bank: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, BankParams& p) {
  using P = math::Parameter;
  const char *const fet = "TI CSD18510KTT datasheet", *const estimate = "our estimate";
  v(P{"on_resistance", "ohm", 1e-7, 1, true, "whole bank at 25 degC", fet}, p.on_ohm);
  v(P{"diode_voltage", "V", 0.1, 3, false, "forward drop of the body diode at no current", estimate}, p.diode_V);
  v(P{"diode_resistance", "ohm", 1e-7, 1, false, "rise of that drop", estimate}, p.diode_ohm);
  v(P{"turn_on", "s", 0, 1, false, "gate pin high until the channel conducts", estimate}, p.turn_on_s);
  v(P{"turn_off_delay", "s", 0, 1, false, "gate pin low until the channel begins to open", estimate},
    p.turn_off_delay_s);
  v(P{"turn_off_fall", "s", 0, 1, false, "then the channel lets the current fall in this time", estimate},
    p.turn_off_fall_s);
  v(P{"breakdown", "V", 1, 2000, false, "avalanche clamp", "class voltage x 1.15"}, p.breakdown_V);
  v(P{"avalanche_rating", "J", 1e-6, 1e6, false, "of the whole bank; more is reported as destructive", fet},
    p.avalanche_rating_J);
  v(P{"parallel", "", 1, 100, false, "MOSFETs in the bank", estimate}, p.parallel);
  v(P{"junction_resistance", "K/W", 0, 1000, false, "junction to plate, of one MOSFET", fet}, p.junction_K_per_W);
  v(P{"junction_time", "s", 1e-6, 100, false, "time constant of that step", "transient impedance 0.07 K/W at 1 ms"},
    p.junction_time_s);
  v(P{"slow_factor", "", 1, 1e6, false, "fault slow gate: gate times are longer by it", estimate}, p.slow_factor);
  v(P{"leak", "ohm", 1e-3, 1e9, false, "fault leaking: across the bank when it is off", estimate}, p.leak_ohm);
}

}  // namespace models::mosfet
