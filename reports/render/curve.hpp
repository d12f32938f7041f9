// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace reports {

/// Where a panel lies on the picture: [t0, t1] ns over [left, right] px, [low, high] of the unit over [bottom, top] px.
struct Frame {
  std::int64_t t0 = 0, t1 = 1;
  double left = 0, right = 1, low = 0, high = 1, top = 0, bottom = 1;
  double detail = 0.5;  // px: what is finer is not to be seen

  [[nodiscard]] double x(std::int64_t t_ns) const {
    return left + (right - left) * (static_cast<double>(t_ns - t0) / static_cast<double>(t1 - t0));
  }
  [[nodiscard]] double y(double value) const { return bottom - (bottom - top) * ((value - low) / (high - low)); }
};

struct Pixel {
  double x, y;
};

/// The stretches of a curve that are known, as pixels inside the frame. `stepped`: a value holds until the next one;
/// else straight lines between rows. Thinned to what a screen shows: extremes of every `detail` stay, straight runs
/// shrink to their ends (0.4 of `detail`).
[[nodiscard]] std::vector<std::vector<Pixel>> curve(const std::vector<std::int64_t>& t_ns,
                                                    const std::vector<double>& values, bool stepped,
                                                    const Frame& frame);

}  // namespace reports
