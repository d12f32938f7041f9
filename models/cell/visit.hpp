// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/cell/params.hpp"

namespace models::cell {

/// One number of a cell file: where it stands (group "" is the top), unit ("" none, "%" a ratio), range, default,
/// meaning and source. `required`: there is no default.
struct Parameter {
  const char *group, *key, *unit;
  double low, high;
  bool open;  // low itself is not allowed
  bool required;
  double standard;
  const char *meaning, *source;
};

/// A table of a cell file and the columns it may have.
struct ParameterTable {
  const char *group, *key, *columns, *meaning;
};

inline constexpr ParameterTable parameter_tables[] = {
    {"", "ocv", "soc, ocv_V, [hysteresis_V], [dudt_V_per_K]",
     "open-circuit voltage, half the gap between its branches, entropic coefficient; all over state of charge"},
    {"", "resistances",
     "[soc], [temperature_degC], [current_A], r0_ohm, r1_ohm, tau1_s or c1_F, r2_ohm, tau2_s or c2_F, "
     "[capacity_Ah, coulombic_efficiency, hysteresis_rate]",
     "the circuit on a full grid of the axes that are there; the columns in the second bracket need a table over "
     "temperature alone"},
    {"entropy", "table", "soc, [temperature_degC], dudt_V_per_K",
     "entropic coefficient over state of charge and temperature, in place of the column of ocv"},
};

/// Every number of a cell file: v(parameter, target). Reader, `cellrig explain cell` and the checks use this list.
/// Targets are a double, or a Lattice that is then the same everywhere.
template <class Visitor>
void visit(Visitor&& v, CellParams& p) {
  const char* const product = "datasheet or measured";
  v(Parameter{"", "capacity", "Ah", 0.01, 1e4, false, true, 0, "charge between empty and full at 25 degC", product},
    p.capacity_Ah);
  v(Parameter{"", "coulombic_efficiency", "%", 0.5, 1, false, false, 1, "part of the charging current that is stored",
              "plant-physics 1.4: LFP 99.9 %, NMC 99.85 %"},
    p.coulombic_efficiency);
  v(Parameter{"hysteresis", "rate", "", 0, 1000, false, false, 20, "the branch changes by 63 % within capacity / rate",
              "A123 fit: 20 at 15 to 35 degC, 5 when colder"},
    p.hysteresis_rate);
  v(Parameter{"entropy", "reference", "degC", -40, 85, false, false, 25, "temperature for which the OCV was measured",
              "convention"},
    p.reference_degC);
  v(Parameter{"self_discharge", "per_month", "%", 0, 1, false, false, 0,
              "part of the capacity lost in 30 days at 20 degC and 20 % state of charge",
              "IEST leakage current of a 100 Ah prismatic: 0.1 %"},
    p.self_discharge_per_month);
  v(Parameter{"self_discharge", "soc_slope", "", 0, 100, false, false, 1.66, "factor 1 + slope (soc - 20 %)", "IEST"},
    p.self_discharge_soc_slope);
  v(Parameter{"self_discharge", "activation", "K", 0, 20000, false, false, 4690,
              "activation energy over the gas constant", "39 kJ/mol, fit to IEST"},
    p.self_discharge_activation_K);
  v(Parameter{"heat", "capacity", "J/K", 0, 1e7, true, true, 0,
              "of the core, or of the whole cell when it has one node", "mass times specific heat, about 1000 J/kgK"},
    p.heat_capacity_J_per_K);
  v(Parameter{"heat", "to_ambient", "W/K", 0, 1e5, false, true, 0, "from the surface to the air", product},
    p.to_ambient_W_per_K);
  v(Parameter{"heat", "to_neighbour", "W/K", 0, 1e5, false, false, 0, "between the surfaces of neighbours in the row",
              product},
    p.to_neighbour_W_per_K);
  v(Parameter{"heat", "surface_capacity", "J/K", 0, 1e7, false, false, 0, "of the surface node; 0: one node",
              "15 % of the whole"},
    p.surface_heat_capacity_J_per_K);
  v(Parameter{"heat", "core_to_surface", "W/K", 0, 1e5, false, false, 0, "between the two nodes",
              "26650: 0.33 W/K, 280 Ah prismatic: 2 W/K (estimates)"},
    p.core_to_surface_W_per_K);
  v(Parameter{"heat", "runaway", "degC", 50, 1000, false, false, 1000,
              "core temperature from which a thermal runaway is reported; nothing beyond it is modelled",
              "the cell's abuse tests"},
    p.runaway_degC);
}

}  // namespace models::cell
