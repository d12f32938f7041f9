// SPDX-License-Identifier: Apache-2.0
// Where a row of cells starts, what a step would lead to, and the knots of the OCV table on the way.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "models/cell/row.hpp"
#include "models/math/exact.hpp"

namespace models::cell {

void Row::start(const std::array<CellState, most>& from) {
  bool moved_on = false;
  for (std::size_t k = 0; k < d_.cells; ++k) moved_on |= from[k].soc < d_.left[k] || from[k].soc > d_.right[k];
  for (std::size_t k = 0; moved_on && k < d_.cells; ++k) {
    if (from[k].soc < d_.left[k] || from[k].soc > d_.right[k]) find_piece(k, from[k].soc);
  }
  lanes_->look(d_, from.data());
}

void Row::find_piece(std::size_t k, double soc) {
  const auto& table = type_->params().ocv_V;
  const std::size_t next = piece_[k] + 1;  // most often, or the one before
  const bool climbs = soc > d_.right[k] && next < table.pieces() && soc <= table.piece(next).right;
  piece_[k] = climbs ? next : table.piece_at(soc);
  const std::size_t at = piece_[k];
  const auto piece = table.piece(at), below = table.piece(at > 0 ? at - 1 : at),
             above = table.piece(at + 1 < table.pieces() ? at + 1 : at);
  d_.left[k] = piece.left;
  d_.right[k] = piece.right;
  d_.ocv0[k] = piece.value0;
  d_.ocv1[k] = piece.slope;
  d_.far_left[k] = below.left;
  d_.far_right[k] = above.right;
  d_.down_bend[k] = (piece.slope - below.slope) * d_.gain[k];
  d_.up_bend[k] = (above.slope - piece.slope) * d_.gain[k];
}

double Row::crossed_V(double moved_As) const {
  double volts = lanes_->bends_V(d_, moved_As);
  for (std::size_t k = 0; is_far(moved_As) && k < d_.cells; ++k) volts += stray_V(k, moved_As);
  return volts;
}

/// What a cell that has left the piece beside its own shows more than if that went on.
double Row::stray_V(std::size_t k, double moved_As) const {
  const double soc = d_.soc[k] + d_.gain[k] * moved_As;
  if (soc >= d_.far_left[k] && soc <= d_.far_right[k]) return 0;
  const bool up = moved_As > 0;
  const double bend_V = up ? d_.up_bend[k] * (moved_As - d_.up_As[k]) : d_.down_bend[k] * (d_.down_As[k] - moved_As);
  return type_->ocv_V(soc) - (d_.ocv0[k] + d_.ocv1[k] * soc) - bend_V;
}

const Row::Lags& Row::lags(double dt_s) {
  const std::uint64_t mixed = std::bit_cast<std::uint64_t>(dt_s) * 0x9e3779b97f4a7c15ULL;
  Lags& l = lags_[mixed >> 57];
  if (l.dt_s == dt_s) return l;
  l.dt_s = dt_s;
  l.per_s = 1 / dt_s;
  l.e1 = math::exp(-dt_s / tau1_s_);
  l.a1 = 1 - l.e1;
  l.b1 = dt_s - tau1_s_ * l.a1;
  l.e2 = math::exp(-dt_s / tau2_s_);
  l.a2 = 1 - l.e2;
  l.b2 = dt_s - tau2_s_ * l.a2;
  return l;
}

double Row::cubic_error_V(const Ramp& ramp, double dt_s) const {
  // v of a pair is a straight line and a share A of e^(-x / tau), whose Hermite cubic strays by less than A z^4 /
  // hermite_bound
  double share1_V = 0, share2_V = 0;
  lanes_->largest_shares_V(d_, ramp.start_A - ramp.slope_A_per_s * tau1_s_, ramp.start_A - ramp.slope_A_per_s * tau2_s_,
                           share1_V, share2_V);
  const double z1 = dt_s * d_.per_tau1_s, z2 = dt_s * d_.per_tau2_s;
  return (share1_V * (z1 * z1) * (z1 * z1) + share2_V * (z2 * z2) * (z2 * z2)) * (1.0 / hermite_bound);
}

}  // namespace models::cell
