// SPDX-License-Identifier: Apache-2.0
#include "models/cell/row.hpp"

#include <gtest/gtest.h>

#include "tests/models/cell/cells.hpp"

namespace models::cell {
namespace {

/// The slope changes at 0.4, 0.7 and 0.9.
CellType of_few_pieces() {
  CellParams p;
  p.name = "row";
  p.capacity_Ah = 10;
  p.ocv_V = {{0, 0.4, 0.7, 0.9, 1}, {2.5, 3.2, 3.3, 3.5, 4.2}};
  p.r0_ohm = 1e-3;
  p.r1_ohm = 1e-3;
  p.tau1_s = 20;
  p.r2_ohm = 1e-3;
  p.tau2_s = 500;
  p.heat_capacity_J_per_K = 100;
  return CellType(p);
}

/// The first piece that a cell finds, and each one that it comes to from any other.
TEST(Row, SumsTheOpenCircuitVoltageWhereverItStarts) {
  const CellType type = of_few_pieces();
  const double places[] = {-0.05, 0, 0.1, 0.39, 0.4, 0.5, 0.8, 0.95, 1.02};
  for (const double from : places) {
    for (const double to : places) {
      Row row(type, std::vector<CellSpread>(3));
      std::array<CellState, Row::most> state{};
      for (const double soc : {from, to}) {
        for (std::size_t k = 0; k < 3; ++k) state[k].soc = soc;
        row.start(state);
        EXPECT_NEAR(row.start_inner_V(), 3 * type.ocv_V(soc), 1e-12) << "from " << from << " to " << soc;
      }
    }
  }
}

}  // namespace
}  // namespace models::cell
