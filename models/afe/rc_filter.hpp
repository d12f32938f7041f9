// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>

#include "models/math/exact.hpp"

namespace models::afe {

/// The first-order low-pass before a converter input: tau dy/dt = u - y.
/// The input is a function of time that is known, smooth, from `since_ns()` on; where it has corners or jumps the
/// caller calls keep() at them. The integral of u(s) e^(-(t-s)/tau) is a composite Gauss-Legendre rule, panels of at
/// most tau and 2 ms over the last 20 tau: 1e-8 of the amplitude for signals up to 100 Hz.
class RcFilter {
 public:
  /// tau > 0; the filter has settled on `start`.
  RcFilter(double time_constant_s, double start, std::int64_t t_ns)
      : time_constant_s_(time_constant_s), y_(start), t_ns_(t_ns) {}

  [[nodiscard]] std::int64_t since_ns() const { return t_ns_; }

  /// Output at `t_ns` >= since_ns(); input(ns) is called inside [since_ns(), t_ns].
  template <class Input>
  [[nodiscard]] double at(std::int64_t t_ns, Input&& input) const {
    const double span_s = static_cast<double>(t_ns - t_ns_) * 1e-9, window_s = std::min(span_s, 20 * time_constant_s_);
    if (window_s <= 0) return y_;
    const int panels = 1 + static_cast<int>(window_s / std::min(time_constant_s_, longest_panel_s));
    const double panel_s = window_s / panels;
    double sum = 0;
    for (int p = 0; p < panels; ++p) {
      for (int node = 0; node < 4; ++node) {
        const double back_s = panel_s * (p + position[node]);  // before t
        sum += weight[node] * math::exp(-back_s / time_constant_s_) *
               input(std::max(t_ns_, t_ns - static_cast<std::int64_t>(back_s * 1e9 + 0.5)));
      }
    }
    const double faded = math::exp(-window_s / time_constant_s_);
    const double before = span_s > window_s ? input(t_ns_) : y_;  // 20 tau back nothing is left of it
    return sum * panel_s / time_constant_s_ + faded * before;
  }

  template <class Input>
  void keep(std::int64_t t_ns, Input&& input) {
    if (t_ns <= t_ns_) return;
    y_ = at(t_ns, input);
    t_ns_ = t_ns;
  }

 private:
  static constexpr double longest_panel_s = 2e-3;
  static constexpr double position[4] = {0.0694318442029737, 0.3300094782075719, 0.6699905217924281,
                                         0.9305681557970263};
  static constexpr double weight[4] = {0.1739274225687269, 0.3260725774312731, 0.3260725774312731, 0.1739274225687269};

  double time_constant_s_, y_;
  std::int64_t t_ns_;
};

}  // namespace models::afe
