// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "rig/cell_bench/profile.hpp"
#include "rig/cell_fit/chemistry.hpp"

namespace rig::cell_fit {

/// One constant current from full to empty or back, as it was measured: voltages under that current.
struct Branch {
  double current_A = 0;  // mean; negative: discharge
  double charge_Ah = 0;
  std::size_t first = 0, end = 0;  // rows of the file; the first is that at which the current began to flow
  std::vector<double> soc;         // increasing, 0 … 1, by counting; 101 knots and closer ones at both ends
  std::vector<double> voltage_V;
  [[nodiscard]] bool given() const { return !soc.empty(); }
};

/// A measurement of capacity: slowly from full to empty. A charge as well gives the hysteresis.
struct SlowRun {
  Branch discharge, charge;
  double capacity_Ah = 0;  // of the discharge, else of the charge times the coulombic efficiency
  double temperature_degC = 25;
  /// The one that the open-circuit voltage is taken from: the discharge when there is one.
  [[nodiscard]] const Branch& main() const { return discharge.given() ? discharge : charge; }
};

/// Takes the longest stretch of constant current in each direction. Throws Refusal when it is faster than C/5, does not
/// go from full to empty (judged by its first and last voltage: the chemistry's, or `limits`), has fewer than 100 rows,
/// or shows voltages that no cell of this kind has. A charge after a discharge in the same file begins where that
/// ended.
[[nodiscard]] SlowRun slow_run(const cell_bench::Profile& profile, const Chemistry& chemistry,
                               std::optional<double> temperature_degC, std::optional<Limits> limits = {});

/// The rows of the main branch.
[[nodiscard]] cell_bench::Profile main_stretch(const cell_bench::Profile& profile, const SlowRun& run);

}  // namespace rig::cell_fit
