// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/settles.hpp"

#include <algorithm>

namespace rig::expect {

Settles::Settles(const Claim& claim, const Slots& slots)
    : within_ns_(scenario::to_ns(claim.within_s)),
      stay_ns_(scenario::to_ns(claim.for_at_least_s.value_or(0))),
      target_(scenario::format(claim.to, 5) + " ± " + scenario::format(claim.band)),
      slots_(slots) {}

void Settles::observe(const Observation& at) {
  known_ = known_ || at.now[0] != Truth::unknown;
  if (t_in_ns_ >= 0 && at.held[0] != Truth::yes) leave(at.t_ns);
  if (t_in_ns_ >= 0 || at.now[0] != Truth::yes) return;
  ++entries_;
  t_in_ns_ = at.t_ns;
  in_dating_ = at.dating;
}

void Settles::leave(std::int64_t t_ns) {
  const std::int64_t lasted = t_ns - t_in_ns_;
  longest_ns_ = std::max(longest_ns_, lasted);
  if (!for_good() && lasted >= stay_ns_) settled(t_in_ns_, in_dating_);
  t_left_ns_ = t_ns;
  t_in_ns_ = -1;
}

void Settles::settled(std::int64_t t_ns, const Dating& dating) {
  if (t_settled_ns_ >= 0) return;
  t_settled_ns_ = t_ns;
  dating_ = dating;
}

void Settles::close(std::int64_t t_ns) {
  t_close_ns_ = t_ns;
  if (t_in_ns_ < 0) return;
  longest_ns_ = std::max(longest_ns_, t_ns - t_in_ns_);
  if (t_ns - t_in_ns_ >= stay_ns_) settled(t_in_ns_, in_dating_);
}

void Settles::ending(const Decision& decision, const double* values) {
  if (decision.literal == nullptr) return;
  const Program& deviation = decision.literal->comparison->measured();
  deviation.choose(values, last_elements_);
  at_the_end_ = measured_text(deviation, values, slots_) + " off";
}

std::string Settles::why_not() const {
  const std::string end = ": " + (at_the_end_.empty() ? "unknown" : at_the_end_) + " at " + text(t_close_ns_);
  if (entries_ == 0) return "never within " + target_ + " in " + text(t_close_ns_ - t_open_ns_) + end;
  if (!for_good()) return "within " + target_ + " for " + text(longest_ns_) + " at most, limit " + text(stay_ns_) + end;
  return "outside of " + target_ + " again since " + text(t_left_ns_) + end;
}

Verdict Settles::verdict() const {
  if (!known_) return failed("never judged: no value was known in the whole window");
  if (t_settled_ns_ < 0) {
    Verdict verdict = not_reached(why_not(), t_close_ns_ - t_open_ns_, within_ns_);
    verdict.t_worst_ns = t_close_ns_;
    verdict.elements = last_elements_;
    verdict.occurrences = entries_;
    return verdict;
  }
  Verdict verdict = reached(t_settled_ns_ - t_open_ns_, within_ns_);
  if (verdict.result == Result::fail)
    verdict.reason = "within " + target_ + (for_good() ? " for good" : " for " + text(stay_ns_)) + " only after " +
                     text(t_settled_ns_ - t_open_ns_) + ", limit " + text(within_ns_);
  date(verdict, dating_);
  verdict.t_worst_ns = t_settled_ns_;
  verdict.occurrences = entries_;
  return verdict;
}

}  // namespace rig::expect
