// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/cell/params.hpp"
#include "models/math/parameter.hpp"

namespace models::cell {

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

inline constexpr math::Choice over_temperature_choice{"over_temperature", "arrhenius|linear",
                                                      "resistances between rows: ln R linear in 1/T, or R linear in T"};
inline constexpr math::Choice shifts_voltage_choice{
    "shifts_voltage", "no|yes", "the voltage follows (T - reference) dU/dT, not only the heat i T dU/dT", "entropy"};
inline constexpr math::Choice rc_heat_choice{
    "rc", "resistor|inflow", "heat of an RC pair: v^2/R of its resistor, or all that flows in, as PyBaMM counts",
    "heat"};

/// Beyond 0 and 100 %, when the table's own end slopes shall not go on.
inline constexpr math::Parameter end_slopes[] = {
    {"below", "V", 0, 1000, true, "per unit of state of charge below 0 %", "measured", "end_slopes", 0, true},
    {"above", "V", 0, 1000, true, "per unit of state of charge above 100 %", "measured", "end_slopes", 0, true}};

/// Every number of a cell file: v(parameter, target). Reader, `cellrig explain cell` and the checks use this list.
/// Targets are a double, or a Lattice that is then the same everywhere.
template <class Visitor>
void visit(Visitor&& v, CellParams& p) {
  using P = math::Parameter;
  const char* const product = "datasheet or measured";
  v(P{"capacity", "Ah", 0.01, 1e4, true, "charge between empty and full at 25 degC", product}, p.capacity_Ah);
  v(P{"coulombic_efficiency", "%", 0.5, 1, false, "part of the charging current that is stored",
      "plant-physics 1.4: LFP 99.9 %, NMC 99.85 %"},
    p.coulombic_efficiency);
  v(P{"rate", "", 0, 1000, false, "the branch changes by 63 % within capacity / rate",
      "A123 fit: 20 at 15 to 35 degC, 5 when colder", "hysteresis", 20},
    p.hysteresis_rate);
  v(P{"reference", "degC", -40, 85, false, "temperature for which the OCV was measured", "convention", "entropy"},
    p.reference_degC);
  v(P{"per_month", "%", 0, 1, false, "part of the capacity lost in 30 days at 20 degC and 20 % state of charge",
      "IEST leakage current of a 100 Ah prismatic: 0.1 %", "self_discharge"},
    p.self_discharge_per_month);
  v(P{"soc_slope", "", 0, 100, false, "factor 1 + slope (soc - 20 %)", "IEST", "self_discharge"},
    p.self_discharge_soc_slope);
  v(P{"activation", "K", 0, 20000, false, "activation energy over the gas constant", "39 kJ/mol, fit to IEST",
      "self_discharge"},
    p.self_discharge_activation_K);
  v(P{"capacity", "J/K", 0, 1e7, true, "of the core, or of the whole cell when it has one node",
      "mass times specific heat, about 1000 J/kgK", "heat", 0, true},
    p.heat_capacity_J_per_K);
  v(P{"to_ambient", "W/K", 0, 1e5, true, "from the surface to the air", product, "heat"}, p.to_ambient_W_per_K);
  v(P{"to_neighbour", "W/K", 0, 1e5, false, "between the surfaces of neighbours in the row", product, "heat"},
    p.to_neighbour_W_per_K);
  v(P{"surface_capacity", "J/K", 0, 1e7, false, "of the surface node; 0: one node", "15 % of the whole", "heat"},
    p.surface_heat_capacity_J_per_K);
  v(P{"core_to_surface", "W/K", 0, 1e5, false, "between the two nodes",
      "26650: 0.33 W/K, 280 Ah prismatic: 2 W/K (estimates)", "heat"},
    p.core_to_surface_W_per_K);
  v(P{"runaway", "degC", 50, 900, false,
      "core temperature from which a thermal runaway is reported, nothing beyond is modelled; absent: not watched",
      "the cell's abuse tests", "heat"},
    p.runaway_degC);
}

/// Every number of `spread:` in a pack file: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, SpreadParams& p) {
  using P = math::Parameter;
  const char* const lot = "grading of a lot: capacity 0.5 to 2 %, resistance 2 to 10 %";
  v(P{"capacity", "%", 0, 0.3, false, "standard deviation, normal, nothing beyond three of it", lot, "spread"},
    p.capacity);
  v(P{"resistance", "%", 0, 0.3, false, "the same of R0, R1 and R2 together", lot, "spread"}, p.resistance);
  v(P{"self_discharge", "%", 0, 0.3, false, "the same of the self-discharge", "our estimate: 20 %", "spread"},
    p.self_discharge);
}

/// Every number of `cell[n]:` in a pack file; what is given wins over the spread.
template <class Visitor>
void visit(Visitor&& v, CellSpread& p) {
  using P = math::Parameter;
  v(P{"capacity", "%", 0, 10, false, "of the type's", "measured", "cell[n]", 0, true}, p.capacity);
  v(P{"resistance", "%", 0, 100, false, "R0, R1 and R2, of the type's", "measured", "cell[n]", 0, true}, p.resistance);
  v(P{"self_discharge", "%", 0, 1000, false, "of the type's", "measured", "cell[n]", 0, true}, p.self_discharge);
}

inline constexpr math::Choice open_weld_choice{"open_weld", "off|on",
                                               "the link to the string has broken: no current passes the pack"};
inline constexpr math::Choice reversed_choice{"reversed", "off|on",
                                              "built in the wrong way round: its voltage counts against the others"};

/// Every number of the action `cell[n]:`, what goes wrong in a cell.
template <class Visitor>
void visit(Visitor&& v, CellFaults& p) {
  using P = math::Parameter;
  v(P{"internal_short", "ohm", 0, 1e6, false, "dendrite or debris bridges the electrodes; off: none", "a fault", "", 0,
      true},
    p.internal_short_ohm);
  double loss = 1 - p.capacity_factor, growth = p.resistance_factor - 1;
  v(P{"capacity_loss", "%", 0, 0.99, false, "active material lost, of the cell's capacity; the state of charge stays",
      "a fault"},
    loss);
  v(P{"resistance_growth", "%", 0, 100, false, "dried electrolyte, aged contact: more of R0, R1 and R2", "a fault"},
    growth);
  p.capacity_factor = 1 - loss;
  p.resistance_factor = 1 + growth;
}

}  // namespace models::cell
