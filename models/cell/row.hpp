// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/cell/cell.hpp"
#include "models/cell/row_lanes.hpp"

namespace models::cell {

/// Cells in series whose parameters do not move, side by side: the same equations as `Cell` where the circuit is the
/// same at every temperature, no entropic heat, coulombic efficiency 1, no heat between neighbours. A step along a ramp
/// of current is then exact in closed form and the same arithmetic for every cell, four at a time. During the step the
/// terminal voltage of a cell is a cubic, ocv + v1 + v2 + R0 i = p0 + p1 x + p2 x^2 + p3 x^3 (exact at both ends with
/// its slopes, as the plant's dense output is), as long as its state of charge stays in one piece of the OCV table. A
/// cell that crosses one knot of the table adds a bend there; one that crosses more looks its voltage up.
class Row {
 public:
  static constexpr std::size_t most = RowData::most;

  /// What both pairs make of dt_s: e of their start, a of a current, b of its slope (times R).
  struct Lags {
    double dt_s = -1, per_s = 0, e1 = 1, a1 = 0, b1 = 0, e2 = 1, a2 = 0, b2 = 0;
  };

  /// Is the type one whose parameters do not move?
  [[nodiscard]] static bool suits(const CellType& type);
  Row() = default;
  /// `lanes`: as this machine does it best, or a given way.
  Row(const CellType& type, const std::vector<CellSpread>& spread, const RowLanes* lanes = nullptr);

  /// Takes over where the cells stand.
  void start(const std::array<CellState, most>& from);

  // ---- before the step is taken: what it would lead to. All cells have the same time constants, so the sum of their
  // pairs is a pair.
  /// Sum of ocv + v1 + v2 after `lags.dt_s` along a ramp from start_A: volts + slope per_slope + bends_V(charge moved).
  struct Ahead {
    double volts, per_slope;
  };
  [[nodiscard]] Ahead ahead(double start_A, const Lags& l) const {
    return {d_.v1_sum_V * l.e1 + d_.v2_sum_V * l.e2 + d_.ocv_sum_V +
                start_A * (r1_sum_ohm_ * l.a1 + r2_sum_ohm_ * l.a2 + d_.ocv_V_per_As * l.dt_s),
            r1_sum_ohm_ * l.b1 + r2_sum_ohm_ * l.b2 + d_.ocv_V_per_As * 0.5 * l.dt_s * l.dt_s};
  }
  /// What the knots on the way add.
  [[nodiscard]] double bends_V(double moved_As) const {
    return moved_As >= d_.least_As && moved_As <= d_.most_As ? 0 : crossed_V(moved_As);
  }
  [[nodiscard]] double start_inner_V() const { return d_.v1_sum_V + d_.v2_sum_V + d_.ocv_sum_V; }
  /// Of the last steps; they are kept.
  const Lags& lags(double dt_s);
  /// How far a cubic through both ends with their slopes strays from v1 + v2 of any cell in such a step at the most, V.
  [[nodiscard]] double cubic_error_V(const Ramp& ramp, double dt_s) const;

  // ---- the step
  /// Advances by dt_s > 0 along `ramp`.
  void advance(const Ramp& ramp, double dt_s, const Surroundings& env);
  /// The state at the end.
  void store(std::array<CellState, most>& to) const;
  /// Terminal voltages of the cells and of the pack behind them at `count` instants, each `every_ns` after the one
  /// before; the first is first_ns after the start, none is after the step. `links_ohm`: of the whole pack. `out` has
  /// room for count rows of one more than the cells.
  void voltages(std::int64_t first_ns, std::int64_t every_ns, std::size_t count, double links_ohm, double* out) const;
  [[nodiscard]] double per_s() const { return per_s_; }      // 1 / dt_s
  [[nodiscard]] double start_V() const { return start_V_; }  // sum at the start and at the end of the step
  [[nodiscard]] double end_V() const { return end_V_; }
  [[nodiscard]] double r0_sum_ohm() const { return r0_sum_ohm_; }

 private:
  [[nodiscard]] bool is_far(double moved_As) const { return moved_As < d_.far_least_As || moved_As > d_.far_most_As; }
  void find_piece(std::size_t k, double soc);
  [[nodiscard]] double crossed_V(double moved_As) const;
  [[nodiscard]] double stray_V(std::size_t k, double moved_As) const;
  void add_strays(double moved_As, double* out) const;

  const CellType* type_ = nullptr;
  const RowLanes* lanes_ = nullptr;
  RowData d_;
  std::array<std::size_t, most> piece_{};
  double tau1_s_ = 1, tau2_s_ = 1, heat_J_per_K_ = 1;
  std::array<Lags, 128> lags_{};
  double dt_s_ = -1, per_s_ = 0, warm_ = 1, conductance_ = -1;  // of the step that was taken
  double start_A_ = 0, half_slope_ = 0;
  bool strays_ = false;  // a cell crosses more than one knot
  double start_V_ = 0, end_V_ = 0, r0_sum_ohm_ = 0, r1_sum_ohm_ = 0, r2_sum_ohm_ = 0;
};

}  // namespace models::cell
