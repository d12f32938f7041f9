// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "rig/cell_bench/profile.hpp"
#include "rig/cell_bench/replay.hpp"
#include "rig/cell_fit/circuit.hpp"

namespace rig::cell_fit {

struct PulseTest {
  cell_bench::Profile profile;
  std::optional<double> start_soc;  // absent: fitted
  double temperature_degC = 25;
};

/// How much is believed. The values were chosen by what predicts data that was not fitted (docs/models/cell.md).
struct Weights {
  double volts_V = 3e-3;       // an error of the model's voltage that is no surprise
  double slow_V = 3e-3;        // the same along the slow run, at each of its about 110 knots
  double correction_V = 2e-3;  // of the OCV, at each knot of the circuit
  double shift = 0.002;        // of the OCV along the state of charge, from knot to knot
  double smooth_r0 = 0.2;      // ln R0 from one knot to the next
  double smooth_fast = 0.1;    // ln R1, ln tau1
  double smooth_slow = 0.05;   // ln R2, ln tau2
  double share = 0.3;          // rows or decades of time, see thinned()
  int most_iterations = 200;
};

/// A time constant that ran to the end of what it may be is known to be no smaller, or no larger.
enum class Bound { none, least, most };

/// The circuit at one temperature, at each knot of soc.
struct Estimate {
  double temperature_degC = 25;
  std::array<std::vector<double>, quantities> value;        // ohm, s
  std::array<std::vector<double>, quantities> relative_sd;  // from the data alone; above 1: rests on the neighbours
  std::array<std::vector<Bound>, quantities> at_bound;
};

struct Solution {
  cell_bench::Held held = cell_bench::Held::before;
  std::vector<double> soc;  // knots of the circuit
  std::vector<Estimate> groups;
  std::vector<double> ocv_soc, ocv_V, hysteresis_V;  // hysteresis: empty without both branches
  std::vector<double> slow_error_V;                  // at `soc`: model less measured along the slow run
  std::vector<double> start_soc;                     // of each test
  double cost = 0;                                   // weighted squares of the data
};

/// Fits OCV, R0 and two pairs to all tests at once. Tests within 2 K share a circuit; where there are several circuits,
/// each row has the temperature that the real cell with the last solution reaches there (two more rounds). Throws
/// Refusal when a start takes a test out of the table, fewer than three levels lie in it, or the solver does not
/// converge.
[[nodiscard]] Solution solve(const std::vector<PulseTest>& tests, const SlowRun& slow, const Chemistry& chemistry,
                             const Weights& weights);

}  // namespace rig::cell_fit
