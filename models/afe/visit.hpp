// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/afe/params.hpp"
#include "models/math/parameter.hpp"

namespace models::afe {

inline constexpr math::Choice bipolar_choice{"bipolar", "no|yes",
                                             "codes below zero too: lsb = full_scale / 2^(bits - 1)"};

/// Every number of a converter input: v(parameter, target). `unit` is that of what it measures: V, A or %.
template <class Visitor>
void visit(Visitor&& v, InputParams& p, const char* unit) {
  using P = math::Parameter;
  const char *const circuit = "the board", *const split = "our split of the +-5 mV of the manual";
  v(P{"full_scale", unit, 0, 1e6, true, "value of the highest code, one more", circuit, "", 0, true}, p.full_scale);
  v(P{"bits", "", 1, 24, true, "of the code, the sign of a bipolar one included", circuit}, p.bits);
  v(P{"offset_sigma", unit, 0, 1e6, false, "of the offset, drawn once a channel from the seed", split}, p.offset_sigma);
  v(P{"gain_sigma", "%", 0, 1, false, "of the gain, drawn once a channel from the seed", split}, p.gain_sigma);
  v(P{"noise_sigma", unit, 0, 1e6, false, "of the noise, drawn anew for each sample; may be given in LSB", split},
    p.noise_sigma);
  v(P{"offset", unit, -1e6, 1e6, false, "the same on every board", "a fault that was built in"}, p.offset);
  v(P{"gain_error", "%", -1, 1, false, "the same on every board", "a fault that was built in"}, p.gain_error);
  double ppm_per_K = 1e6 * p.drift_per_K;
  v(P{"drift", "ppm/K", 0, 1e5, false, "of the gain, from 25 degC, with the temperature of the MOSFET plate",
      "reports of inverter users: 50 ppm/K for a shunt"},
    ppm_per_K);
  p.drift_per_K = 1e-6 * ppm_per_K;
  v(P{"filter", "s", 0, 100, false, "time constant of the low-pass before the input; 0: none", circuit}, p.filter_s);
}

/// Every number of a scan.
template <class Visitor>
void visit(Visitor&& v, ScanParams& p) {
  using P = math::Parameter;
  v(P{"time_per_channel", "s", 0, 100, true, "slot of a channel; it is sampled at the end", "reverse engineering", "",
      0, true},
    p.time_per_channel_s);
  v(P{"settling", "s", 0, 100, false, "time constant of the multiplexer's output; 0: at once", "our estimate"},
    p.settling_s);
}

/// Every number of the sense leads.
template <class Visitor>
void visit(Visitor&& v, LeadParams& p) {
  using P = math::Parameter;
  v(P{"resistance", "ohm", 0, 10, false, "one lead, nominal; boards report 50 to 160 mohm",
      "wire self-test of the logged unit"},
    p.lead_ohm);
  v(P{"float_time", "s", 0, 100, false, "how an open lead's input drifts to what its neighbours make of it",
      "our estimate", "", 0, true},
    p.float_s);
}

/// What may befall a lead and a chain from some instant on.
inline constexpr math::Parameter corroded{
    "resistance", "ohm", 0, 1e6, false, "of this lead from now on: a corroded pin", "a fault"};
inline constexpr math::Parameter gain_fault{
    "gain_error", "%", -1, 1, false, "on top of what the channel has; 0 takes it away", "a fault"};

/// Every number of an MCP3208's bus.
template <class Visitor>
void visit(Visitor&& v, SpiParams& p) {
  v(math::Parameter{"clock", "Hz", 0, 1e8, false, "of the bus", "the board", "", 0, true}, p.clock_hz);
}

}  // namespace models::afe
