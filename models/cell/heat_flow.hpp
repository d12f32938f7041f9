// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "models/cell/cell_type.hpp"
#include "models/cell/decay.hpp"

namespace models::cell {

/// What a cell exchanges heat with during a step: conductance-weighted mean temperature of what surrounds its surface,
/// sum of the conductances, and the power of a heater on the surface.
struct Surroundings {
  double mean_degC = 25, conductance_W_per_K = 0, heater_W = 0;
};

struct Temperatures {
  double core_degC, surface_degC;
};

/// The two thermal nodes of a cell,
///   Cc dTc/dt = q - K (Tc - Ts)        Cs dTs/dt = K (Tc - Ts) - G (Ts - T_env) + heater
/// or one node when there is no surface. Exact for heat that is a ramp over the step: the symmetric 2 x 2 system is
/// turned onto its two modes.
class HeatFlow {
 public:
  explicit HeatFlow(const CellParams& params);

  struct Heat {
    double mean_W, rise_W;  // over the step: mean, and end less start
  };
  [[nodiscard]] Temperatures after(Temperatures start, Heat heat, double dt_s, const Surroundings& env);
  /// dTc/dt, K/s
  [[nodiscard]] double core_K_per_s(Temperatures now, double heat_W, const Surroundings& env) const {
    const double out = two_ ? across_ * (now.core_degC - now.surface_degC)
                            : env.conductance_W_per_K * (now.core_degC - env.mean_degC) - env.heater_W;
    return (heat_W - out) / core_;
  }
  /// The fastest rate of the nodes at this conductance, 1/s; above 0.
  [[nodiscard]] double fastest_per_s(const Surroundings& env) const {
    const double alone = (two_ ? across_ : env.conductance_W_per_K) / core_;
    return (two_ ? alone + (across_ + env.conductance_W_per_K) / surface_ : alone) + 1e-9;
  }

 private:
  void find_modes(double conductance_W_per_K);

  double core_, surface_, across_;
  bool two_;
  double root_core_ = 0, root_surface_ = 0, conductance_ = -1;
  double cosine_ = 1, sine_ = 0, rate1_ = 0, rate2_ = 0;  // modes; rates 1/s
  Decay decay1_, decay2_;
};

}  // namespace models::cell
