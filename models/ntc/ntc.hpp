// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>
#include <vector>

#include "models/math/table.hpp"

namespace models::ntc {

/// A thermistor behind a divider: NTC to ground, `divider_ohm` to the converter's reference.
///   code ratio = R / (R + divider)        R(T): ln R linear in 1/T between the rows of the curve
/// Tabulated on a 0.25 K grid from -60 to 150 degC (error of R below 1e-4). Source of curves: scenarios/data.
class Ntc {
 public:
  /// Throws std::invalid_argument when the curve has fewer than two rows or a resistance <= 0.
  Ntc(const std::vector<double>& temperature_degC, const std::vector<double>& r_ohm, double divider_ohm);
  [[nodiscard]] double resistance_ohm(double temperature_degC) const { return resistance_(temperature_degC); }
  /// Share of the reference at the input, 0 … 1.
  [[nodiscard]] double ratio(double temperature_degC) const {
    const double r = resistance_ohm(temperature_degC);
    return r / (r + divider_ohm_);
  }

 private:
  math::Table resistance_;
  double divider_ohm_;
};

/// The bead follows its place with one time constant: dTs/dt = (T - Ts) / tau, exact while T goes evenly from
/// `place_degC` to place_degC + rise_K in dt_s. `left` = e^(-dt / tau).
[[nodiscard]] inline double bead_advanced(double bead_degC, double place_degC, double rise_K, double dt_s,
                                          double time_constant_s, double left) {
  const double lag = dt_s > 0 ? rise_K / dt_s * time_constant_s : 0;  // behind a place that warms evenly
  return place_degC + rise_K - lag + (bead_degC - place_degC + lag) * left;
}

}  // namespace models::ntc
