// SPDX-License-Identifier: Apache-2.0
#include "reports/trace/layout.hpp"

#include <zlib.h>

#include <cmath>

namespace reports::trace::layout {

Scale make_scale(double resolution) {
  const double inverse = 1.0 / resolution;
  const double whole = std::nearbyint(inverse);
  if (whole >= 1.0 && 1.0 / whole == resolution) return {resolution, whole, true};
  return {resolution, inverse, false};
}

std::uint32_t crc(std::uint32_t before, const std::uint8_t* bytes, std::size_t size) {
  return static_cast<std::uint32_t>(crc32_z(before, bytes, size));
}

}  // namespace reports::trace::layout
