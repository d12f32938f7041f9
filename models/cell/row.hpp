// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "models/cell/cell.hpp"
#include "models/math/two.hpp"

namespace models::cell {

/// Cells in series whose parameters do not move, side by side: the same equations as `Cell` where the circuit is the
/// same at every temperature, no entropic heat, coulombic efficiency 1, no heat between neighbours. A step along a ramp
/// of current is then exact in closed form and the same arithmetic for every cell, two at a time. During the step the
/// terminal voltage of a cell is a cubic, ocv + v1 + v2 + R0 i = p0 + p1 x + p2 x^2 + p3 x^3 (exact at both ends with
/// its slopes, as the plant's dense output is), as long as its state of charge stays in one piece of the OCV table. A
/// cell that crosses one knot of the table adds a bend there; one that crosses more looks its voltage up.
class Row {
 public:
  static constexpr std::size_t most = 32;
  using Values = std::array<double, most>;

  /// What both pairs make of dt_s: e of their start, a of a current, b of its slope (times R).
  struct Lags {
    double dt_s = -1, per_s = 0, e1 = 1, a1 = 0, b1 = 0, e2 = 1, a2 = 0, b2 = 0;
  };

  /// Is the type one whose parameters do not move?
  [[nodiscard]] static bool suits(const CellType& type);
  Row() = default;
  Row(const CellType& type, const std::vector<CellSpread>& spread);

  /// Takes over where the cells stand.
  void start(const std::array<CellState, most>& from);

  // ---- before the step is taken: what it would lead to. All cells have the same time constants, so the sum of their
  // pairs is a pair.
  /// Sum of ocv + v1 + v2 after `lags.dt_s` along a ramp from start_A: volts + slope per_slope + bends_V(charge moved).
  struct Ahead {
    double volts, per_slope;
  };
  [[nodiscard]] Ahead ahead(double start_A, const Lags& l) const {
    return {v1_sum_V_ * l.e1 + v2_sum_V_ * l.e2 + ocv_sum_V_ +
                start_A * (r1_sum_ohm_ * l.a1 + r2_sum_ohm_ * l.a2 + ocv_V_per_As_ * l.dt_s),
            r1_sum_ohm_ * l.b1 + r2_sum_ohm_ * l.b2 + ocv_V_per_As_ * 0.5 * l.dt_s * l.dt_s};
  }
  /// What the knots on the way add.
  [[nodiscard]] double bends_V(double moved_As) {
    if (moved_As >= least_As_ && moved_As <= most_As_) return 0;
    see_knots(moved_As, moved_As);
    return seen_bends_V(moved_As);
  }
  [[nodiscard]] double start_inner_V() const { return v1_sum_V_ + v2_sum_V_ + ocv_sum_V_; }
  /// Of the last steps; they are kept.
  const Lags& lags(double dt_s);
  /// How far a cubic through both ends with their slopes strays from v1 + v2 of any cell in such a step at the most, V.
  [[nodiscard]] double cubic_error_V(const Ramp& ramp, double dt_s) const;

  // ---- the step
  /// Advances by dt_s > 0 along `ramp`.
  void advance(const Ramp& ramp, double dt_s, const Surroundings& env);
  /// The state at the end.
  void store(std::array<CellState, most>& to) const;
  /// Terminal voltages x seconds after the start; returns their sum. `out` has room for an even number.
  double voltages(double x, double* out) const {
    math::Two sums{};
    const math::Two at = math::both(x);
    for (std::size_t k = 0, cells = padded_; k < cells; k += 2) {
      const math::Two volts =
          math::two(&p0_[k]) + at * (math::two(&p1_[k]) + at * (math::two(&p2_[k]) + at * math::two(&p3_[k])));
      math::put_anywhere(out + k, volts);
      sums += volts;
    }
    const double sum = math::sum(sums);
    return knot_count_ + stray_count_ > 0 ? sum + add_bends(x, out) : sum;
  }
  [[nodiscard]] double per_s() const { return per_s_; }      // 1 / dt_s
  [[nodiscard]] double start_V() const { return start_V_; }  // sum at the start and at the end of the step
  [[nodiscard]] double end_V() const { return end_V_; }
  [[nodiscard]] double r0_sum_ohm() const { return r0_sum_ohm_; }

 private:
  /// From at_As on (of the charge since the start, in the direction of `side`) the OCV of a cell has another slope.
  struct Knot {
    std::size_t cell;
    double at_As, side, per_As_V;
    [[nodiscard]] double bend_V(double moved_As) const { return per_As_V * std::max(0.0, side * (moved_As - at_As)); }
  };

  void find_piece(std::size_t k);
  void see_knots(double low_As, double high_As);
  void see_knot(std::size_t k);
  void forget_knots_beyond(double low_As, double high_As);
  [[nodiscard]] double stray_V(std::size_t k, double moved_As) const;
  [[nodiscard]] double seen_bends_V(double moved_As) const;
  double add_bends(double x, double* out) const;

  const CellType* type_ = nullptr;
  std::size_t n_ = 0, padded_ = 0;  // padded_: even; beyond n_ stands a cell of nothing
  double tau1_s_ = 1, tau2_s_ = 1, per_tau1_s_ = 1, per_tau2_s_ = 1, heat_J_per_K_ = 1;
  std::array<Lags, 64> lags_{};
  double dt_s_ = -1, per_s_ = 0, warm_ = 1, conductance_ = -1;  // of the step that was taken
  alignas(16) Values r0_{}, r1_{}, r2_{}, quarter_g1_{}, quarter_g2_{}, gain_{}, capacity_As_{};
  alignas(16) Values soc_{}, v1_{}, v2_{}, degC_{}, end_soc_{}, end_v1_{}, end_v2_{}, end_degC_{};
  alignas(16) Values p0_{}, p1_{}, p2_{}, p3_{};
  std::array<std::size_t, most> piece_{};
  alignas(16) Values left_{}, right_{}, down_As_{}, up_As_{}, ocv0_{}, ocv1_{};  // piece at the start
  double v1_sum_V_ = 0, v2_sum_V_ = 0, ocv_sum_V_ = 0, ocv_V_per_As_ = 0;
  double least_As_ = 0, most_As_ = 0;          // charge that keeps every cell in its piece
  double seen_low_As_ = 0, seen_high_As_ = 0;  // charge up to which knots and strays have been looked for
  std::array<Knot, most> knots_{};
  std::array<std::size_t, most> strays_{};  // cells that cross more than one
  std::size_t knot_count_ = 0, stray_count_ = 0;
  double start_A_ = 0, half_slope_ = 0;
  double start_V_ = 0, end_V_ = 0, r0_sum_ohm_ = 0, r1_sum_ohm_ = 0, r2_sum_ohm_ = 0;
};

}  // namespace models::cell
