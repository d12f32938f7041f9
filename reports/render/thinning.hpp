// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "reports/trace/trace.hpp"

namespace reports {

/// What stretch of a run is kept at full rate, and how many points each part may have.
struct Thinning {
  std::int64_t t0 = 0, t1 = 0;          // ns, the moment
  std::size_t inside = 0, outside = 0;  // most points a curve has in it, and in the rest of the run
};

/// Curves over one common list of instants.
struct Thinned {
  std::vector<std::int64_t> t_ns;
  std::vector<std::vector<double>> values;  // [curve][instant]; NaN = not known
};

/// Every row inside the moment (and the row on either side of it) when they are few enough; the other rows in buckets
/// of two points, lowest and highest value of each curve in the order they came, so that no extreme is lost.
[[nodiscard]] Thinned thinned(const std::vector<std::int64_t>& t_ns,
                              const std::vector<const std::vector<double>*>& curves, const Thinning& how);

/// Changes of one signal, repeated values left out. Outside the moment a bucket keeps its first and its last change.
[[nodiscard]] std::vector<trace::Change> thinned(const std::vector<trace::Change>& changes, std::size_t signal,
                                                 const Thinning& how);

}  // namespace reports
