// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "rig/expect/literal.hpp"

namespace rig::expect {

/// Which comparison decided a formula at an instant. In an `and` that is false: the one that is violated most; that is
/// true: the one nearest to its limit. In an `or` that is true: the one safest inside; that is false: the one nearest
/// to being true. Comparisons of different dimension are ranked by their margin counted in Comparison::rank_unit of
/// their signals. literal == nullptr: a bit, an edge or something unknown decided, there is no figure.
struct Decision {
  Truth truth = Truth::unknown;
  const Literal* literal = nullptr;
  double margin = 0;  // in base units when the formula is a single comparison, else counted in Comparison::rank_unit
};

/// A logical expression as and/or over literals; every `not` has been pushed down into the literals.
class Formula {
 public:
  /// Appends the literals it needs to `literals` (shared by the formulas of one claim; keep its address).
  Formula(const scenario::Expression& expression, bool negated, Slots& slots, std::vector<Literal>& literals);

  [[nodiscard]] Truth now(const std::vector<Literal>& literals) const;
  [[nodiscard]] Truth held(const std::vector<Literal>& literals) const;
  [[nodiscard]] Decision decide(const std::vector<Literal>& literals) const;
  /// Base units of `literal` in one unit of Decision::margin.
  [[nodiscard]] double scale(const Literal& literal) const;
  [[nodiscard]] bool single() const { return last_ - first_ == 1; }
  [[nodiscard]] bool uses(std::size_t literal) const { return literal >= first_ && literal < last_; }

 private:
  struct Node {
    enum class Kind : std::uint8_t { literal, all, any } kind;
    std::uint32_t index = 0;  // of the literal
    std::vector<Node> children;
  };
  Node build(const scenario::Expression& expression, bool negated, Slots& slots, std::vector<Literal>& literals);
  template <typename Pick>
  [[nodiscard]] Truth fold(const Node& node, const std::vector<Literal>& literals, Pick pick) const;
  [[nodiscard]] Decision decide(const Node& node, const std::vector<Literal>& literals) const;

  std::size_t first_, last_ = 0;
  Node root_;
};

}  // namespace rig::expect
