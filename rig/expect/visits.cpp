// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/visits.hpp"

namespace rig::expect {

void Visits::observe(const Observation& at) {
  const bool beyond = at.now[0] == Truth::no, inside = at.now[0] == Truth::yes;
  const bool gate_on = at.now[2] == Truth::no;
  if (gate_was_on_ && !gate_on && (beyond || was_beyond_)) ++trips;
  if (beyond && gate_on && !was_beyond_) beyond_since_ns_ = at.t_ns;
  if (!gate_on) beyond_since_ns_ = -1;
  if (inside && beyond_since_ns_ >= 0) {
    ++forgiven;
    longest_forgiven_ns = std::max(longest_forgiven_ns, at.t_ns - beyond_since_ns_);
  }
  if (!beyond) beyond_since_ns_ = -1;
  const bool near = inside && at.now[4] == Truth::no && gate_on;
  if (near && near_since_ns_ < 0) near_since_ns_ = at.t_ns;
  if (!near) leave_band(at.t_ns);
  was_beyond_ = beyond;
  gate_was_on_ = gate_on;
}

void Visits::leave_band(std::int64_t t_ns) {
  if (near_since_ns_ >= 0) longest_near_ns = std::max(longest_near_ns, t_ns - near_since_ns_);
  near_since_ns_ = -1;
}

}  // namespace rig::expect
