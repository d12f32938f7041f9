// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/scope.hpp"

#include <algorithm>

#include "rig/expect/monitor.hpp"

namespace rig::expect {

Scope::Scope(const Words& words, Slots& slots, std::vector<Literal>& literals) : repeats_(words.repeats) {
  if (words.opens != nullptr) {
    opens_.emplace(*words.opens, false, slots, literals);
    opens_text_ = words.opens->text;
  }
  if (words.closes == nullptr) return;
  closes_.emplace(*words.closes, false, slots, literals);
  closes_text_ = words.closes->text;
  closes_at_edge_ = scenario::is_edge(*words.closes);
}

Scope::Turn Scope::turn(std::int64_t t_ns, bool goes_on, const std::vector<Literal>& literals) {
  Turn turn;
  const bool opening = !opens_ || opens_->now(literals) == Truth::yes;
  const bool rises = opening && !was_;
  was_ = opening;
  const bool closing = closes_ && closes_->now(literals) == Truth::yes;
  if (inside_ && closing) {
    turn.closes = true;
    inside_ = false;
    ++ended_;
  }
  if (inside_ || !rises || !goes_on || over()) return turn;
  if (closing && !closes_at_edge_) {
    t_empty_ns_ = t_ns;
    return turn;
  }
  turn.opens = inside_ = true;
  t_began_ns_ = t_ns;
  ++began_;
  return turn;
}

std::string Scope::why_never() const {
  if (t_empty_ns_ >= 0)
    return "judged over an empty window: \"" + closes_text_ + "\" was true already when it began, at " +
           text(t_empty_ns_);
  return "never armed: \"" + opens_text_ + "\" never came";
}

void Scope::complete(Verdict& verdict) const {
  if (!closes_ || ended_ > 0) return;
  verdict.result = Result::fail;
  verdict.violations = std::max<std::uint64_t>(verdict.violations, 1);
  const std::string missing = "\"" + closes_text_ + "\" never came, from " + text(t_began_ns_) + " on";
  verdict.reason = verdict.reason.empty() ? missing : verdict.reason + "; " + missing;
}

}  // namespace rig::expect
