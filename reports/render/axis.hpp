// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace reports {

/// Round numbers (1, 2 or 5 times a power of ten) inside [low, high], about `wanted` of them, as people read them.
struct Tick {
  double value;
  std::string text;
};
[[nodiscard]] std::vector<Tick> ticks(double low, double high, int wanted);

/// The unit that suits a span of time, for an axis: "us", "ms", "s", "min" or "h".
struct TimeUnit {
  const char* name;
  double ns;
};
[[nodiscard]] TimeUnit time_unit(std::int64_t span_ns);

}  // namespace reports
