// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/condition.hpp"

#include "rig/scenario/fields.hpp"
#include "rig/scenario/reader.hpp"

namespace rig::scenario {
namespace {

void place(Expression& e, const Node& node) {
  e.position = node.in_source(e.position);
  for (Expression& child : e.children) place(child, node);
}

}  // namespace

std::optional<Expression> read_expression(const std::string& key, const Node& node, const Catalogue& catalogue,
                                          Problems& problems) {
  if (!node.is_scalar() || node.text_offset < 0) {
    problems.add(node.position, key + (node.is_scalar() ? ": an expression stands on one line, without escapes"
                                                        : ": an expression is due here"));
    return std::nullopt;
  }
  try {
    Expression e = parse_expression(node.text, catalogue, node.text_position());
    place(e, node);
    return e;
  } catch (const ScenarioError& error) {
    problems.add(node.in_source(error.position()), key + ": " + error.sentence());
    return std::nullopt;
  }
}

std::optional<Expression> read_condition(const std::string& key, const Node& node, const Catalogue& catalogue,
                                         Problems& problems) {
  std::optional<Expression> e = read_expression(key, node, catalogue, problems);
  if (!e || e->dimension == Dimension::boolean) return e;
  problems.add(node.position, key + ": \"" + e->text + "\" is " + with_article(e->dimension) +
                                  ", neither true nor false; compare it with something");
  return std::nullopt;
}

}  // namespace rig::scenario
