// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/math/parameter.hpp"
#include "models/pack/params.hpp"

namespace models::pack {

/// Every number of a pack file: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, WiringParams& p) {
  using P = math::Parameter;
  v(P{"busbar", "ohm", 0, 1, true, "of the link of one cell; counts once a cell", "measured, or 0.06 mohm"},
    p.busbar_ohm);
  v(P{"loop_inductance", "H", 0, 1e-2, false, "of pack, cables and board together", "our estimate: 1 uH a metre", "", 0,
      true},
    p.loop_inductance_H);
}

/// Every number of a board file that belongs to the loop: v(parameter, target). Those with a group that a board may
/// lack stand for a part that it then does not have.
template <class Visitor>
void visit(Visitor&& v, BoardParams& p) {
  using P = math::Parameter;
  const char *const manual = "JK user manual", *const estimate = "our estimate";
  v(P{"shunt", "ohm", 0, 1, false, "in the main path", "of 0.3 mohm in all", "", 0}, p.shunt_ohm);
  v(P{"copper", "ohm", 0, 1, false, "all else of the main path on the board", "of 0.3 mohm in all"}, p.copper_ohm);
  v(P{"comparator_level", "A", 0, 1e5, false, "magnitude of the port current at which the hardware comparator trips",
      "our estimate: twice the 350 A of the manual", "", 0, true},
    p.comparator_A);
  v(P{"heat_capacity", "J/K", 0, 1e6, false, "of the plate that carries the MOSFETs", estimate, "mos_thermal", 0, true},
    p.mos_heat_capacity_J_per_K);
  double to_ambient_K_per_W = 1 / p.mos_to_ambient_W_per_K;
  const double was = to_ambient_K_per_W;
  v(P{"to_ambient", "K/W", 0, 1e6, false, "from the plate to the air", estimate, "mos_thermal", 0, true},
    to_ambient_K_per_W);
  if (to_ambient_K_per_W != was) p.mos_to_ambient_W_per_K = 1 / to_ambient_K_per_W;
  v(P{"brown_out", "V", 0, 1000, false, "supply below which the controller is held in reset", manual, "supply", 0,
      true},
    p.brown_out_V);
  v(P{"brown_in", "V", 0, 1000, false, "supply above which it starts again, not below brown_out", manual, "supply", 0,
      true},
    p.brown_in_V);
  v(P{"current", "A", 0, 100, false, "what the board draws awake, from the whole pack", manual, "supply"},
    p.supply_current_A);
  double balancing_A = p.supply_current_A + p.balancing_extra_A;
  v(P{"balancing", "A", 0, 100, false, "the same while a cell is balanced; current when not said", manual, "supply"},
    balancing_A);
  p.balancing_extra_A = balancing_A - p.supply_current_A;
  v(P{"asleep", "A", 0, 100, false, "the same in sleep", manual, "supply"}, p.supply_asleep_A);
  v(P{"resistance", "ohm", 0, 1e6, true, "across the discharge bank, on a switch of its own", "the board", "precharge",
      0, true},
    p.precharge_ohm);
  v(P{"current", "A", 0, 1e4, true, "what it lets into the pack while the charge bank is off", "the board",
      "charge_limiter", 0, true},
    p.charge_limiter_A);
  v(P{"resistance", "ohm", 0, 1e6, true, "over the whole pack, on a MOSFET of its own; warms all cells alike",
      "the board", "heater", 0, true},
    p.heater_ohm);
}

}  // namespace models::pack
