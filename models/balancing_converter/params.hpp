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
  double lead_ohm = 0.05;        // nominal, of one lead

  /// v(name, member, unit, lowest, highest, meaning, source) for each parameter; defaults are the members' own.
  template <class Params, class Visit>
  static void visit(Params& p, Visit&& v) {
    constexpr auto log = "log of a 2 A unit", reverse = "reverse engineering";
    v("current", p.current_A, "A", 0.1, 20.0, "rated balance current", "model name");
    v("store", p.store_F, "F", 0.1, 10e3, "capacitance of the store", reverse);
    v("store_max", p.store_max_V, "V", 0.1, 10.0, "full store; stops by itself 4 % above", log);
    v("store_min", p.store_min_V, "V", 0.01, 10.0, "empty store; stops by itself 10 % below", log);
    v("efficiency_in", p.efficiency_in, "1", 0.01, 1.0, "cell to store, nominal leads included", log);
    v("efficiency_out", p.efficiency_out, "1", 0.01, 1.0, "store to cell, nominal leads included", log);
    v("path_resistance", p.path_ohm, "ohm", 0.0, 10.0, "cell to store at full duty; 0 = no droop", log);
    v("boost_full", p.boost_full_V, "V", 0.0, 10.0, "store voltage below which the current into the cell droops", log);
    v("output_max", p.output_max_V, "V", 1.0, 20.0, "voltage limit towards the cell", "estimate: range of the inputs");
    v("lead_resistance", p.lead_ohm, "ohm", 0.0, 10.0, "one lead of the harness, nominal",
      "wire self-test of the unit");
  }
};

struct ConverterFaults {
  int stuck_cell = -1;  // selector_stuck: a switch of the selector is welded; this cell (from 0) is always connected
  double store_leak_ohm = 0;  // leaking_store: a damaged capacitor; across the store, 0 = none
};

}  // namespace models::balancing_converter
