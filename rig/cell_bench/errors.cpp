// SPDX-License-Identifier: Apache-2.0
#include "rig/cell_bench/errors.hpp"

#include <cmath>

namespace rig::cell_bench {

void ErrorSum::add(double error, double at_s) {
  ++errors_.rows;
  square_ += error * error;
  if (std::abs(error) > std::abs(errors_.worst)) errors_.worst = error, errors_.worst_at_s = at_s;
}

Errors ErrorSum::errors() const {
  Errors e = errors_;
  if (e.rows > 0) e.rms = std::sqrt(square_ / static_cast<double>(e.rows));
  return e;
}

}  // namespace rig::cell_bench
