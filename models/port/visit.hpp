// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/math/parameter.hpp"
#include "models/port/port.hpp"

namespace models::port {

inline constexpr math::Choice polarity_choice{"polarity", "normal|reversed", "how the charger is connected"};
inline constexpr math::Choice positive_choice{"positive", "charge|discharge",
                                              "what a positive current of the file does", "", true};
inline constexpr math::Choice interpolation_choice{"interpolation", "held|linear",
                                                   "the current between two rows of the file"};

/// Every number of a device on the port: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, Charger& p) {
  using P = math::Parameter;
  v(P{"current", "A", 0, 1e5, true, "limit of the current; may be a C rate", "the charger"}, p.current_A);
  v(P{"voltage", "V", 1e-3, 1000, true, "limit of the voltage", "the charger"}, p.voltage_V);
  v(P{"resistance", "ohm", 0, 1000, false, "behind the voltage, leads included", "our estimate"}, p.resistance_ohm);
  v(P{"ramp", "A/s", 0, 1e9, false, "soft start; 0: the full current at once", "the charger"}, p.ramp_A_per_s);
  v(P{"ripple", "A", 0, 1e5, false, "amplitude of a sinusoid on the current, at most the current", "the charger"},
    p.ripple_A);
  v(P{"ripple_frequency", "Hz", 1, 1e6, false, "twice the mains frequency", "50 Hz mains"}, p.ripple_Hz);
}

template <class Visitor>
void visit(Visitor&& v, Inverter& p) {
  using P = math::Parameter;
  v(P{"power", "W", 0, 1e6, true, "drawn from the link", "the inverter"}, p.power_W);
  v(P{"capacitance", "F", 1e-6, 10, false, "of the DC link", "our estimate: 2 mF for a 1 kW inverter"},
    p.capacitance_F);
  v(P{"series_resistance", "ohm", 1e-5, 1000, false, "of the capacitor and its leads", "our estimate"}, p.series_ohm);
  v(P{"ripple", "%", 0, 1, false, "share of the current that swings at twice the mains frequency", "up to 100 %"},
    p.ripple);
  v(P{"ripple_frequency", "Hz", 1, 1e6, false, "twice the mains frequency", "50 Hz mains"}, p.ripple_Hz);
  v(P{"minimum_voltage", "V", 0.5, 1000, false, "below it the power fades out", "under-voltage lock-out, estimate"},
    p.minimum_V);
}

/// How the inverter stands when it is connected.
struct InverterStart {
  double link_V = 0, start_after_s = 1;
};
template <class Visitor>
void visit(Visitor&& v, InverterStart& p) {
  using P = math::Parameter;
  v(P{"link_voltage", "V", 0, 1000, false, "of the DC link when it is connected; 0: empty, so an inrush follows",
      "the inverter"},
    p.link_V);
  v(P{"start_after", "s", 0, 3.6e6, false, "it draws its power so long after it was connected", "our estimate"},
    p.start_after_s);
}

/// One of the three is due.
template <class Visitor>
void visit(Visitor&& v, Load& p) {
  using P = math::Parameter;
  v(P{"current", "A", 0, 1e5, false, "drawn whatever the voltage; may be a C rate", "the load"}, p.current_A);
  v(P{"resistance", "ohm", 0, 1e6, false, "across the port", "the load", "", 0, true}, p.resistance_ohm);
  v(P{"power", "W", 0, 1e6, false, "drawn whatever the voltage", "the load"}, p.power_W);
}

template <class Visitor>
void visit(Visitor&& v, Short& p) {
  using P = math::Parameter;
  v(P{"resistance", "ohm", 0, 1e6, true, "across the port", "the fault"}, p.resistance_ohm);
  v(P{"inductance", "H", 0, 1, false, "adds to that of the pack's loop", "the fault"}, p.inductance_H);
}

template <class Visitor>
void visit(Visitor&& v, Motor& p) {
  using P = math::Parameter;
  v(P{"current", "A", 0, 1e5, true, "drawn while driving; may be a C rate", "the drive"}, p.current_A);
  v(P{"regeneration", "A", 0, 1e5, true, "given back while braking", "the drive"}, p.regeneration_A);
  v(P{"drive", "s", 1e-3, 3.6e6, false, "how long it drives", "the drive"}, p.drive_s);
  v(P{"brake", "s", 1e-3, 3.6e6, false, "how long it brakes, then it drives again", "the drive"}, p.brake_s);
  v(P{"voltage", "V", 1, 1000, false, "at which its brake chopper takes over", "our estimate"}, p.voltage_V);
}

}  // namespace models::port
