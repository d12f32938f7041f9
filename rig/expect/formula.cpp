// SPDX-License-Identifier: Apache-2.0
#include "rig/expect/formula.hpp"

#include <algorithm>

namespace rig::expect {

using Op = scenario::Expression::Op;

Formula::Formula(const scenario::Expression& expression, bool negated, Slots& slots, std::vector<Literal>& literals)
    : first_(literals.size()), root_(build(expression, negated, slots, literals)) {
  last_ = literals.size();
}

Formula::Node Formula::build(const scenario::Expression& expression, bool negated, Slots& slots,
                             std::vector<Literal>& literals) {
  if (expression.op == Op::logical_not) return build(expression.children.at(0), !negated, slots, literals);
  if (expression.op == Op::logical_and || expression.op == Op::logical_or) {
    const bool all = (expression.op == Op::logical_and) != negated;
    Node node{all ? Node::Kind::all : Node::Kind::any, 0, {}};
    for (const auto& child : expression.children) node.children.push_back(build(child, negated, slots, literals));
    return node;
  }
  literals.emplace_back(expression, negated, slots);
  return {Node::Kind::literal, static_cast<std::uint32_t>(literals.size() - 1), {}};
}

template <typename Pick>
Truth Formula::fold(const Node& node, const std::vector<Literal>& literals, Pick pick) const {
  if (node.kind == Node::Kind::literal) return pick(literals[node.index]);
  const bool all = node.kind == Node::Kind::all;
  Truth result = all ? Truth::yes : Truth::no;
  for (const Node& child : node.children) {
    const Truth truth = fold(child, literals, pick);
    result = all ? both(result, truth) : either(result, truth);
  }
  return result;
}

Truth Formula::now(const std::vector<Literal>& literals) const {
  return fold(root_, literals, [](const Literal& literal) { return literal.now; });
}

Truth Formula::held(const std::vector<Literal>& literals) const {
  return fold(root_, literals, [](const Literal& literal) { return literal.held; });
}

double Formula::scale(const Literal& literal) const {
  if (single()) return 1.0;
  const double unit = literal.comparison->rank_unit();
  return unit > 0 ? unit : 1.0;
}

Decision Formula::decide(const std::vector<Literal>& literals) const { return decide(root_, literals); }

Decision Formula::decide(const Node& node, const std::vector<Literal>& literals) const {
  if (node.kind == Node::Kind::literal) {
    const Literal& literal = literals[node.index];
    if (!literal.comparison || literal.now == Truth::unknown) return {literal.now, nullptr, 0};
    return {literal.now, &literal, literal.comparison->margin(literal.inside) / scale(literal)};
  }
  const bool all = node.kind == Node::Kind::all;
  Decision result{fold(node, literals, [](const Literal& literal) { return literal.now; }), nullptr, 0};
  if (result.truth == Truth::unknown) return result;
  for (const Node& child : node.children) {
    const Decision candidate = decide(child, literals);
    if (candidate.truth != result.truth) continue;
    // a bit that makes an `or` true leaves no distance to a limit
    if (candidate.literal == nullptr && !all && result.truth == Truth::yes) return {result.truth, nullptr, 0};
    if (candidate.literal == nullptr) continue;
    const bool better = all ? candidate.margin < result.margin : candidate.margin > result.margin;
    if (result.literal == nullptr || better) result = candidate;
  }
  return result;
}

}  // namespace rig::expect
