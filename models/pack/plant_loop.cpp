// SPDX-License-Identifier: Apache-2.0
// The electrical loop from the port to the cells: resistances, drops, losses.
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/math/exact.hpp"
#include "models/math/wave.hpp"
#include "models/pack/plant.hpp"

namespace models::pack {

/// What each direction of current meets in the banks, at the temperatures of the start of the segment.
void Plant::hold_passages() {
  const double c_degC = state_.mos_degC + state_.junction_K[0], d_degC = state_.mos_degC + state_.junction_K[1];
  const auto lay = [](const mosfet::Passage& blocked, const mosfet::Passage& diode, const mosfet::Bank& bank,
                      double degC) {
    Passages p;
    p.blocked_ohm = blocked.ohm;
    p.open = blocked.open;
    p.bypassed = blocked.open && !bank.conducts();
    p.avalanche_ohm = bank.on_ohm(degC);
    p.diode_ohm = diode.ohm;
    p.diode_V = diode.drop_V;
    return p;
  };
  passages_[1] = lay(charge_bank_.blocked_way(c_degC), discharge_bank_.diode_way(d_degC), charge_bank_, c_degC);
  passages_[0] = lay(discharge_bank_.blocked_way(d_degC), charge_bank_.diode_way(c_degC), discharge_bank_, d_degC);
  if (precharge_ && params_.precharge_ohm > 0 && !discharge_bank_.conducts()) {
    Passages& p = passages_[0];
    p.blocked_ohm = p.open ? p.blocked_ohm * params_.precharge_ohm / (p.blocked_ohm + params_.precharge_ohm)
                           : params_.precharge_ohm;
    p.open = p.bypassed = true;
  }
  limiter_on_ = limiter_ && params_.charge_limiter_A > 0 && !charge_bank_.conducts();
  if (limiter_on_) {
    passages_[1].open = true;
    passages_[1].bypassed = false;
    passages_[1].blocked_ohm = passages_[1].avalanche_ohm;
  }
  links_ohm_ = n_ * params_.busbar_ohm;
  for (int k = 0; k < n_; ++k) links_ohm_ += contact_ohm_[static_cast<std::size_t>(k)];
}

port::Path Plant::path(double x) const {
  const double common = r0_sum_ + r0_sum_slope_ * x + links_ohm_ + params_.shunt_ohm + params_.copper_ohm;
  const Passages &in = passages_[1], &out = passages_[0];
  port::Path p;
  const bool breaks = !port_.has_profile();  // a measured current gives way, other sources may break the bank down
  p.charge_open = (in.open || breaks) && !broken_;
  p.discharge_open = (out.open || breaks) && !broken_;
  p.charge_ohm = common + in.blocked_ohm + in.diode_ohm;
  p.discharge_ohm = common + out.blocked_ohm + out.diode_ohm;
  p.charge_drop_V = in.diode_V + (in.open ? 0 : charge_bank_.params().breakdown_V);
  p.discharge_drop_V = out.diode_V + (out.open ? 0 : discharge_bank_.params().breakdown_V);
  if (limiter_on_) p.charge_limit_A = params_.charge_limiter_A;
  return p;
}

double Plant::solve(const PlantState& s, double x) const {
  return port::solve_current(port_, path(x), inner_V(s, x), instant(x));
}

port::Instant Plant::instant(double x) const {
  return {static_cast<double>(t0_) * 1e-9 + x, link_moves_, link_middle_V_, power_V_};
}

double Plant::board_ohm(std::size_t direction) const {
  const Passages& p = passages_[direction];
  return params_.shunt_ohm + params_.copper_ohm + (avalanche_V_ > 0 ? p.avalanche_ohm : p.blocked_ohm) + p.diode_ohm;
}

double Plant::loop_H() const {
  return params_.loop_inductance_H + (port_.short_circuit ? port_.short_circuit->inductance_H : 0);
}

/// What stands over the channel that opens: the source's voltage less all other voltages of the loop.
double Plant::channel_V(double i) const {
  if (port_.is_measured()) return 0;
  const bool charging = state_.loop_A > 0;
  const port::Path p = path(0);
  const double source = port_.node(i, instant(0)).voltage_V;
  const double rest = inner_V(state_, 0) + i * (charging ? p.charge_ohm : p.discharge_ohm) +
                      (charging ? passages_[1].diode_V : -passages_[0].diode_V) + loop_H() * current_.slope_A_per_s;
  return std::max(0.0, charging ? source - rest : rest - source);
}

/// Over the limiter: the source's voltage at the limit less what the rest of the loop takes.
double Plant::limiter_V(double i, double pack_V, double x) const {
  const Passages& p = passages_[1];
  const double rest = pack_V + p.diode_V + i * (params_.shunt_ohm + params_.copper_ohm + p.blocked_ohm + p.diode_ohm);
  return std::max(0.0, port_.node(i, instant(x)).voltage_V - rest);
}

double Plant::ripple_A(std::int64_t t) const {
  if (ripple_square_ == 0) return 0;
  const double t_s = static_cast<double>(t) * 1e-9;
  double sum = 0;
  for (const port::Wave& w : waves_)
    if (w.amplitude_A != 0) sum += w.amplitude_A * math::sine_of_turns(w.frequency_Hz * t_s);
  return sum;
}

/// Mean of i^2 over the first `h` of an exponential.
double Plant::mean_square(double h) const {
  const double s = current_.settled_A, d = current_.decaying_A, z = current_.rate_per_s * h, left = math::exp(-z);
  return s * s + (2 * s * d * (1 - left) + 0.5 * d * d * (1 - left * left)) / z;
}

/// Mean power of a step: in each bank, and in all on the plate. i0, i1: ends of the ramp with the same charge.
void Plant::losses(double i0, double i1, double h, PlantState& to) const {
  struct Means {
    double size, square, fall_VA;
  };
  const auto add = [this](const Means& m, bool charging, std::array<double, 2>& bank_W) {
    const Passages& p = passages_[charging ? 1 : 0];
    const double ohm = avalanche_V_ > 0 ? p.avalanche_ohm : p.bypassed ? 0 : p.blocked_ohm;
    bank_W[charging ? 0 : 1] += ohm * m.square + avalanche_V_ * m.size + m.fall_VA;
    bank_W[charging ? 1 : 0] += p.diode_V * m.size + p.diode_ohm * m.square;
  };
  to.bank_W = {};
  const double middle = 0.5 * (i0 + i1);
  double square = 0.5 * ripple_square_;
  if (current_.exponential && h > 0) {
    square += mean_square(h);
    add({std::abs(charge_As(h)) / h, square, 0}, middle >= 0, to.bank_W);
  } else {
    constexpr double sixth = 1.0 / 6;
    if (i0 * i1 >= 0 && !falling_) {
      square += sixth * (i0 * i0 + 4 * middle * middle + i1 * i1);
      add({std::abs(middle), square, 0}, middle >= 0, to.bank_W);
    } else {
      add({0, square, 0}, middle >= 0, to.bank_W);
      for (const auto& [i, weight] : {std::pair{i0, sixth}, {middle, 4 * sixth}, {i1, sixth}}) {
        const double size = weight * std::abs(i), part = weight * i * i;
        square += part;
        add({size, part, falling_ ? channel_V(i) * size : 0}, i >= 0, to.bank_W);
      }
    }
  }
  if (limited_) {
    const double pack_V =
        0.5 * (inner_V(state_, 0) + inner_V(to, h)) + middle * (path(0.5 * h).charge_ohm - board_ohm(1));
    to.bank_W[0] += middle * limiter_V(middle, pack_V, 0.5 * h);
  }
  to.plate_W = to.bank_W[0] + to.bank_W[1] + (params_.shunt_ohm + params_.copper_ohm) * square;
}

}  // namespace models::pack
