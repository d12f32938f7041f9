// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "rig/expect/formula.hpp"
#include "rig/expect/judge.hpp"

namespace rig::expect {

/// after: E and until: E with conditions or edges: between which instants a claim is judged, [opens, closes).
///   opens    the instant at which E is first true, the one at which the outer window begins included
///   closes   the first instant behind it at which the other E is true; without one, the end of the outer window
/// One stretch; with `repeats` (between:) every one, each from an instant at which `opens` becomes true. A stretch
/// whose end is true already when it begins is empty (an edge is no state: it ends the next one).
class Scope {
 public:
  struct Words {
    const scenario::Expression* opens = nullptr;
    const scenario::Expression* closes = nullptr;
    bool repeats = false;
    [[nodiscard]] bool any() const { return opens != nullptr || closes != nullptr; }
  };
  struct Turn {
    bool closes = false, opens = false;  // in this order, at one instant
  };
  Scope(const Words& words, Slots& slots, std::vector<Literal>& literals);

  /// The literals have the state of another instant. `goes_on` = the run does, so a stretch may begin.
  Turn turn(std::int64_t t_ns, bool goes_on, const std::vector<Literal>& literals);
  [[nodiscard]] bool inside() const { return inside_; }

  /// Why nothing was judged.
  [[nodiscard]] std::string why_never() const;
  /// What was judged must also have ended.
  void complete(Verdict& verdict) const;

 private:
  [[nodiscard]] bool over() const { return !repeats_ && (began_ > 0 || t_empty_ns_ >= 0); }

  std::optional<Formula> opens_, closes_;
  std::string opens_text_, closes_text_;
  bool repeats_ = false, closes_at_edge_ = false;
  bool was_ = false, inside_ = false;
  std::uint64_t began_ = 0, ended_ = 0;
  std::int64_t t_began_ns_ = -1, t_empty_ns_ = -1;
};

}  // namespace rig::expect
