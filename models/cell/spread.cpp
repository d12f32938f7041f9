// SPDX-License-Identifier: Apache-2.0
#include "models/cell/spread.hpp"

#include <cmath>

#include "models/math/noise.hpp"

namespace models::cell {
namespace {

constexpr double widest = 3;

double factor(double sigma, std::uint64_t seed, std::uint64_t stream) {
  if (sigma == 0) return 1;
  std::uint64_t attempt = 0;
  double deviate = math::normal()(math::random_bits(seed, stream, attempt));
  while (std::abs(deviate) > widest) deviate = math::normal()(math::random_bits(seed, stream, ++attempt));
  return 1 + sigma * deviate;
}

}  // namespace

CellSpread drawn(const SpreadParams& sigma, std::uint64_t seed, int cell) {
  const std::uint64_t stream = 3 * static_cast<std::uint64_t>(cell);
  return {factor(sigma.capacity, seed, stream), factor(sigma.resistance, seed, stream + 1),
          factor(sigma.self_discharge, seed, stream + 2)};
}

}  // namespace models::cell
