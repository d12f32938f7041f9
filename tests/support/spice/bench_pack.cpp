// SPDX-License-Identifier: Apache-2.0
#include "tests/support/spice/bench_pack.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "rig/scenario/csv.hpp"
#include "tests/support/program.hpp"

namespace tests::spice {
namespace {

using models::math::Table;

constexpr double temperature_degC = 25, capacity_Ah = 2.07, cycle_from_s = 8000;

rig::scenario::CsvTable shipped(const std::string& file) {
  const std::string path = std::string(CELLRIG_SOURCE_DIR) + "/scenarios/" + file;
  rig::scenario::Problems problems;
  auto table = rig::scenario::parse_csv(slurp(path), file, problems);
  if (problems.any()) throw std::runtime_error(problems.sorted().front().what());
  return table;
}

const std::vector<double>& column(const rig::scenario::CsvTable& table, const std::string& name) {
  const auto* found = table.column(name);
  if (found == nullptr) throw std::runtime_error(table.file + " has no column " + name);
  return *found;
}

models::cell::CellParams cell_at_25_degC() {
  const auto ocv = shipped("packs/cells/data/ocv_lfp_a123.csv"),
             rows = shipped("packs/cells/data/ecm_lfp_a123_const.csv");
  const auto& temperatures = column(rows, "temperature_degC");
  const auto row = [&](const std::string& name) {
    return models::cell::Lattice(Table(temperatures, column(rows, name))(temperature_degC));
  };
  models::cell::CellParams p;
  p.name = "A123 26650 at 25 degC";
  p.capacity_Ah = capacity_Ah;
  p.ocv_V = Table(column(ocv, "soc"), column(ocv, "ocv_V"));
  p.r0_ohm = row("r0_ohm");
  p.r1_ohm = row("r1_ohm");
  p.tau1_s = row("tau1_s");
  p.r2_ohm = row("r2_ohm");
  p.tau2_s = row("tau2_s");
  p.heat_capacity_J_per_K = 1e12;
  return p;
}

models::port::Profile an_hour_of_driving() {
  const auto table = shipped("data/a123_udds_25degC.csv");
  const auto &time = column(table, "time_s"), &discharge = column(table, "current_A");
  models::port::Profile p;
  for (std::size_t i = 0; i < time.size(); ++i) {
    if (time[i] < cycle_from_s || time[i] > cycle_from_s + 3600) continue;
    p.time_s.push_back(time[i] - cycle_from_s);
    p.current_A.push_back(-discharge[i]);
  }
  return p;
}

/// -1 … 1, the same for the same cell, different for neighbours.
double variation(int k, int salt) { return static_cast<double>((k * 37 + salt * 11) % 17 - 8) / 8; }

}  // namespace

Case make_case(int cells, Drive drive) {
  Case c;
  c.cells = cells;
  c.drive = drive;
  auto& p = c.params;
  p.type = std::make_shared<models::cell::CellType>(cell_at_25_degC());
  p.busbar_ohm = 60e-6;
  p.mos_heat_capacity_J_per_K = 1e12;
  for (int k = 0; k < cells; ++k) {
    p.spread.push_back({1 + 0.01 * variation(k, 1), 1 + 0.04 * variation(k, 2)});
    c.start_soc.push_back((drive == Drive::cc_cv ? 0.4 : 0.75) + 0.02 * variation(k, 3));
  }
  if (drive == Drive::drive_cycle)
    c.profile = an_hour_of_driving();
  else
    c.charger = {capacity_Ah, 3.5 * cells, 5e-3};
  p.max_step_s = 40;
  return c;
}

models::pack::Plant make_plant(const Case& c) {
  auto params = c.params;
  params.charge_bank.turn_on_s = params.discharge_bank.turn_on_s = 0;
  models::pack::Plant plant(std::move(params), temperature_degC);
  for (int k = 0; k < c.cells; ++k) {
    const auto i = static_cast<std::size_t>(k);
    plant.state_for_start().cell[i].soc = c.start_soc[i];
  }
  plant.set_gate(true, true);
  plant.set_gate(false, true);
  while (!plant.charge_fet() || !plant.discharge_fet()) {
    plant.look_ahead();
    plant.advance_exactly_to(plant.horizon_ns());
  }
  if (plant.now_ns() != 0) throw std::logic_error("closing the switches took time");
  if (c.drive == Drive::drive_cycle)
    plant.port().set_profile(c.profile);
  else
    plant.port().charger = c.charger;
  return plant;
}

double path_ohm(const Case& c) {
  const auto& p = c.params;
  return p.shunt_ohm + p.copper_ohm + p.charge_bank.on_ohm + p.discharge_bank.on_ohm;
}

}  // namespace tests::spice
