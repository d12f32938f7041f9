// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/eventually.hpp"

#include <algorithm>

namespace rig::expect {

void Eventually::observe(const Observation& at) {
  known_ = known_ || at.now[0] != Truth::unknown;
  if (t_true_ns_ >= 0 || at.now[0] != Truth::yes) return;
  t_true_ns_ = at.t_ns;
  dating_ = at.dating;
}

Verdict Eventually::never_came() const {
  const std::int64_t elapsed = t_close_ns_ - t_open_ns_;
  std::string reason = "not true until the end of the window, " + text(elapsed) + " after its begin";
  if (nearest_.comparison != nullptr && nearest_.t_ns >= 0) reason += ": " + nearness_text(nearest_);
  Verdict verdict = not_reached(std::move(reason), elapsed, by_ns_);
  verdict.t_worst_ns = std::min(t_close_ns_, t_open_ns_ + by_ns_);
  verdict.occurrences = 1;
  return verdict;
}

Verdict Eventually::verdict() const {
  if (!known_) return failed("never judged: no value was known in the whole window");
  if (t_true_ns_ < 0) return never_came();
  const std::int64_t taken = t_true_ns_ - t_open_ns_;
  Verdict verdict = reached(taken, by_ns_);
  if (verdict.result == Result::fail)
    verdict.reason = "true only at " + text(t_true_ns_) + ", " + text(taken) +
                     " after the begin of the window; limit " + text(by_ns_);
  date(verdict, dating_);
  verdict.t_worst_ns = t_true_ns_;
  verdict.occurrences = 1;
  return verdict;
}

}  // namespace rig::expect
