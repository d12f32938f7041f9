// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "models/cell/lattice.hpp"
#include "models/math/table.hpp"

namespace models::cell {

/// What a resistor-capacitor pair turns into heat: its resistor's v^2/R, the rest being stored and given back, or all
/// that flows in at once, i v (as PyBaMM's Thevenin model counts; equal once the pair has settled).
enum class RcHeat { resistor, inflow };

/// One kind of lithium-ion cell. Every quantity of the circuit may depend on state of charge, temperature and current.
struct CellParams {
  std::string name;
  Lattice capacity_Ah = 0;           // over temperature; 0.01 … 10 000
  Lattice coulombic_efficiency = 1;  // of charging, over temperature; 0.5 … 1

  math::Table ocv_V;            // open-circuit voltage over soc [1], continued with the end slopes
  Lattice hysteresis_V;         // half the gap between the branches after charging and discharging, over soc; >= 0
  Lattice hysteresis_rate;      // over temperature: the branch changes by 63 % within capacity / rate; 0 … 1000
  Lattice dudt_V_per_K;         // entropic coefficient over soc and temperature; linear and going on outside in T
  double reference_degC = 25;   // temperature of ocv_V
  bool entropic_shift = false;  // does the voltage follow (T - reference) dU/dT, or only the heat i T dU/dT?

  Lattice r0_ohm, r1_ohm, r2_ohm;  // >= 0
  Lattice tau1_s, tau2_s;          // > 0
  Lattice c1_F, c2_F;              // in place of a time constant: tau = r c after interpolation
  OverTemperature over_temperature = OverTemperature::arrhenius;  // of the resistances; all else is linear in T

  double self_discharge_per_month = 0;        // part of the capacity in 30 days at 20 degC and 20 % soc; 0 … 1
  double self_discharge_soc_slope = 1.66;     // factor 1 + slope (soc - 0.2), never below 0
  double self_discharge_activation_K = 4690;  // factor e^(a (1/293.15 K - 1/T)); 39 kJ/mol / R

  double heat_capacity_J_per_K = 0;          // of the core, or of all when there is no surface node; > 0
  double surface_heat_capacity_J_per_K = 0;  // 0: one node
  double core_to_surface_W_per_K = 0;        // > 0 when there is a surface node
  double to_ambient_W_per_K = 0;             // from the surface; >= 0
  double to_neighbour_W_per_K = 0;           // surface to surface, to each neighbour in the row; >= 0
  RcHeat rc_heat = RcHeat::resistor;
  double runaway_degC = 1000;  // a core above it is reported, nothing beyond it is modelled; 1000: not watched
};

/// Production spread of one cell: factors on the type's values.
struct CellSpread {
  double capacity = 1, resistance = 1, self_discharge = 1;
};

/// Standard deviations of those factors in a production lot, 0 … 0.3; spread.hpp draws from them.
struct SpreadParams {
  double capacity = 0, resistance = 0, self_discharge = 0;
};

/// What may go wrong inside one cell; each may be there together with others and from any instant on.
struct CellFaults {
  double internal_short_ohm = 0;  // dendrite or debris bridges the electrodes: a resistor from the node behind R0 to
                                  // minus; 0 = none
  double capacity_factor = 1;     // active material lost: what is left of the capacity; soc stays
  double resistance_factor = 1;   // dried electrolyte, aged contact: factor on R0, R1, R2
  bool open_weld = false;         // the cell's link to the string has broken: no loop current flows
  bool reversed = false;          // built in the wrong way round: its voltage counts against the others
};

}  // namespace models::cell
