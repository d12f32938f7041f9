// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rig/scenario/expression.hpp"
#include "rig/scenario/position.hpp"

namespace rig::scenario {

enum class LimitSource : std::uint8_t { standard, declared, derived, marketing };

enum class ClaimKind : std::uint8_t {
  always,     // always: P                       P holds in the whole window
  never,      // never: P                        P holds at no instant of the window
  when_then,  // when: P  then: Q  within: T     each time P becomes true, Q is true no later than T after it
              //   optional: not before: T0      … and no earlier than T0
              //   optional: for at least: D     … and then stays true for D
              //   optional: when it holds for: D   P must have held for D before the claim arms (time counts from
              //   there)
  holds,      // holds: P  for at least: D       somewhere in the window P holds without a gap for D or longer
  converges,  // converges: X  below: L  within: T   X starts at or above L, is below L from some instant ≤ T on, to the
              // end
  settles,     // settles: X  to: V  band: B  within: T   |X - V| ≤ B from some instant ≤ T on, to the end
               //   optional: for at least: D   … for D only
  eventually,  // eventually: P  by: T             P is true at some instant ≤ T after the start of the window
};

/// One line of `expect:`. All are judged to the end of the run, at every occurrence; the worst is shown.
struct Claim {
  ClaimKind kind = ClaimKind::always;
  std::string name;                  // optional in the file; else made from its text
  std::string text;                  // the claim in one line, for people
  Expression when;                   // when_then
  Expression then;                   // P of always/never/holds, Q of when_then, X of converges
  std::optional<Expression> while_;  // always/never: judged only while this holds; never true = "never armed" = fail
  double within_s = 0.0;             // when_then, converges, settles; `by` of eventually
  std::optional<double> not_before_s;
  std::optional<double> for_at_least_s;  // when_then, holds, settles
  std::optional<double> when_holds_for_s;
  Quantity below;                 // converges
  Quantity to, band;              // settles
  std::optional<double> after_s;  // window of judgement [after, until]; default the whole run
  std::optional<double> until_s;
  // A condition or an edge in place of one of these times; within the other, if that is given:
  std::optional<Expression> opens;   // after: E      from its first instant on
  std::optional<Expression> closes;  // until: E      to its first instant; that must come
  bool each_stretch = false;         // between: [opens, closes]   every stretch from the one to the other
  LimitSource limit = LimitSource::declared;
  std::string limit_note;          // free text: where the limit comes from
  std::string protection;          // name of a row of protections(); adds the timeline t_cross … t_clear
  std::vector<std::string> shows;  // requirement ids and clauses of this claim (else those of the scenario)
  std::vector<std::pair<std::string, std::string>> lint_off;  // rule of the linter and the reason why it is silent here
  SourcePosition position;
  std::vector<std::pair<std::string, SourcePosition>> places;  // of each key that is given: where its value stands
};

/// All that a claim reads, without the timeline of its protection.
[[nodiscard]] inline std::vector<const Expression*> expressions_of(const Claim& claim) {
  std::vector<const Expression*> all{&claim.when, &claim.then};
  for (const auto* one : {&claim.while_, &claim.opens, &claim.closes})
    if (*one) all.push_back(&**one);
  return all;
}

}  // namespace rig::scenario
