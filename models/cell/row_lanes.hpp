// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

namespace models::cell {

struct CellState;

/// The numbers of a row of cells, side by side (see Row). Beyond the last cell, up to a multiple of four, stand cells
/// of nothing.
struct RowData {
  static constexpr std::size_t most = 32, lanes = 4;
  /// One number a cell. Not std::array: functions of the library must not be compiled with the registers of one
  /// machine.
  struct Values {
    double of_cell[most] = {};
    double& operator[](std::size_t k) { return of_cell[k]; }
    const double& operator[](std::size_t k) const { return of_cell[k]; }
    void fill(double value) {
      for (double& of : of_cell) of = value;
    }
  };

  std::size_t cells = 0, padded = 0;
  double per_tau1_s = 1, per_tau2_s = 1;
  // of the cells: ohm; 1 / (4 R) of the pairs, 1/ohm, 0 without; 1 / capacity, 1/As; As
  alignas(32) Values r0{}, r1{}, r2{}, quarter_g1{}, quarter_g2{}, gain{}, capacity_As{};
  // at the start of the step and at its end
  alignas(32) Values soc{}, v1{}, v2{}, degC{}, end_soc{}, end_v1{}, end_v2{}, end_degC{};
  // terminal voltage during the step: p0 + p1 x + p2 x^2 + p3 x^3
  alignas(32) Values p0{}, p1{}, p2{}, p3{};
  // the piece of the OCV table at the start, and the far ends of those beside it
  alignas(32) Values left{}, right{}, ocv0{}, ocv1{}, far_left{}, far_right{};
  // charge to the ends of the piece, and by how much the slope changes there, V per As
  alignas(32) Values down_As{}, up_As{}, down_bend{}, up_bend{};
  // sums over the cells, at the start
  double v1_sum_V = 0, v2_sum_V = 0, ocv_sum_V = 0, ocv_V_per_As = 0;
  double least_As = 0, most_As = 0;          // charge that keeps every cell in its piece
  double far_least_As = 0, far_most_As = 0;  // or in one beside it
};

/// One step along a ramp of current, the same for every cell.
struct RowStep {
  double start_A, slope_A_per_s, dt_s, per_s;  // the ramp, charging positive; dt_s > 0 and 1 / dt_s
  double e1, u1_A, e2, u2_A;                   // of v1 and v2: v(dt) = e v(0) + R u
  double warm_K_per_W;                         // what a watt over the step warms a cell by
  double conductance_W_per_K, ambient_degC;
};

/// Equidistant instants of a step, after its start, and the current of that time; the pack's voltage is the sum of the
/// cells and what their links take.
struct RowSamples {
  std::int64_t first_ns, every_ns;
  std::size_t count;
  double start_A, half_slope, links_ohm;
};

/// What is the same arithmetic for every cell, four at a time. The rounding does not depend on the machine: four lanes,
/// whether the machine has registers for four or for two, and no fused multiplications.
struct RowLanes {
  /// Takes over where the cells stand, with sums and the charge to the knots.
  void (*look)(RowData& row, const CellState* from);
  void (*step)(RowData& row, const RowStep& step);
  /// Sum of the bends of cells that leave their piece upwards (moved_As > 0) or downwards.
  double (*bends_V)(const RowData& row, double moved_As);
  /// Largest |v - R i_lag| of the first and of the second pairs.
  void (*largest_shares_V)(const RowData& row, double lag1_A, double lag2_A, double& first_V, double& second_V);
  /// Voltages of the cells and of the pack behind them, row after row. Cells in the piece beside their own are right.
  void (*voltages)(const RowData& row, const RowSamples& at, double* out);
};

[[nodiscard]] const RowLanes& row_lanes_of_any_machine();
/// nullptr: this machine has no AVX, or the compiler could not make use of it.
[[nodiscard]] const RowLanes* row_lanes_of_avx();

}  // namespace models::cell
