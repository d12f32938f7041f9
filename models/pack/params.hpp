// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::pack {

/// What joins the cells and leads to the board.
struct WiringParams {
  double busbar_ohm = 0;  // each cell adds one link
  double loop_inductance_H = 2e-6;
};

/// The parts of the board that the current of the pack sees. Keys, ranges, meaning: visit.hpp.
struct BoardParams {
  double shunt_ohm = 80e-6, copper_ohm = 40e-6;
  double comparator_A = 700;  // |port current| at which the comparator trips; releases at 95 % of it
  double mos_heat_capacity_J_per_K = 150, mos_to_ambient_W_per_K = 0.33;
  double brown_out_V = 8, brown_in_V = 9.5;  // supply supervisor
  // the BMS's own consumption, from the whole pack while it is supplied: awake, more while balancing, asleep
  double supply_current_A = 0.02, balancing_extra_A = 0, supply_asleep_A = 0.5e-3;
  double precharge_ohm = 0;     // across the discharge bank on a switch of its own; 0 = none
  double charge_limiter_A = 0;  // beside the charge bank: carries so much while the bank is off; 0 = none
  double heater_ohm = 0;        // over the whole pack on a MOSFET of its own, warms all cells alike; 0 = none
};

}  // namespace models::pack
