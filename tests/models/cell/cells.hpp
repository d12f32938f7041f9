// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <vector>

#include "models/cell/cell.hpp"

namespace tests {

using models::cell::Cell;
using models::cell::CellEnergy;
using models::cell::CellFaults;
using models::cell::CellParams;
using models::cell::CellState;
using models::cell::CellType;
using models::cell::Ramp;
using models::cell::Surroundings;

/// A123 26650: resistances over temperature from its fit (shared table ecm_lfp_a123_const.csv), coarse OCV.
inline CellParams a123() {
  CellParams p;
  p.name = "A123";
  p.capacity_Ah = {{5, 25, 45}, {2.0702, 2.0726, 2.0718}};
  p.coulombic_efficiency = {{5, 25, 45}, {0.9974, 0.9962, 0.994}};
  p.ocv_V = {{0, 0.02, 0.1, 0.2, 0.3, 0.6, 0.7, 0.9, 0.99, 1},
             {2.15, 2.81, 3.17, 3.23, 3.27, 3.30, 3.33, 3.335, 3.35, 3.53}};
  p.hysteresis_V = models::cell::Lattice::over_soc({0, 0.1, 0.3, 0.5, 1}, {0.05, 0.0096, 0.0155, 0.0059, 0.013});
  p.hysteresis_rate = {{5, 15}, {5, 20}};
  p.dudt_V_per_K = models::cell::Lattice::over_soc({0, 0.3, 0.4, 1}, {-4.9e-4, -4e-5, 1.2e-4, 1e-4});
  p.entropic_shift = true;
  p.r0_ohm = {{-5, 5, 15, 25, 35, 45}, {0.0311612, 0.0188125, 0.0132664, 0.0104999, 0.00895791, 0.00803348}};
  p.r1_ohm = {{-5, 5, 15, 25, 35, 45}, {0.0306791, 0.0201914, 0.013805, 0.00958217, 0.0068351, 0.00593186}};
  p.tau1_s = {{-5, 5, 15, 25, 35, 45}, {30, 30, 25, 20, 15, 15}};
  p.r2_ohm = {{-5, 5, 15, 25, 35, 45}, {0.155891, 0.117072, 0.0877795, 0.0781144, 0.0657401, 0.0463754}};
  p.tau2_s = 1000;
  p.heat_capacity_J_per_K = 60;
  p.surface_heat_capacity_J_per_K = 10;
  p.core_to_surface_W_per_K = 0.33;
  p.to_ambient_W_per_K = 0.096;
  return p;
}

/// LG M50 class: every quantity of the circuit over soc, temperature and current, with corners.
inline CellParams lg_m50() {
  CellParams p;
  p.name = "LG";
  p.capacity_Ah = 4.85;
  p.coulombic_efficiency = 0.9985;
  p.ocv_V = {{0, 0.05, 0.2, 0.5, 0.8, 1}, {2.87, 3.2, 3.465, 3.694, 4.001, 4.175}};
  p.dudt_V_per_K = models::cell::Lattice::grid({{0, 0.5, 1}, {0, 40}, {0}}, {-3e-4, 1e-4, 2e-4, -2e-4, 2e-4, 1e-4});
  const std::vector<double> soc{0, 0.1, 0.25, 0.5, 0.75, 1}, degC{0, 25, 45}, amps{-10, 0, 10};
  const auto grid = [&](double at_25) {
    std::vector<double> y;
    for (const double i : amps) {
      for (const double t : degC) {
        for (const double s : soc) {
          const double low = s < 0.3 ? 1 + 6 * (0.3 - s) : 1;
          y.push_back(at_25 * low * (t < 1 ? 2.5 : t < 30 ? 1 : 0.7) * (1 - 0.01 * (i < 0 ? -i : i)));
        }
      }
    }
    return models::cell::Lattice::grid({soc, degC, amps}, y);
  };
  p.r0_ohm = grid(0.022);
  p.r1_ohm = grid(0.012);
  p.r2_ohm = grid(0.02);
  p.tau1_s = grid(8);
  p.tau2_s = grid(240);
  p.heat_capacity_J_per_K = 69;
  p.to_ambient_W_per_K = 0.2;
  p.rc_heat = models::cell::RcHeat::inflow;
  p.self_discharge_per_month = 1e-3;
  return p;
}

inline Cell make_cell(const CellParams& p) { return Cell(std::make_shared<CellType>(p)); }

}  // namespace tests
