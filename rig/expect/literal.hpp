// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "rig/expect/program.hpp"
#include "rig/expect/truth.hpp"

namespace rig::expect {

/// left REL right, turned so that inside() = ±(right - left) is positive where the comparison is safely true.
///   a < b, a <= b: inside = b - a        a > b, a >= b: inside = a - b        a == b, a != b: inside = b - a, either
///   sign counts
/// Without a continuous signal, |inside| below a millionth of the finest resolution of its telemetry is 0: 3655 mV read
/// from the wire and "3.655 V" in the file may differ in the last bit of a double and are the same figure.
class Comparison {
 public:
  enum class Relation : std::uint8_t { strict, or_equal, equal, not_equal };

  /// `expression` is one of < <= > >= == !=; `negated` judges its opposite.
  Comparison(const scenario::Expression& expression, bool negated, Slots& slots);

  [[nodiscard]] double inside(const double* values) const;
  [[nodiscard]] Truth truth(double inside) const;
  /// Signed distance to the limit, positive = inside. == has 0 at best, != is the distance itself.
  [[nodiscard]] double margin(double inside) const;

  /// What is measured and against what: the side with signals, and the other.
  [[nodiscard]] const Program& measured() const { return swapped_ ? right_ : left_; }
  [[nodiscard]] const Program& limit() const { return swapped_ ? left_ : right_; }
  [[nodiscard]] bool picks() const { return left_.picks() || right_.picks(); }
  /// Slots of the elements that min and max pick: of measured(), else of limit().
  void choose(const double* values, std::vector<std::uint32_t>& chosen) const;
  /// What measured() must be of limit(): < <= > >= == !=.
  [[nodiscard]] const char* limit_is() const;
  [[nodiscard]] bool continuous() const { return continuous_; }
  [[nodiscard]] double resolution() const { return resolution_; }  // coarsest of its signals, base unit
  /// Standard uncertainty of inside() on this bench: independent readings, each with its slope, in squares. 0: nothing
  /// of it is measured; NaN: the bench states none for one of the signals.
  [[nodiscard]] double standard(const double* values, const Slots& slots) const;
  /// What margins of unlike comparisons are counted in, to rank them: a standard uncertainty near the limit, else
  /// resolution().
  [[nodiscard]] double rank_unit() const { return rank_unit_; }
  [[nodiscard]] bool two_sided() const { return relation_ == Relation::equal || relation_ == Relation::not_equal; }
  [[nodiscard]] bool strict() const { return relation_ == Relation::strict; }

 private:
  void orient(scenario::Expression::Op op, bool negated);
  void survey(const Slots& slots);
  [[nodiscard]] double known_near_limit(const Slots& slots) const;

  Program left_, right_;
  Relation relation_ = Relation::strict;
  double direction_ = 1, resolution_ = 0, rank_unit_ = 0, snap_ = 0;
  bool swapped_ = false, continuous_ = false;
};

/// The smallest statement with a truth of its own: a comparison, a bit, or the edge of a bit.
/// An edge is true only at the instant of the change; it compares with the last *known* state, so that an alarm that
/// came on while the bus was silent is an edge when it is first seen. What a run starts with is no edge.
class Literal {
 public:
  Literal(const scenario::Expression& expression, bool negated, Slots& slots);

  /// Takes the state at an instant. Returns true when `now` or `held` is another than before.
  bool set(const double* values);
  /// Takes a crossing of a continuous comparison: `side` has the sign of inside() from now on, NaN = unknown.
  /// `touched_zero` lets == be true, or != be false, for that one instant.
  void cross(double side, bool touched_zero);
  /// The instant is over: edges fall back.
  void settle() { now = fallback_; }

  [[nodiscard]] bool continuous() const { return comparison && comparison->continuous(); }
  [[nodiscard]] bool telemetry() const { return telemetry_; }
  [[nodiscard]] const std::vector<std::uint32_t>& used() const { return used_; }

  std::optional<Comparison> comparison;
  Truth now = Truth::unknown;   // at this instant, edges included
  Truth held = Truth::unknown;  // the lasting state: for an edge "turns on", that the bit is on
  double inside = std::numeric_limits<double>::quiet_NaN();  // of a comparison

 private:
  void set_bit(double value);

  std::vector<std::uint32_t> used_;
  Truth fallback_ = Truth::unknown;  // `now` when no edge happens
  Truth last_known_ = Truth::unknown;
  bool bit_on_ = true, edge_ = false, negated_ = false, telemetry_ = false;
};

}  // namespace rig::expect
