// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/stretches.hpp"

#include <algorithm>

namespace rig::expect {

void Holds::observe(const Observation& at) {
  known_ = known_ || at.now[0] != Truth::unknown;
  if (t_began_ns_ >= 0 && at.held[0] != Truth::yes) end(at.t_ns, at.dating);
  if (t_began_ns_ >= 0 || at.now[0] != Truth::yes) return;
  ++stretches_;
  t_began_ns_ = at.t_ns;
  began_dating_ = at.dating;
}

void Holds::end(std::int64_t t_ns, const Dating& dating) {
  const std::int64_t lasted = t_ns - t_began_ns_;
  if (lasted > longest_ns_) {
    longest_ns_ = lasted;
    t_longest_ns_ = t_began_ns_;
    longest_dating_ = both_of(began_dating_, dating);
  }
  t_began_ns_ = -1;
}

void Holds::close(std::int64_t t_ns) {
  if (t_began_ns_ >= 0) end(t_ns, {});
}

Verdict Holds::verdict() const {
  Verdict verdict = stretches_ == 0 ? failed(known_ ? "never armed: it was never true"
                                                    : "never judged: no value was known in the whole window")
                                    : Verdict{};
  set_limit(verdict, ">=", needed_ns_);
  if (stretches_ == 0) return verdict;
  const bool passes = longest_ns_ >= needed_ns_;
  verdict.result = passes ? Result::pass : Result::fail;
  if (!passes) verdict.reason = "true for " + text(longest_ns_) + " at most, from " + text(t_longest_ns_);
  verdict.measured = duration(longest_ns_);
  fill_margin(verdict, seconds(longest_ns_ - needed_ns_));
  date(verdict, longest_dating_);
  verdict.t_worst_ns = t_longest_ns_;
  verdict.occurrences = stretches_;
  verdict.violations = passes ? 0 : 1;
  return verdict;
}

void Converges::observe(const Observation& at) {
  const Truth below = at.now[0];
  if (first_ == Truth::unknown) first_ = below;
  if (below == Truth::yes && below_ != Truth::yes) {
    ++entries_;
    t_below_ns_ = at.t_ns;
    dating_ = at.dating;
  }
  below_ = below;
}

void Converges::ending(const Decision& decision, const double* values) {
  if (decision.literal == nullptr) return;
  decision.literal->comparison->measured().choose(values, last_elements_);
  at_the_end_ = ": " + measured_text(decision.literal->comparison->measured(), values, slots_);
}

Verdict Converges::not_below() const {
  const std::int64_t elapsed = t_close_ns_ - t_open_ns_;
  const std::string end = at_the_end_ + " at " + text(t_close_ns_);
  Verdict verdict = not_reached(below_ == Truth::unknown ? "unknown at the end of the window"
                                : entries_ == 0          ? "never below the limit in " + text(elapsed) + end
                                                         : "at or above the limit again at the end of the window" + end,
                                elapsed, within_ns_);
  verdict.t_worst_ns = t_close_ns_;
  verdict.elements = last_elements_;
  verdict.occurrences = entries_;
  return verdict;
}

Verdict Converges::verdict() const {
  Verdict verdict;
  if (first_ == Truth::unknown) return failed("never judged: no value was known in the whole window");
  if (first_ == Truth::yes) {
    verdict = failed("never armed: already below the limit at the start");
    set_limit(verdict, "<=", within_ns_);
    return verdict;
  }
  if (below_ != Truth::yes) return not_below();
  const std::int64_t taken = t_below_ns_ - t_open_ns_;
  verdict = reached(taken, within_ns_);
  if (taken > within_ns_)
    verdict.reason = "below the limit for good only after " + text(taken) + ", limit " + text(within_ns_);
  date(verdict, dating_);
  verdict.t_worst_ns = t_below_ns_;
  verdict.occurrences = entries_;
  return verdict;
}

}  // namespace rig::expect
