// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>

#include "models/cell/cell_type.hpp"
#include "models/cell/decay.hpp"
#include "models/cell/heat_flow.hpp"

namespace models::cell {

struct CellState {
  double soc = 0.5;              // 1; not clamped: beyond 0 and 1 the end slopes of the OCV table go on
  double v1_V = 0, v2_V = 0;     // voltages of the two RC pairs, charging positive
  double temperature_degC = 25;  // of the core
  double surface_degC = 25;      // of the surface; follows the core where the type has one node
  double hysteresis = 0;         // -1 on the branch after discharging … +1 after charging
};

/// Current into the cell during a step: i(x) = start + slope * x, charging positive.
struct Ramp {
  double start_A = 0, slope_A_per_s = 0;
};

/// What a step moved, J; each term is an integral of its own. With j the current through the electrodes (i less the
/// internal short's): the work at the terminals is
///   r0_heat + rc_heat + rc_stored + hysteresis + entropic_shift + internal_short + ocv_stored + coulombic_loss +
///   self_discharge
/// and the heat is r0_heat + rc_heat + hysteresis + entropic_heat + internal_short.
struct CellEnergy {
  double r0_heat_J = 0;         // int R0 i^2
  double rc_heat_J = 0;         // int v^2/R of both pairs, or int v j when the type counts all inflow as heat
  double rc_stored_J = 0;       // change of C v^2 / 2 of both pairs; 0 when all inflow is heat
  double hysteresis_J = 0;      // int M h j, all of it heat
  double entropic_heat_J = 0;   // int j T dU/dT, taken from the chemistry
  double entropic_shift_J = 0;  // int j (T - reference) dU/dT, only when the voltage follows it
  double internal_short_J = 0;  // int v_inner^2 / R_short
  double ocv_stored_J = 0;      // capacity times the change of the antiderivative of OCV(soc)
  double coulombic_loss_J = 0;  // int OCV (1 - eta) j while charging
  double self_discharge_J = 0;  // int OCV i_self

  [[nodiscard]] double terminal_work_J() const {
    return r0_heat_J + rc_heat_J + rc_stored_J + hysteresis_J + entropic_shift_J + internal_short_J + ocv_stored_J +
           coulombic_loss_J + self_discharge_J;
  }
  [[nodiscard]] double heat_J() const {
    return r0_heat_J + rc_heat_J + hysteresis_J + entropic_heat_J + internal_short_J;
  }
  CellEnergy& operator+=(const CellEnergy& o);
};

/// Rates of change at one instant, for interpolation inside a step.
struct CellRates {
  double soc_per_s, rc_V_per_s, hysteresis_per_s, r0_ohm;  // rc: v1 + v2
};

// One step, cell_step.hpp.
struct StepPoint;
struct StepStart;
struct StepAssumed;
struct StepTrial;

/// The Hermite cubic through both ends of A e^(-x / tau) with their slopes strays by less than A (h / tau)^4 / this.
inline constexpr double hermite_bound = 384;

/// A lithium-ion cell: open-circuit voltage with hysteresis behind R0 and two RC pairs, two thermal nodes.
///   v = ocv(soc) [+ (T - T_ref) dU/dT] + M(soc) h + v1 + v2 + R0 i        dvk/dt = (Rk j - vk) / tauk
///   dsoc/dt = eta j / (3600 Q) - self-discharge        j = i - v_inner / R_short   (v_inner: the node behind R0)
///   dh/dt = rate eta |j| / (3600 Q) (sign j - h)       eta = coulombic efficiency while charging, 1 while discharging
///   Cc dTc/dt = R0 i^2 + RC heat + M h j + j T dU/dT + v_inner^2/R_short - K (Tc - Ts),   surface: heat_flow.hpp
/// Every parameter may move during a step. A step is the exact solution for a current that is a ramp and for Rk j as a
/// parabola through start, middle and end, with tau at its mean; it divides itself until the error estimate is below
/// 0.1 uV, so that the step of the caller does not matter. Current positive while charging. Valid -40 … 85 degC,
/// |i| <= 10 C for seconds. Source: docs/references.md (plett-2015 chapters 2 and 4; pybamm-thevenin for the heat).
class Cell {
 public:
  explicit Cell(std::shared_ptr<const CellType> type, CellSpread spread = {});
  /// Takes effect at once; the state stays. Throws std::invalid_argument (name, value, range).
  void set_faults(const CellFaults& faults);
  [[nodiscard]] const CellFaults& faults() const { return faults_; }
  /// An ideal voltage source in the cell's place, as a bench does it: this terminal voltage whatever the current, the
  /// state frozen, no heat. nullopt: the cell is back, as it was left. Throws std::invalid_argument beyond +-20 V.
  void hold(std::optional<double> terminal_V);
  [[nodiscard]] bool is_held() const { return held_V_.has_value(); }
  [[nodiscard]] const CellType& type() const { return *type_; }

  /// What the cell shows without the drop over R0.
  [[nodiscard]] double inner_V(const CellState& s) const;
  [[nodiscard]] double r0_ohm(const CellState& s, double current_A) const {
    return held_V_ ? 0 : resistance_ * type_->circuit(s.soc, s.temperature_degC, current_A).r0_ohm;
  }
  [[nodiscard]] double terminal_V(const CellState& s, double current_A) const {
    return inner_V(s) + r0_ohm(s, current_A) * current_A;
  }
  [[nodiscard]] CellCircuit circuit(const CellState& s, double current_A) const;
  /// Heat made inside, W, at current i.
  [[nodiscard]] double heat_W(const CellState& s, double current_A) const;
  [[nodiscard]] CellRates rates(const CellState& s, double current_A) const;
  /// How long a Hermite cubic follows v1 + v2 within `within_V` along a ramp, up to `longest_s`: the share
  /// A e^(-x / tau) of a pair leaves it by less than A (x / tau)^4 / hermite_bound.
  [[nodiscard]] double cubic_s(const CellState& s, const Ramp& ramp, double within_V, double longest_s) const;
  [[nodiscard]] double surface_degC(const CellState& s) const {
    return type_->has_surface() ? s.surface_degC : s.temperature_degC;
  }

  /// State after `dt_s` of `ramp`; what it moved is added to `energy` when there is one.
  [[nodiscard]] CellState advanced(const CellState& s, const Ramp& ramp, double dt_s, const Surroundings& env,
                                   CellEnergy* energy = nullptr) const;

 private:
  [[nodiscard]] StepPoint point(double soc, double degC, double current_A) const;
  [[nodiscard]] double heat_W(const CellState& s, const StepPoint& p, double current_A, double leak_A) const;
  [[nodiscard]] double inner_V(const CellState& s, const CellPotential& p) const;
  [[nodiscard]] double longest_s(double current_A, const CellAtTemperature& at, const Surroundings& env) const;
  void stretch(CellState& s, double from_A, double to_A, double dt_s, const Surroundings& env,
               CellEnergy* energy) const;
  [[nodiscard]] StepTrial tried(const StepStart& start, const Surroundings& env) const;
  [[nodiscard]] double leak_A(const CellState& s, const CellPotential& p) const;
  void carry(const StepStart& from, const StepAssumed& x, StepTrial& t) const;
  void add_storage(const CellState& from, const StepTrial& t, double dt_s, CellEnergy& energy) const;

  std::shared_ptr<const CellType> type_;
  CellSpread spread_;
  CellFaults faults_;
  std::optional<double> held_V_;
  double resistance_ = 1, capacity_ = 1, leak_S_ = 0;  // factors with faults in them; conductance of an internal short
  mutable Decay decay1_, decay2_;                      // of the last step: steps repeat
  mutable HeatFlow flow_;
};

}  // namespace models::cell
