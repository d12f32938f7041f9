// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/math/parameter.hpp"

namespace models::ntc {

/// How a board reads its sensors and how they sit.
struct SensorParams {
  double divider_ohm = 10000;
  double time_constant_s = 12;
};

/// Every number of the sensors: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, SensorParams& p) {
  using P = math::Parameter;
  v(P{"divider", "ohm", 0, 1e7, false, "from the input to the converter's reference; the reading is ratiometric",
      "usual on controller boards", "", 0, true},
    p.divider_ohm);
  v(P{"time_constant", "s", 0, 3600, false, "of the bead: 5 to 30 s taped to a cell, 30 to 60 s potted", "our estimate",
      "", 0, true},
    p.time_constant_s);
}

/// The table of a sensor.
inline constexpr math::Choice curve_choice{"curve", "", "CSV with the columns temperature_degC, r_ohm", "", true};

}  // namespace models::ntc
