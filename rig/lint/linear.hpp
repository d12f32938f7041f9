// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "rig/lint/interval.hpp"
#include "rig/lint/ranges.hpp"
#include "rig/scenario/expression.hpp"

namespace rig::lint {

/// Equal for expressions that have the same value always, however they are written; different ones may still be equal.
[[nodiscard]] std::string key_of(const scenario::Expression& expression);

/// An arithmetic expression as constant + sum of coefficient x part, each part once: x - x is 0.
class Linear {
 public:
  explicit Linear(const scenario::Expression& expression);

  [[nodiscard]] double constant() const { return constant_; }
  [[nodiscard]] bool is_constant() const { return parts_.empty(); }
  /// Divides by the first part's coefficient, which it returns. Must not be constant.
  double normalize();
  /// Of the parts, without the constant.
  [[nodiscard]] Interval range(const Ranges& ranges) const;
  [[nodiscard]] std::string key() const;

 private:
  struct Part {
    double coefficient = 0;
    scenario::Expression expression;
  };
  void add(const scenario::Expression& e, double factor);
  void add_part(const scenario::Expression& e, double factor);
  void add_elements(const scenario::Expression& e, double factor);
  [[nodiscard]] bool is_never_negative() const;

  double constant_ = 0;
  std::map<std::string, Part> parts_;
};

}  // namespace rig::lint
