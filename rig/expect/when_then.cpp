// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/when_then.hpp"

#include <algorithm>

namespace rig::expect {
namespace {

std::int64_t ns_or(const std::optional<double>& seconds, std::int64_t otherwise) {
  return seconds ? scenario::to_ns(*seconds) : otherwise;
}

}  // namespace

WhenThen::WhenThen(const Claim& claim, std::int64_t t_start_ns)
    : within_ns_(scenario::to_ns(claim.within_s)),
      not_before_ns_(ns_or(claim.not_before_s, 0)),
      stay_ns_(ns_or(claim.for_at_least_s, 0)),
      hold_ns_(ns_or(claim.when_holds_for_s, 0)),
      t_until_ns_(claim.until_s ? t_start_ns + scenario::to_ns(*claim.until_s) : kNever) {
  waiting_.reserve(64);
  staying_.reserve(64);
}

void WhenThen::open(std::int64_t t_ns) {
  Monitor::open(t_ns);
  when_ = then_ = false;
}

void WhenThen::observe(const Observation& at) {
  arm_after_holding(at.t_ns, false);
  if (at.held[1] != Truth::yes) broke(at.t_ns);
  then_ = at.now[1] == Truth::yes;
  if (then_) became_true(at.t_ns, at.dating);
  rising(at);
}

void WhenThen::rising(const Observation& at) {
  const bool when = at.inside && at.now[0] == Truth::yes;
  const bool rises = when && !when_;
  when_ = when;
  if (t_rise_ns_ != kNever && (rises || !at.inside || at.held[0] != Truth::yes)) {
    arm_after_holding(at.t_ns, at.inside);
    t_rise_ns_ = kNever;
  }
  if (!rises) return;
  if (hold_ns_ == 0) return arm(at.t_ns, at.dating);
  t_rise_ns_ = at.t_ns;
  rise_dating_ = at.dating;
}

void WhenThen::arm_after_holding(std::int64_t t_ns, bool inclusive) {
  if (t_rise_ns_ == kNever) return;
  const std::int64_t t_arm = t_rise_ns_ + hold_ns_;
  if (inclusive ? t_arm > t_ns : t_arm >= t_ns) return;
  if (t_rise_ns_ < t_until_ns_ && t_arm >= t_until_ns_) t_late_ns_ = std::min(t_late_ns_, t_arm);
  t_rise_ns_ = kNever;
  arm(t_arm, rise_dating_);
}

void WhenThen::arm(std::int64_t t_ns, const Dating& dating) {
  if (t_ns >= t_until_ns_) return;
  ++armed_;
  // long overdue and not the first: nothing that can still come makes it the worst
  const auto overdue = [&](const Open& o) { return &o != waiting_.data() && t_ns - o.t_arm_ns > within_ns_; };
  const auto done = std::remove_if(waiting_.begin(), waiting_.end(), overdue);
  violations_ += static_cast<std::uint64_t>(waiting_.end() - done);
  waiting_.erase(done, waiting_.end());
  Open occurrence{t_ns, kNever, dating};
  if (then_) return began(occurrence, t_ns, {});
  waiting_.push_back(occurrence);
}

void WhenThen::became_true(std::int64_t t_ns, const Dating& dating) {
  for (Open& occurrence : waiting_) began(occurrence, t_ns, dating);
  waiting_.clear();
}

void WhenThen::began(Open& occurrence, std::int64_t t_ns, const Dating& dating) {
  occurrence.t_true_ns = t_ns;
  occurrence.dating = both_of(occurrence.dating, dating);
  const std::int64_t delay = t_ns - occurrence.t_arm_ns;
  if (delay > within_ns_)
    return judge({within_ns_ - delay, delay, within_ns_, t_ns, occurrence.dating,
                  "true only " + text(delay) + " after it armed, at " + text(t_ns) + "; limit " + text(within_ns_)});
  if (delay < not_before_ns_)
    return judge(
        {delay - not_before_ns_, delay, not_before_ns_, t_ns, occurrence.dating,
         "true already " + text(delay) + " after it armed, at " + text(t_ns) + "; not before " + text(not_before_ns_),
         ">="});
  if (stay_ns_ == 0) return passed(occurrence);
  retire(t_ns);
  staying_.push_back(occurrence);
}

void WhenThen::passed(const Open& occurrence) {
  const std::int64_t delay = occurrence.t_true_ns - occurrence.t_arm_ns;
  const bool nearer_to_start = not_before_ns_ > 0 && delay - not_before_ns_ < within_ns_ - delay;
  const std::int64_t limit = nearer_to_start ? not_before_ns_ : within_ns_;
  const std::int64_t margin = nearer_to_start ? delay - not_before_ns_ : within_ns_ - delay;
  judge({margin, delay, limit, occurrence.t_true_ns, occurrence.dating, {}, nearer_to_start ? ">=" : "<="});
}

void WhenThen::retire(std::int64_t t_ns) {
  const auto lasted = [&](const Open& o) { return t_ns - o.t_true_ns >= stay_ns_; };
  for (const Open& occurrence : staying_)
    if (lasted(occurrence)) passed(occurrence);
  staying_.erase(std::remove_if(staying_.begin(), staying_.end(), lasted), staying_.end());
}

void WhenThen::broke(std::int64_t t_ns) {
  retire(t_ns);
  for (const Open& occurrence : staying_) {
    const std::int64_t lasted = t_ns - occurrence.t_true_ns;
    judge({lasted - stay_ns_, lasted, stay_ns_, t_ns, occurrence.dating,
           "stayed true for only " + text(lasted) + ", until " + text(t_ns) + "; limit " + text(stay_ns_), ">="});
  }
  staying_.clear();
}

void WhenThen::close(std::int64_t t_ns) {
  arm_after_holding(t_ns, true);
  for (const Open& occurrence : waiting_) never_came(occurrence, t_ns);
  retire(t_ns);
  for (const Open& occurrence : staying_) {
    const std::int64_t lasted = t_ns - occurrence.t_true_ns;
    judge({lasted - stay_ns_, lasted, stay_ns_, t_ns, occurrence.dating,
           "the run ended " + text(lasted) + " after it became true", ">="});
  }
}

void WhenThen::never_came(const Open& occurrence, std::int64_t t_ns) {
  const std::int64_t elapsed = t_ns - occurrence.t_arm_ns, left = within_ns_ - elapsed;
  if (left < 0)
    return judge({left, elapsed, within_ns_, occurrence.t_arm_ns + within_ns_, occurrence.dating,
                  "not true until the end of the run, " + text(elapsed) + " after it armed at " +
                      text(occurrence.t_arm_ns) + "; limit " + text(within_ns_)});
  // what is missing is not time to react but time to judge: count it as missing, and never as nothing
  judge({std::min<std::int64_t>(-left, -1), elapsed, within_ns_, t_ns, occurrence.dating,
         "the run ended " + text(elapsed) + " after it armed", ""});
}

void WhenThen::judge(Outcome outcome) {
  if (outcome.margin_ns < 0) ++violations_;
  if (outcome.margin_ns < worst_.margin_ns) worst_ = std::move(outcome);
}

std::string WhenThen::why_never_armed() const {
  if (t_late_ns_ != kNever)
    return "never armed: its condition had held for " + text(hold_ns_) + " only at " + text(t_late_ns_) +
           ", behind the end of its window at " + text(t_until_ns_);
  if (nearest_.comparison == nullptr) return "never armed: its condition never came true";
  if (nearest_.t_ns < 0) return "never armed: nothing was known of its condition";
  if (nearest_.comparison->truth(nearest_.inside) == Truth::yes)
    return "never armed: its condition was true at " + text(nearest_.t_ns) + ", but never for " + text(hold_ns_);
  return "never armed: " + nearness_text(nearest_);
}

Verdict WhenThen::verdict() const {
  if (armed_ == 0) {
    Verdict verdict = failed(why_never_armed());
    set_limit(verdict, "<=", within_ns_);
    return verdict;
  }
  Verdict verdict;
  verdict.result = violations_ == 0 ? Result::pass : Result::fail;
  verdict.reason = worst_.reason;
  verdict.measured = duration(worst_.measured_ns);
  set_limit(verdict, worst_.is, worst_.limit_ns);
  fill_margin(verdict, seconds(worst_.margin_ns));
  date(verdict, worst_.dating);
  verdict.t_worst_ns = worst_.t_ns;
  verdict.occurrences = armed_;
  verdict.violations = violations_;
  return verdict;
}

}  // namespace rig::expect
