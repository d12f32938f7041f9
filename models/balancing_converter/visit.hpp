// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/balancing_converter/params.hpp"
#include "models/math/parameter.hpp"

namespace models::balancing_converter {

/// Every number of a converter: v(parameter, target).
template <class Visitor>
void visit(Visitor&& v, ConverterParams& p) {
  using P = math::Parameter;
  const char *const log = "log of a 2 A unit", *const reverse = "reverse engineering";
  v(P{"current", "A", 0.1, 20, false, "rated balance current", "model name"}, p.current_A);
  v(P{"store", "F", 0.1, 10e3, false, "capacitance of the store", reverse}, p.store_F);
  v(P{"store_max", "V", 0.1, 10, false, "full store; stops by itself 4 % above", log}, p.store_max_V);
  v(P{"store_min", "V", 0.01, 10, false, "empty store; stops by itself 10 % below", log}, p.store_min_V);
  v(P{"efficiency_in", "%", 0.01, 1, false, "cell to store, nominal leads included", log}, p.efficiency_in);
  v(P{"efficiency_out", "%", 0.01, 1, false, "store to cell, nominal leads included", log}, p.efficiency_out);
  v(P{"path_resistance", "ohm", 0, 10, false, "cell to store at full duty; 0 = no droop", log}, p.path_ohm);
  v(P{"boost_full", "V", 0, 10, false, "store voltage below which the current into the cell droops", log},
    p.boost_full_V);
  v(P{"output_max", "V", 1, 20, false, "voltage limit towards the cell", "estimate: range of the inputs"},
    p.output_max_V);
}

/// What may be wrong with it.
template <class Visitor>
void visit(Visitor&& v, ConverterFaults& p) {
  using P = math::Parameter;
  int cell = p.stuck_cell + 1;
  v(P{"stuck_on_cell", "", 1, 24, false, "a switch of the selector is welded: this cell is always connected; 0: none",
      "a fault"},
    cell);
  p.stuck_cell = cell - 1;
  v(P{"store_leak", "ohm", 0, 1e9, false, "across the store, a damaged capacitor; 0: none", "a fault", "", 0, true},
    p.store_leak_ohm);
}

}  // namespace models::balancing_converter
