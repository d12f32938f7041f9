// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "models/pack/plant.hpp"

namespace tests {

using models::mosfet::BankFault;
using models::pack::Plant;
using models::pack::PlantEvent;
using models::pack::PlantParams;
using models::port::Charger;
using models::port::Load;

/// A cell whose behaviour can be written down: given OCV points, temperature-independent circuit, no entropic heat.
inline models::cell::CellParams plain_cell(double capacity_Ah = 280) {
  models::cell::CellParams p;
  p.name = "plain";
  p.capacity_Ah = capacity_Ah;
  p.ocv_V = {{0, 1}, {3.0, 3.5}};
  p.r0_ohm = {{-20, 60}, {0.5e-3, 0.5e-3}};
  p.r1_ohm = {{-20, 60}, {0.3e-3, 0.3e-3}};
  p.tau1_s = {{-20, 60}, {20, 20}};
  p.r2_ohm = {{-20, 60}, {0.2e-3, 0.2e-3}};
  p.tau2_s = {{-20, 60}, {800, 800}};
  p.heat_capacity_J_per_K = 5700;
  p.to_ambient_W_per_K = 0.5;
  return p;
}

inline PlantParams plain_pack(int cells = 8, const models::cell::CellParams& cell = plain_cell()) {
  PlantParams p;
  p.type = std::make_shared<models::cell::CellType>(cell);
  p.spread.assign(static_cast<std::size_t>(cells), {});
  p.supply_current_A = 0;
  return p;
}

/// Both channels conducting at t = 0 without having waited for them.
inline void close_switches(Plant& plant) {
  plant.set_gate(true, true);
  plant.set_gate(false, true);
  while (!plant.charge_fet() || !plant.discharge_fet()) {
    plant.look_ahead();
    plant.advance_exactly_to(plant.horizon_ns());
  }
}

/// Runs to `t_ns`, segment by segment; `visit(plant)` sees each one.
template <class Visit>
void run_to(Plant& plant, std::int64_t t_ns, Visit visit) {
  while (plant.now_ns() < t_ns) {
    plant.look_ahead();
    visit(plant);
    plant.advance_exactly_to(std::min(t_ns, plant.horizon_ns()));
  }
}
inline void run_to(Plant& plant, std::int64_t t_ns) {
  run_to(plant, t_ns, [](const Plant&) {});
}

/// Lets the loop current settle after something was connected.
inline void settle(Plant& plant) {
  run_to(plant, plant.now_ns() + 20'000'000);
  plant.look_ahead();
}

inline constexpr std::int64_t ns_per_s = 1'000'000'000, ns_per_us = 1'000;

}  // namespace tests
