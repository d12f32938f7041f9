// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "rig/scenario/quantity.hpp"

namespace rig::scenario {

/// How well a bench measures a quantity: expanded uncertainty U = absolute + relative · |value|, coverage factor k.
struct Uncertainty {
  Dimension dimension = Dimension::none;  // voltage, current, temperature or time
  double absolute = 0;                    // base unit; K for a temperature
  double relative = 0;
  double k = 2;
  std::string source;  // certificate, budget: where these figures come from
};

/// What a bench states of all quantities. One that it does not name is not measured with a stated uncertainty.
struct BenchUncertainty {
  static constexpr double k = 2;  // of what verdicts are decided with: about 95 %
  std::vector<Uncertainty> stated;

  [[nodiscard]] bool any() const { return !stated.empty(); }
  /// Standard uncertainty (k = 1) of one reading; NaN: none is stated.
  [[nodiscard]] double standard(Dimension dimension, double value) const;
};

}  // namespace rig::scenario
