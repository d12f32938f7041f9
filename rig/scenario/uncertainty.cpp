// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/uncertainty.hpp"

#include <algorithm>
#include <limits>

namespace rig::scenario {

double BenchUncertainty::standard(Dimension dimension, double value) const {
  const auto found = std::ranges::find(stated, dimension, &Uncertainty::dimension);
  if (found == stated.end()) return std::numeric_limits<double>::quiet_NaN();
  return (found->absolute + found->relative * (value < 0 ? -value : value)) / found->k;
}

}  // namespace rig::scenario
