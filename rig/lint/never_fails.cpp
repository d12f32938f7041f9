// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "rig/lint/decide.hpp"
#include "rig/lint/reach.hpp"
#include "rig/lint/rules.hpp"

namespace rig::lint {
namespace {

using scenario::Claim;
using scenario::ClaimKind;
using scenario::Dimension;
using scenario::Expression;
using Op = Expression::Op;

std::string bounds_in_words(const Expression& value, const Interval& range) {
  const auto text = [&](double bound) { return in_words(bound, value.dimension); };
  if (range.is_bounded()) return value.text + " lies between " + text(range.low) + " and " + text(range.high);
  return value.text + " is never " +
         (std::isfinite(range.low) ? "below " + text(range.low) : "above " + text(range.high));
}

/// Why a condition cannot be otherwise.
std::string reason_of(const Expression& e, const Ranges& ranges) {
  std::string reason = "whatever its signals are";
  if (e.children.size() != 2 || e.children[0].dimension == Dimension::boolean) return reason;
  for (std::size_t side : {0U, 1U}) {
    const Expression &value = e.children[side], &limit = e.children[1 - side];
    const Interval range = range_of(value, ranges);
    const bool one_bound = std::isfinite(range.low) || std::isfinite(range.high);
    if (limit.op == Op::constant && value.op != Op::constant && one_bound) return bounds_in_words(value, range);
  }
  return reason;
}

class NeverFails {
 public:
  NeverFails(const Subject& subject, const Claim& claim, Findings& findings)
      : subject_(subject), ranges_(subject.ranges), claim_(claim), findings_(findings) {}

  void look() {
    switch (claim_.kind) {
      case ClaimKind::always:
      case ClaimKind::holds:
      case ClaimKind::eventually:
        return every_part(claim_.then, Truth::always, Op::logical_and);
      case ClaimKind::never:
        return every_part(claim_.then, Truth::never, Op::logical_or);
      case ClaimKind::when_then:
        conclusion();
        return end_of_the_run();
      case ClaimKind::settles:
        return band();
      case ClaimKind::converges:
        return;
    }
  }

 private:
  /// The whole, or each of its parts that must hold together.
  void every_part(const Expression& e, Truth vacuous, Op joint) {
    if (decide(e, ranges_) == vacuous) {
      return tell(e.position, quoted(e) + (vacuous == Truth::always ? " is always true" : " is never true") + ", " +
                                  reason_with_link(e));
    }
    if (e.op != joint) return;
    for (const Expression& part : e.children) every_part(part, vacuous, joint);
  }

  std::string reason_with_link(const Expression& e) const {
    const std::string reason = reason_of(e, ranges_);
    return reason.starts_with("whatever") ? reason : "since " + reason;
  }

  void conclusion() {
    const std::size_t before = findings_.size();
    every_part(claim_.then, Truth::always, Op::logical_and);
    const bool must_stay = claim_.for_at_least_s || claim_.not_before_s || claim_.when_holds_for_s;
    if (findings_.size() > before || must_stay || decide(claim_.when, ranges_) == Truth::never) return;
    if (follows(claim_.when, claim_.then, ranges_))
      tell(claim_.then.position, quoted(claim_.then) + " is true at once whenever " + quoted(claim_.when) + " is");
  }

  /// A limit that the run does not last to: whoever misses it is not seen.
  void end_of_the_run() {
    const scenario::Scenario& run = subject_.scenario;
    const double waits_s = claim_.within_s + claim_.when_holds_for_s.value_or(0);
    const double latest_s = run.run_for_s - waits_s;
    if (latest_s >= first_armed_s(latest_s)) return;
    const double first_s = first_armed_s(run.run_for_s);
    if (!std::isfinite(first_s)) return;  // never
    findings_.push_back({"never-fails", place_of(claim_, "within"),
                         "within: " + in_words(claim_.within_s, Dimension::time) +
                             " lies beyond the end of the run, at " + in_words(run.run_for_s, Dimension::time) +
                             ": the claim arms at " + in_words(first_s, Dimension::time) +
                             " at the earliest, and its limit cannot be missed"});
  }

  /// When the claim may arm first; later than `until_s`: not up to then.
  [[nodiscard]] double first_armed_s(double until_s) const {
    const scenario::Scenario& run = subject_.scenario;
    std::vector<double> times{claim_.after_s.value_or(0)};
    for (const scenario::Action& action : run.actions)
      if (action.cue < 0 && action.at_s > times.front() && action.at_s <= until_s) times.push_back(action.at_s);
    std::ranges::sort(times);
    const Expression trigger = state_after(claim_.when);
    for (const double s : times)
      if (decide(trigger, ranges_in_run(run, subject_.catalogue, s)) != Truth::never) return s;
    return whole_run;
  }

  void band() {
    const Interval range = range_of(claim_.then, ranges_);
    if (range.low < claim_.to.value - claim_.band.value || range.high > claim_.to.value + claim_.band.value) return;
    tell(place_of(claim_, "band"), "band: " + bounds_in_words(claim_.then, range) + ", all of it inside of the band");
  }

  void tell(const scenario::SourcePosition& position, const std::string& sentence) {
    findings_.push_back({"never-fails", position, sentence + ": the claim cannot fail here"});
  }

  const Subject& subject_;
  const Ranges& ranges_;
  const Claim& claim_;
  Findings& findings_;
};

}  // namespace

void never_fails(const Subject& subject, const Claim& claim, Findings& findings) {
  NeverFails(subject, claim, findings).look();
}

}  // namespace rig::lint
