// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "models/math/exact.hpp"
#include "models/math/table.hpp"

namespace models::cell {

/// One kind of lithium-ion cell. Resistances and time constants are given over temperature; between the rows ln R is
/// linear in 1/T (Arrhenius between neighbours), the time constants are linear in T; outside the rows the end values
/// hold.
struct CellParams {
  std::string name;
  double capacity_Ah = 0;                              // 0.01 … 10 000
  double coulombic_efficiency = 1;                     // of charging, 0.5 … 1
  math::Table ocv_V;                                   // open-circuit voltage over soc [1]
  math::Table dudt_V_per_K;                            // entropic coefficient over soc [1]; may be empty = 0
  math::Table r0_ohm, r1_ohm, tau1_s, r2_ohm, tau2_s;  // over temperature [degC]
  double heat_capacity_J_per_K = 0;                    // > 0
  double to_ambient_W_per_K = 0;                       // >= 0
  double to_neighbour_W_per_K = 0;                     // >= 0, to each neighbour in the row
};

/// Resistances and time constants at one temperature.
struct CellCircuit {
  double r0_ohm, r1_ohm, tau1_s, r2_ohm, tau2_s;
};

/// Parameters checked and tabulated on a fine temperature grid (0.1 K from -60 to 140 degC; relative error of R <
/// 1e-5).
class CellType {
 public:
  explicit CellType(CellParams params);  // throws std::invalid_argument: name, value, allowed range
  [[nodiscard]] const CellParams& params() const { return params_; }
  [[nodiscard]] CellCircuit circuit(double temperature_degC) const;
  [[nodiscard]] double ocv_V(double soc) const { return params_.ocv_V(soc); }

 private:
  CellParams params_;
  std::vector<CellCircuit> grid_;
};

/// Production spread of one cell.
struct CellSpread {
  double capacity = 1, resistance = 1;  // factors on the type's values
};

struct CellState {
  double soc = 0.5;           // 1; not clamped: beyond 0 and 1 the end slopes of the OCV table go on
  double v1_V = 0, v2_V = 0;  // voltages of the two RC pairs, charging positive
  double temperature_degC = 25;
};

/// Current into the cell during a step: i(x) = start + slope * x, charging positive.
struct Ramp {
  double start_A = 0, slope_A_per_s = 0;
};

/// What a cell exchanges heat with during a step: conductance-weighted mean temperature and sum of conductances.
struct Surroundings {
  double mean_degC = 25, conductance_W_per_K = 0;
};

/// A lithium-ion cell: open-circuit voltage behind R0 and two RC pairs, one thermal node.
///   v = ocv(soc) + v1 + v2 + R0(T) i           dvk/dt = (Rk(T) i - vk) / tauk(T)
///   dsoc/dt = eta i / (3600 Q)  (eta = coulombic efficiency while charging, 1 while discharging)
///   C dT/dt = R0 i^2 + v1^2/R1 + v2^2/R2 + i T dU/dT - sum G (T - T_env)
/// A step is exact for a current that is a ramp and for parameters at their mid-step temperature; the caller keeps
/// steps short against temperature changes. Current positive while charging. Valid -40 … 85 degC, |i| <= 10 C for
/// seconds. Source: docs/references.md (plett-2015 chapter 2; pybamm-thevenin for the heat terms).
class Cell {
 public:
  explicit Cell(std::shared_ptr<const CellType> type, CellSpread spread = {});

  [[nodiscard]] CellCircuit circuit(double temperature_degC) const;
  [[nodiscard]] double ocv_V(double soc) const { return type_->ocv_V(soc); }
  /// ocv + v1 + v2, what the cell shows without the drop over R0.
  [[nodiscard]] double inner_V(const CellState& s) const { return type_->ocv_V(s.soc) + s.v1_V + s.v2_V; }
  [[nodiscard]] double soc_per_As(double current_A) const { return current_A > 0 ? soc_per_As_charge_ : soc_per_As_; }
  /// Heat made inside, W, at current i.
  [[nodiscard]] double heat_W(const CellState& s, const CellCircuit& c, double current_A) const;

  /// State after `dt_s` of `ramp`; `c` are the parameters held during the step (mid-step temperature).
  [[nodiscard]] CellState advanced(const CellState& s, const CellCircuit& c, const Ramp& ramp, double dt_s,
                                   const Surroundings& env) const;

 private:
  struct Decay {  // e^-x of the last argument: steps repeat
    double x = 0, value = 1;
    double operator()(double argument) {
      if (argument != x) {
        x = argument;
        value = math::exp(-argument);
      }
      return value;
    }
  };
  std::shared_ptr<const CellType> type_;
  double resistance_, soc_per_As_, soc_per_As_charge_;
  mutable Decay decay1_, decay2_, decay_heat_;
};

}  // namespace models::cell
