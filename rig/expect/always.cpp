// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/always.hpp"

#include <algorithm>

namespace rig::expect {

void Always::observe(const Observation& at) {
  const Truth gate = gated_ ? at.now[1] : Truth::yes;
  if (gate == Truth::yes && gate_ != Truth::yes) ++intervals_;
  gate_ = gate;
  truth_ = at.now[0];
  const bool judged = gate_ == Truth::yes && truth_ != Truth::unknown;
  judged_ = judged_ || judged;
  const bool violated = judged && truth_ == Truth::no;
  if (violated && t_violated_ns_ < 0) {
    ++violations_;
    t_violated_ns_ = at.t_ns;
    began_dating_ = at.dating;
  } else if (!violated && t_violated_ns_ >= 0) {
    end_violation(at.t_ns);
  }
}

void Always::end_violation(std::int64_t t_ns) {
  const std::int64_t lasted = std::max<std::int64_t>(t_ns - t_violated_ns_, 1);  // an instant counts as a nanosecond
  total_ns_ += lasted;
  if (lasted > longest_ns_) {
    longest_ns_ = lasted;
    t_longest_ns_ = t_violated_ns_;
    longest_dating_ = began_dating_;
  }
  t_violated_ns_ = -1;
}

void Always::close(std::int64_t t_ns) {
  if (t_violated_ns_ >= 0) end_violation(t_ns);
  gate_ = Truth::no;
}

// Also while the gate is shut: it may open inside the piece.
double Always::floor() const { return std::min(inside_.rank, outside_.rank); }

void Always::figure(std::int64_t t_ns, const Decision& decision, const double* values) {
  if (gate_ != Truth::yes || decision.literal == nullptr) return;
  keep(truth_ == Truth::no ? outside_ : inside_, t_ns, decision, values);
}

void Always::keep(Figure& worst, std::int64_t t_ns, const Decision& decision, const double* values) const {
  if (!(decision.margin < worst.rank)) return;
  const Comparison& comparison = *decision.literal->comparison;
  worst.rank = decision.margin;
  worst.margin = comparison.margin(decision.literal->inside);
  worst.measured = comparison.measured()(values);
  worst.limit = comparison.limit()(values);
  worst.t_ns = t_ns;
  worst.comparison = &comparison;
  worst.standard = comparison.standard(values, slots_);
  comparison.measured().choose(values, worst.elements);
}

Verdict Always::verdict() const {
  if (intervals_ == 0) return failed("never armed: the condition of `while` was never true");
  if (!judged_) return failed("never judged: no value was known in the whole window");
  if (violations_ > 0) return outside_.comparison != nullptr ? with_figure(outside_) : with_time();
  return inside_.comparison != nullptr ? with_figure(inside_) : with_time();
}

Verdict Always::with_figure(const Figure& worst) const {
  Verdict verdict;
  verdict.result = violations_ == 0 ? Result::pass : Result::fail;
  if (violations_ > 0) verdict.reason = why(worst);
  const auto dimension = worst.comparison->measured().dimension();
  verdict.measured = {worst.measured, dimension};
  verdict.limit = {worst.limit, worst.comparison->limit().dimension()};
  verdict.limit_is = worst.comparison->limit_is();
  fill_margin(verdict, worst.margin);
  verdict.resolution = worst.comparison->resolution();
  verdict.standard = worst.standard;
  verdict.t_worst_ns = worst.t_ns;
  verdict.worst_element = Program::element(worst.elements, slots_);
  verdict.occurrences = intervals_;
  verdict.violations = violations_;
  return verdict;
}

std::string Always::why(const Figure& worst) const {
  const auto figure = scenario::format({worst.measured, worst.comparison->measured().dimension()}, 5);
  const auto element = Program::element(worst.elements, slots_);
  const auto where = element.empty() ? figure : element + " " + figure;
  const auto times = violations_ == 1 ? std::string() : " in " + std::to_string(violations_) + " stretches";
  const auto limit = scenario::format({worst.limit, worst.comparison->limit().dimension()}, 5);
  return where + " at " + text(worst.t_ns) + ", limit " + worst.comparison->limit_is() + " " + limit +
         "; violated for " + text(total_ns_) + times;
}

Verdict Always::with_time() const {
  Verdict verdict;
  verdict.result = violations_ == 0 ? Result::pass : Result::fail;
  verdict.measured = duration(longest_ns_);
  set_limit(verdict, "<=", 0);
  fill_margin(verdict, longest_ns_ == 0 ? 0.0 : -seconds(longest_ns_));
  date(verdict, longest_dating_);
  if (violations_ == 0) verdict.standard = kNothing;  // a state that always was: no figure to doubt
  verdict.t_worst_ns = violations_ > 0 ? t_longest_ns_ : t_open_ns_;
  verdict.occurrences = intervals_;
  verdict.violations = violations_;
  if (violations_ == 0) return verdict;
  verdict.reason = (never_ ? "true for " : "false for ") + text(longest_ns_) + " from " + text(t_longest_ns_) + " on";
  if (violations_ > 1) verdict.reason += ", the longest of " + std::to_string(violations_) + " times";
  return verdict;
}

}  // namespace rig::expect
