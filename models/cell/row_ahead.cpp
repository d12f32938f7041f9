// SPDX-License-Identifier: Apache-2.0
// Where a row of cells starts, what a step would lead to, and the knots of the OCV table on the way.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "models/cell/row.hpp"
#include "models/math/exact.hpp"
#include "models/math/two.hpp"

namespace models::cell {

using math::put;
using math::two;
using math::Two;

void Row::start(const std::array<CellState, most>& from) {
  bool moved_on = false;
  for (std::size_t k = 0; k < n_; ++k) {
    const double soc = from[k].soc;
    soc_[k] = soc;
    v1_[k] = from[k].v1_V;
    v2_[k] = from[k].v2_V;
    degC_[k] = from[k].temperature_degC;
    moved_on |= soc < left_[k] || soc > right_[k];
  }
  for (std::size_t k = 0; moved_on && k < n_; ++k) {
    if (soc_[k] < left_[k] || soc_[k] > right_[k]) find_piece(k);
  }
  Two v1{}, v2{}, ocv{}, per_As{}, down_to = {-1e300, -1e300}, up_to = {1e300, 1e300};
  const std::size_t cells = padded_;
  for (std::size_t k = 0; k < cells; k += 2) {
    const Two soc = two(&soc_[k]), ocv1 = two(&ocv1_[k]), charge_As = two(&capacity_As_[k]);
    const Two down = (two(&left_[k]) - soc) * charge_As, up = (two(&right_[k]) - soc) * charge_As;
    v1 += two(&v1_[k]);
    v2 += two(&v2_[k]);
    ocv += two(&ocv0_[k]) + ocv1 * soc;
    per_As += ocv1 * two(&gain_[k]);
    put(&down_As_[k], down);
    put(&up_As_[k], up);
    down_to = math::larger(down, down_to);
    up_to = math::smaller(up, up_to);
  }
  v1_sum_V_ = math::sum(v1);
  v2_sum_V_ = math::sum(v2);
  ocv_sum_V_ = math::sum(ocv);
  ocv_V_per_As_ = math::sum(per_As);
  seen_low_As_ = least_As_ = std::max(down_to[0], down_to[1]);
  seen_high_As_ = most_As_ = std::min(up_to[0], up_to[1]);
  knot_count_ = stray_count_ = 0;
}

void Row::find_piece(std::size_t k) {
  const auto& table = type_->params().ocv_V;
  const std::size_t next = piece_[k] + 1;  // most often, or the one before
  const bool climbs = soc_[k] > right_[k] && next < table.pieces() && soc_[k] <= table.piece(next).right;
  piece_[k] = climbs ? next : table.piece_at(soc_[k]);
  const auto piece = table.piece(piece_[k]);
  left_[k] = piece.left;
  right_[k] = piece.right;
  ocv0_[k] = piece.value0;
  ocv1_[k] = piece.slope;
}

/// All that the cells cross while the charge moves in these bounds.
void Row::see_knots(double low_As, double high_As) {
  if (low_As >= seen_low_As_ && high_As <= seen_high_As_) return;
  seen_low_As_ = std::min(low_As, seen_low_As_);
  seen_high_As_ = std::max(high_As, seen_high_As_);
  knot_count_ = stray_count_ = 0;
  const Two down_As = math::both(seen_low_As_), up_As = math::both(seen_high_As_);
  const std::size_t cells = padded_;
  for (std::size_t k = 0; k < cells; k += 2) {
    const math::Mask out = (down_As < two(&down_As_[k])) | (up_As > two(&up_As_[k]));
    if (!math::any(out)) continue;
    if (out[0] != 0) see_knot(k);
    if (out[1] != 0) see_knot(k + 1);
  }
}

void Row::see_knot(std::size_t k) {
  const bool down = seen_low_As_ < down_As_[k];
  const bool up = seen_high_As_ > up_As_[k];
  const auto beyond = type_->params().ocv_V.piece(up ? piece_[k] + 1 : piece_[k] - 1);
  const bool farther = up ? seen_high_As_ > (beyond.right - soc_[k]) * capacity_As_[k]
                          : seen_low_As_ < (beyond.left - soc_[k]) * capacity_As_[k];
  if ((down && up) || farther) {
    strays_[stray_count_++] = k;
    return;
  }
  const double side = up ? 1 : -1;
  knots_[knot_count_++] = {k, up ? up_As_[k] : down_As_[k], side, side * (beyond.slope - ocv1_[k]) * gain_[k]};
}

/// What the step does not reach costs no more.
void Row::forget_knots_beyond(double low_As, double high_As) {
  std::size_t kept = 0;
  for (std::size_t j = 0; j < knot_count_; ++j) {
    if (knots_[j].bend_V(low_As) != 0 || knots_[j].bend_V(high_As) != 0) knots_[kept++] = knots_[j];
  }
  knot_count_ = kept;
}

/// What a cell shows more than if its piece went on.
double Row::stray_V(std::size_t k, double moved_As) const {
  const double soc = soc_[k] + gain_[k] * moved_As;
  return type_->ocv_V(soc) - (ocv0_[k] + ocv1_[k] * soc);
}

double Row::seen_bends_V(double moved_As) const {
  double volts = 0;
  for (std::size_t j = 0; j < knot_count_; ++j) volts += knots_[j].bend_V(moved_As);
  for (std::size_t j = 0; j < stray_count_; ++j) volts += stray_V(strays_[j], moved_As);
  return volts;
}

const Row::Lags& Row::lags(double dt_s) {
  const std::uint64_t mixed = std::bit_cast<std::uint64_t>(dt_s) * 0x9e3779b97f4a7c15ULL;
  Lags& l = lags_[mixed >> 58];
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
  const double lag1_A = ramp.start_A - ramp.slope_A_per_s * tau1_s_,
               lag2_A = ramp.start_A - ramp.slope_A_per_s * tau2_s_;
  const Two lag1 = math::both(lag1_A), lag2 = math::both(lag2_A);
  Two high1{}, low1{}, high2{}, low2{};
  const std::size_t cells = padded_;
  for (std::size_t k = 0; k < cells; k += 2) {
    const Two share1 = two(&v1_[k]) - two(&r1_[k]) * lag1, share2 = two(&v2_[k]) - two(&r2_[k]) * lag2;
    high1 = math::larger(share1, high1);
    low1 = math::smaller(share1, low1);
    high2 = math::larger(share2, high2);
    low2 = math::smaller(share2, low2);
  }
  const Two most1 = math::larger(high1, -low1), most2 = math::larger(high2, -low2);
  const double z1 = dt_s * per_tau1_s_, z2 = dt_s * per_tau2_s_;
  return (std::max(most1[0], most1[1]) * (z1 * z1) * (z1 * z1) + std::max(most2[0], most2[1]) * (z2 * z2) * (z2 * z2)) *
         (1.0 / hermite_bound);
}

}  // namespace models::cell
