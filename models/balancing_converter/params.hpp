// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace models::balancing_converter {

struct ConverterParams {
  double current_A = 2;  // rated; the PWM sets a share of it
  double store_F = 60;
  double store_max_V = 2.7, store_min_V = 1.0;
  double efficiency_in = 0.67,
         efficiency_out = 0.70;  // terminals of the cell to store and back, nominal leads included
  double path_ohm = 0.40;        // cell to store at full duty, nominal leads included; 0: the current never droops
  double boost_full_V = 1.45;    // store voltage from which the boost carries its current; 0: always
  double output_max_V = 5;       // the boost's voltage limit at the board's terminals
  double lead_ohm = 0.05;        // nominal, of one lead of the harness, 0 … 10
};

struct ConverterFaults {
  int stuck_cell = -1;  // selector_stuck: a switch of the selector is welded; this cell (from 0) is always connected
  double store_leak_ohm = 0;  // leaking_store: a damaged capacitor; across the store, 0 = none
};

}  // namespace models::balancing_converter
