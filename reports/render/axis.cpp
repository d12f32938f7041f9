// SPDX-License-Identifier: Apache-2.0
#include "reports/render/axis.hpp"

#include <cmath>

#include "reports/render/text.hpp"

namespace reports {
namespace {

struct Step {
  double size;
  int decimals;
};

Step round_step(double least) {
  double power = 1;
  int decimals = 0;
  while (power > least && decimals < 12) {
    power /= 10;
    ++decimals;
  }
  while (power * 10 <= least && power < 1e15) power *= 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= least) return {power * factor, decimals};
  }
  return {power * 10, decimals > 0 ? decimals - 1 : 0};
}

}  // namespace

std::vector<Tick> ticks(double low, double high, int wanted) {
  std::vector<Tick> list;
  if (!(high > low)) return list;
  const Step step = round_step((high - low) / wanted);
  for (double index = std::ceil(low / step.size - 1e-9); index * step.size <= high + step.size * 1e-9; ++index) {
    list.push_back({index * step.size, fixed(index * step.size, step.decimals)});
    if (list.size() > 50) break;
  }
  return list;
}

TimeUnit time_unit(std::int64_t span_ns) {
  if (span_ns < 5'000'000) return {"us", 1e3};
  if (span_ns < 2'000'000'000) return {"ms", 1e6};
  if (span_ns < 900'000'000'000) return {"s", 1e9};
  if (span_ns < 10'800'000'000'000) return {"min", 60e9};
  return {"h", 3600e9};
}

}  // namespace reports
