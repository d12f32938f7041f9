// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rig/scenario/catalogue.hpp"
#include "rig/scenario/position.hpp"
#include "rig/scenario/quantity.hpp"

namespace rig::scenario {

/// A typed expression over signals. Built by parse_expression; dimensions are checked there, so evaluation cannot fail.
///   logical:    or, and, not, (…)
///   comparison: < <= > >= == !=     "charge_fet is on", "charge_fet is off"     a bit alone is true when on
///   edge:       "charge_fet turns off", "bms.alarm.x turns on"  (true only at the instant of that change)
///   arithmetic: + - * /  unary -    abs(x)  min(v…) max(v…) mean(v…) sum(v…)  over vectors or lists
///   leaves:     quantities with units, signals
struct Expression {
  enum class Op : std::uint8_t {
    constant,
    signal,
    vector,  // leaves (vector only as argument of a function)
    negate,
    add,
    subtract,
    multiply,
    divide,
    abs,
    min,
    max,
    mean,
    sum,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    logical_and,
    logical_or,
    logical_not,
    is_on,
    is_off,
    turns_on,
    turns_off  // one child: a bit signal
  };
  Op op = Op::constant;
  Dimension dimension = Dimension::none;  // of the value; boolean for logical results
  double constant = 0.0;
  SignalId signal = -1;
  std::vector<SignalId> elements;  // Op::vector
  std::string text;                // as written in the file
  SourcePosition position;         // of its first character
  std::vector<Expression> children;
};

/// An instant, not a state: it stands alone as the whole of `when` or `then`.
[[nodiscard]] inline bool is_edge(const Expression& e) {
  return e.op == Expression::Op::turns_on || e.op == Expression::Op::turns_off;
}

}  // namespace rig::scenario
