// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "models/cell/cell.hpp"

namespace models::cell {

/// Cells in series whose parameters do not move, side by side: the same equations as `Cell` where the circuit is the
/// same at every temperature, no entropic heat, coulombic efficiency 1, no heat between neighbours. A step along a ramp
/// of current is then exact in closed form and the same arithmetic for every cell, so the compiler takes two at a time.
/// During the step the terminal voltage of a cell is a cubic, ocv + v1 + v2 + R0 i = p0 + p1 x + p2 x^2 + p3 x^3 (exact
/// at both ends with its slopes, as the plant's dense output is), as long as its state of charge stays in one piece of
/// the OCV table; the few that leave theirs look it up.
class Row {
 public:
  static constexpr std::size_t most = 32;
  using Values = std::array<double, most>;

  /// Is the type one whose parameters do not move?
  [[nodiscard]] static bool suits(const CellType& type);
  Row() = default;
  Row(const CellType& type, const std::vector<CellSpread>& spread);

  /// Advances `from` by dt_s > 0 along `ramp`.
  void advance(const std::array<CellState, most>& from, const Ramp& ramp, double dt_s, const Surroundings& env);
  /// The state at the end.
  void store(std::array<CellState, most>& to) const;
  /// Terminal voltages x seconds after the start; returns their sum.
  double voltages(double x, double* out) const;
  [[nodiscard]] double start_V() const { return start_V_; }  // sum at the start and at the end of the step
  [[nodiscard]] double end_V() const { return end_V_; }
  [[nodiscard]] double r0_sum_ohm() const { return r0_sum_ohm_; }

 private:
  void find_pieces(const Ramp& ramp);

  const CellType* type_ = nullptr;
  std::size_t n_ = 0;
  double tau1_s_ = 1, tau2_s_ = 1, heat_J_per_K_ = 1;
  double dt_s_ = -1, a1_ = 0, b1_ = 0, e1_ = 1, a2_ = 0, b2_ = 0, e2_ = 1, warm_ = 1, conductance_ = -1;
  Values r0_{}, r1_{}, r2_{}, g1_{}, g2_{}, gain_{};
  Values soc_{}, v1_{}, v2_{}, degC_{}, end_soc_{}, end_v1_{}, end_v2_{}, end_degC_{};
  Values p0_{}, p1_{}, p2_{}, p3_{};
  Values left_{}, right_{}, ocv0_{}, ocv1_{};
  std::array<std::size_t, most> strays_{};  // cells that leave their piece of the OCV table
  std::size_t stray_count_ = 0;
  double start_A_ = 0, half_slope_ = 0;
  double start_V_ = 0, end_V_ = 0, r0_sum_ohm_ = 0;
};

}  // namespace models::cell
