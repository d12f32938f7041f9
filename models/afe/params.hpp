// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::afe {

/// One converter input, see AdcChannel. Keys, ranges, meaning: visit.hpp.
struct AdcParams {
  double full_scale = 0;  // > 0, in the unit of the value
  int bits = 12;
  bool bipolar = false;
  double offset_sigma = 0, gain_sigma = 0, noise_sigma = 0;  // unit of the value, 1, unit of the value
  double offset = 0, gain_error = 0;                         // the same on every board: unit of the value, 1
  double drift_per_K = 0;                                    // of the gain, from 25 degC; a shunt's +50e-6
};

/// A converter input and the low-pass before it.
struct InputParams : AdcParams {
  double filter_s = 0;  // time constant, 0 = none
};

/// The multiplexer of a scan.
struct ScanParams {
  double time_per_channel_s = 0.008;
  double settling_s = 0;  // time constant of its output, 0 = at once
};

/// The harness of sense leads.
struct LeadParams {
  double lead_ohm = 0.05;  // nominal, of one lead
  double float_s = 0.2;    // time constant of the input of a lead that is open
};

/// The MCP3208's bus.
struct SpiParams {
  double clock_hz = 1e6;
};

}  // namespace models::afe
