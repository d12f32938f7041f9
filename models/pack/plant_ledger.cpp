// SPDX-License-Identifier: Apache-2.0
// Books where the energy of a segment went.
#include <cmath>

#include "models/math/exact.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {
namespace {

constexpr Term plate_terms[] = {Term::shunt,   Term::copper,    Term::channels, Term::diodes,
                                Term::limiter, Term::switching, Term::avalanche};

// Gauss-Legendre on 0 … 1, exact up to the seventh power
constexpr double node[] = {0.06943184420297371, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629};
constexpr double weight[] = {0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693};

}  // namespace

double Ledger::electrical_error() const {
  double sum = (*this)[Term::port], size = std::abs(sum);
  for (auto i = static_cast<std::size_t>(Term::busbar); i <= static_cast<std::size_t>(Term::cell_others); ++i) {
    sum -= joule_[i];
    size += std::abs(joule_[i]);
  }
  return size > 0 ? sum / size : 0;
}

double Ledger::plate_error() const {
  double made = 0;
  for (const Term t : plate_terms) made += (*this)[t];
  const double kept = (*this)[Term::plate_stored], gone = (*this)[Term::plate_ambient];
  const double size = std::abs(made) + std::abs(kept) + std::abs(gone);
  return size > 0 ? (made - kept - gone) / size : 0;
}

/// An outside contact or source makes the loop current jump: what the inductance takes comes through the port at the
/// mean of both currents.
void Plant::jump_to(double current_A) {
  const double from = state_.loop_A;
  if (ledger_ && current_A != from) {
    const double flux = params_.loop_inductance_H * (current_A - from);
    books_[Term::port] += flux * 0.5 * (current_A + from);
    books_[Term::inductance] += 0.5 * params_.loop_inductance_H * (current_A * current_A - from * from);
  }
  state_.loop_A = current_A;
}

void Plant::book_loop(double i, double x, double dt) {
  const double size = std::abs(i), square = i * i * dt, way = size * dt;
  const bool charging = i >= 0;
  const Passages& p = passages_[charging ? 1 : 0];
  const double own_A = supply_A_ + heater_A_, pack = pack_at(x), volts = port_at(x);
  books_[Term::port] += volts * i * dt;
  books_[Term::busbar] += links_ohm_ * (i - own_A) * (i - own_A) * dt;
  books_[Term::shunt] += params_.shunt_ohm * square;
  books_[Term::copper] += params_.copper_ohm * square;
  const bool bypassed = p.bypassed && avalanche_V_ == 0;
  books_[Term::channels] += ((bypassed           ? 0
                              : avalanche_V_ > 0 ? p.avalanche_ohm
                                                 : p.blocked_ohm) +
                             p.diode_ohm) *
                            square;
  if (bypassed) books_[Term::bypass] += p.blocked_ohm * square;
  books_[Term::diodes] += p.diode_V * way;
  books_[Term::avalanche] += avalanche_V_ * way;
  if (falling_) books_[Term::switching] += channel_V(i) * way;
  if (limited_) books_[Term::limiter] += limiter_V(i, pack, x) * way;
  books_[Term::supply] += pack * supply_A_ * dt;
  books_[Term::heater] += pack * heater_A_ * dt;
  if (balance_A_ != 0) {
    const auto& c = params_.converter;
    const balancing_converter::Terminals at = terminals(cell_at(command_.cell, x));
    const double in_leads_W = balance_A_ * balance_A_ * (at.lead_ohm - 2 * c.lead_ohm);
    const double board_W = std::abs(-balance_A_ * at.cell_V - in_leads_W);
    const double share = balance_A_ < 0 ? 1 - c.efficiency_in : 1 / c.efficiency_out - 1;
    books_[Term::converter] += (in_leads_W + board_W * share) * dt;
  }
}

/// A ripple adds half the square of its amplitude; what swings to and fro is left out on both sides.
void Plant::book_ripple(double dt) {
  const double square = 0.5 * ripple_square_ * dt;
  if (square == 0) return;
  const Passages& p = passages_[current_at(0) >= 0 ? 1 : 0];
  books_[Term::busbar] += links_ohm_ * square;
  books_[Term::shunt] += params_.shunt_ohm * square;
  books_[Term::copper] += params_.copper_ohm * square;
  books_[Term::channels] += (p.blocked_ohm + p.diode_ohm) * square;
  books_[Term::cell_r0] += r0_sum_ * square;
  books_[Term::port] +=
      (links_ohm_ + params_.shunt_ohm + params_.copper_ohm + p.blocked_ohm + p.diode_ohm + r0_sum_) * square;
}

void Plant::book_cells() {
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const cell::CellEnergy& e = next_energy_[k];
    books_[Term::cell_r0] += e.r0_heat_J;
    books_[Term::cell_rc] += e.rc_heat_J + e.rc_stored_J;
    books_[Term::cell_ocv] += e.ocv_stored_J;
    books_[Term::cell_others] +=
        e.hysteresis_J + e.entropic_shift_J + e.internal_short_J + e.coulombic_loss_J + e.self_discharge_J;
  }
}

/// The segment from now to `to`, x seconds later.
void Plant::book(double x, const PlantState& to) {
  if (x <= 0) return;
  for (std::size_t n = 0; n < 4; ++n) book_loop(current_at(node[n] * x), node[n] * x, weight[n] * x);
  book_ripple(x);
  book_cells();
  const double i0 = current_at(0), i1 = current_at(x);
  books_[Term::inductance] += 0.5 * params_.loop_inductance_H * (i1 * i1 - i0 * i0);
  books_[Term::store] += to.store_J - state_.store_J;
  books_[Term::store_leak] += converter_.leaked_J(state_.store_J, to.store_W, x);
  const double c = params_.mos_heat_capacity_J_per_K, g = params_.mos_to_ambient_W_per_K;
  books_[Term::plate_stored] += c * (to.mos_degC - state_.mos_degC);
  const double settled_K = to.plate_W / g, start_K = state_.mos_degC - ambient_degC_;
  books_[Term::plate_ambient] += g * (settled_K * x + (start_K - settled_K) * (1 - math::exp(-x * g / c)) * c / g);
}

}  // namespace models::pack
