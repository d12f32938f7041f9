// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/cell/params.hpp"
#include "rig/cell_bench/profile.hpp"

/// Measurements of a cell that is known: the real model (models/cell), 4 Ah, driven as a laboratory would.
namespace rig::cell_fit::synthetic {

/// OCV 3.0 to 4.2 V, bent; R0 25, R1 10 mohm (tau 8 s), R2 15 mohm (tau 400 s), all a third larger when empty.
[[nodiscard]] models::cell::CellParams truth();

/// The same with a twentieth of the resistances: what a creeping current says of them drowns in 3 mV.
[[nodiscard]] models::cell::CellParams truth_of_low_resistance();

/// The same with resistances that are twice as large at 5 degC as at 25 degC; it warms itself.
[[nodiscard]] models::cell::CellParams truth_over_temperature();

/// 10 s pulses of 1 C and -1 C at ten or fewer levels, with 360 s at -1 C and a rest of 1800 s in between; from
/// `start_soc` on.
[[nodiscard]] cell_bench::Profile pulses(const models::cell::CellParams& cell, double start_soc, double rest_s = 1800,
                                         double row_s = 1, double degC = 25, int levels = 10);

/// Four levels of those, and then down to 5 % at C/200 without a step.
[[nodiscard]] cell_bench::Profile pulses_then_creep(const models::cell::CellParams& cell);

/// From full to empty at the current, a row every `row_s`; and then back, after an hour.
[[nodiscard]] cell_bench::Profile slow_discharge(const models::cell::CellParams& cell, double current_A = -0.2,
                                                 double row_s = 10);
[[nodiscard]] cell_bench::Profile slow_round_trip(const models::cell::CellParams& cell);

/// A drive from 80 to 30 %: steps of -3 … +1.5 A, 1 to 20 s long, always the same.
[[nodiscard]] cell_bench::Profile drive_cycle(const models::cell::CellParams& cell);

}  // namespace rig::cell_fit::synthetic
