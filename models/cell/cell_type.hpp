// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "models/cell/params.hpp"
#include "models/math/axis.hpp"

namespace models::cell {

/// Resistances and time constants at one state of charge, temperature and current.
struct CellCircuit {
  double r0_ohm, r1_ohm, tau1_s, r2_ohm, tau2_s;
};

/// What depends on temperature alone.
struct CellAtTemperature {
  double capacity_Ah, coulombic_efficiency, hysteresis_rate, self_discharge_factor;
};

/// The voltages at one state of charge.
struct CellPotential {
  double ocv_V, hysteresis_V, dudt_V_per_K;
};

/// Parameters checked and flattened into tables of nodes that hold all quantities of the circuit side by side, on the
/// knots of all of them. Arrhenius rows get a knot every 0.25 K in between (relative error of R < 1e-5 where ln R
/// changes by 5 % a kelvin).
class CellType {
 public:
  explicit CellType(CellParams params);  // throws std::invalid_argument: name, value, allowed range
  [[nodiscard]] const CellParams& params() const { return params_; }
  [[nodiscard]] double capacity_Ah() const { return at(25).capacity_Ah; }

  [[nodiscard]] CellCircuit circuit(double soc, double degC, double current_A) const {
    Node n;
    if (soc_.size() == 1 && current_.size() == 1) {
      const auto t = degC_.clamped(degC);
      n = between(node_[t.i], node_[t.i + (t.w > 0 ? 1 : 0)], t.w);
    } else {
      const auto a = current_.clamped(current_A);
      n = plane(a.i, soc, degC);
      if (a.w > 0) n = between(n, plane(a.i + 1, soc, degC), a.w);
    }
    return {n.r0, n.r1, pair1_by_capacitance_ ? n.r1 * n.t1 : n.t1, n.r2, pair2_by_capacitance_ ? n.r2 * n.t2 : n.t2};
  }
  [[nodiscard]] CellAtTemperature at(double degC) const {
    if (rows_.size() == 1) return rows_.front();
    const auto t = row_axis_.clamped(degC);
    const CellAtTemperature &a = rows_[t.i], &b = rows_[t.i + 1];
    return {mix(a.capacity_Ah, b.capacity_Ah, t.w), mix(a.coulombic_efficiency, b.coulombic_efficiency, t.w),
            mix(a.hysteresis_rate, b.hysteresis_rate, t.w), mix(a.self_discharge_factor, b.self_discharge_factor, t.w)};
  }
  /// Beyond the table the OCV goes on with its end slopes, hysteresis and dU/dT keep their end values.
  [[nodiscard]] CellPotential potential(double soc, double degC) const {
    const auto p = potential_axis_.open(soc);
    const double w = p.w < 0 ? 0 : p.w > 1 ? 1 : p.w;
    const CellPotential &a = potential_[p.i], &b = potential_[p.i + 1];
    return {mix(a.ocv_V, b.ocv_V, p.w), mix(a.hysteresis_V, b.hysteresis_V, w),
            dudt_degC_.size() == 1 ? mix(a.dudt_V_per_K, b.dudt_V_per_K, w) : dudt(soc, degC)};
  }
  /// The potential from one state of charge to another as a straight line, value at the first; nothing where it bends,
  /// or depends on more than the state of charge.
  [[nodiscard]] std::optional<math::Table::Point> ocv_line(double from_soc, double to_soc) const {
    if (has_hysteresis_ || params_.entropic_shift) return std::nullopt;
    const auto a = potential_axis_.open(from_soc), b = potential_axis_.open(to_soc);
    if (a.i != b.i) return std::nullopt;
    return params_.ocv_V.at(from_soc);
  }
  /// What temperature adds to the open-circuit voltage.
  [[nodiscard]] double voltage_shift_V(const CellPotential& p, double degC) const {
    return params_.entropic_shift ? (degC - params_.reference_degC) * p.dudt_V_per_K : 0;
  }
  [[nodiscard]] double ocv_V(double soc) const { return params_.ocv_V(soc); }
  /// Integral of the open-circuit voltage over soc, from 0, V: exact for the piecewise linear table.
  [[nodiscard]] double ocv_integral_V(double soc) const;
  /// Part of the capacity lost in an hour at factor 1.
  [[nodiscard]] double self_discharge_per_h(double soc, const CellAtTemperature& t) const {
    const double factor = 1 + params_.self_discharge_soc_slope * (soc - 0.2);
    return factor > 0 ? params_.self_discharge_per_month * (1.0 / 720) * factor * t.self_discharge_factor : 0;
  }

  [[nodiscard]] bool has_hysteresis() const { return has_hysteresis_; }
  [[nodiscard]] bool has_entropy() const { return !params_.dudt_V_per_K.empty(); }
  [[nodiscard]] bool depends_on_current() const { return current_.size() > 1; }
  [[nodiscard]] bool has_surface() const { return params_.surface_heat_capacity_J_per_K > 0; }

 private:
  struct Node {
    double r0, r1, t1, r2, t2;
  };
  static double mix(double a, double b, double w) { return a + (b - a) * w; }
  static Node between(const Node& a, const Node& b, double w) {
    return {mix(a.r0, b.r0, w), mix(a.r1, b.r1, w), mix(a.t1, b.t1, w), mix(a.r2, b.r2, w), mix(a.t2, b.t2, w)};
  }
  [[nodiscard]] Node plane(std::size_t current, double soc, double degC) const {
    const auto s = soc_.clamped(soc), t = degC_.clamped(degC);
    const Node* row = &node_[(current * degC_.size() + t.i) * soc_.size() + s.i];
    const std::size_t next = s.w > 0 ? 1 : 0;
    const Node low = between(row[0], row[next], s.w);
    if (!(t.w > 0)) return low;
    row += soc_.size();
    return between(low, between(row[0], row[next], s.w), t.w);
  }
  [[nodiscard]] double dudt(double soc, double degC) const;
  void check() const;
  void flatten_circuit();
  void flatten_rows();
  void flatten_potential();

  CellParams params_;
  math::Axis soc_, degC_, current_;
  std::vector<Node> node_;  // [(current * temperatures + temperature) * socs + soc]
  bool pair1_by_capacitance_ = false, pair2_by_capacitance_ = false, has_hysteresis_ = false;
  math::Axis row_axis_;
  std::vector<CellAtTemperature> rows_;
  math::Axis potential_axis_;
  std::vector<CellPotential> potential_;
  std::vector<double> ocv_integral_;  // at the knots of potential_axis_
  math::Axis dudt_soc_, dudt_degC_;
};

}  // namespace models::cell
