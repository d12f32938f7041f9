// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>

#include "rig/expect/monitor.hpp"

namespace rig::expect {

/// What a protection bore and how often it tripped, over a whole run; formulas as in timeline_expressions().
///   trips      falls of the gate with the quantity beyond the setting
///   forgiven   stretches beyond the setting that began and ended with the gate on all the time
///   near       stretches inside the setting, nearer to it than the band, with the gate on all the time
class Visits {
 public:
  void observe(const Observation& at);
  void close(std::int64_t t_ns) { leave_band(t_ns); }

  std::uint64_t trips = 0, forgiven = 0;
  std::int64_t longest_forgiven_ns = 0, longest_near_ns = 0;

 private:
  void leave_band(std::int64_t t_ns);

  bool was_beyond_ = false, gate_was_on_ = false;
  std::int64_t beyond_since_ns_ = -1, near_since_ns_ = -1;  // -1 = not now, or not with the gate on from its begin
};

}  // namespace rig::expect
