// SPDX-License-Identifier: Apache-2.0
#include "tests/rig/cell_fit/synthetic.hpp"

#include <cmath>
#include <memory>

#include "models/cell/cell.hpp"
#include "models/cell/cell_type.hpp"

namespace rig::cell_fit::synthetic {
namespace {

using models::cell::Cell;
using models::cell::CellParams;
using models::cell::CellState;
using models::cell::CellType;
using models::cell::Lattice;

/// Adds rows to a profile as the current goes on; a row's current has flowed since the row before.
class Laboratory {
 public:
  Laboratory(const CellParams& params, double soc, double degC = 25)
      : cell_(std::make_shared<CellType>(params)), degC_(degC) {
    state_.soc = soc;
    state_.hysteresis = -1;
    state_.temperature_degC = state_.surface_degC = degC;
    profile_.file = "synthetic.csv";
    row(0);
  }
  void hold(double current_A, double seconds, double row_s) {
    for (double t = 0; t < seconds - 1e-9; t += row_s) {
      state_ = cell_.advanced(state_, {current_A, 0}, row_s, {degC_, 0.1});
      time_s_ += row_s;
      row(current_A);
    }
  }
  [[nodiscard]] double soc() const { return state_.soc; }
  [[nodiscard]] const cell_bench::Profile& profile() const { return profile_; }

 private:
  void row(double current_A) {
    profile_.time_s.push_back(time_s_);
    profile_.current_A.push_back(current_A);
    profile_.voltage_V.push_back(cell_.terminal_V(state_, current_A));
  }
  Cell cell_;
  CellState state_;
  cell_bench::Profile profile_;
  double degC_, time_s_ = 0;
};

double capacity(const CellParams& cell) { return cell.capacity_Ah.values().front(); }

void one_level(Laboratory& lab, double c_A, double rest_s, double row_s) {
  lab.hold(-c_A, 10, row_s);
  lab.hold(0, 40, row_s);
  lab.hold(c_A, 10, row_s);
  lab.hold(0, 40, row_s);
  lab.hold(-c_A, 360, row_s);
  lab.hold(0, rest_s, row_s);
}

}  // namespace

CellParams truth() {
  CellParams p;
  p.capacity_Ah = 4;
  p.coulombic_efficiency = 0.9985;
  std::vector<double> soc, volts;
  for (int k = 0; k <= 100; ++k) {
    const double s = 0.01 * k;
    soc.push_back(s);
    volts.push_back(3.45 + 0.7 * s + 0.05 * std::sin(9 * s) - 0.45 * std::exp(-s / 0.04));
  }
  p.ocv_V = models::math::Table(soc, volts);
  const auto falling = [](double full) { return Lattice::over_soc({0, 1}, {full * 4 / 3, full}); };
  p.r0_ohm = falling(0.025);
  p.r1_ohm = falling(0.010);
  p.r2_ohm = falling(0.015);
  p.tau1_s = 8;
  p.tau2_s = 400;
  p.heat_capacity_J_per_K = 60;
  p.to_ambient_W_per_K = 0.1;
  return p;
}

CellParams truth_of_low_resistance() {
  CellParams p = truth();
  for (Lattice* r : {&p.r0_ohm, &p.r1_ohm, &p.r2_ohm})
    *r = Lattice::over_soc({0, 1}, {r->values()[0] / 20, r->values()[1] / 20});
  return p;
}

CellParams truth_over_temperature() {
  CellParams p = truth();
  for (Lattice* r : {&p.r0_ohm, &p.r1_ohm, &p.r2_ohm}) {
    const double empty = r->values()[0], full = r->values()[1];
    *r = Lattice::grid({{0, 1}, {5, 25}, {0}}, {2 * empty, 2 * full, empty, full});
  }
  return p;
}

cell_bench::Profile pulses(const CellParams& cell, double start_soc, double rest_s, double row_s, double degC,
                           int levels) {
  Laboratory lab(cell, start_soc, degC);
  for (int level = 0; level < levels && lab.soc() > 0.04; ++level) one_level(lab, capacity(cell), rest_s, row_s);
  return lab.profile();
}

cell_bench::Profile pulses_then_creep(const CellParams& cell) {
  Laboratory lab(cell, 1);
  for (int level = 0; level < 4; ++level) one_level(lab, capacity(cell), 1800, 1);
  const double creep_A = capacity(cell) / 200;
  lab.hold(-creep_A, (lab.soc() - 0.05) * 3600 * 200, 600);
  return lab.profile();
}

cell_bench::Profile slow_discharge(const CellParams& cell, double current_A, double row_s) {
  Laboratory lab(cell, 1);
  lab.hold(current_A, 3600 * capacity(cell) / -current_A, row_s);
  return lab.profile();
}

cell_bench::Profile slow_round_trip(const CellParams& cell) {
  Laboratory lab(cell, 1);
  lab.hold(-0.2, 3600 * capacity(cell) / 0.2, 10);
  lab.hold(0, 3600, 10);
  lab.hold(0.2, 3600 * capacity(cell) / 0.2 / 0.9985, 10);
  return lab.profile();
}

cell_bench::Profile drive_cycle(const CellParams& cell) {
  Laboratory lab(cell, 0.8);
  lab.hold(0, 60, 1);
  unsigned state = 12345;
  const auto next = [&] { return state = state * 1103515245U + 12345U, (state >> 16) % 1000; };
  while (lab.soc() > 0.3) {
    const double current_A = -3 + 4.5 * 1e-3 * next();
    lab.hold(current_A, 1 + next() % 20, 1);
  }
  return lab.profile();
}

}  // namespace rig::cell_fit::synthetic
