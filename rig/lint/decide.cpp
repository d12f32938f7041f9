// SPDX-License-Identifier: Apache-2.0
#include "rig/lint/decide.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "rig/lint/linear.hpp"

namespace rig::lint {
namespace {

using scenario::Dimension;
using scenario::Expression;
using Op = Expression::Op;

constexpr std::size_t most_states = 4096;

bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }

bool compared(Op op, double left, double right) {
  switch (op) {
    case Op::less:
      return left < right;
    case Op::less_equal:
      return left <= right;
    case Op::greater:
      return left > right;
    case Op::greater_equal:
      return left >= right;
    case Op::equal:
      return left == right;
    default:
      return left != right;
  }
}

Op mirrored(Op op) {
  if (op == Op::less) return Op::greater;
  if (op == Op::less_equal) return Op::greater_equal;
  if (op == Op::greater) return Op::less;
  if (op == Op::greater_equal) return Op::less_equal;
  return op;
}

/// A comparison as part < limit, with the limit alone on its side.
struct Compared {
  std::string key;  // "" when both sides are constant: `truth`
  Interval range;
  Op op = Op::less;
  double limit = 0;
  bool truth = false;
};

Compared compared_of(const Expression& e, const Ranges& ranges) {
  Expression difference;
  difference.op = Op::subtract;
  difference.children = e.children;
  Linear linear(difference);
  Compared result;
  result.op = e.op;
  if (linear.is_constant()) {
    result.truth = compared(e.op, linear.constant(), 0);
    return result;
  }
  if (linear.normalize() < 0) result.op = mirrored(e.op);
  result.key = linear.key();
  result.range = linear.range(ranges);
  result.limit = -linear.constant();
  return result;
}

/// Values of one variable that stand for all: its limits, its ends, and one in each gap.
std::vector<double> samples_of(const Interval& range, std::vector<double> limits) {
  if (limits.empty()) return {range.low, range.high};  // a bit
  for (const double end : {range.low, range.high}) {
    if (std::isfinite(end)) limits.push_back(end);
  }
  std::ranges::sort(limits);
  limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
  std::vector<double> samples = limits;
  samples.push_back(limits.front() - 1 - std::abs(limits.front()));
  samples.push_back(limits.back() + 1 + std::abs(limits.back()));
  for (std::size_t i = 1; i < limits.size(); ++i) samples.push_back(std::midpoint(limits[i - 1], limits[i]));
  std::erase_if(samples, [&](double value) { return !range.contains(value); });
  return samples;
}

/// All conditions given to it, over the variables that they have in common.
class States {
 public:
  explicit States(const Ranges& ranges) : ranges_(ranges) {}

  void survey(const Expression& e) {
    if (is_edge(e)) return static_cast<void>(variables_[key_of(e)] = {{0, 1}, {}});
    if (is_comparison(e.op) && e.children[0].dimension != Dimension::boolean) return survey_comparison(e);
    if (e.op == Op::signal) return static_cast<void>(variables_[key_of(e)] = {ranges_(e.signal), {}});
    for (const Expression& child : e.children) survey(child);
  }

  /// Calls `look` in every state until it says no; false: there are too many, or `look` said no.
  template <class Look>
  bool all(Look look) {
    std::vector<Samples> samples;
    std::size_t states = 1;
    for (auto& [key, variable] : variables_) {
      samples.push_back({&variable, samples_of(variable.range, variable.limits)});
      states *= samples.back().values.size();
      if (states == 0 || states > most_states) return false;
    }
    for (std::size_t state = 0; state < states; ++state) {
      std::size_t rest = state;
      for (const Samples& one : samples) {
        one.variable->value = one.values[rest % one.values.size()];
        rest /= one.values.size();
      }
      if (!look()) return false;
    }
    return true;
  }

  [[nodiscard]] bool truth(const Expression& e) const {
    const auto child = [&](std::size_t i) { return truth(e.children[i]); };
    if (is_edge(e) || e.op == Op::signal) return variables_.at(key_of(e)).value != 0;
    if (is_comparison(e.op)) {
      if (e.children[0].dimension == Dimension::boolean) return (child(0) == child(1)) == (e.op == Op::equal);
      const Compared c = compared_of(e, ranges_);
      return c.key.empty() ? c.truth : compared(c.op, variables_.at(c.key).value, c.limit);
    }
    if (e.op == Op::logical_and) return child(0) && child(1);
    if (e.op == Op::logical_or) return child(0) || child(1);
    if (e.op == Op::is_on) return child(0);
    return !child(0);  // not, is off
  }

 private:
  struct Variable {
    Interval range;
    std::vector<double> limits;
    double value = 0;
  };
  struct Samples {
    Variable* variable;
    std::vector<double> values;
  };

  void survey_comparison(const Expression& e) {
    const Compared c = compared_of(e, ranges_);
    if (c.key.empty()) return;
    Variable& variable = variables_[c.key];
    variable.range = c.range;
    variable.limits.push_back(c.limit);
  }

  const Ranges& ranges_;
  std::map<std::string, Variable> variables_;
};

}  // namespace

Expression state_after(const Expression& edge) {
  Expression state = edge;
  if (edge.op == Op::turns_on) state.op = Op::is_on;
  if (edge.op == Op::turns_off) state.op = Op::is_off;
  return state;
}

Truth decide(const Expression& condition, const Ranges& ranges) {
  if (is_edge(condition)) return Truth::depends;
  States states(ranges);
  states.survey(condition);
  if (states.all([&] { return states.truth(condition); })) return Truth::always;
  return states.all([&] { return !states.truth(condition); }) ? Truth::never : Truth::depends;
}

bool follows(const Expression& premise, const Expression& conclusion, const Ranges& ranges) {
  if (is_edge(conclusion)) return false;
  const Expression before = state_after(premise);
  States states(ranges);
  states.survey(before);
  states.survey(conclusion);
  return states.all([&] { return !states.truth(before) || states.truth(conclusion); });
}

}  // namespace rig::lint
