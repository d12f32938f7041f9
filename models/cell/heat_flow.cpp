// SPDX-License-Identifier: Apache-2.0
#include "models/cell/heat_flow.hpp"

#include <cmath>

namespace models::cell {
namespace {

/// One lag of rate 1/s: dy/dt = force - rate y, the force a ramp of given mean and rise over dt.
double moved(double y, double mean, double rise, double dt_s, const Decay& d) {
  const double share = d.z > 1e-9 ? d.p1 / d.z : 1, late = d.z > 1e-6 ? (d.p2 - 0.5 * d.p1) / d.z : d.z / 12;
  return y * d.e + dt_s * (mean * share + rise * late);
}

}  // namespace

HeatFlow::HeatFlow(const CellParams& p)
    : core_(p.heat_capacity_J_per_K),
      surface_(p.surface_heat_capacity_J_per_K),
      across_(p.core_to_surface_W_per_K),
      two_(p.surface_heat_capacity_J_per_K > 0),
      root_core_(std::sqrt(core_)),
      root_surface_(std::sqrt(surface_)) {}

void HeatFlow::find_modes(double conductance_W_per_K) {
  conductance_ = conductance_W_per_K;
  decay1_.z = decay2_.z = -1;
  if (!two_) {
    rate1_ = conductance_ / core_;
    return;
  }
  const double a = across_ / core_, d = (across_ + conductance_) / surface_, b = across_ / (root_core_ * root_surface_);
  const double half = 0.5 * (a - d), root = std::sqrt(half * half + b * b), mean = 0.5 * (a + d);
  rate2_ = mean + root;
  rate1_ = (a * d - b * b) / rate2_;  // the slow mode, without cancellation
  // eigenvector of the slow mode: (a - rate1) x - b y = 0; of the two equal forms the one that does not cancel
  const double x = half > 0 ? b : root - half, y = half > 0 ? half + root : b, length = std::sqrt(x * x + y * y);
  cosine_ = x / length;
  sine_ = y / length;
}

Temperatures HeatFlow::after(Temperatures start, Heat heat, double dt_s, const Surroundings& env) {
  if (env.conductance_W_per_K != conductance_) find_modes(env.conductance_W_per_K);
  decay1_.set(dt_s * rate1_);
  const double x = start.core_degC - env.mean_degC;
  if (!two_) {
    const double core =
        env.mean_degC + moved(x, (heat.mean_W + env.heater_W) / core_, heat.rise_W / core_, dt_s, decay1_);
    return {core, core};
  }
  decay2_.set(dt_s * rate2_);
  const double w1 = root_core_ * x, w2 = root_surface_ * (start.surface_degC - env.mean_degC);
  const double f1 = heat.mean_W / root_core_, f2 = env.heater_W / root_surface_, rise = heat.rise_W / root_core_;
  const double slow = moved(cosine_ * w1 + sine_ * w2, cosine_ * f1 + sine_ * f2, cosine_ * rise, dt_s, decay1_);
  const double fast = moved(cosine_ * w2 - sine_ * w1, cosine_ * f2 - sine_ * f1, -sine_ * rise, dt_s, decay2_);
  return {env.mean_degC + (cosine_ * slow - sine_ * fast) / root_core_,
          env.mean_degC + (sine_ * slow + cosine_ * fast) / root_surface_};
}

}  // namespace models::cell
